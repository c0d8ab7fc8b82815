import { describe, expect, it } from 'vitest';
import { clockTime, relative, remaining, span } from '../../src/report/when.ts';

const spaces = (text: string): string => text.replaceAll('\u00a0', ' ');

describe('clockTime', () => {
  it.each([
    ['2026-02-26T00:00:00Z', 'UTC', 'Thu 2026-02-26 00:00 UTC'],
    ['2026-02-26T00:00:07Z', 'UTC', 'Thu 2026-02-26 00:00:07 UTC'],
    ['2026-02-25T18:30:00Z', 'Asia/Kolkata', 'Thu 2026-02-26 00:00 +05:30 Asia/Kolkata'],
    ['2026-03-08T06:59:59Z', 'America/New_York', 'Sun 2026-03-08 01:59:59 -05:00 America/New_York'],
    ['2026-03-08T07:00:00Z', 'America/New_York', 'Sun 2026-03-08 03:00 -04:00 America/New_York'],
    ['2026-11-01T05:30:00Z', 'America/New_York', 'Sun 2026-11-01 01:30 -04:00 America/New_York'],
    ['2026-11-01T06:30:00Z', 'America/New_York', 'Sun 2026-11-01 01:30 -05:00 America/New_York'],
    ['2026-01-01T00:00:00Z', 'Pacific/Kiritimati', 'Thu 2026-01-01 14:00 +14:00 Pacific/Kiritimati'],
    ['2026-01-01T00:00:00Z', 'No/Such_Zone', 'Thu 2026-01-01 00:00 UTC'],
    ['no time', 'UTC', 'no time'],
  ])('%s in %s is %s', (instant, zone, expected) => expect(spaces(clockTime(instant, zone))).toBe(expected));
});

describe('relative', () => {
  const now = '2026-02-24T09:00:00Z';
  it.each([
    ['2026-02-26T13:00:00Z', 'in 2 d 4 h'],
    ['2026-02-26T12:00:01Z', 'in 2 d 4 h'],
    ['2026-02-24T09:00:00Z', 'now'],
    ['2026-02-24T09:00:30Z', 'in 30 s'],
    ['2026-02-24T09:01:00Z', 'in 1 min'],
    ['2026-02-24T09:59:59Z', 'in 1 h'],
    ['2026-02-25T09:00:00Z', 'in 1 d'],
    ['2026-02-24T06:45:10Z', '2 h 14 min ago'],
    ['no time', ''],
  ])('%s is %s', (instant, expected) => expect(spaces(relative(instant, now))).toBe(expected));

  it('never says an instant earlier than it is', () => {
    for (let seconds = 1; seconds < 400_000; seconds += 997) {
      const then = new Date(Date.parse(now) + seconds * 1000).toISOString();
      const said = [...spaces(relative(then, now)).matchAll(/(\d+) (d|h|min|s)/g)];
      const size = { d: 86_400, h: 3600, min: 60, s: 1 } as Record<string, number>;
      const total = said.reduce((sum, [, count, unit]) => sum + Number(count) * (size[unit ?? ''] ?? 0), 0);
      expect(total).toBeGreaterThanOrEqual(seconds);
    }
  });
});

describe('remaining', () => {
  const now = '2026-02-24T09:00:00Z';
  it.each([
    ['2026-02-25T01:00:00.001Z', 'in 16 h'],
    ['2026-02-25T01:59:59Z', 'in 16 h 59 min'],
    ['2026-02-26T12:59:59Z', 'in 2 d 3 h'],
    ['2026-02-24T09:00:30Z', 'in 30 s'],
    ['2026-02-24T09:00:00Z', 'now'],
    ['2026-02-24T06:45:10Z', '2 h 14 min ago'],
    ['no time', ''],
  ])('%s is %s: nobody is told of time that is not left', (instant, expected) =>
    expect(spaces(remaining(instant, now))).toBe(expected),
  );
});

describe('span', () => {
  it.each([
    [0, '0 s'],
    [59_999, '59 s'],
    [3_600_000, '1 h'],
    [90_061_000, '1 d 1 h'],
    [-5, '0 s'],
  ])('%i ms is %s', (duration, expected) => expect(spaces(span(duration))).toBe(expected));
});
