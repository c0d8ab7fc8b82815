import type { Instant } from '../model/instant.ts';
import { type BucketStreak, earliestOf, type Fold, foldBuckets, newestRow } from './bucketFold.ts';
import { detailOf } from './bucketDetail.ts';
import type { CheckContext, Judgement } from './context.ts';
import { citeRows, distrust, nameRow, placeOf, unknown } from './history.ts';
import type { StreakRows } from './streakRows.ts';

const words = { day: 'days', hour: 'hours', week: 'weeks' } as const;

/** Streaks per day, hour and week (semantics sections 5 and 7). */
export function judgeBuckets(check: BucketStreak, rows: StreakRows, context: CheckContext): Judgement {
  const fold = foldBuckets(check, rows, context);
  const judgement = decide(fold);
  const detail = detailOf(fold);
  return { ...judgement, required: check.atLeast, unit: words[check.per], ...(detail ? { detail } : {}) };
}

/** The earliest pass if the phase were entered now: its rows so far count as they would then. */
export function earliestOfBuckets(check: BucketStreak, rows: StreakRows, context: CheckContext): Instant {
  return earliestOf(foldBuckets(check, rows, context));
}

function decide(fold: Fold): Judgement {
  const { check, rows, buckets, held, newest, spoiltTo, run, today } = fold;
  const { history } = rows;
  const bad = newest === undefined ? undefined : held.get(newest)?.bad;
  if (newest !== undefined && bad !== undefined) return broken(fold, newest, bad);
  if (newest === undefined ? fold.spoiltBy !== undefined : spoiltTo >= newest) return spoilt(fold);
  if (newest === undefined) {
    return unknown('log.empty', `\`${history.name}\` has no record`, [{ evidence: history.id }]);
  }
  const last = held.get(newest)?.good;
  if (newest < today - 1) {
    const message = `the newest record is of ${buckets.name(newest)}, and ${buckets.name(newest + 1)} has none`;
    const todo = 'write a record now; the streak begins again';
    return {
      ...unknown('streak.stale', message, citeRows(history, last)),
      observed: 0,
      earliest: earliestOf(fold),
      todo,
    };
  }
  return run >= check.atLeast ? kept(fold, newest) : short(fold, newest);
}

function broken(fold: Fold, newest: number, bad: number): Judgement {
  const { rows, buckets, check } = fold;
  const name = buckets.name(newest);
  return {
    outcome: 'fail',
    code: 'streak.broken',
    message: `${name} is not good: ${nameRow(rows.history, bad)}: ${rows.whyBad(bad)}`,
    observed: 0,
    earliest: earliestOf(fold),
    cites: citeRows(rows.history, bad, newestRow(fold)),
    todo: `mend the cause; then every ${check.per} after ${name} needs a good record`,
  };
}

function spoilt({ rows: { history }, buckets, spoiltTo, spoiltBy, today }: Fold): Judgement {
  const row = spoiltBy as number;
  const name = buckets.name(Math.min(spoiltTo, today));
  const message = `${name} cannot be judged: the row ${placeOf(history, row)} is not trusted (${distrust(history, row)})`;
  return {
    ...unknown('streak.untrusted', message, citeRows(history, row)),
    observed: 0,
    todo: `mend the row ${placeOf(history, row)}`,
  };
}

function kept(fold: Fold, newest: number): Judgement {
  const { run, buckets, held, rows } = fold;
  const first = newest - run + 1;
  return {
    outcome: 'pass',
    code: 'streak.kept',
    message: `${counted(fold, newest)} in \`${rows.history.name}\``,
    observed: run,
    cites: citeRows(rows.history, held.get(first)?.good, newestRow(fold)),
    validUntil: buckets.start(newest + 2),
  };
}

function short(fold: Fold, newest: number): Judgement {
  const { check, run, held, rows, now } = fold;
  const { history } = rows;
  const earliest = earliestOf(fold);
  const missing = check.atLeast - run;
  const here = check.per === 'day' ? 'today' : `this ${check.per}`;
  const next =
    earliest === now
      ? `one ${history.adjective} record ${here} completes it`
      : `${missing} more ${missing === 1 ? check.per : words[check.per]} with a ${history.adjective} record ${missing === 1 ? 'is' : 'are'} needed`;
  const before = held.get(newest - run);
  return {
    outcome: 'pending',
    code: 'streak.short',
    message: `${counted(fold, newest)}; ${whyNotMore(fold, newest - run)}; ${next}`,
    observed: run,
    earliest,
    cites: citeRows(history, before?.bad ?? before?.spoilt, newestRow(fold)),
    todo:
      earliest === now
        ? `write one ${history.adjective} record ${here}`
        : `write a ${history.adjective} record every ${check.per}`,
  };
}

function counted({ check, run, buckets }: Fold, newest: number): string {
  const first = buckets.name(newest - run + 1);
  const span = run === 1 ? first : `${first} to ${buckets.name(newest)}`;
  return `${run} good ${run === 1 ? check.per : words[check.per]} in a row (${span}), ${check.atLeast} required`;
}

function whyNotMore({ buckets, held, rows, spoiltTo, spoiltBy }: Fold, bucket: number): string {
  const name = buckets.name(bucket);
  const found = held.get(bucket);
  if (found?.bad !== undefined) return `${name} is not good (${placeOf(rows.history, found.bad)})`;
  if (spoiltTo >= bucket && spoiltBy !== undefined) {
    return `${name} holds a row that is not trusted (${placeOf(rows.history, spoiltBy)})`;
  }
  return `${name} has no record`;
}
