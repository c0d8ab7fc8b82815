import { describe, expect, test } from 'vitest';
import { quiet } from '../../src/checks/quiet.ts';
import { hour, parseInstant } from '../../src/model/instant.ts';
import type { QuietCheck } from '../../src/model/policy.ts';
import { logOf, type PlainRow } from '../support/log.ts';
import { contextOf, gist } from '../support/time.ts';

const check: QuietCheck = {
  kind: 'quiet',
  of: { log: 'incidents' },
  within: 24 * hour,
  incident: { '==': [{ var: 'Kind' }, 'tenant'] },
  heartbeat: { log: 'smoke' },
  maxGap: 8 * hour,
};
const now = '2026-02-24T09:00:00Z';
const at = (ago: number) => (parseInstant(now) as number) - ago * hour;
const beats = (...ago: number[]): PlainRow[] =>
  ago.map((hours) => ({ time: at(hours), cells: { Checks: 'pass' } }));
const incident = (ago: number, kind = 'tenant'): PlainRow => ({
  time: at(ago),
  cells: { Kind: kind, What: `${ago}` },
});
const watched = beats(30, 24, 16, 8, 0);
const judge = (
  logs: { incidents?: readonly PlainRow[]; smoke?: readonly PlainRow[] },
  changes: Partial<QuietCheck> = {},
) => quiet.judge({ ...check, ...changes }, contextOf({ now, logs }));

describe('quiet', () => {
  test.each<[string, Parameters<typeof judge>[0], string]>([
    ['no incident, watched', { incidents: [], smoke: watched }, 'pass quiet.kept 86400'],
    ['watched from the very start', { incidents: [], smoke: beats(24, 16, 8, 0) }, 'pass quiet.kept 86400'],
    ['another kind', { incidents: [incident(3, 'noise')], smoke: watched }, 'pass quiet.kept 86400'],
    [
      'an incident',
      { incidents: [incident(3)], smoke: watched },
      'fail quiet.incident 10800 2026-02-25T06:00:00Z',
    ],
    [
      'the last of two counts',
      { incidents: [incident(3), incident(9)], smoke: watched },
      'fail quiet.incident 10800 2026-02-25T06:00:00Z',
    ],
    [
      'an incident at the start of the window is out',
      { incidents: [incident(24)], smoke: watched },
      'pass quiet.kept 86400',
    ],
    [
      'right after it is in',
      { incidents: [incident(24 - 1 / 3600)], smoke: watched },
      'fail quiet.incident 86399 2026-02-24T09:00:01Z',
    ],
    [
      'an incident that nobody watched',
      { incidents: [incident(3)], smoke: [] },
      'fail quiet.incident 10800 2026-02-25T09:00:00Z',
    ],
    [
      'a heartbeat that began too late',
      { incidents: [], smoke: beats(20, 16, 8, 0) },
      'pending quiet.heartbeat-short 72000 2026-02-24T13:00:00Z',
    ],
    [
      'a heartbeat with a gap',
      { incidents: [], smoke: beats(30, 24, 15, 8, 0) },
      'pending quiet.heartbeat-short 54000 2026-02-24T18:00:00Z',
    ],
    [
      'a heartbeat that stopped',
      { incidents: [], smoke: beats(30, 24, 16, 9) },
      'unknown quiet.stale 0 2026-02-25T09:00:00Z',
    ],
    ['no heartbeat', { incidents: [], smoke: [] }, 'unknown log.empty undefined'],
    ['no heartbeat log', { incidents: [] }, 'unknown file.missing undefined'],
    ['no incident log', { smoke: watched }, 'unknown file.missing undefined'],
    [
      'a row that cannot be judged is an incident',
      { incidents: [{ time: at(3), cells: {} }], smoke: watched },
      'fail quiet.incident 10800 2026-02-25T06:00:00Z',
    ],
    [
      'a malformed row is one',
      { incidents: [{ ...incident(3, 'noise'), flaw: 'log.malformed-row' }], smoke: watched },
      'fail quiet.incident 10800 2026-02-25T06:00:00Z',
    ],
    [
      'a future incident is one',
      { incidents: [incident(-24)], smoke: watched },
      'fail quiet.incident 0 2026-02-26T09:00:00Z',
    ],
    [
      'an incident whose time cannot be read is one until it is mended',
      { incidents: [{ ...incident(3), time: '?' }], smoke: watched },
      'fail quiet.incident 0',
    ],
    [
      'or until later rows bound it',
      { incidents: [{ ...incident(30), time: '?' }, incident(3, 'noise')], smoke: watched },
      'fail quiet.incident 10800 2026-02-25T06:00:00Z',
    ],
    [
      'and out of the window it is none',
      { incidents: [{ ...incident(30), time: '?' }, incident(25, 'noise')], smoke: watched },
      'pass quiet.kept 86400',
    ],
    [
      'another kind without a time is none',
      { incidents: [{ ...incident(3, 'noise'), time: '?' }], smoke: watched },
      'pass quiet.kept 86400',
    ],
  ])('%s', (_, logs, expected) => {
    expect(gist(judge(logs))).toBe(expected);
  });

  test('heartbeats that cannot be trusted or do not qualify show nothing', () => {
    const flaw = 'log.torn-row' as const;
    const broken = watched.map((beat, index) => (index === 2 ? { ...beat, flaw } : beat));
    expect(judge({ incidents: [], smoke: broken }).outcome).toBe('pending');
    const light = watched.map((beat, index) =>
      index === 2 ? { ...beat, cells: { Checks: 'not-run' } } : beat,
    );
    expect(judge({ incidents: [], smoke: light }).outcome).toBe('pass');
    const strict = { heartbeat: { log: 'smoke', view: 'strict' } };
    expect(judge({ incidents: [], smoke: light }, strict).outcome).toBe('pending');
  });

  test('without `incident` every row is one', () => {
    const { incident: _, ...bare } = check;
    const logs = { incidents: [incident(3, 'noise')], smoke: watched };
    expect(quiet.judge(bare, contextOf({ now, logs })).outcome).toBe('fail');
  });

  test('a log of days cannot say when', () => {
    const dated = logOf([], { timeKind: 'date' });
    expect(gist(quiet.judge(check, contextOf({ now, logs: { incidents: dated, smoke: watched } })))).toMatch(
      'log.date-only',
    );
    expect(gist(quiet.judge(check, contextOf({ now, logs: { incidents: [], smoke: dated } })))).toMatch(
      'log.date-only',
    );
  });

  test('it cites the first breach and the last, and goes stale', () => {
    const logs = { incidents: [incident(9), incident(3)], smoke: watched };
    expect(judge(logs).cites.map(({ evidence, line }) => `${evidence}:${line}`)).toEqual([
      'incidents:5',
      'incidents:6',
    ]);
    expect(judge({ incidents: [], smoke: watched }).validUntil).toBe(at(0) + 8 * hour);
  });

  test('in words', () => {
    expect(quiet.words(check)).toBe(
      'no row fulfilling `Kind is "tenant"` in `incidents` for 24h, while `smoke` has no gap above 8h',
    );
  });
});
