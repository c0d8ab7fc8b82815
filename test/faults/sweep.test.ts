import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filePolicy } from '../support/policies.ts';
import { makeFolder } from '../support/program.ts';
import { type SweptRun, sweep } from '../support/sweep.ts';

/** The verdict without what the clock says. */
function timeless(text: string): unknown {
  return JSON.parse(text, (key, value: unknown) =>
    /^(evaluatedAt|validUntil|collectedAt)$/.test(key) ? '' : value,
  );
}

/** R5: every single call to the file system fails once, in every way that matters. */
describe('check while one call to the system fails', () => {
  it.each(['EIO', 'EACCES', 'ENOSPC'])('with %s: 0 only for the whole report of a go', async (errno) => {
    const folder = makeFolder({ 'file.yaml': filePolicy, 'mode.json': '{"mode":"enforced"}' });
    try {
      const words = [
        'check',
        'file.yaml',
        '--root',
        '.',
        '--format',
        'json',
        '--format',
        'pretty',
        '--output',
      ];
      const { healthy, runs } = await sweep({ words, cwd: folder.path, env: {}, errno });
      expect(healthy.code).toBe(0);
      expect(runs.length).toBeGreaterThan(50);
      const wrong = runs.filter((run) => run.code === 0 && !isWhole(run));
      expect(wrong.map(describeRun)).toEqual([]);
      expect(runs.filter((run) => `${run.stdout}${run.stderr}`.includes('hunter2') && run.at > 3)).toEqual(
        [],
      );

      function isWhole(run: SweptRun): boolean {
        const same = JSON.stringify(timeless(run.stdout)) === JSON.stringify(timeless(healthy.stdout));
        return same && readFileSync(join(folder.path, `out-${run.at}`), 'utf8').endsWith('GO, exit code 0\n');
      }
    } finally {
      folder.remove();
    }
  });

  it.each(['{"mode":"shadow"}', '{}'])('with evidence %s: never 0', async (evidence) => {
    const folder = makeFolder({ 'file.yaml': filePolicy, 'mode.json': evidence });
    try {
      const words = ['check', 'file.yaml', '--root', '.', '--format', 'json', '--output'];
      const { runs } = await sweep({ words, cwd: folder.path, env: {}, errno: 'EIO' });
      expect(runs.filter(({ code }) => code === 0).map(describeRun)).toEqual([]);
    } finally {
      folder.remove();
    }
  });
});

function describeRun({ at, call, code, stderr }: SweptRun): string {
  return `call ${at} (${call}): ${code} ${stderr}`;
}
