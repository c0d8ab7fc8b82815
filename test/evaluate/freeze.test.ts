import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freezeAt } from '../../src/evaluate/freeze.ts';
import type { Policy, RecurringFreeze } from '../../src/model/policy.ts';
import { ruleText, type RuleParts, walkDays } from '../support/recurrence.ts';
import { offsetIn, settledGroups, type ZoneGroup } from '../support/zones.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const at = { path: 'policy.yaml', line: 1, column: 1 };

const recurring = (rrule: string, first: string, hours: number): RecurringFreeze => ({
  kind: 'recurring',
  at,
  first: Date.parse(`${first}:00Z`),
  rrule,
  for: hours * hour,
  reason: 'a test',
});

const endIn = (timezone: string, freeze: readonly RecurringFreeze[], instant: string): string | undefined => {
  const found = freezeAt({ timezone, freeze } as unknown as Policy, Date.parse(instant));
  return found && new Date(found.end).toISOString().replace(':00.000Z', 'Z');
};

describe('a weekend freeze from Friday 16:00 for 64 hours', () => {
  const weekend = [recurring('FREQ=WEEKLY;BYDAY=FR', '2026-01-02T16:00', 64)];

  it.each([
    ['in winter', 'America/New_York', '2026-02-21T12:00Z', '2026-02-23T13:00Z'],
    ['in summer', 'America/New_York', '2026-07-11T12:00Z', '2026-07-13T12:00Z'],
    // 64 hours are elapsed time: the clocks show Monday 09:00, and in autumn 07:00.
    ['while the clocks go forward', 'America/New_York', '2026-03-07T12:00Z', '2026-03-09T13:00Z'],
    ['while the clocks go back', 'America/New_York', '2026-10-31T12:00Z', '2026-11-02T12:00Z'],
    ['where midnight is left out', 'America/Havana', '2026-03-08T06:00Z', '2026-03-09T13:00Z'],
    ['where midnight comes twice', 'America/Havana', '2026-11-01T06:00Z', '2026-11-02T12:00Z'],
    ['where clocks change on a Friday', 'Africa/Cairo', '2026-04-24T13:30Z', '2026-04-27T05:00Z'],
    ['in the last hour before it', 'Africa/Cairo', '2026-04-24T12:59Z', undefined],
    ['at its first instant', 'Africa/Cairo', '2026-04-24T13:00Z', '2026-04-27T05:00Z'],
    ['just before its end', 'America/New_York', '2026-02-23T12:59Z', '2026-02-23T13:00Z'],
    ['at its end', 'America/New_York', '2026-02-23T13:00Z', undefined],
    ['before the first one', 'America/New_York', '2025-12-27T12:00Z', undefined],
  ])('%s', (_name, zone, instant, end) => {
    expect(endIn(zone, weekend, instant)).toBe(end);
  });
});

describe('a freeze that begins', () => {
  it.each([
    // 02:30 is left out: it begins with the jump to 03:00, and is not lost.
    ['at a time that is left out', 'America/New_York', '2026-03-08T07:00Z', '2026-03-08T08:00Z'],
    ['just before that jump', 'America/New_York', '2026-03-08T06:59Z', undefined],
  ])('%s', (_name, zone, instant, end) => {
    expect(endIn(zone, [recurring('FREQ=DAILY', '2026-03-01T02:30', 1)], instant)).toBe(end);
  });

  it.each([
    ['the first time', '2026-11-01T05:30Z', '2026-11-01T06:30Z'],
    ['not the second time', '2026-11-01T06:30Z', undefined],
  ])('at a time that comes twice begins %s', (_name, instant, end) => {
    expect(endIn('America/New_York', [recurring('FREQ=DAILY', '2026-10-01T01:30', 1)], instant)).toBe(end);
  });

  it('at the end of another goes on with it', () => {
    const two = [
      recurring('FREQ=WEEKLY', '2026-01-02T16:00', 64),
      recurring('FREQ=WEEKLY', '2026-01-05T08:00', 2),
    ];
    expect(endIn('UTC', two, '2026-01-03T00:00Z')).toBe('2026-01-05T10:00Z');
  });

  it('on the last days of February and of the year', () => {
    const monthEnd = [recurring('FREQ=MONTHLY;BYMONTHDAY=-1', '2027-12-31T00:00', 24)];
    expect(endIn('UTC', monthEnd, '2028-02-29T12:00Z')).toBe('2028-03-01T00:00Z');
    expect(endIn('UTC', monthEnd, '2028-02-28T12:00Z')).toBeUndefined();
    expect(endIn('UTC', monthEnd, '2028-12-31T23:59Z')).toBe('2029-01-01T00:00Z');
  });

  it.each([
    ['UNTIL=20260109', '2026-01-10T00:00Z', '2026-01-12T08:00Z'],
    ['UNTIL=20260109', '2026-01-17T00:00Z', undefined],
    ['UNTIL=20260109T160000Z', '2026-01-10T00:00Z', '2026-01-12T08:00Z'],
    ['UNTIL=20260109T155959Z', '2026-01-10T00:00Z', undefined],
    ['COUNT=2', '2026-01-10T00:00Z', '2026-01-12T08:00Z'],
    ['COUNT=2', '2026-01-17T00:00Z', undefined],
  ])('ends with %s', (end, instant, until) => {
    expect(endIn('UTC', [recurring(`FREQ=WEEKLY;${end}`, '2026-01-02T16:00', 64)], instant)).toBe(until);
  });

  it('again before it ended, on and on, is told for a year at most', () => {
    const found = freezeAt(
      { timezone: 'UTC', freeze: [recurring('FREQ=DAILY', '2026-01-01T00:00', 240)] } as unknown as Policy,
      Date.parse('2026-02-01T00:00Z'),
    );
    expect(found).toMatchObject({ atLeast: true });
    expect(((found?.end ?? 0) - Date.parse('2026-02-01T00:00Z')) / day).toBeGreaterThanOrEqual(366);
  });
});

describe('a freeze that recurs', () => {
  const weekly: fc.Arbitrary<RuleParts> = fc.record({
    freq: fc.constantFrom('DAILY', 'WEEKLY'),
    interval: fc.integer({ min: 1, max: 9 }),
    count: fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }),
  });
  const changing = settledGroups.filter(({ transitions }) => transitions.length > 4);

  /** Goes over each minute: whether the clocks of the zone come to the time of a start. */
  function naive(group: ZoneGroup, { rule, first, span }: Law, instant: number): boolean {
    const local = (time: number) => time + offsetIn(group, time);
    const days = walkDays(rule, Math.floor(first / day), Math.floor(instant / day) + 2);
    const starts = days.map((number) => number * day + (first % day));
    return starts.some((start) => {
      // The clocks have come to it at `instant`, and had not yet before the span.
      const from = start - 27 * hour;
      for (let time = from; time <= instant; time += 15 * minute) {
        if (local(time) < start) continue;
        return instant - time < span;
      }
      return false;
    });
  }

  interface Law {
    rule: RuleParts;
    first: number;
    span: number;
  }

  it('holds at t iff a start s on the clocks of the zone has s <= t < s + for', () => {
    const laws = fc.record({
      rule: weekly,
      group: fc.constantFrom(...changing),
      nth: fc.nat(),
      quarter: fc.integer({ min: 0, max: 95 }),
      daysBefore: fc.integer({ min: 0, max: 20 }),
      beside: fc.integer({ min: -300, max: 300 }),
      hours: fc.integer({ min: 1, max: 100 }),
    });
    const outcomes = new Set<boolean>();
    fc.assert(
      fc.property(laws, ({ rule, group, nth, quarter, daysBefore, beside, hours }) => {
        const change = (group.transitions[1 + (nth % (group.transitions.length - 1))]?.[0] ?? 0) * 1000;
        const first = (Math.floor(change / day) - daysBefore) * day + quarter * 15 * minute;
        const instant = change + beside * 15 * minute;
        const span = hours * hour;
        const freeze = [
          { kind: 'recurring', at, first, rrule: ruleText(rule), for: span, reason: 'a test' } as const,
        ];
        const policy = { timezone: group.zones[0], freeze } as unknown as Policy;
        const expected = naive(group, { rule, first, span }, instant);
        outcomes.add(expected);
        expect(freezeAt(policy, instant) !== undefined).toBe(expected);
      }),
      { numRuns: 300 },
    );
    expect(outcomes.size).toBe(2);
  });
});
