import { describe, expect, test } from 'vitest';
import {
  dayOf,
  formatDay,
  formatWeek,
  hourOf,
  instantOfLocal,
  isoWeek,
  isZone,
  offsetAt,
  startOfDay,
  startOfWeek,
} from '../../src/model/calendar.ts';
import { formatInstant, parseDate, parseInstant } from '../../src/model/instant.ts';
import { dayIn, settledGroups, zoneTable } from '../support/zones.ts';

const at = (text: string) => parseInstant(text) as number;
const date = (text: string) => parseDate(text) as number;

describe('start of a day', () => {
  test.each([
    ['UTC', '2026-02-24', '2026-02-24T00:00:00Z', 'no jump'],
    ['Asia/Kolkata', '2026-02-26', '2026-02-25T18:30:00Z', 'half an hour'],
    ['Asia/Kathmandu', '2026-02-26', '2026-02-25T18:15:00Z', 'a quarter'],
    ['America/New_York', '2026-03-08', '2026-03-08T05:00:00Z', 'the day of the jump'],
    ['America/New_York', '2026-03-09', '2026-03-09T04:00:00Z', 'the day after it'],
    ['Africa/Cairo', '2026-04-24', '2026-04-23T22:00:00Z', 'no midnight'],
    ['America/Havana', '2026-11-01', '2026-11-01T04:00:00Z', 'two midnights'],
    ['Australia/Lord_Howe', '2026-04-05', '2026-04-04T13:00:00Z', 'a jump of half an hour'],
    ['Pacific/Apia', '2011-12-30', '2011-12-30T10:00:00Z', 'a day left out'],
    ['Pacific/Apia', '2011-12-31', '2011-12-30T10:00:00Z', 'the day after it'],
    ['America/St_Johns', '2010-11-07', '2010-11-07T02:30:00Z', 'a jump back to the day before'],
    ['Pacific/Kiritimati', '2026-01-01', '2025-12-31T10:00:00Z', 'fourteen hours ahead'],
  ])('%s %s is %s: %s', (zone, day, instant) => {
    expect(formatInstant(startOfDay(zone, date(day)))).toBe(instant);
  });
});

test('a jump back over midnight shows the day, the day before it, and the day again', () => {
  const shown = ['02:30:30', '02:31:00', '03:29:59', '03:30:00'].map((time) =>
    formatDay(dayOf('America/St_Johns', at(`2010-11-07T${time}Z`))),
  );
  expect(shown).toEqual(['2010-11-07', '2010-11-06', '2010-11-06', '2010-11-07']);
});

describe('wall clocks', () => {
  test.each([
    ['UTC', '2026-03-08T02:30:00Z', '2026-03-08T02:30:00Z'],
    ['America/New_York', '2026-03-08T01:59:59Z', '2026-03-08T06:59:59Z'],
    ['America/New_York', '2026-03-08T02:00:00Z', undefined],
    ['America/New_York', '2026-03-08T02:59:59Z', undefined],
    ['America/New_York', '2026-03-08T03:00:00Z', '2026-03-08T07:00:00Z'],
    ['America/New_York', '2026-11-01T00:59:59Z', '2026-11-01T04:59:59Z'],
    ['America/New_York', '2026-11-01T01:00:00Z', undefined],
    ['America/New_York', '2026-11-01T01:59:59Z', undefined],
    ['America/New_York', '2026-11-01T02:00:00Z', '2026-11-01T07:00:00Z'],
    ['Pacific/Apia', '2011-12-30T12:00:00Z', undefined],
  ])('%s %s is %s', (zone, local, instant) => {
    const found = instantOfLocal(zone, at(local));
    expect(found === undefined ? undefined : formatInstant(found)).toBe(instant);
  });
});

test('weeks run from Monday to Sunday and are named as ISO 8601 does', () => {
  const names: [string, string][] = [
    ['1970-01-01', '1970-W01'],
    ['2020-12-31', '2020-W53'],
    ['2021-01-03', '2020-W53'],
    ['2021-01-04', '2021-W01'],
    ['2026-02-24', '2026-W09'],
    ['2027-01-03', '2026-W53'],
  ];
  for (const [day, name] of names) expect(formatWeek(isoWeek(date(day)))).toBe(name);
  expect(isoWeek(date('2026-02-23'))).toBe(isoWeek(date('2026-03-01')));
  expect(isoWeek(date('2026-02-22'))).toBe(isoWeek(date('2026-02-23')) - 1);
  expect(formatInstant(startOfWeek('Europe/Berlin', isoWeek(date('2026-04-01'))))).toBe(
    '2026-03-29T22:00:00Z',
  );
  expect(hourOf(-1)).toBe(-1);
});

test('zones are known by their IANA names only', () => {
  expect(['UTC', 'Europe/Berlin', 'America/Port-au-Prince', 'Etc/GMT+5'].every(isZone)).toBe(true);
  expect(['', 'Mars/Olympus', '+02:00', 'UTC+2', 'Europe/Berlin ', '../etc/passwd'].some(isZone)).toBe(false);
});

test('instants far from our time have a day too', () => {
  expect(formatDay(dayOf('Europe/Amsterdam', at('0000-01-01T12:00:00Z')))).toBe('0000-01-01');
  expect(formatDay(dayOf('America/New_York', at('9999-12-31T23:00:00Z')))).toBe('9999-12-31');
  expect(offsetAt('Europe/Amsterdam', at('0000-01-01T00:00:00Z'))).toBe(
    offsetAt('Europe/Amsterdam', Date.UTC(1850, 0, 1)),
  );
});

describe(`against the table made from IANA ${zoneTable.tzdata} by Python's zoneinfo`, () => {
  const groups = settledGroups.map((group) => ({ ...group, zones: group.zones.filter(isZone) }));

  test('the engine knows nearly every zone of the table', () => {
    const all = zoneTable.groups.flatMap((group) => group.zones);
    expect(all.length).toBeGreaterThan(550);
    // An engine with older data lacks the newest names (America/Coyhaique came with 2025b).
    expect(all.filter((zone) => !isZone(zone)).length).toBeLessThan(4);
  });

  test('no zone changes its clocks twice within two days, which the cache relies on', () => {
    const steps = zoneTable.groups.flatMap(({ transitions }) =>
      transitions.slice(2).map(([time], index) => time - (transitions[index + 1]?.[0] ?? 0)),
    );
    expect(Math.min(...steps)).toBeGreaterThan(2 * 86_400);
  });

  test('offsets hold right before and at every transition and in the middle of every stretch', () => {
    let instants = 0;
    for (const { zones, transitions } of groups) {
      const probes = transitions.flatMap(([time, offset], index) => {
        const until = transitions[index + 1]?.[0] ?? zoneTable.until;
        return [time, Math.floor((time + until) / 2), until - 1].map((second) => [second, offset] as const);
      });
      // Links of one zone share its data: the first two names stand for the group.
      for (const zone of zones.slice(0, 2)) {
        for (const [second, offset] of probes) {
          instants += 1;
          if (offsetAt(zone, second * 1000) !== offset * 1000) {
            expect.fail(`${zone} at ${formatInstant(second * 1000)}: ${offsetAt(zone, second * 1000)}`);
          }
        }
      }
    }
    expect(instants).toBeGreaterThan(5000);
  });

  test('days and their starts follow the table around every transition', () => {
    let days = 0;
    for (const group of groups) {
      const zone = group.zones[0];
      if (zone === undefined) continue;
      const shown = (instant: number) => dayIn(group, instant);
      for (const [time] of group.transitions.slice(1)) {
        for (let day = shown(time * 1000) - 1; day <= shown(time * 1000) + 1; day += 1) {
          const start = startOfDay(zone, day);
          if (shown(start) !== day || shown(start - 1) >= day) expect.fail(`${zone} day ${formatDay(day)}`);
          expect(dayOf(zone, start)).toBe(day);
          expect(dayOf(zone, start - 1)).toBeLessThan(day);
          days += 1;
        }
      }
    }
    expect(days).toBeGreaterThan(4000);
  });
});
