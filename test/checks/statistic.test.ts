import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { statistic } from '../../src/checks/statistic.ts';

const five = [3, 1, 4, 1, 5];

describe('statistics', () => {
  test.each([
    ['max', 5],
    ['min', 1],
    ['last', 5],
    ['sum', 14],
    ['avg', 2.8],
    ['count', 5],
    // Nearest rank: a value that was measured, never one in between.
    ['p0', 1],
    ['p1', 1],
    ['p40', 1],
    ['p41', 3],
    ['p50', 3],
    ['p60', 3],
    ['p80', 4],
    ['p81', 5],
    ['p95', 5],
    ['p100', 5],
  ])('%s of 3 1 4 1 5 is %d', (name, value) => {
    expect(statistic(name, five)).toBe(value);
  });

  test('the textbook example of the nearest rank', () => {
    const values = [15, 20, 35, 40, 50];
    expect([5, 30, 40, 50, 100].map((p) => statistic(`p${p}`, values))).toEqual([15, 20, 20, 35, 50]);
  });

  test('a percentile is the least value that so many do not exceed, counted', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 1, max: 100 }),
        (values, percent) => {
          const enough = (value: number) =>
            values.filter((one) => one <= value).length * 100 >= percent * values.length;
          expect(statistic(`p${percent}`, values)).toBe(Math.min(...values.filter(enough)));
        },
      ),
      { seed: 7, numRuns: 500 },
    );
  });
});
