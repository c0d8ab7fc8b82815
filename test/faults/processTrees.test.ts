import { describe, expect, test } from 'vitest';
import { runCommand } from '../../src/collect/command/run.ts';
import { trees } from '../collect/command/trees.ts';
import { options, processesWith, request } from '../collect/command/world.ts';

let longest = 0;

describe('R26: 200 shapes of process trees', () => {
  test('are 200', () => expect(trees).toHaveLength(200));

  test.concurrent.each(trees.map((tree, i) => ({ ...tree, i })))(
    '$name',
    async ({ script, endsByItself, i }) => {
      // Time enough for those that end by themselves, however busy the machine is.
      const timeout = endsByItself ? 20_000 : 600;
      const tag = `${80_000 + i}.${process.pid}`;
      const begin = performance.now();
      const { result } = await runCommand(request(['sh', '-c', script(tag)], { timeout }), options());
      const took = performance.now() - begin;
      longest = Math.max(longest, took - timeout);
      expect(took).toBeLessThan(timeout + 2000);
      if (endsByItself) expect(result.how).toBe('exited');
      else expect(['exited', 'timed-out']).toContain(result.how);
      expect(processesWith(tag)).toEqual([]);
    },
  );

  test('none is left a second later', async () => {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect(processesWith(`.${process.pid}`).filter((line) => line.includes('sleep'))).toEqual([]);
    console.log(`longest overrun ${Math.round(longest)} ms`);
  });
});
