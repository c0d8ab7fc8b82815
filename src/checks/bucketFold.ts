import type { Instant } from '../model/instant.ts';
import type { StreakCheck } from '../model/policy.ts';
import { type Buckets, bucketsOf, type Per } from './buckets.ts';
import type { CheckContext } from './context.ts';
import { putOff } from './log.ts';
import type { StreakRows } from './streakRows.ts';

export type BucketStreak = StreakCheck & { per: Per };

/** One bucket that holds rows. It is good if it has a good row and neither of the others. */
export interface Bucket {
  good?: number;
  bad?: number;
  spoilt?: number;
}

export interface Fold {
  check: BucketStreak;
  rows: StreakRows;
  buckets: Buckets;
  now: Instant;
  /** The bucket of the instant of evaluation. */
  today: number;
  held: Map<number, Bucket>;
  /** The newest bucket with a row that qualifies and can be trusted. */
  newest?: number;
  /** The last bucket that an untrusted row spoils, and the row; later ones are free of them. */
  spoiltTo: number;
  spoiltBy?: number;
  /** The last bucket that a bad row touches, at its own time even if that is a little ahead. */
  badTo: number;
  /** Good buckets in a row, counted back from the newest. */
  run: number;
}

/** Buckets that a report may show. */
export const shown = 100;

/** Cuts the rows into buckets, newest first, as far back as the run goes and a report may show. */
export function foldBuckets(check: BucketStreak, rows: StreakRows, { policy, now }: CheckContext): Fold {
  const { history } = rows;
  const buckets = bucketsOf(check.per, policy.timezone, history.timeKind);
  const none = Number.NEGATIVE_INFINITY;
  const today = buckets.of(history.end);
  const fold: Fold = {
    check,
    rows,
    buckets,
    now,
    today,
    held: new Map(),
    spoiltTo: none,
    badTo: none,
    run: 0,
  };
  readBack(fold);
  return fold;
}

/** Reads rows from the newest back until the run is broken and enough is known to draw the buckets. */
function readBack(fold: Fold): void {
  const { rows, buckets, today } = fold;
  const { table, judged } = rows.history;
  const { order } = judged;
  const { stateOf } = rows;
  const { of: bucketOf } = buckets;
  const { time } = table;
  for (const { row, to } of rows.spoilt) spoil(fold, bucketOf(to), row);
  let lowest = Number.POSITIVE_INFINITY;
  let broken = false;
  let last: { own: number; bucket: number; held: Bucket } | undefined;
  for (let index = order.length - 1; index >= 0; index -= 1) {
    const row = order[index] as number;
    const state = stateOf(row);
    if (state === 'aside') continue;
    const own = bucketOf(time(row));
    // One more good row of a bucket that has one: nearly all rows of a good log.
    if (state === 'good' && last?.own === own && last.held.good !== undefined) {
      last.held.good = row;
      continue;
    }
    const bucket = Math.min(own, today);
    // One bucket of slack: clocks set back over midnight show a day, the day before it, and the day again.
    if (bucket < today - shown - 1 && (broken || bucket < lowest - 2)) break;
    if (own !== last?.own) last = { own, bucket, held: bucketAt(fold, bucket) };
    lowest = Math.min(lowest, bucket);
    broken ||= state !== 'good';
    // Walking back, the row kept of each state is the oldest: the first breach.
    switch (state) {
      case 'good':
        last.held.good = row;
        break;
      case 'bad':
        last.held.bad = row;
        fold.badTo = Math.max(fold.badTo, own);
        break;
      case 'spoilt':
        last.held.spoilt = row;
        spoil(fold, own, row);
        continue;
    }
    if (fold.newest === undefined || bucket > fold.newest) fold.newest = bucket;
  }
  fold.run = runOf(fold);
}

function bucketAt({ held }: Fold, bucket: number): Bucket {
  const found = held.get(bucket) ?? {};
  held.set(bucket, found);
  return found;
}

function spoil(fold: Fold, bucket: number, row: number): void {
  if (bucket > fold.spoiltTo) {
    fold.spoiltTo = bucket;
    fold.spoiltBy = row;
  }
}

function runOf({ newest, held, spoiltTo }: Fold): number {
  if (newest === undefined) return 0;
  let bucket = newest;
  while (bucket > spoiltTo && isGood(held.get(bucket))) bucket -= 1;
  return newest - bucket;
}

function isGood(bucket: Bucket | undefined): boolean {
  return bucket?.good !== undefined && bucket.bad === undefined && bucket.spoilt === undefined;
}

/**
 * The start of the first bucket that can complete the streak. Every bucket up to `blocked` is missing, bad or spoilt;
 * those after it are good already or can still be filled, today's included.
 */
export function earliestOf({
  check,
  rows,
  buckets,
  now,
  today,
  newest,
  run,
  spoiltTo,
  badTo,
}: Fold): Instant {
  const behind = newest === undefined || newest < today - 1 ? today - 1 : newest - run;
  const blocked = Math.max(behind, spoiltTo, badTo);
  const after = (bucket: number) => Math.max(now, buckets.start(bucket + check.atLeast));
  return putOff(after(blocked), rows.spoiltAhead, (to) => after(buckets.of(to)));
}

/** The newest row that qualifies and can be trusted. */
export function newestRow({ rows }: Fold): number | undefined {
  const { order } = rows.history.judged;
  for (let index = order.length - 1; index >= 0; index -= 1) {
    const state = rows.stateOf(order[index] as number);
    if (state === 'good' || state === 'bad') return order[index];
  }
  return undefined;
}
