import type { Instant } from '../model/instant.ts';
import type { SoakCheck } from '../model/policy.ts';
import type { ReasonCode } from '../model/reasons.ts';
import type { PhaseTimeline } from './context.ts';
import { timeOf } from './history.ts';
import type { Timeless } from './log.ts';
import type { SoakRows, SoakState } from './soakRows.ts';

/** A tail of observing rows without a gap or breach. */
export interface Run {
  start: Instant;
  last: Instant;
  /** Undefined while only the transition has begun it. */
  first?: number;
  newest?: number;
}

/** The newest row that ends the run. */
export interface Ending {
  /** When it counts; never after now but for a future row. */
  time: Instant;
  state: Exclude<SoakState, 'aside' | 'good'>;
  row: number;
}

/** Where observation of the phase begins by the transition log: its last entry, or the last rollback. */
export interface Cut {
  time: Instant;
  kind: 'entry' | 'rollback';
}

export interface Soaked {
  run?: Run;
  cut?: Cut;
  /** The newest ending by a trusted row, and by one that is not. */
  ending?: Ending;
  spoilt?: { time: Instant; row: number };
  /** When the newest observing row after every ending was written; and the newest that no untrusted row spoils. */
  seen?: Instant;
  observed?: Instant;
  /** No run can begin at or before this time. */
  blocked: Instant;
  spans: { from: Instant; to: Instant; ended?: ReasonCode }[];
  /** Rows whose time cannot be read and which may end a run. */
  timeless: readonly Timeless[];
}

/** Spans that a report may show. */
const shown = 50;

const endings: Record<Ending['state'], ReasonCode> = {
  breach: 'soak.breach',
  other: 'soak.unpinned',
  unset: 'soak.unpinned',
  unclear: 'soak.unclear',
};

/** Entries of the phase start its run, and any rollback ends it (semantics section 6); the last of them counts. */
export function cutOf(timeline: PhaseTimeline, phase: string, now: Instant): Cut | undefined {
  const row = timeline.rows.findLast(({ kind, to }) => kind === 'rollback' || to === phase);
  if (!row) return undefined;
  return { time: Math.min(row.time, now), kind: row.kind === 'rollback' ? 'rollback' : 'entry' };
}

/**
 * Folds the rows, oldest first, into the run that is still going.
 * INVARIANT: a row that is not trusted, or stands before the cut, never adds to a run; at one and the same time the
 * row that ends the run is the one that counts.
 */
export function foldSoak(check: SoakCheck, rows: SoakRows, cut: Cut | undefined): Soaked {
  const { judged, table } = rows.history;
  const timeless = judged.timeless.filter(({ row }) => rows.hurts(row)).sort((a, b) => a.to - b.to);
  const soaked: Soaked = { blocked: Number.NEGATIVE_INFINITY, spans: [], timeless };
  if (cut) begin(soaked, cut);
  const after = cut?.kind === 'rollback' ? cut.time : (cut?.time ?? Number.NEGATIVE_INFINITY) - 1;
  let next = 0;
  const { order } = judged;
  for (let index = 0; index < order.length; index += 1) {
    const row = order[index] as number;
    const own = table.time(row);
    for (; next < timeless.length && (timeless[next] as Timeless).to < own; next += 1) {
      spoilBy(soaked, timeless[next] as Timeless, after);
    }
    if (timeOf(rows.history, row) <= after) continue;
    if (judged.untrusted(row) === undefined) meet(check, rows, soaked, row);
    else if (rows.hurts(row)) spoil(soaked, row, own);
  }
  for (; next < timeless.length; next += 1) spoilBy(soaked, timeless[next] as Timeless, after);
  if (soaked.run) close(soaked, soaked.run, undefined);
  soaked.spans = soaked.spans.slice(-shown);
  return soaked;
}

function begin(soaked: Soaked, cut: Cut): void {
  soaked.cut = cut;
  if (cut.kind === 'entry') soaked.run = { start: cut.time, last: cut.time };
  else soaked.blocked = cut.time;
}

function meet(check: SoakCheck, rows: SoakRows, soaked: Soaked, row: number): void {
  const state = rows.stateOf(row);
  const time = timeOf(rows.history, row);
  switch (state) {
    case 'aside':
      return;
    case 'good':
      observe(check, soaked, row, time);
      return;
    case 'breach':
    case 'other':
    case 'unset':
    case 'unclear':
      if (soaked.run) close(soaked, soaked.run, endings[state]);
      delete soaked.run;
      soaked.ending = worseEnding(soaked.ending, { time, state, row });
      soaked.blocked = Math.max(soaked.blocked, rows.history.table.time(row));
      return;
  }
}

function observe(check: SoakCheck, soaked: Soaked, row: number, time: Instant): void {
  const { run, ending, spoilt } = soaked;
  if (ending && time <= ending.time) return;
  soaked.seen = time;
  if (spoilt && time <= spoilt.time) return;
  soaked.observed = time;
  if (run && time - run.last <= check.maxGap) {
    run.last = time;
    run.first ??= row;
    run.newest = row;
    return;
  }
  if (run) close(soaked, run, 'soak.stale');
  soaked.run = { start: time, last: time, first: row, newest: row };
}

function spoilBy(soaked: Soaked, { row, to }: Timeless, after: Instant): void {
  if (to > after) spoil(soaked, row, to);
}

function spoil(soaked: Soaked, row: number, time: Instant): void {
  if (soaked.run) close(soaked, soaked.run, 'soak.untrusted');
  delete soaked.run;
  if (time >= (soaked.spoilt?.time ?? time)) soaked.spoilt = { time, row };
  soaked.blocked = Math.max(soaked.blocked, time);
}

/** Of endings at one time the worst counts: what contradicts the soak before what cannot be judged. */
function worseEnding(known: Ending | undefined, found: Ending): Ending {
  const proves = ({ state }: Ending) => state === 'breach' || state === 'other';
  return known && known.time === found.time && proves(known) && !proves(found) ? known : found;
}

function close(soaked: Soaked, run: Run, ended: ReasonCode | undefined): void {
  if (run.first === undefined) return;
  soaked.spans.push({ from: run.start, to: run.last, ...(ended ? { ended } : {}) });
  // Only the last spans are shown; a long history must not pile up.
  if (soaked.spans.length > 2 * shown) soaked.spans.splice(0, shown);
}
