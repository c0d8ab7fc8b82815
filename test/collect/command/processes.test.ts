import { describe, expect, test } from 'vitest';
import { runCommand } from '../../../src/collect/command/run.ts';
import { options, processesWith, request } from './world.ts';
import { trees } from './trees.ts';

// R26. All 200 shapes, and the two seconds, are held in test/faults, which has the machine for itself; here every eighth.
const sample = trees.filter((_, i) => i % 8 === 3);

describe('a command leaves no process and does not hang', () => {
  test.concurrent.each(sample.map((tree, i) => ({ ...tree, i })))(
    '$name',
    async ({ script, endsByItself, i }) => {
      const tag = `${70_000 + i}.${process.pid}`;
      const timeout = endsByItself ? 30_000 : 400;
      const begin = performance.now();
      const { result } = await runCommand(request(['sh', '-c', script(tag)], { timeout }), options());
      expect(performance.now() - begin).toBeLessThan(timeout + 15_000);
      if (endsByItself) expect(result.how).toBe('exited');
      expect(['exited', 'timed-out']).toContain(result.how);
      expect(processesWith(tag)).toEqual([]);
    },
  );
});
