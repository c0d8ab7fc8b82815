/** Milliseconds since 1970-01-01T00:00:00Z, as in ECMAScript time values; no leap seconds. */
export type Instant = number;

/** Milliseconds. */
export type Duration = number;

export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;
export const week = 7 * day;

/** A row or instant at most this far ahead is not future (semantics section 8): clocks differ. */
export const clockTolerance = 5 * minute;

const unit: Readonly<Record<string, Duration>> = { s: second, m: minute, h: hour, d: day, w: week };

/** Reads `90s`, `20m`, `24h`, `7d`, `2w` (spec section 6): a positive whole number and one unit, at most ten years. */
export function parseDuration(text: string): Duration | undefined {
  const match = /^([1-9][0-9]{0,9})([smhdw])$/.exec(text);
  if (!match) return undefined;
  const value = Number(match[1]) * (unit[match[2] as string] as number);
  return value <= 3653 * day ? value : undefined;
}

/** Writes a duration in days at most, so that `parseDuration` reads it back: one day is `24h`, a week `7d`. */
export function formatDuration(value: Duration): string {
  if (value % day === 0 && value > day) return `${value / day}d`;
  if (value % hour === 0 && value > 0) return `${value / hour}h`;
  if (value % minute === 0 && value > 0) return `${value / minute}m`;
  return `${Math.ceil(value / second)}s`;
}

const rfc3339 =
  /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(?:([Zz])|([+-])(\d{2}):(\d{2}))$/;
const localTime = /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?$/;
const dateOnly = /^(\d{4})-(\d{2})-(\d{2})$/;

/**
 * Reads an RFC 3339 date-time with offset. 30 February, 24:00 and second 60 are refused (R13), and so is whatever has
 * no offset. Fractions are cut to milliseconds.
 */
export function parseInstant(text: string): Instant | undefined {
  const m = rfc3339.exec(text);
  if (!m) return undefined;
  const local = fromFields(m[1], m[2], m[3], m[4], m[5], m[6], m[7]);
  if (local === undefined || m[8]) return local;
  const hours = Number(m[10]);
  const minutes = Number(m[11]);
  if (hours > 23 || minutes > 59) return undefined;
  const offset = (hours * 60 + minutes) * minute;
  return m[9] === '-' ? local + offset : local - offset;
}

/** Reads a date-time without offset as wall-clock fields; the result is those fields taken as UTC. Seconds may be left out. */
export function parseLocalTime(text: string): number | undefined {
  const m = localTime.exec(text);
  return m ? fromFields(m[1], m[2], m[3], m[4], m[5], m[6] ?? '00', m[7]) : undefined;
}

/** Reads `YYYY-MM-DD` as a day number (days since 1970-01-01). */
export function parseDate(text: string): number | undefined {
  const m = dateOnly.exec(text);
  const start = m ? fromFields(m[1], m[2], m[3], '00', '00', '00', undefined) : undefined;
  return start === undefined ? undefined : start / day;
}

function fromFields(...text: readonly (string | undefined)[]): number | undefined {
  const [y, mo, d, h, mi, s] = text.slice(0, 6).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (mo < 1 || mo > 12 || d < 1 || d > daysInMonth(y, mo) || h > 23 || mi > 59 || s > 59) return undefined;
  const millis = Number((text[6] ?? '').padEnd(3, '0').slice(0, 3));
  const time = Date.UTC(2000, mo - 1, d, h, mi, s, millis);
  // Date.UTC reads the years 0-99 as 1900-1999, so the year is put in afterwards.
  return y >= 100 ? Date.UTC(y, mo - 1, d, h, mi, s, millis) : new Date(time).setUTCFullYear(y, mo - 1, d);
}

/** Days of a month in the proleptic Gregorian calendar; months count from 1. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Writes an instant as RFC 3339 in UTC; milliseconds are written only where there are any. */
export function formatInstant(value: Instant): string {
  return new Date(value).toISOString().replace('.000Z', 'Z');
}

/** Writes the whole second in which an instant lies: what a verdict tells of times that others wrote finer. */
export function formatSecond(value: Instant): string {
  return formatInstant(Math.floor(value / second) * second);
}

/** Rounds up to whole seconds: the precision in which instants stand in a verdict. */
export function ceilSecond(value: Instant): Instant {
  return Math.ceil(value / second) * second;
}
