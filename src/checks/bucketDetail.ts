import type { Detail } from '../model/verdict.ts';
import { type Bucket, type Fold, shown } from './bucketFold.ts';
import type { Buckets } from './buckets.ts';
import type { StreakRows } from './streakRows.ts';

/** The last buckets, oldest first: at least the run and what ended it, as far as they fit. */
export function detailOf(fold: Fold): Detail | undefined {
  const { check, today, newest, run, held, buckets, rows } = fold;
  if (newest === undefined) return undefined;
  const count = Math.min(shown, Math.max(check.atLeast, today - newest + run + 1));
  const first = today - count + 1;
  const spoiltHere = markSpoilt(rows, buckets, { first, count });
  const days = Array.from({ length: count }, (_, index) => {
    const bucket = first + index;
    const found = held.get(bucket);
    const row = found?.bad ?? found?.spoilt ?? found?.good;
    return {
      day: buckets.name(bucket),
      state: stateOf(found, { spoilt: spoiltHere[index] ?? false, open: bucket === today }),
      ...(row === undefined ? {} : { line: rows.history.table.at(row).line }),
    };
  });
  return { days };
}

type DayState = NonNullable<Detail['days']>[number]['state'];

function stateOf(bucket: Bucket | undefined, here: { spoilt: boolean; open: boolean }): DayState {
  if (bucket?.bad !== undefined) return 'bad';
  if (bucket?.spoilt !== undefined || here.spoilt) return 'untrusted';
  if (bucket?.good !== undefined) return 'good';
  return here.open ? 'today' : 'missing';
}

/** Marks the shown buckets that rows without a readable time touch; linear in the rows, however wide their spans. */
export function markSpoilt(
  rows: StreakRows,
  buckets: Buckets,
  { first, count }: { first: number; count: number },
): boolean[] {
  const change = new Array<number>(count + 1).fill(0);
  for (const { from, to } of rows.spoilt) {
    const start = Number.isFinite(from) ? Math.max(0, buckets.of(from) - first) : 0;
    const end = Math.min(count, buckets.of(to) - first + 1);
    if (start >= end) continue;
    change[start] = (change[start] ?? 0) + 1;
    change[end] = (change[end] ?? 0) - 1;
  }
  let open = 0;
  return change.slice(0, count).map((step) => (open += step) > 0);
}
