import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandPolicy, filePolicy, modePolicy } from '../support/policies.ts';
import { makeFolder, soakgate } from '../support/program.ts';

/** Every mode × verdict (R46): 0 is for a go of the present alone. */
describe('exit codes of check', () => {
  let folder: ReturnType<typeof makeFolder>;
  beforeAll(() => {
    folder = makeFolder({
      'mode.yaml': modePolicy,
      'file.yaml': filePolicy,
      'job.yaml': commandPolicy(['true']),
      'touch.yaml': commandPolicy(['touch', 'touched']),
      'red.yaml': commandPolicy(['false']),
      'text.md': '# no policy',
      'go/mode.json': '{"mode":"enforced"}',
      'no-go/mode.json': '{"mode":"shadow"}',
      'hold/other.json': '{}',
    });
  });
  afterAll(() => folder.remove());

  const check = (words: readonly string[], env: Record<string, string> = {}) =>
    soakgate(['check', ...words], { cwd: folder.path, env });

  const decisions = [
    ['go', { MODE: 'enforced' }, 0],
    ['no-go', { MODE: 'shadow' }, 1],
    ['hold', {}, 3],
  ] as const;

  const modes = [
    ['pretty', []],
    ['json', ['--format', 'json']],
    ['quiet', ['--quiet']],
    ['both', ['--format', 'pretty', '--format', 'json', '--output', 'both.json']],
    ['gate named', ['--gate', 'preflight']],
    ['every gate', ['--gate', 'all']],
  ] as const;

  const rows = decisions.flatMap(([decision, env, code]) =>
    modes.map(([mode, words]) => ({ decision, mode, code, env, words })),
  );

  it.each(rows)('$decision, $mode: $code', async ({ decision, code, env, words, mode }) => {
    const ended = await check(['mode.yaml', ...words], env);
    expect({ code: ended.code, stderr: ended.stderr }).toEqual({ code, stderr: '' });
    if (mode === 'quiet') expect(ended.stdout).toBe('');
    if (mode === 'json') expect(JSON.parse(ended.stdout)).toMatchObject({ kind: 'Verdict', decision });
    if (mode === 'pretty') expect(ended.stdout).toMatch(new RegExp(`exit code ${code}\\n$`));
    if (mode === 'both')
      expect(JSON.parse(readFileSync(join(folder.path, 'both.json'), 'utf8'))).toMatchObject({ decision });
  });

  it.each([
    ['go', 'live', [], 0],
    ['no-go', 'live', [], 1],
    ['hold', 'live', [], 3],
    ['go', 'as-of', ['--at', new Date(Date.now() - 3_600_000).toISOString()], 3],
    ['no-go', 'as-of', ['--at', new Date(Date.now() - 3_600_000).toISOString()], 1],
    ['hold', 'as-of', ['--at', new Date(Date.now() - 3_600_000).toISOString()], 3],
  ] as const)('%s from files, %s: %s', async (decision, evidenceMode, words, code) => {
    const ended = await check(['file.yaml', '--root', decision, '--format', 'json', ...words]);
    expect(JSON.parse(ended.stdout)).toMatchObject({ decision, evidenceMode });
    expect(ended.code).toBe(code);
  });

  it('an unknown gate is found before anything runs', async () => {
    const ended = await check(['touch.yaml', '--root', '.', '--run', '--gate', 'entry:canary']);
    expect(ended.code).toBe(2);
    expect(existsSync(join(folder.path, 'touched'))).toBe(false);
    expect((await check(['touch.yaml', '--root', '.', '--run', '-q'])).code).toBe(0);
    expect(existsSync(join(folder.path, 'touched'))).toBe(true);
  });

  it('a command that was not run is hold, never go', async () => {
    const ended = await check(['job.yaml', '--root', '.']);
    expect(ended.code).toBe(3);
    expect(ended.stdout).toContain('add --run');
  });

  it.each([
    ['job.yaml', 0],
    ['red.yaml', 1],
  ])('the command of %s decides: %i', async (policy, code) => {
    expect((await check([policy, '--root', '.', '--run', '--quiet'])).code).toBe(code);
  });

  it.each([
    ['job.yaml', 'go', 0],
    ['red.yaml', 'no-go', 1],
  ])('and so does its imported result of %s: %s', async (policy, decision, code) => {
    const output = join(folder.path, `${policy}.json`);
    const collected = await soakgate(['collect', policy, '--root', '.', '--run', '-q', '--output', output], {
      cwd: folder.path,
    });
    expect(collected).toMatchObject({ code: 0, stdout: '', stderr: '' });
    const ended = await check([policy, '--root', '.', '--evidence', output, '--format', 'json']);
    expect(JSON.parse(ended.stdout)).toMatchObject({ decision, evidenceMode: 'imported' });
    expect(ended.code).toBe(code);
  });

  it('the worst of several policies counts, and the array is sorted', async () => {
    const two = await check(['mode.yaml', 'file.yaml', '--root', 'go', '--format', 'json'], {
      MODE: 'shadow',
    });
    expect((JSON.parse(two.stdout) as { policy: { name: string } }[]).map((v) => v.policy.name)).toEqual([
      'file',
      'mode',
    ]);
    expect(two.code).toBe(1);
    expect((await check(['mode.yaml', 'file.yaml', '--root', 'hold', '-q'], { MODE: 'enforced' })).code).toBe(
      3,
    );
    expect((await check(['mode.yaml', 'file.yaml', '--root', 'go', '-q'], { MODE: 'enforced' })).code).toBe(
      0,
    );
  });

  it('one wrong policy among several is 2, whatever the others say', async () => {
    expect((await check(['mode.yaml', 'text.md', '-q'], { MODE: 'enforced' })).code).toBe(2);
  });
});
