import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLogColumns } from '../../../src/parse/markdown/logColumns.ts';

const start = Date.UTC(2026, 0, 1);

/** Rows of one spacing, with some that do not fit into it. */
const rows = fc
  .record({
    count: fc.integer({ min: 0, max: 5000 }),
    step: fc.constantFrom(0, 1, 1000, 60_000, 86_400_000, -1000, 1e12),
    odd: fc.array(fc.tuple(fc.nat(5000), fc.constantFrom(Number.NaN, start + 0.5, start - 1000, 0, 8e15)), {
      maxLength: 2,
    }),
    patterns: fc.constantFrom(1, 256, 257, 65_536, 70_000),
  })
  .map(({ count, step, odd, patterns }) => {
    const list = Array.from({ length: count }, (_, row) => ({
      time: start + row * step,
      pattern: (row * 31) % patterns,
    }));
    for (const [row, time] of odd) if (list[row]) list[row].time = time;
    if (list[1]) list[1].pattern = patterns - 1;
    return list;
  });

describe('the columns of a log', () => {
  it('give back what was added, one by one or many at once', () => {
    fc.assert(
      fc.property(rows, fc.boolean(), (list, together) => {
        const columns = createLogColumns();
        if (together) {
          const times = Float64Array.from(list, ({ time }) => time);
          columns.addAll(
            times,
            Uint32Array.from(list, ({ pattern }) => pattern),
            list.length,
          );
        } else for (const { time, pattern } of list) columns.add(time, pattern);
        expect(columns.rows).toBe(list.length);
        const wrong = list.findIndex(
          ({ time, pattern }, row) => !Object.is(columns.time(row), time) || columns.pattern(row) !== pattern,
        );
        expect(wrong).toBe(-1);
      }),
      { numRuns: 150 },
    );
  });
});
