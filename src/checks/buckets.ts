import { dayOf, formatDay, formatWeek, hourOf, isoWeek, startOfDay, startOfWeek } from '../model/calendar.ts';
import { day, formatInstant, hour, type Instant } from '../model/instant.ts';

export type Per = 'day' | 'hour' | 'week';

/** How time is cut into consecutive numbered buckets. */
export interface Buckets {
  /** The bucket of a time in the unit of the log: an instant, or a day number times 86,400,000. */
  of: (time: number) => number;
  /** The first instant of a bucket. */
  start(bucket: number): Instant;
  name(bucket: number): string;
}

/** Days are days of the zone, weeks run from Monday to Sunday there, hours are hours of UTC. */
export function bucketsOf(per: Per, zone: string, timeKind: 'instant' | 'date'): Buckets {
  const dayIn = (time: number) => (timeKind === 'date' ? Math.floor(time / day) : dayOf(zone, time));
  switch (per) {
    case 'day':
      return { of: dayIn, start: (bucket) => startOfDay(zone, bucket), name: formatDay };
    case 'week':
      return {
        of: (time) => isoWeek(dayIn(time)),
        start: (bucket) => startOfWeek(zone, bucket),
        name: formatWeek,
      };
    case 'hour':
      return {
        of: hourOf,
        start: (bucket) => bucket * hour,
        name: (bucket) => `${formatInstant(bucket * hour).slice(0, 13)}Z`,
      };
  }
}
