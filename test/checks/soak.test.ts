import { describe, expect, test } from 'vitest';
import { soak } from '../../src/checks/soak.ts';
import { hour, parseInstant } from '../../src/model/instant.ts';
import type { SoakCheck } from '../../src/model/policy.ts';
import { logOf, type PlainRow } from '../support/log.ts';
import { contextOf, gist, isFail, type Scene } from '../support/time.ts';

const check: SoakCheck = {
  kind: 'soak',
  of: { log: 'smoke', view: 'strict' },
  phase: 'shadow',
  for: 24 * hour,
  maxGap: 8 * hour,
  breach: isFail,
  columns: {},
};

const now = '2026-02-24T09:00:00Z';
const at = (text: string) => parseInstant(text) as number;
/** A row so many hours before now. */
const row = (ago: number, checks = 'pass', mode = 'shadow'): PlainRow => ({
  time: at(now) - ago * hour,
  cells: { Checks: checks, MODE: mode },
});
const rows = (...ago: number[]) => ago.map((hours) => row(hours));
const judge = (list: readonly PlainRow[], scene: Partial<Scene> = {}, changes: Partial<SoakCheck> = {}) =>
  soak.judge({ ...check, ...changes }, contextOf({ now, logs: { smoke: list }, ...scene }));

describe('rows', () => {
  test.each<[string, readonly PlainRow[], string]>([
    ['a day without a gap', rows(24, 16, 8, 0), 'pass soak.done 86400'],
    ['the newest may be as old as the greatest gap', rows(32, 24, 16, 8), 'pass soak.done 86400'],
    ['one second less', rows(24 - 1 / 3600, 16, 8, 0), 'pending soak.short 86399 2026-02-24T09:00:01Z'],
    ['time alone does not soak', rows(30, 23, 16, 8), 'pending soak.short 79200 2026-02-24T09:00:00Z'],
    ['a gap restarts', rows(40, 32, 20, 12, 4), 'pending soak.short 57600 2026-02-24T13:00:00Z'],
    ['a gap of exactly maxGap does not', rows(28, 20, 12, 4), 'pass soak.done 86400'],
    [
      'an older breach restarts',
      [...rows(30, 24), row(20, 'fail'), ...rows(16, 8, 1)],
      'pending soak.short 54000 2026-02-24T17:00:00Z',
    ],
    ['the newest a breach', [...rows(24, 16, 8), row(1, 'fail')], 'fail soak.breach 0 2026-02-25T09:00:00Z'],
    [
      'the newest with other pins',
      [...rows(24, 16, 8), row(1, 'pass', 'enforced')],
      'fail soak.unpinned 0 2026-02-25T09:00:00Z',
    ],
    [
      'even a light one',
      [...rows(24, 16, 8, 2), row(1, 'not-run', 'enforced')],
      'fail soak.unpinned 0 2026-02-25T09:00:00Z',
    ],
    ['the newest without pins', [...rows(24, 16, 8), row(1, 'pass', '')], 'unknown soak.unpinned 0'],
    [
      'a row without pins in between ends the run',
      [...rows(30, 24), row(20, 'not-run', ''), ...rows(16, 8, 1)],
      'pending soak.short 54000 2026-02-24T17:00:00Z',
    ],
    ['a row whose view cannot be judged', [...rows(24, 16, 8, 1), row(0, '')], 'unknown soak.unclear 0'],
    [
      'and one in between',
      [...rows(30, 24), row(20, ''), ...rows(16, 8, 1)],
      'pending soak.short 54000 2026-02-24T17:00:00Z',
    ],
    [
      'light rows neither extend',
      [...rows(24, 16, 8), row(0, 'not-run')],
      'pending soak.short 57600 2026-02-24T09:00:00Z',
    ],
    [
      'nor bridge a gap',
      [...rows(24), row(16, 'not-run'), ...rows(12, 4, 0)],
      'pending soak.short 43200 2026-02-24T21:00:00Z',
    ],
    ['stale', rows(40, 32, 24, 16, 9), 'unknown soak.stale 0 2026-02-25T09:00:00Z'],
    ['no row', [], 'unknown log.empty undefined'],
    ['light rows only', [row(1, 'not-run')], 'unknown log.empty undefined'],
    [
      'the same time with different results is the worse',
      [...rows(24, 16, 8, 0), row(0, 'fail')],
      'fail soak.breach 0 2026-02-25T09:00:00.001Z',
    ],
    [
      'in either order',
      [...rows(24, 16, 8), row(0, 'fail'), ...rows(0)],
      'fail soak.breach 0 2026-02-25T09:00:00.001Z',
    ],
    [
      'a breach beats missing pins at one time',
      [...rows(24, 16, 8), row(1, 'pass', ''), row(1, 'fail')],
      'fail soak.breach 0 2026-02-25T09:00:00Z',
    ],
    ['order of rows does not matter', rows(0, 8, 16, 24), 'pass soak.done 86400'],
    [
      'a row a little ahead counts as written now',
      rows(23.98, 16, 8, -0.05),
      'pending soak.short 86328 2026-02-24T09:01:12Z',
    ],
  ])('%s', (_, list, expected) => {
    expect(gist(judge(list))).toBe(expected);
  });

  test('without a log nothing is known', () => {
    expect(gist(judge([], { logs: {} }))).toBe('unknown file.missing undefined');
    const dated = logOf([{ time: '2026-02-24', cells: { Checks: 'pass' } }], { timeKind: 'date' });
    expect(gist(judge([], { logs: { smoke: dated } }))).toBe('unknown log.date-only undefined');
  });

  test('the message names the record that completes it', () => {
    expect(judge(rows(23, 16, 8, 0)).message).toContain('one strict record at or after 2026-02-24T10:00:00Z');
    expect(judge(rows(30, 23, 16, 8)).message).toContain('one strict record now');
  });

  test('rows of a part of a second give spans of whole ones, as a verdict may hold', () => {
    const { detail } = judge(rows(8.0001, 1.0001));
    expect(detail?.spans).toEqual([{ from: '2026-02-24T00:59:59Z', to: '2026-02-24T07:59:59Z' }]);
  });

  test('citations and spans tell the story', () => {
    const judgement = judge([...rows(30, 24), row(20, 'fail'), ...rows(16, 8, 1)]);
    expect(judgement.cites.map((cite) => cite.line)).toEqual([7, 8, 10]);
    expect(judgement.detail?.spans).toEqual([
      { from: '2026-02-23T03:00:00Z', to: '2026-02-23T09:00:00Z', ended: 'soak.breach' },
      { from: '2026-02-23T17:00:00Z', to: '2026-02-24T08:00:00Z' },
    ]);
  });

  test('a pass goes stale', () => {
    expect(judge(rows(28, 20, 12, 4)).validUntil).toBe(at(now) + 4 * hour);
  });
});

describe('rows that cannot be trusted', () => {
  const soaked = rows(24, 16, 8, 0);
  const flawed = (each: PlainRow): PlainRow => ({ ...each, flaw: 'log.malformed-row' });
  test.each<[string, readonly PlainRow[], string]>([
    ['a future breach', [...soaked, row(-24, 'fail')], 'unknown soak.untrusted 0'],
    ['a future good row is ignored', [...soaked, row(-24)], 'pass soak.done 86400'],
    [
      'a good one does not extend',
      [...rows(24, 16, 8, 2), { ...row(0), flaw: 'log.torn-row' }],
      'unknown soak.untrusted 0',
    ],
    [
      'nor one with an unreadable time',
      [...rows(24, 16, 8, 2), { ...row(0), time: '?' }],
      'pending soak.short 79200 2026-02-24T09:00:00Z',
    ],
    [
      'an unreadable time of a breach',
      [...soaked, { ...row(0, 'fail'), time: '?' }],
      'unknown soak.untrusted 0',
    ],
    [
      'in between it ends the run with its successor',
      [...rows(24, 20), { ...row(0, 'fail'), time: '?' }, ...rows(16, 8, 0)],
      'pending soak.short 28800 2026-02-25T01:00:00Z',
    ],
    [
      'a malformed row ends the run',
      [...rows(24, 20), flawed(row(18)), ...rows(16, 8, 0)],
      'pending soak.short 57600 2026-02-24T17:00:00Z',
    ],
    [
      'a trusted breach beside one stays a fail',
      [...rows(24, 20), row(1, 'fail'), flawed(row(0.5))],
      'fail soak.breach 0 2026-02-25T09:00:00Z',
    ],
  ])('%s', (_, list, expected) => {
    expect(gist(judge(list))).toBe(expected);
  });
});

describe('transitions', () => {
  const entered = (ago: number) =>
    ({ time: at(now) - ago * hour, kind: 'advance', from: 'shadow', to: 'enforced' }) as const;
  const back = (ago: number) =>
    ({ time: at(now) - ago * hour, kind: 'rollback', from: 'enforced', to: 'shadow' }) as const;
  const enforced = (...ago: number[]) => ago.map((hours) => row(hours, 'pass', 'enforced'));
  const phase = { phase: 'enforced' } as const;

  test('a phase that was not entered is not soaked, whatever the rows say', () => {
    expect(gist(judge(enforced(24, 16, 8, 0), {}, phase))).toBe(
      'pending soak.not-begun 0 2026-02-25T09:00:00Z',
    );
    expect(gist(judge([], {}, phase))).toBe('pending soak.not-begun 0 2026-02-25T09:00:00Z');
  });

  test.each<[string, number, readonly PlainRow[], string]>([
    ['the entry starts the run', 24, enforced(17, 10, 2, 0), 'pass soak.done 86400'],
    [
      'not if the first row follows too late',
      24,
      enforced(15, 10, 2, 0),
      'pending soak.short 54000 2026-02-24T18:00:00Z',
    ],
    [
      'not if a row still shows the old pins',
      24,
      [row(20), ...enforced(17, 10, 2, 0)],
      'pending soak.short 61200 2026-02-24T16:00:00Z',
    ],
    [
      'rows before the entry do not count',
      6,
      enforced(24, 16, 8, 0),
      'pending soak.short 21600 2026-02-25T03:00:00Z',
    ],
    [
      'not even those without a readable time',
      24,
      [row(30), { ...row(28, 'fail'), time: '?' }, row(26), ...enforced(17, 10, 2, 0)],
      'pass soak.done 86400',
    ],
    [
      'nor do they end anything',
      24,
      [row(25), row(24.5, 'fail'), ...enforced(17, 10, 2, 0)],
      'pass soak.done 86400',
    ],
    ['right after the entry', 2, rows(24, 16, 8, 3), 'pending soak.short 0 2026-02-25T07:00:00Z'],
    ['nobody looked after the entry', 9, rows(24, 16, 10), 'unknown soak.stale 0 2026-02-25T09:00:00Z'],
    [
      'the newest row with the old pins',
      24,
      [...enforced(17, 10, 2), row(1)],
      'fail soak.unpinned 0 2026-02-25T09:00:00Z',
    ],
  ])('%s', (_, ago, list, expected) => {
    expect(gist(judge(list, { transitions: [entered(ago)] }, phase))).toBe(expected);
  });

  test('a rollback ends the run, and only a row begins the next', () => {
    const list = rows(24, 16, 8, 0);
    expect(gist(judge(list, { transitions: [entered(48), back(20)] }))).toBe(
      'pending soak.short 57600 2026-02-24T17:00:00Z',
    );
    expect(gist(judge(rows(24, 16, 8), { transitions: [entered(48), back(2)] }))).toBe(
      'pending soak.short 0 2026-02-25T09:00:00Z',
    );
  });
});

test('in words', () => {
  expect(soak.words(check)).toBe(
    '24h in phase `shadow` observed by records of `smoke.strict`, no more than 8h apart, none fulfilling `Checks is "fail"`',
  );
});
