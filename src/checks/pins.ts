import type { Instant } from '../model/instant.ts';
import type { Cells } from '../model/log.ts';
import type { Phase } from '../model/policy.ts';
import type { PhaseTimeline } from './context.ts';

/** What a row shows of the pins of one phase. */
export type PinsShown = 'held' | 'other' | 'unset';

/** The column of a pin: its last path segment, or what `columns:` says. */
export function columnOf(path: string, columns: Readonly<Record<string, string>>): string {
  return (Object.hasOwn(columns, path) ? columns[path] : undefined) ?? path.slice(path.lastIndexOf('.') + 1);
}

/** Compares the cells of a row with a phase. One cell with another value is `other`, whatever else is unset. */
export function pinsShown(phase: Phase, columns: Readonly<Record<string, string>>, cells: Cells): PinsShown {
  let shown: PinsShown = 'held';
  for (const [path, value] of Object.entries(phase.pins)) {
    const column = columnOf(path, columns);
    const cell = Object.hasOwn(cells, column) ? cells[column] : undefined;
    if (cell === undefined) shown = 'unset';
    else if (cell !== value) return 'other';
  }
  return shown;
}

/** The phases that may have been in force when a row was written; undefined stands for one that nothing declares. */
export type PhasesDuring = (from: Instant, to: Instant) => readonly (Phase | undefined)[];

/** The named phase, always. */
export function namedPhase(timeline: PhaseTimeline, id: string): PhasesDuring {
  const phases = [timeline.phases.find((phase) => phase.id === id)];
  return () => phases;
}

/**
 * The phase that the transition log has in force at the row's time. A row that names a span (a day, or a time that
 * cannot be read) has every phase of the span. After the end the last phase stays in force. What is in force between
 * two transitions is asked once.
 */
export function phaseInForce(timeline: PhaseTimeline): PhasesDuring {
  const times = timeline.rows.map((row) => row.time).sort((a, b) => a - b);
  const stretches = [Number.NEGATIVE_INFINITY, ...times].map((time) => [declared(timeline, time)]);
  const indexAt = (time: Instant): number => {
    let index = times.length;
    while (index > 0 && (times[index - 1] as Instant) > time) index -= 1;
    return index;
  };
  const always = stretches[0] ?? [];
  return (from, to) => {
    if (times.length === 0) return always;
    const first = indexAt(from);
    const last = from === to ? first : indexAt(to);
    return first === last ? (stretches[first] ?? []) : [...new Set(stretches.slice(first, last + 1).flat())];
  };
}

function declared(timeline: PhaseTimeline, time: Instant): Phase | undefined {
  const id = timeline.inForceAt(time);
  return id === 'done' ? timeline.phases.at(-1) : timeline.phases.find((phase) => phase.id === id);
}
