import type { StreakCheck } from '../../src/model/policy.ts';
import {
  bucketIn,
  type Fact,
  type History,
  inForce,
  type QuietHistory,
  type SoakHistory,
  type StreakHistory,
} from './histories.ts';

/**
 * Second implementations of streak, soak and quiet, written from semantics sections 5 to 8 alone: sets and exhaustive
 * search instead of folds, days by the committed table instead of `Intl`. Slow on purpose.
 */
export interface Told {
  outcome: 'pass' | 'fail' | 'pending' | 'unknown';
  observed?: number;
}

/** A row with the span of time it may belong to. */
interface Placed {
  fact: Fact;
  /** Readable, without a flaw, not future. */
  trusted: boolean;
  future: boolean;
  from: number;
  to: number;
}

const tolerance = 5 * 60_000;

function placed({ facts, now }: Pick<History, 'facts' | 'now'>): Placed[] {
  const solid = (fact: Fact) => fact.trouble === 'none' && fact.time <= now + tolerance;
  return facts.map((fact, index) => {
    const future = fact.trouble !== 'unreadable' && fact.time > now + tolerance;
    const trusted = solid(fact);
    if (fact.trouble !== 'unreadable') return { fact, trusted, future, from: fact.time, to: fact.time };
    const from = facts.slice(0, index).findLast(solid)?.time ?? Number.NEGATIVE_INFINITY;
    const to = facts.slice(index).find(solid)?.time ?? Math.max(now, from);
    return { fact, trusted, future, from, to };
  });
}

/** Rows equal in every cell count once. */
function distinct(rows: readonly Placed[]): Placed[] {
  const key = ({ fact, trusted }: Placed) => (trusted ? JSON.stringify(fact) : undefined);
  return rows.filter((row, index) => {
    const own = key(row);
    return own === undefined || rows.findIndex((other) => key(other) === own) === index;
  });
}

/** What a row would do to a streak if its time were known and its cells in their places. */
function streakClass(
  { fact, from, to }: Placed,
  { check, transitions }: StreakHistory,
): 'aside' | 'good' | 'bad' {
  if (fact.checks === 'not-run') return 'aside';
  if (fact.checks !== 'pass') return 'bad';
  const { phase } = check;
  if (phase === undefined) return 'good';
  const during =
    phase === 'in-force'
      ? [from, to, ...transitions.map(({ time }) => time).filter((time) => time > from && time <= to)]
      : [];
  const wanted = phase === 'in-force' ? during.map((time) => inForce(transitions, time)) : [phase];
  return wanted.every((pins) => fact.mode === pins) ? 'good' : 'bad';
}

/** Whether an untrusted row would hurt if it counted. */
function spoilsStreak(row: Placed, history: StreakHistory): boolean {
  return !row.trusted && (row.fact.trouble === 'malformed' || streakClass(row, history) === 'bad');
}

export function naiveStreak(history: StreakHistory): Told {
  const { check, transitions } = history;
  const entered = check.phase !== 'enforced' || transitions.some(({ to }) => to === 'enforced');
  if (!entered) return { outcome: 'pending', observed: 0 };
  return check.per === 'record' ? naiveRecords(history) : naiveBuckets(history, check.per);
}

function naiveBuckets(history: StreakHistory, per: Exclude<StreakCheck['per'], 'record'>): Told {
  const { now, group, check } = history;
  const bucket = (time: number) => bucketIn(per, group, time);
  const rows = distinct(placed(history));
  const held = new Map<number, string[]>();
  for (const row of rows.filter(({ trusted }) => trusted)) {
    const state = streakClass(row, history);
    if (state === 'aside') continue;
    const own = bucket(Math.min(row.fact.time, now));
    held.set(own, [...(held.get(own) ?? []), state]);
  }
  const touched = (number: number) =>
    rows.some(
      (row) =>
        spoilsStreak(row, history) &&
        (row.future ||
          (bucket(Math.max(row.from, now - 400 * 86_400_000)) <= number && number <= bucket(row.to))),
    );
  const today = bucket(now);
  const newest = [...held.keys()].sort((a, b) => b - a)[0];
  if (newest !== undefined && held.get(newest)?.includes('bad')) return { outcome: 'fail', observed: 0 };
  const later = Array.from({ length: 60 }, (_, index) => today - index).filter(
    (n) => newest === undefined || n >= newest,
  );
  if (later.some(touched)) return { outcome: 'unknown' };
  if (newest === undefined || newest < today - 1) return { outcome: 'unknown' };
  let run = 0;
  while (held.get(newest - run)?.every((state) => state === 'good') && !touched(newest - run)) run += 1;
  return { outcome: run >= check.atLeast ? 'pass' : 'pending', observed: run };
}

function naiveRecords(history: StreakHistory): Told {
  const { now, check } = history;
  const rows = distinct(placed(history));
  const spoilers = rows.filter((row) => spoilsStreak(row, history));
  const records = rows
    .filter(({ trusted }) => trusted)
    .map((row) => ({ time: Math.min(row.fact.time, now), state: streakClass(row, history) }))
    .filter(({ state }) => state !== 'aside')
    .sort((a, b) => b.time - a.time);
  const newest = records[0]?.time;
  const badAt = (time: number) => records.some((record) => record.time === time && record.state === 'bad');
  if (newest !== undefined && badAt(newest)) return { outcome: 'fail', observed: 0 };
  if (spoilers.some(({ to }) => newest === undefined || to >= newest)) return { outcome: 'unknown' };
  if (newest === undefined || now - newest > (check.maxGap ?? 0)) return { outcome: 'unknown' };
  const run: number[] = [];
  for (const { time } of records) {
    const gap = (run.at(-1) ?? time) - time > (check.maxGap ?? 0);
    if (gap || badAt(time) || spoilers.some(({ to }) => to >= time)) break;
    run.push(time);
  }
  const observed = mostApart(run, check.minGap ?? 0);
  return { outcome: observed >= check.atLeast ? 'pass' : 'pending', observed };
}

/** The greatest number of times of which any two neighbours lie so far apart, by trying every choice (dynamic). */
function mostApart(newestFirst: readonly number[], apart: number): number {
  const times = newestFirst.toReversed();
  const best: number[] = [];
  for (const [index, time] of times.entries()) {
    const before = times.slice(0, index).map((other, at) => (time - other >= apart ? (best[at] ?? 0) : 0));
    best.push(1 + Math.max(0, ...before));
  }
  return Math.max(0, ...best);
}

type SoakClass = 'aside' | 'good' | 'fail' | 'unknown';

/** What a row would do to a soak if it could be trusted: observe, end the run for certain, end it unjudged, nothing. */
function soakClass({ checks, mode }: Fact, phase: string): SoakClass {
  if (mode !== phase && mode !== '') return 'fail';
  if (checks === 'fail') return 'fail';
  if (mode === '' || checks === '') return 'unknown';
  return checks === 'not-run' ? 'aside' : 'good';
}

export function naiveSoak(history: SoakHistory): Told {
  const { check, transitions, now } = history;
  if (check.phase !== 'shadow' && !transitions.some(({ to }) => to === check.phase))
    return { outcome: 'pending', observed: 0 };
  const cut = transitions.findLast(({ kind, to }) => kind === 'rollback' || to === check.phase);
  const inside = (time: number) => !cut || (cut.kind === 'rollback' ? time > cut.time : time >= cut.time);
  const rows = placed(history)
    .map((row) => ({
      ...row,
      at: Math.min(row.to, row.future ? row.to : now),
      state: soakClass(row.fact, check.phase),
    }))
    .filter(({ at }) => inside(at));
  const harmless = (state: SoakClass) => state === 'aside' || state === 'good';
  const ends = rows.filter(({ trusted, state }) => trusted && !harmless(state));
  const spoils = rows.filter(
    ({ trusted, fact, state }) => !trusted && (fact.trouble === 'malformed' || !harmless(state)),
  );
  const lastOf = (list: readonly { at: number }[]) =>
    Math.max(Number.NEGATIVE_INFINITY, ...list.map(({ at }) => at));
  const good = rows.filter(({ trusted, state, at }) => trusted && state === 'good' && at > lastOf(ends));
  if (ends.length > 0 && good.length === 0) {
    const last = ends.filter(({ at }) => at === lastOf(ends)).map(({ state }) => state);
    if (last.includes('fail')) return { outcome: 'fail', observed: 0 };
    return { outcome: 'unknown' };
  }
  const free = good.filter(({ at }) => at > lastOf(spoils)).map(({ at }) => at);
  if (spoils.length > 0 && free.length === 0) return { outcome: 'unknown' };
  const entry = cut?.kind === 'advance' && ends.length + spoils.length === 0 ? [cut.time] : [];
  const newest = Math.max(...free, ...(cut ? [cut.time] : []), Number.NEGATIVE_INFINITY);
  if (now - newest > check.maxGap) return { outcome: 'unknown' };
  // Every tail is tried; the longest without a gap counts.
  const times = [...entry, ...free].sort((a, b) => a - b);
  const tails = times.map((_, index) => times.slice(index));
  const whole = tails.filter((tail) =>
    tail.every((time, index) => index === 0 || time - (tail[index - 1] ?? 0) <= check.maxGap),
  );
  const spans = whole.map((tail) => (tail.at(-1) ?? 0) - (tail[0] ?? 0));
  const span = free.length === 0 ? 0 : Math.max(0, ...spans);
  return {
    outcome: free.length > 0 && span >= check.for ? 'pass' : 'pending',
    observed: Math.floor(span / 1000),
  };
}

export function naiveQuiet(history: QuietHistory): Told {
  const { check, incidents, now } = history;
  const harmless = (fact: Fact) =>
    check.incident !== undefined && (fact.checks === 'not-run' || fact.checks === 'pass');
  const hit = placed({ facts: incidents, now }).some(
    ({ fact, to }) => to > now - check.within && (fact.trouble === 'malformed' || !harmless(fact)),
  );
  if (hit) return { outcome: 'fail' };
  const times = placed(history)
    .filter(({ trusted, fact }) => trusted && (fact.checks === 'pass' || fact.checks === 'fail'))
    .map(({ fact }) => Math.min(fact.time, now))
    .sort((a, b) => a - b);
  // Watched from a time on: every heartbeat from there to now follows within the gap, and so does now.
  const unbroken = times.filter((_, index) =>
    [...times.slice(index), now].every(
      (time, at, tail) => at === 0 || time - (tail[at - 1] ?? 0) <= check.maxGap,
    ),
  );
  if (unbroken.length === 0) return { outcome: 'unknown' };
  return { outcome: unbroken.some((time) => time <= now - check.within) ? 'pass' : 'pending' };
}
