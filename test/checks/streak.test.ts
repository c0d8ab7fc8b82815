import { describe, expect, test } from 'vitest';
import { streak } from '../../src/checks/streak.ts';
import { formatDay } from '../../src/model/calendar.ts';
import { hour, parseDate, parseInstant } from '../../src/model/instant.ts';
import type { StreakCheck } from '../../src/model/policy.ts';
import { logOf, type PlainRow } from '../support/log.ts';
import { contextOf, gist, isPass, type Scene } from '../support/time.ts';

const seven: StreakCheck = {
  kind: 'streak',
  of: { log: 'smoke', view: 'strict' },
  per: 'day',
  good: isPass,
  atLeast: 7,
  columns: {},
};

/** A row at 08:00 UTC of a day of February 2026 (or March, by a day above 28), or at a given time. */
const pass = (day: number | string): PlainRow => row(day, 'pass');
const fail = (day: number | string): PlainRow => row(day, 'fail');
const row = (day: number | string, checks: string, mode = 'shadow'): PlainRow => ({
  time:
    typeof day === 'number' ? `${formatDay((parseDate('2026-02-01') as number) + day - 1)}T08:00:00Z` : day,
  cells: { Checks: checks, MODE: mode },
});
const days = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => pass(first + index));
const judge = (scene: Partial<Scene> & { rows: readonly PlainRow[] }, check: Partial<StreakCheck> = {}) =>
  streak.judge(
    { ...seven, ...check },
    contextOf({ now: '2026-02-24T09:00:00Z', logs: { smoke: scene.rows }, ...scene }),
  );

describe('the table of semantics section 7', () => {
  test.each<[string, Partial<Scene> & { rows: readonly PlainRow[] }, string]>([
    ['good 20..24', { rows: days(20, 24) }, 'pending streak.short 5 2026-02-26T00:00:00Z'],
    [
      'good 20..24 in Kolkata',
      { rows: days(20, 24), zone: 'Asia/Kolkata' },
      'pending streak.short 5 2026-02-25T18:30:00Z',
    ],
    ['good 19..23, today empty', { rows: days(19, 23) }, 'pending streak.short 5 2026-02-25T00:00:00Z'],
    ['good 18..23, today empty', { rows: days(18, 23) }, 'pending streak.short 6 2026-02-24T09:00:00Z'],
    [
      'good 18..23, today fail 08:00 then pass 08:30',
      { rows: [...days(18, 23), fail(24), pass('2026-02-24T08:30:00Z')] },
      'fail streak.broken 0 2026-03-03T00:00:00Z',
    ],
    [
      'good ..22, 23 fail, today empty',
      { rows: [...days(10, 22), fail(23)] },
      'fail streak.broken 0 2026-03-02T00:00:00Z',
    ],
    [
      'good ..22, 23 missing, today good',
      { rows: [...days(10, 22), pass(24)] },
      'pending streak.short 1 2026-03-02T00:00:00Z',
    ],
    [
      'good ..22, 23 missing, today empty',
      { rows: days(10, 22) },
      'unknown streak.stale 0 2026-03-02T00:00:00Z',
    ],
    [
      'New York over the change of clocks',
      {
        rows: days(31, 35).map((each) => ({ ...each, time: String(each.time).replace('T08', 'T14') })),
        zone: 'America/New_York',
        now: '2026-03-07T15:00:00Z',
      },
      'pending streak.short 5 2026-03-09T04:00:00Z',
    ],
  ])('%s', (_, scene, expected) => {
    expect(gist(judge(scene))).toBe(expected);
  });

  test('a streak that one record completes says so', () => {
    expect(judge({ rows: days(18, 23) }).message).toContain('one strict record today');
  });
});

describe('per day', () => {
  test.each<[string, readonly PlainRow[], string]>([
    ['seven days pass', days(18, 24), 'pass streak.kept 7'],
    ['a longer run is counted whole', days(1, 24), 'pass streak.kept 24'],
    ['yesterday is enough', days(17, 23), 'pass streak.kept 7'],
    ['no row', [], 'unknown log.empty undefined'],
    ['light rows do not qualify', [row(24, 'not-run')], 'unknown log.empty undefined'],
    [
      'eight passes within an hour are one day',
      Array.from({ length: 8 }, (_, n) => pass(`2026-02-24T08:0${n}:00Z`)),
      'pending streak.short 1 2026-03-02T00:00:00Z',
    ],
    [
      'a row whose view cannot be judged qualifies and does not pass',
      [...days(18, 24), { time: '2026-02-24T08:30:00Z', cells: { MODE: 'shadow' } }],
      'fail streak.broken 0 2026-03-03T00:00:00Z',
    ],
    ['order of rows does not matter', [...days(18, 24)].reverse(), 'pass streak.kept 7'],
    ['a day ago a light row beside a good one', [...days(18, 24), row(23, 'not-run')], 'pass streak.kept 7'],
    [
      'a row a little ahead, in tomorrow, counts now',
      [...days(18, 23), pass('2026-02-24T09:04:00Z')],
      'pass streak.kept 7',
    ],
  ])('%s', (_, rows, expected) => {
    expect(gist(judge({ rows }))).toBe(expected);
  });

  test('no log is unknown, and so is one that is not there', () => {
    expect(gist(judge({ rows: [], logs: {} }))).toBe('unknown file.missing undefined');
  });

  test('a fail cites the first breach and the newest row, and draws the days', () => {
    const judgement = judge({ rows: [...days(18, 23), fail(24), pass('2026-02-24T08:30:00Z')] });
    expect(judgement.cites.map((cite) => cite.line)).toEqual([11, 12]);
    expect(judgement.message).toContain('docs/audits/log.md:11');
    expect(judgement.detail?.days?.slice(-3)).toEqual([
      { day: '2026-02-22', state: 'good', line: 9 },
      { day: '2026-02-23', state: 'good', line: 10 },
      { day: '2026-02-24', state: 'bad', line: 11 },
    ]);
  });

  test('a pass goes stale when the day after tomorrow of its newest record begins', () => {
    expect(judge({ rows: days(17, 23) }).validUntil).toBe(parseInstant('2026-02-25T00:00:00Z'));
    expect(judge({ rows: days(18, 24) }).validUntil).toBe(parseInstant('2026-02-26T00:00:00Z'));
  });

  test('without a view and `good`, any record makes a day good', () => {
    const check = { of: { log: 'smoke' }, atLeast: 1 } as const;
    const { good: _, ...bare } = { ...seven, ...check };
    const context = contextOf({ now: '2026-02-24T09:00:00Z', logs: { smoke: [row(24, 'fail')] } });
    expect(gist(streak.judge(bare, context))).toBe('pass streak.kept 1');
  });
});

describe('rows that cannot be trusted', () => {
  const good = days(18, 24);
  test.each<[string, readonly PlainRow[], string]>([
    ['a future fail spoils', [...good, fail(25)], 'unknown streak.untrusted 0'],
    ['a future pass is ignored', [...good, pass(25)], 'pass streak.kept 7'],
    ['a fail of 2062 spoils', [...good, fail('2062-02-24T08:00:00Z')], 'unknown streak.untrusted 0'],
    [
      'a trusted fail beside a future one stays a fail',
      [...good, fail('2026-02-24T08:10:00Z'), fail('2026-02-26T08:00:00Z')],
      'fail streak.broken 0 2026-03-05T00:00:00Z',
    ],
    ['an unreadable time of a pass is ignored', [...good, pass('yesterday')], 'pass streak.kept 7'],
    [
      'an unreadable time of a fail spoils from there on',
      [...good, fail('yesterday')],
      'unknown streak.untrusted 0',
    ],
    [
      'an unreadable time of a fail in between touches both neighbours',
      [...days(10, 20), fail('?'), ...days(21, 24)],
      'pending streak.short 3 2026-02-28T00:00:00Z',
    ],
    [
      'a malformed row spoils its day whatever its cells say',
      [...good, { ...pass('2026-02-20T09:00:00Z'), flaw: 'log.malformed-row' }],
      'pending streak.short 4 2026-02-27T00:00:00Z',
    ],
    [
      'a day that only an untrusted row holds has no record',
      [...days(10, 22), { ...pass(23), flaw: 'log.torn-row' }],
      'unknown streak.untrusted 0',
    ],
  ])('%s', (_, rows, expected) => {
    expect(gist(judge({ rows }))).toBe(expected);
  });

  test('looking back, later rows are out of view', () => {
    const rows = [...good, fail(25), fail('?')];
    expect(gist(judge({ rows, asOf: true }))).toBe('pass streak.kept 7');
  });
});

describe('phases', () => {
  const at = (text: string) => parseInstant(text) as number;
  const entered = [
    { time: at('2026-02-21T07:00:00Z'), kind: 'advance', from: 'shadow', to: 'enforced' },
  ] as const;
  const moved = [...days(18, 20), ...[21, 22, 23, 24].map((day) => row(day, 'pass', 'enforced'))];

  test('`in-force` asks for the pins of the time', () => {
    const check = { phase: 'in-force' } as const;
    expect(gist(judge({ rows: moved, transitions: entered }, check))).toBe('pass streak.kept 7');
    expect(gist(judge({ rows: moved }, check))).toBe('fail streak.broken 0 2026-03-03T00:00:00Z');
    const early = [...moved, row('2026-02-21T06:00:00Z', 'pass', 'enforced')];
    expect(gist(judge({ rows: early, transitions: entered }, check))).toBe(
      'pending streak.short 3 2026-02-28T00:00:00Z',
    );
  });

  test('a named phase counts its own pins', () => {
    expect(gist(judge({ rows: moved, transitions: entered }, { phase: 'enforced' }))).toBe(
      'pending streak.short 4 2026-02-27T00:00:00Z',
    );
    const unset = [...moved, { time: '2026-02-24T08:30:00Z', cells: { Checks: 'pass' } }];
    expect(gist(judge({ rows: unset, transitions: entered }, { phase: 'enforced' }))).toBe(
      'fail streak.broken 0 2026-03-03T00:00:00Z',
    );
  });

  test('a phase that was never entered is pending, whatever the rows say', () => {
    expect(gist(judge({ rows: days(18, 23) }, { phase: 'enforced' }))).toBe(
      'pending streak.not-begun 0 2026-03-02T00:00:00Z',
    );
    expect(gist(judge({ rows: moved }, { phase: 'enforced' }))).toMatch('pending streak.not-begun 0');
    expect(gist(judge({ rows: [] }, { phase: 'enforced' }))).toBe(
      'pending streak.not-begun 0 2026-03-02T00:00:00Z',
    );
  });

  test('pins may stand in a column of another name', () => {
    const rows = days(18, 24).map((each) => ({ ...each, cells: { Checks: 'pass', Mode: 'shadow' } }));
    expect(judge({ rows }, { phase: 'shadow', columns: { 'flags.MODE': 'Mode' } }).outcome).toBe('pass');
    expect(judge({ rows }, { phase: 'shadow' }).outcome).toBe('fail');
  });
});

describe('per hour and week', () => {
  test('hours are hours of UTC', () => {
    const rows = [6, 7, 8].map((h) => pass(`2026-02-24T0${h}:59:59Z`));
    const check = { per: 'hour', atLeast: 4 } as const;
    expect(gist(judge({ rows, zone: 'Asia/Kolkata' }, check))).toBe(
      'pending streak.short 3 2026-02-24T09:00:00Z',
    );
    expect(gist(judge({ rows: rows.slice(0, 2) }, check))).toBe(
      'unknown streak.stale 0 2026-02-24T12:00:00Z',
    );
  });

  test('weeks run from Monday to Sunday in the zone', () => {
    const rows = [pass(9), pass('2026-02-22T15:30:00Z'), pass(23)];
    const check = { per: 'week', atLeast: 3 } as const;
    // In Tokyo 15:30Z of Sunday is Monday already: one week has no record.
    expect(gist(judge({ rows }, check))).toBe('pass streak.kept 3');
    expect(gist(judge({ rows, zone: 'Asia/Tokyo' }, check))).toBe(
      'pending streak.short 1 2026-03-08T15:00:00Z',
    );
  });
});

describe('rows dated by days', () => {
  const dated = (list: readonly PlainRow[]) =>
    logOf(
      list.map((each) => ({ ...each, time: String(each.time).slice(0, 10) })),
      { timeKind: 'date' },
    );
  test('serve days and weeks of the zone', () => {
    const scene = { rows: [], logs: { smoke: dated(days(18, 24)) }, zone: 'Pacific/Auckland' };
    expect(gist(judge(scene))).toBe('pass streak.kept 7');
    // It is the 25th already in Auckland.
    expect(gist(judge({ ...scene, now: '2026-02-24T11:00:00Z' }))).toBe('pass streak.kept 7');
    expect(gist(judge({ ...scene, logs: { smoke: dated(days(20, 24)) } }))).toBe(
      'pending streak.short 5 2026-02-25T11:00:00Z',
    );
    expect(gist(judge(scene, { per: 'week', atLeast: 2 }))).toBe('pass streak.kept 2');
  });
  test('and nothing else', () => {
    const scene = { rows: [], logs: { smoke: dated(days(18, 24)) } };
    expect(gist(judge(scene, { per: 'hour' }))).toBe('unknown log.date-only undefined');
    expect(gist(judge(scene, { per: 'record', maxGap: 26 * hour }))).toBe('unknown log.date-only undefined');
  });
  test('a day of a transition must suit both phases', () => {
    const time = parseInstant('2026-02-21T07:00:00Z') as number;
    const transitions = [{ time, kind: 'advance', from: 'shadow', to: 'enforced' }] as const;
    const rows = [...days(18, 20), ...[21, 22, 23, 24].map((day) => row(day, 'pass', 'enforced'))];
    expect(gist(judge({ rows: [], logs: { smoke: dated(rows) }, transitions }, { phase: 'in-force' }))).toBe(
      'pending streak.short 3 2026-02-28T00:00:00Z',
    );
  });
});

describe('per record', () => {
  const check = { per: 'record', maxGap: 26 * hour } as const;
  const apart = { ...check, minGap: 20 * hour } as const;
  test.each<[string, Partial<StreakCheck>, readonly PlainRow[], string]>([
    ['seven', check, days(18, 24), 'pass streak.kept 7'],
    ['five', check, days(20, 24), 'pending streak.short 5 2026-02-24T09:00:00Z'],
    ['five, 20 hours apart', apart, days(20, 24), 'pending streak.short 5 2026-02-26T00:00:00Z'],
    ['a bad one before', check, [fail(22), ...days(23, 24)], 'pending streak.short 2 2026-02-24T09:00:00Z'],
    ['the newest bad', check, [...days(18, 23), fail(24)], 'fail streak.broken 0 2026-02-24T09:00:00Z'],
    [
      'the newest bad, apart',
      apart,
      [...days(18, 23), fail(24)],
      'fail streak.broken 0 2026-03-01T09:00:00Z',
    ],
    ['stale', check, days(16, 22), 'unknown streak.stale 0 2026-02-24T09:00:00Z'],
    ['stale, apart', apart, days(16, 22), 'unknown streak.stale 0 2026-03-01T09:00:00Z'],
    [
      'a hole above maxGap',
      check,
      [...days(10, 20), ...days(23, 24)],
      'pending streak.short 2 2026-02-24T09:00:00Z',
    ],
    [
      'a gap of exactly maxGap',
      check,
      [pass('2026-02-23T06:00:00Z'), pass(24)],
      'pending streak.short 2 2026-02-24T09:00:00Z',
    ],
    [
      'exactly as old as maxGap',
      check,
      [pass('2026-02-23T07:00:00Z')],
      'pending streak.short 1 2026-02-24T09:00:00Z',
    ],
    [
      'exactly minGap apart',
      apart,
      [pass('2026-02-23T12:00:00Z'), pass(24)],
      'pending streak.short 2 2026-02-28T12:00:00Z',
    ],
    [
      'equal rows count once',
      check,
      [pass(24), pass(24), pass(24)],
      'pending streak.short 1 2026-02-24T09:00:00Z',
    ],
    [
      'the same time with different results is the worse',
      check,
      [...days(18, 24), fail(24)],
      'fail streak.broken 0 2026-02-24T09:00:00Z',
    ],
    [
      'in the middle too, in either order',
      check,
      [...days(18, 21), pass(22), fail(22), ...days(23, 24)],
      'pending streak.short 2 2026-02-24T09:00:00Z',
    ],
    ['a future fail', check, [...days(18, 24), fail(26)], 'unknown streak.untrusted 0'],
    [
      'an unreadable fail',
      check,
      [...days(10, 20), fail('?'), ...days(21, 24)],
      'pending streak.short 3 2026-02-24T09:00:00Z',
    ],
    [
      'a second one after an hour',
      apart,
      [...days(20, 24), pass('2026-02-24T08:45:00Z')],
      'pending streak.short 5 2026-02-26T00:00:00Z',
    ],
  ])('%s', (_, changes, rows, expected) => {
    expect(gist(judge({ rows }, changes))).toBe(expected);
  });
});

test('in words', () => {
  expect(streak.words({ ...seven, phase: 'in-force' })).toBe(
    '7 consecutive days, each with at least one record in `smoke.strict` and every one fulfilling `Checks is "pass"`, with the pins of the phase in force',
  );
});

test('the newest good row opens its day, though a row behind it spoils that day', () => {
  const rows = [pass('2026-02-24T07:00:00Z'), { ...fail(24), flaw: 'log.malformed-row' as const }];
  expect(judge({ rows }).detail?.days?.at(-1)).toMatchObject({ day: '2026-02-24', state: 'untrusted' });
});
