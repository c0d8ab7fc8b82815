import { formatInstant, type Instant } from '../model/instant.ts';
import type { StreakCheck } from '../model/policy.ts';
import type { Due } from '../model/streakView.ts';
import { foldBuckets } from './bucketFold.ts';
import type { CheckContext } from './context.ts';
import { openHistory } from './history.ts';
import { choose, readTail } from './streakRecords.ts';
import { readRows, type StreakRows } from './streakRows.ts';

/** What the running bucket, or the next record, still needs; undefined if nothing is known of the log. */
export function dueOf(check: StreakCheck, context: CheckContext): Due | undefined {
  const opened = openHistory(check.of, check.where, context);
  if ('judgement' in opened) return undefined;
  const { history } = opened;
  const { per } = check;
  if (history.timeKind === 'date' && (per === 'record' || per === 'hour')) return undefined;
  const rows = readRows(check, history, context);
  const due = per === 'record' ? nextRecord(check, rows) : thisBucket({ ...check, per }, rows, context);
  return { ...due, adjective: history.adjective };
}

type Part = Omit<Due, 'adjective'>;

function thisBucket(
  check: StreakCheck & { per: 'day' | 'hour' | 'week' },
  rows: StreakRows,
  context: CheckContext,
): Part {
  const { buckets, today, held, spoiltTo } = foldBuckets(check, rows, context);
  const next = buckets.start(today + 1);
  const found = held.get(today);
  if (found?.bad !== undefined || spoiltTo >= today) return { what: 'lost', from: formatInstant(next) };
  if (found?.good === undefined) return { what: 'record', before: formatInstant(next) };
  return { what: 'done', from: formatInstant(next), before: formatInstant(buckets.start(today + 2)) };
}

/**
 * A record is due before the newest is older than `maxGap`; it counts `minGap` after the last that counts. At the very
 * end of `maxGap` one would still do; nobody is told to count on it.
 */
function nextRecord(check: StreakCheck, rows: StreakRows): Part {
  const { now } = rows.history;
  const { newest, bad, run, spoiltTo } = readTail(check, rows);
  const before: Instant = (newest?.time ?? 0) + (check.maxGap ?? 0);
  if (!newest || bad || spoiltTo >= newest.time || before <= now) return { what: 'record' };
  const { last } = choose(check, rows, run);
  const from = last === undefined ? now : Math.max(now, last + (check.minGap ?? 0));
  return { what: from > now ? 'done' : 'record', from: formatInstant(from), before: formatInstant(before) };
}
