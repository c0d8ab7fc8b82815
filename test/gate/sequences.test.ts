import { expect, it } from 'vitest';
import { playSequences } from '../support/stepModel.ts';

it('no sequence of commands reaches a phase whose gate did not go', async () => {
  const told = await playSequences({ runs: 25, seed: 20260224 });
  expect(told.sequences).toBe(25);
  // A run in which nothing happens proves nothing.
  for (const count of [told.advanced, told.byFlags, told.rolledBack, told.refused, told.forged])
    expect(count, JSON.stringify(told)).toBeGreaterThan(0);
});
