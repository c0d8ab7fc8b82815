import { isoWeek } from '../model/calendar.ts';
import type { StreakCheck } from '../model/policy.ts';
import type { CalendarDay } from '../model/streakView.ts';
import { markSpoilt } from './bucketDetail.ts';
import { bucketsOf } from './buckets.ts';
import type { CheckContext } from './context.ts';
import { openHistory } from './history.ts';
import { readRows, type StreakRows } from './streakRows.ts';

/** Weeks that a calendar goes back at most, the running one included. */
export const mostWeeks = 18;

/** From the least to what counts most where several stand on one day. */
const order = ['none', 'not-run', 'ignored', 'pass', 'untrusted', 'fail'] as const;
type Mark = (typeof order)[number];

/**
 * Each day as a streak sees it, from the Monday of the week of the oldest row in view to today; undefined if nothing is
 * known of the log. Days are days of the policy's zone.
 */
export function daysOf(check: StreakCheck, context: CheckContext): readonly CalendarDay[] | undefined {
  const opened = openHistory(check.of, check.where, context);
  if ('judgement' in opened) return undefined;
  const { history } = opened;
  const rows = readRows(check, history, context);
  const buckets = bucketsOf('day', context.policy.timezone, history.timeKind);
  const today = buckets.of(history.end);
  const first = mondayOf(today) - 7 * (mostWeeks - 1);
  const marks = new Array<Mark>(today - first + 1).fill('none');
  const mark = (day: number, state: Mark): void => {
    const before = marks[day - first];
    if (before !== undefined && order.indexOf(state) > order.indexOf(before)) marks[day - first] = state;
  };
  markSpoilt(rows, buckets, { first, count: marks.length }).forEach((spoilt, index) => {
    if (spoilt) mark(first + index, 'untrusted');
  });
  const { order: sequence } = history.judged;
  for (let index = sequence.length - 1; index >= 0; index -= 1) {
    const row = sequence[index] as number;
    const day = buckets.of(history.table.time(row));
    // One day of slack: clocks set back over midnight show a day, the day before it, and the day again.
    if (day < first - 1) break;
    mark(Math.min(day, today), markOf(rows, row));
  }
  const oldest = marks.findIndex((state) => state !== 'none');
  const start = oldest < 0 ? mondayOf(today) : mondayOf(first + oldest);
  return marks.slice(start - first).map((state, index) => ({
    day: buckets.name(start + index),
    state: state === 'ignored' ? 'untrusted' : state,
  }));
}

/** A row that is not trusted and would only help is ignored; it is shown where nothing else stands on its day. */
function markOf(rows: StreakRows, row: number): Mark {
  switch (rows.stateOf(row)) {
    case 'good':
      return 'pass';
    case 'bad':
      return 'fail';
    case 'spoilt':
      return 'untrusted';
    case 'aside':
      return rows.history.judged.untrusted(row) === undefined ? 'not-run' : 'ignored';
  }
}

function mondayOf(day: number): number {
  return isoWeek(day) * 7 - 3;
}
