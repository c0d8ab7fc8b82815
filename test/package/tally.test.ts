import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

describe('scripts/tally.mjs', () => {
  const tally = (report: string) => {
    const dir = mkdtempSync(join(tmpdir(), 'soakgate-tally-'));
    try {
      writeFileSync(join(dir, 'report.json'), report);
      const { status, stdout } = spawnSync(
        process.execPath,
        ['scripts/tally.mjs', join(dir, 'report.json')],
        { encoding: 'utf8' },
      );
      return { status, stdout };
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  };
  const report = (success: boolean, passed: number, failed: number) =>
    JSON.stringify({
      success,
      numPassedTests: passed,
      numFailedTests: failed,
      numPendingTests: 1,
      numTodoTests: 0,
    });

  it.each([
    ['counts what passed', report(true, 7, 0), '7 0 1\n'],
    ['counts what failed', report(false, 5, 2), '5 2 1\n'],
    ['counts an error outside of any test as a failure', report(false, 7, 0), '7 1 1\n'],
  ])('%s', (_what, text, stdout) => {
    expect(tally(text)).toEqual({ status: 0, stdout });
  });

  it('does not make numbers up from half a report', () => {
    expect(tally('{"numPassed')).toMatchObject({ stdout: '' });
    expect(tally('{}').stdout).not.toMatch(/^\d+ 0 /);
  });
});
