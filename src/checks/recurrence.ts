import { RRuleTemporal } from 'rrule-temporal';
import { firstAtLocal } from '../model/calendar.ts';
import { day, formatInstant, hour, type Instant } from '../model/instant.ts';
import type { RecurringFreeze } from '../model/policy.ts';
import { anchorOf, daysOfFirst } from './recurrenceAnchor.ts';
import { type RecurrenceRule, readRecurrenceRule, type RuleTrouble } from './recurrenceRule.ts';

/**
 * When a freeze that recurs begins. Which days a rule names is the work of the library, which is given local times as if
 * they were UTC; what a local time is in the zone of the policy says our own calendar.
 *
 * INVARIANT: the work is bounded whatever the rule: it begins once a day at most, the library is asked for a span that it
 * never leaves, and it counts from a point close before that span.
 */

/** No local time is further from UTC. */
const farthest = 26 * hour;
/** In this time a `COUNT` has to be used up; so far the first day is looked for. */
const longest = 1096 * day;

/** The instants in from <= t <= until at which the freeze begins, in order. */
export function startsBetween(
  { rrule, first }: RecurringFreeze,
  zone: string,
  { from, until }: { from: Instant; until: Instant },
): readonly Instant[] {
  const rule = ruleOf(rrule);
  const span = { from: from - farthest, until: until + farthest };
  const locals = rule.count === undefined ? localsOf(rule, first, span) : counted(rule, first);
  const starts = locals
    .filter((local) => !isOver(rule, local, zone))
    .map((local) => firstAtLocal(zone, local));
  return starts.filter((start) => start >= from && start <= until);
}

/** When the last one has ended at the latest; undefined for a rule without end. */
export function lastEndOf({ rrule, first, for: span }: RecurringFreeze, zone: string): Instant | undefined {
  const rule = ruleOf(rrule);
  const { count, until } = rule;
  if (count !== undefined) return firstAtLocal(zone, counted(rule, first).at(-1) ?? first) + span;
  if (until === undefined) return undefined;
  return (until.is === 'day' ? firstAtLocal(zone, (until.day + 1) * day) : until.instant) + span;
}

function ruleOf(rrule: string): RecurrenceRule {
  const read = readRecurrenceRule(rrule);
  if (!read.ok) throw new Error(`policy loaded with a bad recurrence rule: ${read.trouble.message}`);
  return read.rule;
}

/** What is wrong with the rule of a freeze whose `first` can be read. */
export function recurrenceTrouble({ rrule, first }: RecurringFreeze, zone: string): RuleTrouble | undefined {
  const read = readRecurrenceRule(rrule);
  if (!read.ok) return read.trouble;
  const { rule } = read;
  if (isOver(rule, first, zone))
    return { message: '`UNTIL` lies before `from`', hint: 'correct one of them' };
  if (localsOf(rule, first, { from: first, until: first }).length === 0) return offTheRule(rule, first);
  if (rule.count === undefined || counted(rule, first).length === rule.count) return undefined;
  return { message: '`COUNT` reaches over more than three years', hint: 'take a smaller one, or `UNTIL`' };
}

/** RFC 5545 leaves open what a first day that is none of the rule means; here it is refused. */
function offTheRule(rule: RecurrenceRule, first: number): RuleTrouble {
  const [next] = localsOf(rule, first, { from: first, until: first + longest });
  const message = `\`from\` (${formatLocal(first)}) is no day of the rule`;
  return next === undefined
    ? { message: `${message}, and in the three years after it there is none`, hint: 'correct the rule' }
    : { key: 'from', message, hint: `write when it begins for the first time: \`${formatLocal(next)}\`` };
}

function isOver({ until }: RecurrenceRule, local: number, zone: string): boolean {
  if (until === undefined) return false;
  return until.is === 'day' ? local >= (until.day + 1) * day : firstAtLocal(zone, local) > until.instant;
}

/** All local times of a rule with a `COUNT`. */
function counted(rule: RecurrenceRule, first: number): readonly number[] {
  return localsOf(rule, first, { from: first, until: first + longest }).slice(0, rule.count);
}

/** Local times from `from` to `until`, both included, whatever end the rule has. */
function localsOf(
  rule: RecurrenceRule,
  first: number,
  { from, until }: { from: number; until: number },
): readonly number[] {
  const begin = Math.max(first, from);
  if (until < begin) return [];
  const { freq, interval, wkst, byMonth, byMonthDay, byDay, bySetPos } = {
    ...rule,
    ...daysOfFirst(rule, first),
  };
  const found = new RRuleTemporal({
    ...{ freq, interval, wkst, cache: false },
    dtstart: clock(anchorOf(rule, first, from)),
    until: clock(until),
    ...(byMonth ? { byMonth: [...byMonth] } : {}),
    ...(byMonthDay ? { byMonthDay: [...byMonthDay] } : {}),
    ...(byDay ? { byDay: [...byDay] } : {}),
    ...(bySetPos ? { bySetPos: [...bySetPos] } : {}),
  }).all();
  const locals = found.map(({ epochMilliseconds }) => epochMilliseconds);
  return locals.filter((local) => begin <= local && local <= until).sort((a, b) => a - b);
}

/** A local time as the library takes it. */
function clock(local: number): { timeZoneId: string; toString(): string } {
  return { timeZoneId: 'UTC', toString: () => `${formatInstant(local)}[UTC]` };
}

/** As it stands in a policy: `2026-01-02T16:00`, or `2026-01-02`. */
function formatLocal(local: number): string {
  return formatInstant(local).replace(/T00:00:00Z$|:00Z$|Z$/, '');
}
