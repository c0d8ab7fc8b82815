import { expect, test } from 'vitest';
import { locales, lookEverywhere, zones } from '../support/purity.ts';

/** R8, with the built library. More orders of keys: `npm run figures -- pure`. */
test('20 zones, 5 locales, keys in any order: one and the same bytes', async () => {
  const seen = await lookEverywhere(3);
  expect(new Set(seen.flatMap(({ hashes }) => hashes)).size).toBe(1);
  expect(seen.reduce((sum, { runs }) => sum + runs, 0)).toBe(zones.length * locales.length * 3);
  // The machine really was somewhere else each time.
  expect(new Set(seen.map(({ locale }) => locale)).size).toBe(5);
  expect(seen.map(({ offsets }) => offsets).every((offsets) => offsets >= 15)).toBe(true);
  expect([zones.length, locales.length]).toEqual([20, 5]);
});
