import { isZone, offsetAt } from '../model/calendar.ts';
import { day, type Duration, hour, minute, parseInstant, second } from '../model/instant.ts';

/** Instants and spans as people read them. The zone is always named; the machine's own zone takes no part. */

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
/** A space at which `wrap` does not break. */
export const glue = '\u00a0';
const two = (value: number): string => String(value).padStart(2, '0');

function offsetText(offset: Duration): string {
  const minutes = Math.floor(Math.abs(offset) / minute);
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** `Thu 2026-02-26 00:00 UTC`, or `Thu 2026-02-26 05:30 +05:30 Asia/Kolkata`; seconds only where there are any. */
export function clockTime(text: string, zone: string): string {
  const instant = parseInstant(text);
  if (instant === undefined) return text;
  const known = zone === 'UTC' || isZone(zone);
  const offset = known ? offsetAt(zone, instant) : 0;
  const local = new Date(instant + offset);
  const iso = local.toISOString();
  const seconds = local.getUTCSeconds() === 0 ? '' : iso.slice(16, 19);
  const name = !known || zone === 'UTC' ? 'UTC' : `${offsetText(offset)} ${zone}`;
  const date = `${weekdays[local.getUTCDay()]}${glue}${iso.slice(0, 10)}`;
  return `${date}${glue}${iso.slice(11, 16)}${seconds}${glue}${name.replace(' ', glue)}`;
}

/** `2 d 4 h`: the two largest units, the second cut off; below a minute in seconds. */
export function span(duration: Duration): string {
  const rounded = Math.max(0, Math.floor(duration / second) * second);
  const units: readonly (readonly [number, string])[] = [
    [day, 'd'],
    [hour, 'h'],
    [minute, 'min'],
    [second, 's'],
  ];
  const first = units.findIndex(([size]) => rounded >= size);
  if (first < 0) return `0${glue}s`;
  const [size, name] = units[first] as readonly [number, string];
  const [nextSize, nextName] = units[first + 1] ?? [0, ''];
  const rest = nextSize === 0 ? 0 : Math.floor((rounded % size) / nextSize);
  const head = `${Math.floor(rounded / size)}${glue}${name}`;
  return rest > 0 ? `${head}${glue}${rest}${glue}${nextName}` : head;
}

/** `in 2 d 4 h`, `now`, or `3 h ago`, seen from `from`; rounded up to minutes, so that nobody comes too early. */
export function relative(text: string, from: string): string {
  const instant = parseInstant(text);
  const base = parseInstant(from);
  if (instant === undefined || base === undefined) return '';
  const distance = instant - base;
  if (distance === 0) return 'now';
  return distance > 0 ? `in ${spanUp(distance)}` : `${span(-distance)} ago`;
}

/** As `relative`, of an instant until which something lasts: rounded down, so that nobody comes too late. */
export function remaining(text: string, from: string): string {
  const left = (parseInstant(text) ?? Number.NaN) - (parseInstant(from) ?? Number.NaN);
  return left > 0 ? `in ${span(left)}` : relative(text, from);
}

/** As `span`, rounded up in the smaller of its two units. */
function spanUp(duration: Duration): string {
  const step = duration >= day ? hour : duration >= minute ? minute : second;
  return span(Math.ceil(duration / step) * step);
}
