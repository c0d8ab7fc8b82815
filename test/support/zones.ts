import { readFileSync } from 'node:fs';

/** The committed table of every zone's offsets, made from the IANA source by Python's zoneinfo (see its `make.py`). */
export interface ZoneTable {
  tzdata: string;
  from: number;
  until: number;
  groups: readonly ZoneGroup[];
}

export interface ZoneGroup {
  /** Names that share one history. */
  zones: readonly string[];
  /** Epoch seconds and the offset in seconds that holds from then on. */
  transitions: readonly (readonly [number, number])[];
}

export const zoneTable = JSON.parse(
  readFileSync('test/fixtures/calendar/transitions.json', 'utf8'),
) as ZoneTable;

/**
 * Zones whose rules differ between releases of the IANA data, so that the engine that runs the tests may know other
 * rules than the committed table: Vancouver and Edmonton (with their links) stop changing clocks in 2026, Morocco's
 * predicted Ramadans move, Moldova's hour of change was corrected.
 */
export const unsettledZones: ReadonlySet<string> = new Set([
  'Africa/Casablanca',
  'Africa/El_Aaiun',
  'America/Edmonton',
  'America/Vancouver',
  'America/Yellowknife',
  'Canada/Mountain',
  'Canada/Pacific',
  'Europe/Chisinau',
  'Europe/Tiraspol',
]);

/** Groups that every engine should know alike, without the unsettled names. */
export const settledGroups: readonly ZoneGroup[] = zoneTable.groups
  .map((group) => ({ ...group, zones: group.zones.filter((zone) => !unsettledZones.has(zone)) }))
  .filter(({ zones }) => zones.length > 0);

/** Offset of a group at an instant, in milliseconds, by the table alone. */
export function offsetIn({ transitions }: ZoneGroup, instant: number): number {
  const second = instant / 1000;
  let low = 0;
  let high = transitions.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((transitions[middle]?.[0] ?? 0) <= second) low = middle;
    else high = middle;
  }
  return (transitions[low]?.[1] ?? 0) * 1000;
}

/** The calendar day of a group at an instant, by the table alone. */
export function dayIn(group: ZoneGroup, instant: number): number {
  return Math.floor((instant + offsetIn(group, instant)) / 86_400_000);
}
