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
