import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { policyText } from '../support/policies.ts';
import { makeFolder, soakgate } from '../support/program.ts';

const secret = 'correct-horse-battery';
const touch = (name: string) =>
  `[node, -e, "require('fs').writeFileSync('${name}', process.env.PATH ? 'x' : '')"]`;
const policy = policyText(
  'explain',
  `evidence:
  keys: { env: { variables: { API_KEY: { secret: true, format: uuid } } } }
  one: { command: { run: ${touch('one.txt')}, timeout: 1m } }
  two: { command: { run: ${touch('two.txt')}, timeout: 1m } }
preflight:
  - { id: key-set, title: The key is set, expect: { keys.API_KEY: { format: uuid } } }
  - { id: one-green, title: One is green, passes: one }
`,
);

describe('soakgate explain', () => {
  let folder: ReturnType<typeof makeFolder>;
  beforeAll(() => (folder = makeFolder({ 'policies/explain.yaml': policy })));
  afterAll(() => folder.remove());
  const explain = (...words: string[]) =>
    soakgate(['explain', ...words], { cwd: folder.path, env: { API_KEY: secret } });
  const ran = () => ['one.txt', 'two.txt'].filter((name) => existsSync(join(folder.path, name)));

  it('runs nothing unless asked, and then only what the rule needs', async () => {
    const before = await explain('one-green', '--root', '.');
    expect(before).toMatchObject({ code: 0, stderr: '' });
    expect(before.stdout).toContain('command.not-run');
    expect(ran()).toEqual([]);
    const after = await explain(
      'one-green',
      'policies/explain.yaml',
      '--root',
      '.',
      '--run',
      '--quiet',
      '--format',
      'json',
    );
    expect(JSON.parse(after.stdout)).toMatchObject({ of: 'rule', rule: { outcome: 'pass' } });
    expect(ran()).toEqual(['one.txt']);
  });

  it('could tell, so a rule that fails is exit code 0; and no secret is shown', async () => {
    for (const format of ['pretty', 'json']) {
      const { code, stdout, stderr } = await explain('key-set', '--root', '.', '--format', format);
      expect(code).toBe(0);
      expect(stdout).toContain('fail');
      expect(stdout + stderr).not.toContain(secret);
    }
  });

  it('explains codes where no policy is, and looks back with --at', async () => {
    const code = await soakgate(['explain', 'command.not-run', '--format', 'json'], { cwd: '/' });
    expect(code.code).toBe(0);
    expect(JSON.parse(code.stdout)).toMatchObject({ of: 'reason', code: 'command.not-run' });
    const past = await explain('key-set', '--root', '.', '--at', '2026-02-24T09:00:00Z');
    expect(past.stdout).toContain('as of Tue 2026-02-24 09:00 UTC');
    expect(await explain('key-set', '--at', '2999-01-01T00:00:00Z')).toMatchObject({ code: 2, stdout: '' });
  });
});
