import { describe, expect, test } from 'vitest';
import { runCommand } from '../../../src/collect/command/run.ts';
import { options, processesWith, request } from './world.ts';
import { trees } from './trees.ts';

// R26. All 200 shapes run in test/faults; here every eighth, two at a time.
const sample = trees.filter((_, i) => i % 8 === 3);

describe('a command leaves no process and ends within its timeout and two seconds', () => {
  test.concurrent.each(sample.map((tree, i) => ({ ...tree, i })))(
    '$name',
    async ({ script, endsByItself, i }) => {
      const tag = `${70_000 + i}.${process.pid}`;
      const timeout = endsByItself ? 8000 : 400;
      const begin = performance.now();
      const { result } = await runCommand(request(['sh', '-c', script(tag)], { timeout }), options());
      expect(performance.now() - begin).toBeLessThan(timeout + 2000);
      if (endsByItself) expect(result.how).toBe('exited');
      expect(['exited', 'timed-out']).toContain(result.how);
      expect(processesWith(tag)).toEqual([]);
    },
  );
});
