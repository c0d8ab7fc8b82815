import { day, type Duration, week } from '../model/instant.ts';
import { type Frequency, type RecurrenceRule, weekdays } from './recurrenceRule.ts';

/**
 * A local time from which the rule may be counted instead of from its first one: whole rounds of its interval later, and
 * close before `from`, so that a rule of long ago costs no more than one of today.
 */
export function anchorOf(rule: RecurrenceRule, first: number, from: number): number {
  const rounds = Math.floor((from - first) / (rule.interval * periodOf(rule.freq)));
  if (rounds <= 0) return first;
  const steps = rounds * rule.interval;
  const time = timeOfDay(first);
  const date = new Date(first);
  switch (rule.freq) {
    case 'DAILY':
      return first + steps * day;
    case 'WEEKLY':
      return first + steps * week;
    case 'MONTHLY':
      return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + steps, 1) + time;
    case 'YEARLY':
      return Date.UTC(date.getUTCFullYear() + steps, 0, 1) + time;
  }
}

/** No day, week, month or year is longer. */
function periodOf(freq: Frequency): Duration {
  return { DAILY: day, WEEKLY: week, MONTHLY: 31 * day, YEARLY: 366 * day }[freq];
}

function timeOfDay(local: number): number {
  return ((local % day) + day) % day;
}

/** What a rule leaves to its first day (RFC 5545: "gotten from DTSTART"), written out: an anchor is another day. */
export function daysOfFirst(rule: RecurrenceRule, first: number): Partial<RecurrenceRule> {
  if (rule.byDay !== undefined || rule.byMonthDay !== undefined) return {};
  const date = new Date(first);
  switch (rule.freq) {
    case 'DAILY':
      return {};
    case 'WEEKLY':
      return { byDay: [weekdays[(date.getUTCDay() + 6) % 7] as string] };
    case 'MONTHLY':
      return { byMonthDay: [date.getUTCDate()] };
    case 'YEARLY':
      return {
        byMonthDay: [date.getUTCDate()],
        ...(rule.byMonth === undefined ? { byMonth: [date.getUTCMonth() + 1] } : {}),
      };
  }
}
