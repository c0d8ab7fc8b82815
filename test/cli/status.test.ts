import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { modePolicy } from '../support/policies.ts';
import { makeFolder, shell, soakgate } from '../support/program.ts';

const reports = 'reports:\n  snapshot: { format: markdown, path: "kept/snapshot-{yyyy}-{MM}-{dd}.md" }\n';

describe('soakgate status', () => {
  let folder: ReturnType<typeof makeFolder>;
  beforeAll(() => {
    folder = makeFolder({
      'policies/mode.yaml': modePolicy + reports,
      'bad.yaml': 'kind: Policy\n',
      'kept/.keep': '',
    });
  });
  afterAll(() => folder.remove());

  const here = (words: readonly string[], env: Record<string, string> = {}) =>
    soakgate(['status', ...words], { cwd: folder.path, env });

  it.each([
    ['go', { MODE: 'enforced' }, 0],
    ['no-go', { MODE: 'shadow' }, 1],
    ['hold', {}, 3],
  ] as const)('ends with 0 whatever the decision, and tells it: %s', async (decision, env, code) => {
    const told = await here(['--format', 'env'], env);
    expect({ code: told.code, stderr: told.stderr }).toEqual({ code: 0, stderr: '' });
    expect(told.stdout).toContain(`decision=${decision}\nexit_code=${code}\n`);
    const gates = ['--gate', 'preflight,monitors,next', '--quiet'];
    const decides = await soakgate(['check', ...gates], { cwd: folder.path, env });
    expect(decides.code).toBe(code);
    const text = await here([], env);
    expect(text).toMatchObject({ code: 0, stderr: '' });
    expect(text.stdout).toMatch(
      /Status tells, check decides: soakgate check --gate preflight,monitors,next\n$/,
    );
  });

  it.each([
    ['a policy that is wrong', ['bad.yaml']],
    ['a policy that is not there', ['none.yaml']],
    ['a gate: which ones decide is no choice here', ['--gate', 'preflight']],
    ['a format for machines that would take it for a verdict', ['--format', 'junit']],
    ['an unknown report', ['--report', 'snapsot']],
    ['a time ahead', ['--at', '2999-01-01T00:00:00Z']],
  ])('ends with 2 for %s', async (_what, words) => {
    expect(await here(words)).toMatchObject({ code: 2, stdout: '' });
  });

  it('writes the report as check does, with the same words beside it', async () => {
    const ended = await here(['--root', '.', '--report', 'snapshot'], { MODE: 'enforced' });
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    const today = new Date().toISOString().slice(0, 10);
    const text = readFileSync(join(folder.path, `kept/snapshot-${today}.md`), 'utf8');
    expect(text).toMatch(/^# The mode rollout: go\n\nDecision: go {2}\nMode: quick {2}\n/);
  });

  it('a script reads it with eval', async () => {
    const line = 'eval "$($SOAKGATE status --format env)"; echo "$decision $exit_code [$earliest] [$next]"';
    expect(await shell(line, { cwd: folder.path, env: { MODE: 'shadow' } })).toMatchObject({
      code: 0,
      stdout: 'no-go 1 [] []\n',
    });
  });
});
