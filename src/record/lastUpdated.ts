import { dayOf, formatDay } from '../model/calendar.ts';
import { formatInstant, type Instant, parseDate, parseInstant } from '../model/instant.ts';
import { textLines } from './textLines.ts';

/** `Last Updated: …`, also bold, in a list, or with a zone in parentheses. */
const field =
  /^((?:[-*] +)?(\*\*|__)?Last Updated(?: \([^)|]*\))?(?:(?:\*\*|__):|:(?:\*\*|__)?)[ \t]*)(.*?)([ \t]*)$/i;

/**
 * Brings the header line `Last Updated` of a log up to date, if there is one above `until` (a line, from 1). A date
 * stays a date, everything else becomes an instant; a later time stays. Lines that a merge has doubled become one.
 */
export function updateLastUpdated(text: string, until: number, at: Instant, zone: string): string {
  const lines = textLines(text);
  const first = lines.findIndex(
    ({ start, end }, index) => index < until - 1 && field.test(withoutMark(text.slice(start, end))),
  );
  const line = lines[first];
  if (!line) return text;
  let last = first;
  const values: string[] = [];
  for (let index = first; index < until - 1; index++) {
    const { start, end } = lines[index] ?? line;
    const value = field.exec(withoutMark(text.slice(start, end)))?.[3];
    if (value === undefined) break;
    values.push(value);
    last = index;
  }
  const [, head = '', , , tail = ''] = field.exec(withoutMark(text.slice(line.start, line.end))) ?? [];
  const mark = text.slice(line.start, line.end).startsWith('\ufeff') ? '\ufeff' : '';
  const value = `${mark}${head}${newest(values, at, zone)}${tail}`;
  return text.slice(0, line.start) + value + text.slice((lines[last] ?? line).end);
}

function withoutMark(line: string): string {
  return line.startsWith('\ufeff') ? line.slice(1) : line;
}

function newest(values: readonly string[], at: Instant, zone: string): string {
  const dates = values.every((value) => parseDate(value) !== undefined);
  const own = dates ? formatDay(dayOf(zone, at)) : formatInstant(at);
  const later = values.filter((value) => (dates ? value > own : (parseInstant(value) ?? at) > at));
  return (
    later
      .sort((a, b) => (dates ? (a < b ? -1 : 1) : (parseInstant(a) ?? 0) - (parseInstant(b) ?? 0)))
      .at(-1) ?? own
  );
}
