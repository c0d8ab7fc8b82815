import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judgeLog } from '../../src/checks/log.ts';
import { parseInstant } from '../../src/model/instant.ts';
import type { LogContent } from '../../src/model/log.ts';
import { logOf, type PlainRow } from '../support/log.ts';

const now = '2026-02-24T09:00:00Z';
const at = (text: string) => parseInstant(text) as number;
/** Rows of 24 February by their clock times. */
const rows = (...clocks: string[]): PlainRow[] =>
  clocks.map((clock) => ({
    time: /^\d/.test(clock) ? `2026-02-24T${clock}:00Z` : clock,
    cells: { Checks: clock },
  }));
const judge = (content: LogContent, view: { asOf?: boolean; zone?: string } = {}) => {
  const judged = judgeLog('smoke', content, { now: at(now), asOf: false, zone: 'UTC', ...view });
  const clock = (time: number) =>
    Number.isFinite(time) ? new Date(time).toISOString().slice(11, 16) : `${time}`;
  return {
    order: [...judged.order],
    untrusted: Array.from({ length: content.table.rows }, (_, row) => judged.untrusted(row) ?? ''),
    timeless: judged.timeless.map(({ row, from, to, open }) => `${row} ${clock(from)} ${clock(to)} ${open}`),
    findings: judged.findings.map(({ code, line }) => `${code} ${line}`),
  };
};

describe('order', () => {
  test('rows in order give no finding', () => {
    expect(judge(logOf(rows('06:00', '07:00', '07:00', '08:00')))).toEqual({
      order: [0, 1, 2, 3],
      untrusted: ['', '', '', ''],
      timeless: [],
      findings: [],
    });
  });

  test('a row older than one before it counts, with a finding', () => {
    const { order, findings, untrusted } = judge(logOf(rows('06:00', '08:00', '07:00', '07:30', '08:30')));
    expect(order).toEqual([0, 2, 3, 1, 4]);
    expect(findings).toEqual(['log.out-of-order 7', 'log.out-of-order 8']);
    expect(untrusted).toEqual(['', '', '', '', '']);
  });

  test('future rows take no part in it', () => {
    const judged = judge(logOf(rows('06:00', '23:00', '07:00', '08:00')));
    expect(judged.findings).toEqual(['log.future-row 6']);
    expect(judged.order).toEqual([0, 2, 3, 1]);
  });

  test('nor do rows with a flaw', () => {
    const list = rows('06:00', '08:30', '07:00');
    const flawed = list.map((row, index) =>
      index === 1 ? { ...row, flaw: 'log.malformed-row' as const } : row,
    );
    expect(judge(logOf(flawed))).toMatchObject({ findings: [], untrusted: ['', 'log.malformed-row', ''] });
  });

  test('newest-first is read file by file from the bottom', () => {
    const january = rows('07:00', '06:00').map((row) => ({ ...row, path: 'a.md' }));
    const february = rows('08:30', '07:30', '08:00').map((row) => ({ ...row, path: 'b.md' }));
    const { order, findings } = judge(logOf([...january, ...february], { order: 'newest-first' }));
    expect(order).toEqual([1, 0, 3, 4, 2]);
    // Read upwards: 06:00, 07:00, then 08:00, 07:30, 08:30.
    expect(findings).toEqual(['log.out-of-order 8']);
  });

  test('a repeated row is left to the reader', () => {
    expect(judge(logOf(rows('06:00', '08:00', '06:00'))).findings).toEqual([]);
  });
});

describe('the future', () => {
  test('begins five minutes from now', () => {
    expect(judge(logOf(rows('09:05'))).untrusted).toEqual(['']);
    const later = [{ time: '2026-02-24T09:05:00.001Z' }];
    expect(judge(logOf(later)).untrusted).toEqual(['log.future-row']);
  });

  test('is out of view when looking back, without a finding and to the second', () => {
    expect(judge(logOf(rows('08:00', '09:00', '09:01', '23:00')), { asOf: true })).toEqual({
      order: [0, 1],
      untrusted: ['', '', '', ''],
      timeless: [],
      findings: [],
    });
  });

  test('of days is that of the zone', () => {
    const content = logOf([{ time: '2026-02-24' }, { time: '2026-02-25' }], { timeKind: 'date' });
    expect(judge(content).untrusted).toEqual(['', 'log.future-row']);
    expect(judge(content, { zone: 'Pacific/Kiritimati' }).untrusted).toEqual(['', 'log.future-row']);
    const evening = judgeLog('smoke', content, {
      now: at('2026-02-24T10:00:00Z'),
      asOf: false,
      zone: 'Pacific/Kiritimati',
    });
    expect(evening.untrusted(1)).toBeUndefined();
  });
});

describe('rows without a readable time', () => {
  test.each<[string, string[], string[]]>([
    [
      'lie between their neighbours',
      ['06:00', 'x', 'y', '07:00'],
      ['1 06:00 07:00 false', '2 06:00 07:00 false'],
    ],
    ['may lie before the first', ['x', '07:00'], ['0 -Infinity 07:00 false']],
    ['may lie up to now', ['07:00', 'x'], ['1 07:00 09:00 true']],
    ['may lie anywhere', ['x'], ['0 -Infinity 09:00 true']],
    [
      'do not end with a row that is out of order',
      ['06:00', '08:00', 'x', '07:00', '08:30'],
      ['2 07:00 08:30 false'],
    ],
    ['nor with a future one', ['06:00', 'x', '23:00', '07:00'], ['1 06:00 07:00 false']],
    [
      'begin with the row before them, even one out of order',
      ['08:00', '07:00', 'x', '08:30'],
      ['2 07:00 08:30 false'],
    ],
  ])('%s', (_, clocks, expected) => {
    expect(judge(logOf(rows(...clocks))).timeless).toEqual(expected);
  });

  test('may reach to a future one once that is in view, unless another row stands between', () => {
    const ahead = (content: LogContent, zone = 'UTC') =>
      judgeLog('smoke', content, { now: at('2026-02-24T09:00:00Z'), asOf: false, zone }).timeless.map(
        (span) => span.ahead,
      );
    const tomorrow = { time: '2026-02-25T10:00:00Z' };
    const [to, since] = [at(tomorrow.time), at('2026-02-25T09:55:00Z')];
    expect(ahead(logOf([...rows('x'), tomorrow, ...rows('08:00')]))).toEqual([{ to, since }]);
    expect(ahead(logOf([...rows('x', '08:00'), tomorrow]))).toEqual([undefined]);
    const days = logOf([{ time: 'x' }, { time: '2026-02-26' }], { timeKind: 'date' });
    const day = { to: at('2026-02-26T00:00:00Z'), since: at('2026-02-25T18:25:00Z') };
    expect(ahead(days, 'Asia/Kolkata')).toEqual([day]);
  });

  test('are out of view with the later rows that they follow', () => {
    expect(judge(logOf(rows('08:00', '10:00', 'x')), { asOf: true }).timeless).toEqual([]);
    expect(judge(logOf(rows('08:00', 'x', '10:00')), { asOf: true }).timeless).toEqual([
      '1 08:00 09:00 true',
    ]);
  });

  test('in a newest-first log the neighbours are the other way round', () => {
    const content = logOf(rows('08:00', 'x', '06:00'), { order: 'newest-first' });
    expect(judge(content).timeless).toEqual(['1 06:00 08:00 false']);
  });
});

test('a flood of findings is counted, not listed', () => {
  const late = Array.from({ length: 3000 }, (_, index) => ({
    time: at(now) - index - 1,
    cells: { n: index },
  }));
  const { findings } = judgeLog('smoke', logOf(late), { now: at(now), asOf: false, zone: 'UTC' });
  expect(findings).toHaveLength(1001);
  expect(findings.at(-1)?.message).toBe('and 1999 rows more');
});

describe('a steady log', () => {
  const log = fc.record({
    gaps: fc.array(fc.integer({ min: 1, max: 5_000_000 }), { maxLength: 40 }),
    first: fc.integer({ min: -100_000_000, max: 1_000_000 }),
    asOf: fc.boolean(),
    order: fc.constantFrom('oldest-first' as const, 'newest-first' as const),
  });

  test('is judged as row by row', () => {
    let steady = 0;
    fc.assert(
      fc.property(log, ({ gaps, first, asOf, order }) => {
        let time = at(now) + first;
        const ascending = gaps.map((gap) => ({ time: (time += gap), cells: { Checks: 'pass' } }));
        const content = logOf(order === 'oldest-first' ? ascending : ascending.reverse(), { order });
        steady += content.table.steady && gaps.length > 0 ? 1 : 0;
        const slow = { ...content, table: { ...content.table, steady: false } };
        expect(judge(content, { asOf })).toEqual(judge(slow, { asOf }));
      }),
      { numRuns: 500 },
    );
    expect(steady).toBeGreaterThan(300);
  });
});
