import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeFolder, soakgate } from '../support/program.ts';
import { outputsIn, runnerReads } from '../support/runner.ts';

/** A failing value that would be a command, if it stood alone in a line. */
const hostile = '::error::obeyed ##[error]obeyed\n::set-output name=decision::go';

const policy = (bound: string) => `apiVersion: soakgate/v1
kind: Policy
metadata: { name: small, title: A small policy, version: '1.0.0', owner: team }
timezone: UTC
evidence:
  state: { file: { path: state.json, pointer: /mode, type: string } }
preflight:
  - id: mode
    title: The mode is on
    expect: { state: ${bound} }
`;

describe('inside of GitHub Actions', () => {
  let folder: ReturnType<typeof makeFolder>;
  beforeAll(() => {
    folder = makeFolder({
      'good.yaml': policy('{ contains: error }'),
      'bad.yaml': policy("'on'"),
      'state.json': JSON.stringify({ mode: hostile }),
    });
  });
  afterAll(() => folder.remove());
  const file = (name: string): string => join(folder.path, name);
  beforeEach(() => {
    for (const name of ['summary', 'output']) rmSync(file(name), { force: true });
  });

  const check = (words: readonly string[], env: Readonly<Record<string, string>> = {}) =>
    soakgate(['check', '--root', '.', ...words], {
      cwd: folder.path,
      env: {
        GITHUB_ACTIONS: 'true',
        GITHUB_STEP_SUMMARY: file('summary'),
        GITHUB_OUTPUT: file('output'),
        ...env,
      },
    });
  const outputs = () => outputsIn(readFileSync(file('output'), 'utf8'));

  it('annotations, summary and outputs come beside the page, in which nothing is obeyed', async () => {
    const { code, stdout } = await check(['bad.yaml']);
    expect(code).toBe(1);
    const { commands, text } = runnerReads(stdout);
    expect(text).toContain('NO-GO  A small policy 1.0.0');
    expect(commands).toMatchObject([
      { kind: 'error', properties: { title: 'small: no-go' } },
      { kind: 'error', properties: { file: 'bad.yaml', line: '8', title: 'preflight mode: fail' } },
    ]);
    expect(outputs()).toEqual({ decision: 'no-go', earliest: '', phase: '', report: '' });
    expect(readFileSync(file('summary'), 'utf8')).toMatch(/^## NO-GO: A small policy/);
  });

  it('no two runs have the same token, and each run adds to the files', async () => {
    const tokens = new Set<string | undefined>();
    for (const name of ['good.yaml', 'bad.yaml']) {
      const { stdout } = await check([name]);
      tokens.add(/^::stop-commands::([0-9a-f-]{36})\n/.exec(stdout)?.[1]);
    }
    expect(tokens.size).toBe(2);
    expect(tokens).not.toContain(undefined);
    const delimiters = readFileSync(file('output'), 'utf8').match(/soakgate-[0-9a-f-]{36}/g);
    expect(new Set(delimiters).size).toBe(2);
    expect(readFileSync(file('summary'), 'utf8').match(/^## /gm)).toHaveLength(2);
    expect(outputs()).toMatchObject({ decision: 'no-go' });
  });

  it('names the files that the result went to', async () => {
    const { code } = await check([
      'good.yaml',
      '--format',
      'pretty',
      '--format',
      'json',
      '--output',
      'v.json',
    ]);
    expect(code).toBe(0);
    expect(outputs()).toMatchObject({ decision: 'go', report: 'v.json' });
  });

  it('a go of another instant is not said to be `go`', async () => {
    await check(['good.yaml', '--at', new Date(Date.now() - 3_600_000).toISOString()]);
    expect(outputs()['decision']).not.toBe('go');
  });

  it('JSON on standard output stays one value', async () => {
    const { stdout } = await check(['good.yaml', '--format', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({ decision: 'go' });
    expect(existsSync(file('output'))).toBe(false);
  });

  it('a full summary is not made fuller, since GitHub would then refuse all of it', async () => {
    writeFileSync(file('summary'), 'x'.repeat(999_000));
    expect((await check(['good.yaml'])).code).toBe(0);
    expect(readFileSync(file('summary'))).toHaveLength(999_000);
  });

  it('outputs that cannot be written are 4', async () => {
    const ended = await check(['good.yaml'], { GITHUB_OUTPUT: '/dev/full' });
    expect(ended).toMatchObject({ code: 4, stdout: '' });
    expect(ended.stderr).toContain('GITHUB_OUTPUT');
  });

  it('elsewhere annotations come when asked for', async () => {
    const plain = await check(['bad.yaml'], { GITHUB_ACTIONS: '' });
    expect(runnerReads(plain.stdout).commands).toEqual([]);
    expect(existsSync(file('output'))).toBe(false);
    const asked = await check(['bad.yaml', '--format', 'github'], { GITHUB_ACTIONS: '' });
    expect(runnerReads(asked.stdout)).toMatchObject({ text: '', commands: [{}, {}] });
    expect(asked.code).toBe(1);
    expect(outputs()).toMatchObject({ decision: 'no-go' });
  });
});
