import { type Duration, day, hour, type Instant } from './instant.ts';

/**
 * Calendar days of a time zone. The rules come from the engine's own IANA data by `Intl`; only numeric fields are
 * parsed, since text such as `GMT+1` differs between versions. Everything here is a function of its arguments and of
 * that data; what is kept between calls is a cache.
 *
 * A day is its number since 1970-01-01, an ISO week the number of Mondays since then (week 0 holds 1970-01-01).
 */

/** A stretch of time in which the clocks of a zone do not jump: from <= t < until. */
interface Stretch {
  from: Instant;
  until: Instant;
  /** Local time minus UTC. */
  offset: Duration;
}

interface Zone {
  /** Offset at an instant, asked of `Intl`: slow. */
  ask(instant: Instant): Duration;
  stretches: Map<number, readonly Stretch[]>;
  last: Stretch;
  /** The part of the last day asked for that lies in one stretch: a log asks for the same day many times. */
  today: { from: Instant; until: Instant; number: number };
}

/**
 * Offsets are asked at both ends of a UTC day; if they agree, the day is one stretch. This holds because no zone ever
 * changed its clocks twice within three days (`calendar.test.ts` looks at the years to come).
 */
const piece = day;

/** Before this instant every zone is taken to keep the offset it had then (local mean time). */
const earliestRules = Date.UTC(1850, 0, 1);

/** No offset ever reached this far from UTC. */
const farthest = 26 * hour;

const zones = new Map<string, Zone>();
const lastZone: { name: string; zone?: Zone } = { name: '' };
const never: Stretch = { from: 0, until: 0, offset: 0 };

/** Whether the engine knows a zone by this IANA name. Offsets such as `+02:00` are no zones. */
export function isZone(name: string): boolean {
  // Opening `Intl` takes longer than most policies take to read, and UTC needs none.
  if (name === 'UTC') return true;
  if (!/^[A-Za-z][A-Za-z0-9_+\-/]{0,63}$/.test(name)) return false;
  try {
    openZone(name);
    return true;
  } catch {
    return false;
  }
}

/** The day that the calendars of the zone show at the instant. */
export function dayOf(zone: string, instant: Instant): number {
  if (zone === 'UTC') return Math.floor(instant / day);
  const opened = openZone(zone);
  const { today } = opened;
  if (instant >= today.from && instant < today.until) return today.number;
  const { from, until, offset } = stretchAt(opened, instant);
  const number = Math.floor((instant + offset) / day);
  today.from = Math.max(from, number * day - offset);
  today.until = Math.min(until, (number + 1) * day - offset);
  today.number = number;
  return number;
}

/** Local time minus UTC at the instant. */
export function offsetAt(zone: string, instant: Instant): Duration {
  return zone === 'UTC' ? 0 : stretchAt(openZone(zone), instant).offset;
}

/** The first instant of a day in the zone; of a day that the zone left out, the start of the next. */
export function startOfDay(zone: string, number: number): Instant {
  return firstAtLocal(zone, number * day);
}

/**
 * The first instant at which the clocks of the zone have come to a local time (fields taken as UTC). Where that time is
 * left out, this is the instant of the jump; where it comes twice, the first.
 */
export function firstAtLocal(zone: string, local: number): Instant {
  if (zone === 'UTC') return local;
  const opened = openZone(zone);
  let at = local - farthest;
  for (;;) {
    const stretch = stretchAt(opened, at);
    const start = Math.max(at, local - stretch.offset);
    if (start < stretch.until) return start;
    at = stretch.until;
  }
}

/**
 * The instant at which clocks of the zone show a local time (fields taken as UTC, see `parseLocalTime`). A time that
 * the clocks left out and one that they showed twice are both undefined: a row with such a time is unreadable. Either
 * choice between two instants could help (the later looks fresher, the earlier makes a longer span).
 */
export function instantOfLocal(zone: string, local: number): Instant | undefined {
  if (zone === 'UTC') return local;
  const opened = openZone(zone);
  let found: Instant | undefined;
  for (let at = local - farthest; at <= local + farthest; ) {
    const stretch = stretchAt(opened, at);
    const candidate = local - stretch.offset;
    // A stretch that began before `at` was looked at already or lies too far away to hold the candidate.
    if (candidate >= Math.max(stretch.from, at) && candidate < stretch.until) {
      if (found !== undefined) return undefined;
      found = candidate;
    }
    at = stretch.until;
  }
  return found;
}

/** The ISO week (Monday to Sunday) of a day. */
export function isoWeek(number: number): number {
  return Math.floor((number + 3) / 7);
}

/** The first instant of the Monday of an ISO week. */
export function startOfWeek(zone: string, week: number): Instant {
  return startOfDay(zone, week * 7 - 3);
}

/** An hour of UTC: the number of whole hours since 1970-01-01T00:00Z. */
export function hourOf(instant: Instant): number {
  return Math.floor(instant / hour);
}

/** Writes a day as `2026-02-24`. */
export function formatDay(number: number): string {
  return new Date(number * day).toISOString().slice(0, -14);
}

/** Writes an ISO week as `2026-W09` (ISO 8601: the week belongs to the year of its Thursday). */
export function formatWeek(week: number): string {
  const thursday = new Date(week * 7 * day);
  const year = thursday.getUTCFullYear();
  const nth = Math.floor((week * 7 - Date.UTC(year, 0, 1) / day) / 7) + 1;
  return `${year}-W${String(nth).padStart(2, '0')}`;
}

function stretchAt(zone: Zone, instant: Instant): Stretch {
  const { last } = zone;
  if (instant >= last.from && instant < last.until) return last;
  const index = Math.floor(instant / piece);
  let stretches = zone.stretches.get(index);
  if (!stretches) {
    stretches = stretchesOf(zone, index * piece, (index + 1) * piece);
    zone.stretches.set(index, stretches);
  }
  zone.last = stretches.find((stretch) => instant < stretch.until) ?? never;
  return zone.last;
}

function stretchesOf(zone: Zone, from: Instant, until: Instant): readonly Stretch[] {
  const first = zone.ask(from);
  const second = zone.ask(until);
  if (first === second) return [{ from, until, offset: first }];
  let low = from;
  let high = until;
  while (high - low > 1000) {
    const middle = low + Math.floor((high - low) / 2000) * 1000;
    if (zone.ask(middle) === first) low = middle;
    else high = middle;
  }
  return [
    { from, until: high, offset: first },
    { from: high, until, offset: second },
  ];
}

function openZone(name: string): Zone {
  if (lastZone.name === name && lastZone.zone) return lastZone.zone;
  const zone = zones.get(name) ?? newZone(name);
  zones.set(name, zone);
  lastZone.name = name;
  lastZone.zone = zone;
  return zone;
}

function newZone(name: string): Zone {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: name,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return {
    ask: (instant: Instant) => askOffset(format, instant),
    stretches: new Map(),
    last: never,
    today: { from: 0, until: 0, number: 0 },
  };
}

function askOffset(format: Intl.DateTimeFormat, instant: Instant): Duration {
  const whole = Math.floor(Math.max(instant, earliestRules) / 1000) * 1000;
  const fields = (format.format(whole).match(/\d+/g) ?? []).map(Number);
  const [month = 0, date = 0, year = 0, hours = 0, minutes = 0, seconds = 0] = fields;
  return Date.UTC(year, month - 1, date, hours, minutes, seconds) - whole;
}
