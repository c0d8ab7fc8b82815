import { describe, expect, it } from 'vitest';
import type { Given, Session } from '../../src/cli/command.ts';
import { readEvidenceOptions } from '../../src/cli/evidence-options.ts';

const world = {
  cwd: '/',
  env: {},
  clock: () => Date.UTC(2026, 1, 24, 9),
  outputFiles: [],
  signal: new AbortController().signal,
};
const session: Session = { ...world, platform: 'linux' };

const given = (...options: Given['options']): Given => ({ operands: ['a.yaml'], options });

describe('readEvidenceOptions', () => {
  it('passes on what was given, and nothing that was not', () => {
    expect(readEvidenceOptions(given(), session)).toEqual({
      ok: true,
      value: { ...world, policyPaths: ['a.yaml'], run: false, envFiles: [], inputs: {}, evidenceFiles: [] },
    });
    const all = given(
      { name: 'run' },
      { name: 'root', value: 'app' },
      { name: 'env-file', value: 'a.env' },
      { name: 'env-file', value: 'b.env' },
      { name: 'evidence', value: 'e.json' },
      { name: 'at', value: '2026-02-24T10:00:00+01:00' },
      { name: 'environment', value: 'staging' },
      { name: 'input', value: 'soak=48h' },
      { name: 'input', value: 'note=a=b' },
      { name: 'input', value: 'empty=' },
    );
    expect(readEvidenceOptions(all, session)).toEqual({
      ok: true,
      value: {
        ...world,
        policyPaths: ['a.yaml'],
        run: true,
        root: 'app',
        envFiles: ['a.env', 'b.env'],
        evidenceFiles: ['e.json'],
        at: Date.UTC(2026, 1, 24, 9),
        environment: 'staging',
        inputs: { soak: '48h', note: 'a=b', empty: '' },
      },
    });
  });

  it('takes a name of Object.prototype as a name', () => {
    const read = readEvidenceOptions(given({ name: 'input', value: '__proto__=x' }), session);
    expect(read.ok && Object.entries(read.value.inputs)).toEqual([['__proto__', 'x']]);
    expect(readEvidenceOptions(given({ name: 'input', value: 'toString=1' }), session).ok).toBe(true);
  });

  it.each([
    ['--run on Windows', given({ name: 'run' }), 'usage/windows-run', 'WSL'],
    ['an input without =', given({ name: 'input', value: 'soak' }), 'usage/bad-input', 'name=value'],
    ['an input without name', given({ name: 'input', value: '=48h' }), 'usage/bad-input', 'name=value'],
    [
      'a local time',
      given({ name: 'at', value: '2026-02-24 09:00' }),
      'usage/bad-instant',
      '2026-02-24T09:00:00Z',
    ],
  ])('refuses %s', (_what, options, code, words) => {
    const read = readEvidenceOptions(options, { ...session, platform: 'win32' });
    expect(read).toMatchObject({ ok: false, problems: [{ code }] });
    expect(JSON.stringify(read)).toContain(words);
  });
});
