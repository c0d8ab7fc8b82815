import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recurrenceTrouble, startsBetween } from '../../src/checks/recurrence.ts';
import type { RecurringFreeze } from '../../src/model/policy.ts';
import { rules, ruleText, walkDays } from '../support/recurrence.ts';

const day = 86_400_000;
const hour = 3_600_000;
const at = { path: 'policy.yaml', line: 1, column: 1 };

const freezeOf = (rrule: string, first: number): RecurringFreeze => ({
  kind: 'recurring',
  at,
  first,
  rrule,
  for: hour,
  reason: 'a test',
});

describe('the days of a rule', () => {
  const cases = fc.record({
    rule: rules,
    // Leap days and year ends: 2019 to 2031.
    start: fc.integer({ min: 17_900, max: 22_300 }),
    after: fc.integer({ min: -400, max: 1500 }),
    span: fc.integer({ min: 0, max: 420 }),
  });

  it('are those that a walk over each day finds', () => {
    fc.assert(
      fc.property(cases, ({ rule, start, after, span }) => {
        const first = walkDays({ ...rule, count: undefined }, start, start + 800)[0];
        fc.pre(first !== undefined);
        const from = first + after;
        const freeze = freezeOf(ruleText(rule), first * day + 16 * hour);
        const trouble = recurrenceTrouble(freeze, 'UTC');
        if (trouble) {
          expect(trouble.message).toContain('`COUNT` reaches over');
          expect(walkDays(rule, first, first + 1095).length).toBeLessThan(rule.count ?? 0);
          return;
        }
        const told = startsBetween(freeze, 'UTC', {
          from: from * day,
          until: (from + span) * day + 23 * hour,
        });
        const walked = walkDays(rule, first, from + span).filter((number) => number >= from);
        expect(told).toEqual(walked.map((number) => number * day + 16 * hour));
      }),
      { numRuns: 150 },
    );
  });
});

it.each([
  ['FREQ=YEARLY;BYDAY=-1MO,1TU', '2026-01-06', ['2027-01-05']],
  ['FREQ=YEARLY;BYMONTH=12,1;BYMONTHDAY=20', '2026-01-20', ['2027-01-20']],
  ['FREQ=MONTHLY;BYMONTHDAY=-1,5', '2026-01-05', ['2027-01-05']],
])('the days of %s are found in whatever order it names them', (rrule, first, days) => {
  const span = { from: Date.parse('2027-01-02'), until: Date.parse('2027-01-25') };
  const starts = startsBetween(freezeOf(rrule, Date.parse(first)), 'UTC', span);
  expect(starts.map((start) => new Date(start).toISOString().slice(0, 10))).toEqual(days);
});

describe('a rule that is refused', () => {
  const trouble = (rrule: string, first = '2026-01-02T16:00') =>
    recurrenceTrouble(freezeOf(rrule, Date.parse(`${first}:00Z`)), 'America/New_York');

  it.each([
    ['FREQ=SECONDLY', '`FREQ=SECONDLY` cannot be the rhythm of a freeze', 'take one of DAILY'],
    ['FREQ=HOURLY;INTERVAL=24', '`FREQ=HOURLY` cannot', 'take one of DAILY'],
    ['BYDAY=FR', 'the rule has no `FREQ`', 'take one of'],
    ['', '`` is no part', 'FREQ=WEEKLY;BYDAY=FR'],
    ['FREQ=WEEKLY;', '`` is no part', 'with `;` between'],
    ['RRULE:FREQ=WEEKLY', '`RRULE:FREQ=WEEKLY` is not understood', 'parts are FREQ'],
    ['FREQ=WEEKLY;BYDAY', '`BYDAY` is no part', 'NAME=VALUE'],
    ['FREQ=DAILY;BYHOUR=1', '`BYHOUR=1` is finer than a day', 'the time of day is that of `from`'],
    ['FREQ=YEARLY;BYWEEKNO=53', '`BYWEEKNO=53` is not understood', 'parts are'],
    ['FREQ=YEARLY;RSCALE=HEBREW', '`RSCALE=HEBREW` is not understood', 'parts are'],
    ['FREQ=WEEKLY;FREQ=DAILY', '`FREQ` stands twice', 'join them'],
    ['FREQ=WEEKLY;INTERVAL=0', '`INTERVAL=0` is no value', 'from 1 to 1000'],
    ['FREQ=WEEKLY;INTERVAL=1001', '`INTERVAL=1001` is no value', 'from 1 to 1000'],
    ['FREQ=DAILY;COUNT=1000000000', '`COUNT=1000000000` is no value', 'from 1 to 1000'],
    ['FREQ=WEEKLY;COUNT=158', '`COUNT` reaches over more than three years', '`UNTIL`'],
    ['FREQ=WEEKLY;COUNT=2;UNTIL=20270101', '`COUNT` and `UNTIL` both', 'keep one'],
    ['FREQ=WEEKLY;UNTIL=20270230', '`UNTIL=20270230` is no value', '20261231T235959Z'],
    ['FREQ=WEEKLY;UNTIL=20270101T000000', '`UNTIL=20270101T000000` is no value', '20261231T235959Z'],
    ['FREQ=WEEKLY;UNTIL=20260101', '`UNTIL` lies before `from`', 'correct one'],
    ['FREQ=WEEKLY;UNTIL=20260102T205959Z', '`UNTIL` lies before `from`', 'correct one'],
    ['FREQ=WEEKLY;BYMONTHDAY=2', 'a week has no `BYMONTHDAY`', 'FREQ=MONTHLY'],
    ['FREQ=WEEKLY;BYDAY=1FR', '`BYDAY=1FR` counts days', 'leave the numbers out'],
    ['FREQ=MONTHLY;BYDAY=1FR,MO', '`BYDAY=1FR,MO` mixes', 'another window'],
    ['FREQ=MONTHLY;BYDAY=6FR', '`BYDAY=6FR` is no value', '1MO'],
    ['FREQ=WEEKLY;BYDAY=XX', '`BYDAY=XX` is no value', 'MO,FR'],
    ['FREQ=MONTHLY;BYMONTHDAY=32', '`BYMONTHDAY=32` is no value', '1 to 31'],
    ['FREQ=YEARLY;BYMONTH=13', '`BYMONTH=13` is no value', '1 to 12'],
    ['FREQ=DAILY;BYDAY=FR;BYSETPOS=3', '`BYSETPOS` chooses', 'longer `FREQ`'],
    ['FREQ=MONTHLY;BYSETPOS=1', '`BYSETPOS` chooses', 'add `BYDAY`'],
    ['FREQ=WEEKLY;WKST=XX', '`WKST=XX` is no value', 'MO, TU'],
    ['FREQ=WEEKLY;BYDAY=SA', '`from` (2026-01-02T16:00) is no day of the rule', '`2026-01-03T16:00`'],
    ['FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30', 'in the three years after it there is none', 'correct the rule'],
    ['FREQ=WEEKLY;BYDAY=MO;BYSETPOS=5', 'in the three years after it there is none', 'correct the rule'],
  ])('%s', (rrule, message, hint) => {
    const found = trouble(rrule);
    expect(found?.message).toContain(message);
    expect(found?.hint).toContain(hint);
  });

  it('is mended at `from` where that is no day of it', () => {
    expect(trouble('FREQ=WEEKLY;BYDAY=SA')?.key).toBe('from');
    expect(trouble('FREQ=WEEKLY;BYDAY=XX')?.key).toBeUndefined();
  });

  it.each([
    'FREQ=WEEKLY',
    'freq=weekly;byday=fr,mo',
    'FREQ=WEEKLY;UNTIL=20260102',
    'FREQ=WEEKLY;UNTIL=20260102T210000Z',
    'FREQ=WEEKLY;UNTIL=99991231',
    'FREQ=WEEKLY;COUNT=1',
    'FREQ=MONTHLY;BYDAY=+1FR',
    'FREQ=YEARLY;INTERVAL=1000',
    'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=2',
  ])('but not %s', (rrule) => {
    expect(trouble(rrule)).toBeUndefined();
  });
});
