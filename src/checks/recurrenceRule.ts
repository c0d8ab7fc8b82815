import { parseDate, parseInstant } from '../model/instant.ts';

/**
 * A recurrence rule (RFC 5545, section 3.3.10) of whole days. What is finer than a day is refused, since a freeze begins at
 * one time of the day; so are BYWEEKNO, BYYEARDAY and mixtures in BYDAY, on which implementations differ.
 */
export interface RecurrenceRule {
  freq: Frequency;
  interval: number;
  count?: number;
  until?: RuleEnd;
  byMonth?: readonly number[];
  byMonthDay?: readonly number[];
  byDay?: readonly string[];
  bySetPos?: readonly number[];
  wkst: string;
}

export type Frequency = 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY';

/** The last day (since 1970-01-01) or the last instant on which it may begin. */
export type RuleEnd = { is: 'day'; day: number } | { is: 'instant'; instant: number };

/** What is wrong with a rule, and a way out. */
export interface RuleTrouble {
  /** Where to mend it, if not in the rule. */
  key?: 'from';
  message: string;
  hint: string;
}

export type ReadRule = { ok: true; rule: RecurrenceRule } | { ok: false; trouble: RuleTrouble };

/** More are not needed, and each costs time. */
export const mostTimes = 1000;

const known = [
  'FREQ',
  'INTERVAL',
  'COUNT',
  'UNTIL',
  'BYMONTH',
  'BYMONTHDAY',
  'BYDAY',
  'BYSETPOS',
  'WKST',
] as const;
type Name = (typeof known)[number];
type Parts = Partial<Record<Name, string>>;

const frequencies: readonly string[] = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'];
export const weekdays: readonly string[] = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

/** Reads the text behind `RRULE:`. */
export function readRecurrenceRule(text: string): ReadRule {
  const parts: Parts = {};
  for (const part of text.split(';')) {
    const [name = '', value = '', ...rest] = part.toUpperCase().split('=');
    const trouble = partTrouble(part, { name, value, rest, parts });
    if (trouble) return { ok: false, trouble };
    parts[name as Name] = value;
  }
  const trouble = wholeTrouble(parts) ?? valueTrouble(parts);
  return trouble ? { ok: false, trouble } : { ok: true, rule: ruleOf(parts) };
}

function partTrouble(
  part: string,
  { name, value, rest, parts }: { name: string; value: string; rest: readonly string[]; parts: Parts },
): RuleTrouble | undefined {
  if (value === '' || rest.length > 0)
    return {
      message: `\`${part}\` is no part of a recurrence rule`,
      hint: 'write `NAME=VALUE` with `;` between, such as `FREQ=WEEKLY;BYDAY=FR`',
    };
  if (/^BY(HOUR|MINUTE|SECOND)$/.test(name))
    return {
      message: `\`${part}\` is finer than a day`,
      hint: 'the time of day is that of `from`; write another window for another time',
    };
  if (!known.some((one) => one === name))
    return {
      message: `\`${part}\` is not understood here`,
      hint: `parts are ${known.join(', ')}`,
    };
  if (parts[name as Name] === undefined) return undefined;
  return { message: `\`${name}\` stands twice`, hint: 'join them, or write another window' };
}

/** What the parts say of each other. */
function wholeTrouble(parts: Parts): RuleTrouble | undefined {
  const { FREQ: freq = '', BYDAY: byDay = '' } = parts;
  if (!frequencies.includes(freq))
    return {
      message: freq === '' ? 'the rule has no `FREQ`' : `\`FREQ=${freq}\` cannot be the rhythm of a freeze`,
      hint: `take one of ${frequencies.join(', ')}; \`for\` says how long it lasts`,
    };
  if (parts.COUNT !== undefined && parts.UNTIL !== undefined)
    return { message: '`COUNT` and `UNTIL` both say when it ends', hint: 'keep one of them' };
  if (freq === 'WEEKLY' && parts.BYMONTHDAY !== undefined)
    return { message: 'a week has no `BYMONTHDAY`', hint: 'take `FREQ=MONTHLY`, or `BYDAY`' };
  if (/\d/.test(byDay) && (freq === 'DAILY' || freq === 'WEEKLY' || parts.BYMONTHDAY !== undefined))
    return {
      message: `\`BYDAY=${byDay}\` counts days of a month or year, and nothing else here does`,
      hint: 'leave the numbers out, or take `FREQ=MONTHLY` without `BYMONTHDAY`',
    };
  if (/\d/.test(byDay) && byDay.split(',').some((one) => !/\d/.test(one)))
    return {
      message: `\`BYDAY=${byDay}\` mixes weekdays with and without a number`,
      hint: 'write another window for the others',
    };
  if (parts.BYSETPOS !== undefined && (freq === 'DAILY' || !hasDays(parts)))
    return {
      message: '`BYSETPOS` chooses among the days of a week, month or year',
      hint: 'add `BYDAY` or `BYMONTHDAY` with a longer `FREQ`, or leave it out',
    };
  return undefined;
}

function hasDays({ BYDAY: byDay, BYMONTHDAY: byMonthDay, BYMONTH: byMonth }: Parts): boolean {
  return byDay !== undefined || byMonthDay !== undefined || byMonth !== undefined;
}

/** What a value may be, in order. */
const shapes: Readonly<Partial<Record<Name, { fits(value: string, freq: string): boolean; hint: string }>>> =
  {
    INTERVAL: { fits: (value) => between(value, 1, mostTimes), hint: `a number from 1 to ${mostTimes}` },
    COUNT: { fits: (value) => between(value, 1, mostTimes), hint: `a number from 1 to ${mostTimes}` },
    UNTIL: {
      fits: (value) => endOf(value) !== undefined,
      hint: 'a day such as `20261231`, or an instant such as `20261231T235959Z`',
    },
    BYMONTH: { fits: (value) => all(value, (one) => between(one, 1, 12)), hint: 'months from 1 to 12' },
    BYMONTHDAY: {
      fits: (value) => all(value, (one) => between(one.replace(/^[+-]/, ''), 1, 31)),
      hint: 'days from 1 to 31, or from the end of the month -1 to -31',
    },
    BYDAY: {
      fits: (value, freq) =>
        all(value, (one) => {
          const [, nth, day = ''] = /^[+-]?(\d{1,2})?([A-Z]{2})$/.exec(one) ?? [];
          return weekdays.includes(day) && between(nth ?? '1', 1, freq === 'YEARLY' ? 53 : 5);
        }),
      hint: 'weekdays such as `MO,FR`, or of a month `1MO` and `-1FR`',
    },
    BYSETPOS: {
      fits: (value) => all(value, (one) => between(one.replace(/^[+-]/, ''), 1, 366)),
      hint: 'places such as 1, or from the end -1',
    },
    WKST: { fits: (value) => weekdays.includes(value), hint: `one of ${weekdays.join(', ')}` },
  };

function valueTrouble(parts: Parts): RuleTrouble | undefined {
  for (const [name, shape] of Object.entries(shapes)) {
    const value = parts[name as Name];
    if (value === undefined || shape.fits(value, parts.FREQ ?? '')) continue;
    return { message: `\`${name}=${value}\` is no value for ${name}`, hint: `write ${shape.hint}` };
  }
  return undefined;
}

function between(text: string, least: number, most: number): boolean {
  return /^\d{1,4}$/.test(text) && Number(text) >= least && Number(text) <= most;
}

function all(list: string, fits: (one: string) => boolean): boolean {
  return list.split(',').every(fits);
}

function endOf(text: string): RuleEnd | undefined {
  const [, year, month, date, rest] = /^(\d{4})(\d{2})(\d{2})(T\d{6}Z)?$/.exec(text) ?? [];
  if (year === undefined) return undefined;
  const written = `${year}-${month}-${date}`;
  if (rest === undefined) {
    const number = parseDate(written);
    return number === undefined ? undefined : { is: 'day', day: number };
  }
  const instant = parseInstant(`${written}T${rest.slice(1, 3)}:${rest.slice(3, 5)}:${rest.slice(5, 7)}Z`);
  return instant === undefined ? undefined : { is: 'instant', instant };
}

/** INVARIANT: nothing of this is wrong any more. */
function ruleOf(parts: Parts): RecurrenceRule {
  const numbers = (text: string) => text.split(',').map(Number);
  const { FREQ, INTERVAL = '1', COUNT, UNTIL, BYMONTH, BYMONTHDAY, BYDAY, BYSETPOS, WKST = 'MO' } = parts;
  const until = UNTIL === undefined ? undefined : endOf(UNTIL);
  return {
    freq: FREQ as Frequency,
    interval: Number(INTERVAL),
    wkst: WKST,
    ...(COUNT === undefined ? {} : { count: Number(COUNT) }),
    ...(until === undefined ? {} : { until }),
    ...(BYMONTH === undefined ? {} : { byMonth: numbers(BYMONTH) }),
    ...(BYMONTHDAY === undefined ? {} : { byMonthDay: numbers(BYMONTHDAY) }),
    ...(BYDAY === undefined ? {} : { byDay: BYDAY.split(',').map((one) => one.replace(/^\+/, '')) }),
    ...(BYSETPOS === undefined ? {} : { bySetPos: numbers(BYSETPOS) }),
  };
}
