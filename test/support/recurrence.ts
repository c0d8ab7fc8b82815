import fc from 'fast-check';

/** A second, slow implementation of recurrence rules: it looks at each day between two and asks what the rule says. */

const day = 86_400_000;
const names = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

export interface RuleParts {
  freq: 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY';
  interval?: number | undefined;
  count?: number | undefined;
  /** Day number. */
  untilDay?: number | undefined;
  byMonth?: readonly number[] | undefined;
  byMonthDay?: readonly number[] | undefined;
  byDay?: readonly string[] | undefined;
  bySetPos?: readonly number[] | undefined;
  wkst?: string | undefined;
}

export function ruleText(rule: RuleParts): string {
  const { freq, interval, count, untilDay, byMonth, byMonthDay, byDay, bySetPos, wkst } = rule;
  const until =
    untilDay === undefined
      ? undefined
      : new Date(untilDay * day).toISOString().slice(0, 10).replaceAll('-', '');
  const parts = {
    FREQ: freq,
    INTERVAL: interval,
    COUNT: count,
    UNTIL: until,
    BYMONTH: byMonth,
    BYMONTHDAY: byMonthDay,
    BYDAY: byDay,
    BYSETPOS: bySetPos,
    WKST: wkst,
  };
  return Object.entries(parts)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${String(value)}`)
    .join(';');
}

interface Day {
  number: number;
  year: number;
  month: number;
  date: number;
  name: string;
}

function dayAt(number: number): Day {
  const at = new Date(number * day);
  return {
    number,
    year: at.getUTCFullYear(),
    month: at.getUTCMonth() + 1,
    date: at.getUTCDate(),
    name: names[(number + 3) % 7] ?? '',
  };
}

/** Numbers the days, weeks, months or years, so that those of one period share a number. */
function periodOf({ freq, wkst = 'MO' }: RuleParts, { number, year, month }: Day): number {
  switch (freq) {
    case 'DAILY':
      return number;
    case 'WEEKLY':
      // Day 0 was a Thursday.
      return Math.floor((number + 3 - names.indexOf(wkst)) / 7);
    case 'MONTHLY':
      return year * 12 + month;
    case 'YEARLY':
      return year;
  }
}

function fits(rule: RuleParts, start: Day, one: Day): boolean {
  const { freq, byMonth, byMonthDay, byDay } = rule;
  if (byMonth && !byMonth.includes(one.month)) return false;
  if (byMonthDay && !byMonthDay.some((date) => date === one.date || date === one.date - lengthOf(one) - 1))
    return false;
  if (byDay && !byDay.some((text) => isNamed(rule, text, one))) return false;
  if (byMonthDay || byDay) return true;
  if (freq === 'WEEKLY') return one.name === start.name;
  if (freq === 'MONTHLY') return one.date === start.date;
  return (
    freq === 'DAILY' || (one.date === start.date && (byMonth !== undefined || one.month === start.month))
  );
}

const lengthOf = ({ year, month }: Day) => new Date(Date.UTC(year, month, 0)).getUTCDate();

function isNamed({ freq, byMonth }: RuleParts, text: string, one: Day): boolean {
  if (text.slice(-2) !== one.name) return false;
  const nth = Number(text.slice(0, -2));
  if (nth === 0) return true;
  const inMonth = freq === 'MONTHLY' || byMonth !== undefined;
  const first = inMonth ? Date.UTC(one.year, one.month - 1, 1) : Date.UTC(one.year, 0, 1);
  const next = inMonth ? Date.UTC(one.year, one.month, 1) : Date.UTC(one.year + 1, 0, 1);
  return nth > 0
    ? Math.floor((one.number - first / day) / 7) + 1 === nth
    : Math.floor((next / day - 1 - one.number) / 7) + 1 === -nth;
}

/** The days of the rule from `start` to `last`, both included: walked one by one. */
export function walkDays(rule: RuleParts, start: number, last: number): readonly number[] {
  const first = dayAt(start);
  const begun = periodOf(rule, first);
  const periods = new Map<number, number[]>();
  // A period may have begun before the first day and end behind the last one: BYSETPOS counts the whole of it.
  for (let number = start - 366; number <= last + 366; number++) {
    const one = dayAt(number);
    const period = periodOf(rule, one);
    if (period < begun || (period - begun) % (rule.interval ?? 1) !== 0 || !fits(rule, first, one)) continue;
    periods.set(period, [...(periods.get(period) ?? []), number]);
  }
  const chosen = [...periods.values()].flatMap((days) => {
    const { bySetPos } = rule;
    if (!bySetPos) return days;
    return days.filter((_, index) => bySetPos.includes(index + 1) || bySetPos.includes(index - days.length));
  });
  const all = chosen.filter(
    (number) => number >= start && number <= (rule.untilDay ?? Number.POSITIVE_INFINITY),
  );
  return all.slice(0, rule.count ?? all.length).filter((number) => number <= last);
}

const some = <T>(one: fc.Arbitrary<T>, most: number) =>
  fc.option(fc.uniqueArray(one, { minLength: 1, maxLength: most }), { nil: undefined, freq: 1 });
const signed = (most: number) =>
  fc.oneof(fc.integer({ min: 1, max: most }), fc.integer({ min: -most, max: -1 }));

/** Rules as the policy takes them. */
export const rules: fc.Arbitrary<RuleParts> = fc
  .record({
    freq: fc.constantFrom('DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'),
    interval: fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }),
    count: fc.option(fc.integer({ min: 1, max: 30 }), { nil: undefined, freq: 3 }),
    byMonth: some(fc.integer({ min: 1, max: 12 }), 4),
    byMonthDay: some(signed(31), 3),
    byDay: some(
      fc
        .tuple(fc.constantFrom('', '', '1', '2', '5', '-1', '-4'), fc.constantFrom(...names))
        .map((two) => two.join('')),
      4,
    ),
    bySetPos: some(signed(4), 2),
    wkst: fc.option(fc.constantFrom(...names), { nil: undefined }),
  })
  .map((rule) => sensible(rule as RuleParts));

/** Leaves out what is refused. */
function sensible(rule: RuleParts): RuleParts {
  const { freq } = rule;
  const byMonthDay = freq === 'WEEKLY' ? undefined : rule.byMonthDay;
  const counts = (freq === 'MONTHLY' || freq === 'YEARLY') && !byMonthDay && /\d/.test(rule.byDay?.[0] ?? '');
  const byDay = counts
    ? rule.byDay?.filter((text) => /\d/.test(text))
    : rule.byDay && [...new Set(rule.byDay.map((text) => text.slice(-2)))];
  const hasDays = byDay ?? byMonthDay ?? rule.byMonth;
  const bySetPos = freq === 'DAILY' || !hasDays ? undefined : rule.bySetPos;
  return { ...rule, byMonthDay, byDay, bySetPos };
}
