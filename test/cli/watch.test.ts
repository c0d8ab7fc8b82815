import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { filePolicy } from '../support/policies.ts';
import { makeFolder, soakgate } from '../support/program.ts';

describe('soakgate watch', () => {
  let folder: ReturnType<typeof makeFolder>;
  beforeEach(() => {
    folder = makeFolder({ 'policies/file.yaml': filePolicy, 'mode.json': '{"mode":"shadow"}' });
  });
  afterEach(() => folder.remove());
  const put = (mode: string) => writeFileSync(join(folder.path, 'mode.json'), `{"mode":"${mode}"}`);
  const here = (words: readonly string[]) =>
    soakgate(['watch', '--root', '.', ...words], { cwd: folder.path });

  it.each([
    ['no-go', 'shadow', 1],
    ['go', 'enforced', 0],
    ['hold', 'else', 3],
  ])('when the time is up the exit code is the decision: %s', async (decision, mode, code) => {
    put(mode);
    const ended = await here(['--timeout', '1s']);
    expect(ended.code).toBe(code);
    expect(ended.stdout).toMatch(new RegExp(`^${decision.toUpperCase()}  The file rollout`));
    expect(ended.stderr).toMatch(new RegExp(`^\\S+Z file: ${decision}`));
  });

  it('waits for go, sees the file change, and ends with 0', async () => {
    const words = ['--until', 'go', '--timeout', '1m', '--interval', '1h', '--format', 'json'];
    const waiting = here(words);
    setTimeout(() => put('enforced'), 1500);
    const ended = await waiting;
    expect(ended.code).toBe(0);
    expect(JSON.parse(ended.stdout)).toMatchObject({ kind: 'Verdict', decision: 'go' });
    expect(ended.stderr).toContain('file: mode-enforced (preflight): fail, now pass\n');
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('%s ends it at once', async (signal) => {
    const begin = performance.now();
    const ended = await soakgate(['watch'], {
      cwd: folder.path,
      started: (pid) => setTimeout(() => process.kill(pid, signal), 1200),
    });
    expect(ended.code).toBe(signal === 'SIGINT' ? 130 : 143);
    expect(ended.stdout).toBe('');
    expect(performance.now() - begin).toBeLessThan(30_000);
  });

  it.each([
    ['an interval that is none', ['--interval', 'soon']],
    ['no decision', ['--until', 'hold']],
    ['a timeout that is none', ['--timeout', '0s']],
    ['looking back', ['--at', '2026-01-01T00:00:00Z']],
    ['an unknown gate', ['--gate', 'preflihgt']],
    ['a policy that is not there', ['none.yaml']],
  ])('ends with 2 for %s', async (_what, words) => {
    expect(await here(words)).toMatchObject({ code: 2, stdout: '' });
  });
});
