import { day, parseDate, parseInstant, parseLocalTime, type Instant } from '../../model/instant.ts';

/** The instant at which wall clocks of a zone show these fields (milliseconds, taken as UTC); undefined if they never do. */
export type LocalToInstant = (zone: string, localMillis: number) => Instant | undefined;

export interface TimeColumn {
  kind: 'instant' | 'date';
  zone?: string;
}

/** Reads the time of a row (semantics section 8); NaN if it cannot be read. A date gives its day number times a day. */
export function readRowTime(text: string, column: TimeColumn, localToInstant: LocalToInstant): number {
  if (column.kind === 'date') {
    const date = parseDate(text);
    return date === undefined ? Number.NaN : date * day;
  }
  const instant = parseInstant(text);
  if (instant !== undefined || column.zone === undefined) return instant ?? Number.NaN;
  const local = parseLocalTime(text);
  return (local === undefined ? undefined : localToInstant(column.zone, local)) ?? Number.NaN;
}

/** The date read last, so that rows of one day reckon it once: its bytes as they stand, and its first instant. */
export interface DayCache {
  /** `YYYY` and `-MM-`. */
  year: number;
  month: number;
  /** `DD` and `T`, and the byte behind as 0. */
  day: number;
  start: number;
}

// Digits (their upper half is 3) and colons where they belong in `HH:M` and `M:SS`, the first byte lowest.
const hourForm = 0x303a3030;
const minuteForm = 0x30303a30;

/**
 * `YYYY-MM-DDTHH:MM:SSZ` at `from`, the form that nearly every row has, without making a text of it: milliseconds since
 * the start of the day that the cache then holds. -1 says that it is not of this form; `parseInstant` then has the word.
 * INVARIANT: where this gives a time, `parseInstant` gives the same.
 */
export function readUtcTime(view: DataView, from: number, cache: DayCache): number {
  // `HH:M` and `M:SS`, four bytes at a time: the fewer reads, the faster, above all before the engine has warmed up.
  const first = view.getInt32(from + 11, true);
  const second = view.getInt32(from + 15, true);
  if ((first & 0xf0fff0f0) !== hourForm || (second & 0xf0f0fff0) !== minuteForm) return -1;
  // A digit plus six stays below sixteen; what follows 9 in ASCII does not.
  const carries = ((first & 0x0f000f0f) + 0x06000606) | ((second & 0x0f0f000f) + 0x06060006);
  if ((carries & 0xf0f0f0f0) !== 0 || view.getUint8(from + 19) !== 90) return -1;
  const hours = (first & 15) * 10 + ((first >> 8) & 15);
  const minutes = ((first >> 24) & 15) * 10 + (second & 15);
  const seconds = ((second >> 16) & 15) * 10 + ((second >> 24) & 15);
  if (hours > 23 || minutes > 59 || seconds > 59) return -1;
  const year = view.getInt32(from, true);
  const month = view.getInt32(from + 4, true);
  const date = view.getInt32(from + 8, true) & 0xffffff;
  if (year !== cache.year || month !== cache.month || date !== cache.day) {
    const start = readDay(view, from);
    if (start === undefined) return -1;
    cache.year = year;
    cache.month = month;
    cache.day = date;
    cache.start = start;
  }
  return (hours * 3600 + minutes * 60 + seconds) * 1000;
}

function readDay(view: DataView, from: number): number | undefined {
  if (view.getUint8(from + 10) !== 84) return undefined;
  const date = parseDate(
    String.fromCharCode(...Array.from({ length: 10 }, (_, at) => view.getUint8(from + at))),
  );
  return date === undefined ? undefined : date * day;
}
