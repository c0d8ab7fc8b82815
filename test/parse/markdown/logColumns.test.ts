import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLogColumns, mostSeconds } from '../../../src/parse/markdown/logColumns.ts';

const start = Date.UTC(2026, 0, 1);

/** Rows of one spacing, with some that do not fit into it. */
const rows = fc
  .record({
    count: fc.integer({ min: 0, max: 5000 }),
    step: fc.constantFrom(0, 1, 1000, 60_000, 86_400_000, -1000, 1e12),
    odd: fc.array(
      fc.tuple(
        fc.nat(5000),
        fc.constantFrom(
          Number.NaN,
          start + 0.5,
          start - 1000,
          0,
          8e15,
          start + 2 ** 31 * 1000,
          start - 2 ** 31 * 1000,
          start + 2 ** 30 * 1000,
          start - 2 ** 30 * 1000,
        ),
      ),
      {
        maxLength: 2,
      },
    ),
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

/** Stretches of uneven length: those that can be are added at once, the others row by row. */
function runsOf<T>(list: readonly T[]): T[][] {
  const runs: T[][] = [];
  for (let from = 0, size = 1; from < list.length; from += size, size = ((size * 7) % 1500) + 1)
    runs.push(list.slice(from, from + size));
  return runs;
}

describe('the columns of a log', () => {
  it('give back what was added, one by one or many at once', () => {
    fc.assert(
      fc.property(rows, fc.boolean(), (list, together) => {
        const columns = createLogColumns();
        for (const run of together ? runsOf(list) : []) {
          const seconds = Int32Array.from(run, ({ time }) => (time - start) / 1000);
          const patterns = Uint32Array.from(run, ({ pattern }) => pattern);
          if (seconds.every((offset, row) => start + offset * 1000 === run[row]?.time))
            columns.addAll(start, seconds, patterns, run.length);
          else for (const { time, pattern } of run) columns.add(time, pattern);
        }
        if (!together) for (const { time, pattern } of list) columns.add(time, pattern);
        expect(columns.rows).toBe(list.length);
        const wrong = list.findIndex(
          ({ time, pattern }, row) => !Object.is(columns.time(row), time) || columns.pattern(row) !== pattern,
        );
        expect(wrong).toBe(-1);
      }),
      { numRuns: 150 },
    );
  });

  it('hold a full page of times as far apart as any may be', () => {
    const columns = createLogColumns();
    const offsets = Array.from({ length: 1024 }, (_, row) => (row === 0 ? mostSeconds : row - mostSeconds));
    columns.addAll(start, Int32Array.from(offsets), new Uint32Array(1024), 1024);
    expect(offsets.findIndex((offset, row) => columns.time(row) !== start + offset * 1000)).toBe(-1);
  });
});
