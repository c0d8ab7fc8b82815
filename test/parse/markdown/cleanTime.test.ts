import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseInstant } from '../../../src/model/instant.ts';
import {
  type CleanTimes,
  plainTimeLength,
  createCleanTimes,
  unclean,
} from '../../../src/parse/markdown/cleanTime.ts';

const instants = fc.date({
  min: new Date('0000-01-01'),
  max: new Date('9999-12-31T23:59:59Z'),
  noInvalidDate: true,
});

/** Rows of one log: most in the order of a clock that ticks, some from anywhere. */
const times = fc
  .record({
    start: fc.date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
    steps: fc.array(fc.oneof(fc.constantFrom(0, 1, 59, 60, 3600, 86_400, -1), fc.nat(5000)), {
      maxLength: 30,
    }),
    strays: fc.array(instants, { maxLength: 3 }),
  })
  .map(({ start, steps, strays }) => {
    let at = start.getTime();
    return [...steps.map((step) => new Date((at += step * 1000))), ...strays];
  })
  .map((dates) => dates.map((date) => `| ${date.toISOString().replace(/\.\d+/, '')} |`));

/** Now and then one byte is another, or one cell has the clock of a neighbour where it does not belong. */
const cells = fc
  .tuple(
    times,
    fc.array(
      fc.tuple(
        fc.nat(29),
        fc.nat(plainTimeLength - 1),
        fc.oneof(
          fc.nat(9).map(String),
          fc.constantFrom('-', ':', 'T', 't', 'Z', ' ', '|', '/', '\0', '\x7f', '\xff', '\xf8'),
          fc.constantFrom('T08:', '59:5', '00:0', '\0\0\0\0', '\xff\xff\xff\xff', '| 20', ':00Z'),
        ),
      ),
    ),
  )
  .map(([list, changes]) => {
    for (const [row, at, put] of changes) {
      const cell = list[row];
      if (cell) list[row] = (cell.slice(0, at) + put + cell.slice(at + put.length)).slice(0, plainTimeLength);
    }
    return list.filter((cell) => cell.length === plainTimeLength);
  });

function readAt(clean: CleanTimes, cell: string, before: string): number {
  const text = `${before}${cell} rest of the row |\n`;
  const bytes = Buffer.from(text, 'latin1');
  return clean.readPlain(text, new DataView(bytes.buffer, bytes.byteOffset, bytes.length), before.length);
}

describe('times of the plain form', () => {
  it('are what parseInstant gives, or nothing, whatever stood in the rows before', () => {
    let told = 0;
    let refused = 0;
    fc.assert(
      fc.property(cells, fc.constantFrom('', '| x ', '| a | bc '), (list, before) => {
        const clean = createCleanTimes();
        for (const cell of list) {
          const seconds = readAt(clean, cell, before);
          if (seconds === unclean) {
            refused++;
            continue;
          }
          told++;
          expect(cell.startsWith('| ') && cell.endsWith(' |')).toBe(true);
          expect(clean.base + seconds * 1000).toBe(parseInstant(cell.slice(2, -2)));
        }
      }),
      { numRuns: 1500 },
    );
    expect(told).toBeGreaterThan(5000);
    expect(refused).toBeGreaterThan(500);
  });

  it('are read where they are clean and near', () => {
    const clean = createCleanTimes();
    const list = [
      '2026-11-28T23:59:59Z',
      '2026-11-29T00:00:00Z',
      '2026-11-28T00:00:00Z',
      '1996-01-01T12:34:56Z',
    ];
    const read = list.map((time) => readAt(clean, `| ${time} |`, '') * 1000 + clean.base);
    expect(read).toEqual(list.map((time) => parseInstant(time)));
  });

  it.each([
    '|2026-11-28T08:25:09Z  |',
    '| 2026-11-28t08:25:09Z |',
    '| 2026-11-28T24:00:00Z |',
    '| 2026-11-28T23:60:00Z |',
    '| 2026-11-28T23:59:60Z |',
    '| 2026-02-29T08:25:09Z |',
    '| 2026-11-28T08:25:09z |',
    '| 2026-11-28T08:25:0:Z |',
    '| 2026-11-28TT08::25:0 |',
    '| 1900-11-28T08:25:09Z |',
  ])('are left to the slower reader otherwise: %s', (cell) => {
    const clean = createCleanTimes();
    expect(readAt(clean, '| 2026-11-28T08:25:09Z |', '')).toBe(8 * 3600 + 25 * 60 + 9);
    expect(readAt(clean, cell, '')).toBe(unclean);
    expect(readAt(clean, '| 2026-11-28T08:25:10Z |', '')).toBe(8 * 3600 + 25 * 60 + 10);
  });
});
