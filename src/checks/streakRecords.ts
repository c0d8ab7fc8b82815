import { formatDuration, formatInstant, type Instant } from '../model/instant.ts';
import type { StreakCheck } from '../model/policy.ts';
import type { Judgement } from './context.ts';
import { citeRows, distrust, nameRow, placeOf, timeOf, unknown } from './history.ts';
import { putOff } from './log.ts';
import type { StreakRows } from './streakRows.ts';

/** The tail of good records, and what stands before it. Times are instants at which rows count. */
interface Tail {
  /** The newest record that qualifies and can be trusted. */
  newest?: { row: number; time: Instant };
  /** The first bad record at the newest time, and its own time, which may be a little ahead. */
  bad?: { row: number; own: Instant };
  /** Rows of the good records, newest first. */
  run: number[];
  /** What ended the run. */
  before?: { row: number; why: 'bad' | 'gap' };
  spoiltTo: Instant;
  spoiltBy?: number;
}

/**
 * Streaks per record. A gap above `maxGap` is a missing record: it ends the run as a missing day does, and after it
 * the newest record is stale.
 */
export function judgeRecords(check: StreakCheck, rows: StreakRows): Judgement {
  const tail = readTail(check, rows);
  return { ...decide(check, rows, tail), required: check.atLeast, unit: 'records' };
}

/** The earliest pass if the phase were entered now. */
export function earliestOfRecords(check: StreakCheck, rows: StreakRows): Instant {
  return earliestOf(check, rows, readTail(check, rows));
}

/** The newest records that may count, back to what ends them. */
export function readTail(check: StreakCheck, rows: StreakRows): Tail {
  const { history } = rows;
  const { order } = history.judged;
  const tail: Tail = { run: [], spoiltTo: Number.NEGATIVE_INFINITY };
  for (const { row, to } of rows.spoilt) spoil(tail, row, to);
  for (let index = order.length - 1; index >= 0; index -= 1) {
    const row = order[index] as number;
    const state = rows.stateOf(row);
    if (state === 'spoilt') {
      spoil(tail, row, history.table.time(row));
      dropFrom(rows, tail, tail.spoiltTo);
    }
    if (state !== 'good' && state !== 'bad') continue;
    if (!takeRecord(check, rows, tail, { row, state, time: timeOf(history, row) })) break;
  }
  return tail;
}

function spoil(tail: Tail, row: number, time: Instant): void {
  if (time <= tail.spoiltTo) return;
  tail.spoiltTo = time;
  tail.spoiltBy = row;
}

/** Takes out the oldest records of the run up to a time: the same time with different results counts as the worse. */
function dropFrom({ history }: StreakRows, { run }: Tail, time: Instant): void {
  while (run.length > 0 && timeOf(history, run.at(-1) as number) <= time) run.pop();
}

/** Takes the next older record into the run; false if the run ends there. */
function takeRecord(
  check: StreakCheck,
  rows: StreakRows,
  tail: Tail,
  { row, state, time }: { row: number; state: 'good' | 'bad'; time: Instant },
): boolean {
  tail.newest ??= { row, time };
  if (state === 'bad' && time === tail.newest.time) {
    // Walking back, the row kept is the first breach.
    tail.bad = { row, own: Math.max(rows.history.table.time(row), tail.bad?.own ?? time) };
    return true;
  }
  if (tail.bad) return time === tail.newest.time;
  if (state === 'bad') {
    dropFrom(rows, tail, time);
    tail.before = { row, why: 'bad' };
    return false;
  }
  if (time <= tail.spoiltTo) return false;
  const later = tail.run.at(-1);
  if (later !== undefined && timeOf(rows.history, later) - time > (check.maxGap ?? 0)) {
    tail.before = { row, why: 'gap' };
    return false;
  }
  tail.run.push(row);
  return true;
}

/** How many records count, `minGap` apart from one another, the oldest first; and the time of the last that counts. */
export function choose(
  check: StreakCheck,
  { history }: StreakRows,
  run: readonly number[],
): { count: number; last: Instant | undefined } {
  const apart = check.minGap ?? 0;
  let count = 0;
  let last: Instant | undefined;
  for (let index = run.length - 1; index >= 0; index -= 1) {
    const time = timeOf(history, run[index] as number);
    if (last !== undefined && time - last < apart) continue;
    count += 1;
    last = time;
  }
  return { count, last };
}

/**
 * The first record of the rest is due at once, or `minGap` after the last one that counts; the others follow in steps
 * of `minGap`. A record at the very time of a bad one would count as bad.
 */
function earliestOf(check: StreakCheck, rows: StreakRows, { newest, bad, run, spoiltTo }: Tail): Instant {
  const { now } = rows.history;
  const step = check.minGap ?? 0;
  const alive = newest && !bad && spoiltTo < newest.time && isFresh(check, newest.time, now);
  // A record that counts at `now` because it is a little ahead gives nothing that a new record would not give.
  const past = alive ? run.filter((row) => timeOf(rows.history, row) < now) : [];
  const { count, last } = choose(check, rows, past);
  if (alive && choose(check, rows, run).count >= check.atLeast) return now;
  const blocked = Math.max(bad?.own ?? Number.NEGATIVE_INFINITY, spoiltTo) + 1;
  const next = Math.max(now, blocked, last === undefined ? now : last + step);
  const earliest = next + Math.max(0, check.atLeast - count - 1) * step;
  // Such a row takes every record before it out of the count.
  return putOff(earliest, rows.spoiltAhead, (to) => to + 1 + (check.atLeast - 1) * step);
}

function isFresh(check: StreakCheck, newest: Instant, now: Instant): boolean {
  return now - newest <= (check.maxGap ?? 0);
}

function decide(check: StreakCheck, rows: StreakRows, tail: Tail): Judgement {
  const { history } = rows;
  const { newest, bad, spoiltTo, spoiltBy } = tail;
  if (newest && bad) {
    return {
      outcome: 'fail',
      code: 'streak.broken',
      message: `the newest record is not good: ${nameRow(history, bad.row)}: ${rows.whyBad(bad.row)}`,
      observed: 0,
      earliest: earliestOf(check, rows, tail),
      cites: citeRows(history, bad.row, newest.row),
      todo: 'mend the cause; the streak begins again with the next good record',
    };
  }
  if (spoiltBy !== undefined && (!newest || spoiltTo >= newest.time)) return spoilt(rows, spoiltBy);
  if (!newest) return unknown('log.empty', `\`${history.name}\` has no record`, [{ evidence: history.id }]);
  if (!isFresh(check, newest.time, history.now)) {
    const message = `the newest record is older than ${formatDuration(check.maxGap ?? 0)}: ${nameRow(history, newest.row)}`;
    const earliest = earliestOf(check, rows, tail);
    const todo = 'write a record now; the streak begins again';
    return {
      ...unknown('streak.stale', message, citeRows(history, newest.row)),
      observed: 0,
      earliest,
      todo,
    };
  }
  return count(check, rows, { ...tail, newest });
}

function spoilt({ history }: StreakRows, row: number): Judgement {
  const message = `the newest record cannot be judged: the row ${placeOf(history, row)} is not trusted (${distrust(history, row)})`;
  return {
    ...unknown('streak.untrusted', message, citeRows(history, row)),
    observed: 0,
    todo: `mend the row ${placeOf(history, row)}`,
  };
}

function count(check: StreakCheck, rows: StreakRows, tail: Tail & Required<Pick<Tail, 'newest'>>): Judgement {
  const { history } = rows;
  const observed = choose(check, rows, tail.run).count;
  const apart = check.minGap === undefined ? '' : ` at least ${formatDuration(check.minGap)} apart`;
  const so = `${observed} good ${observed === 1 ? 'record' : 'records'} in a row${apart}, ${check.atLeast} required`;
  if (observed >= check.atLeast) {
    return {
      outcome: 'pass',
      code: 'streak.kept',
      message: `${so}, in \`${history.name}\``,
      observed,
      cites: citeRows(history, tail.run.at(-1), tail.newest.row),
      validUntil: tail.newest.time + (check.maxGap ?? 0),
    };
  }
  const earliest = earliestOf(check, rows, tail);
  const missing = check.atLeast - observed;
  const records =
    missing === 1 ? `one ${history.adjective} record` : `${missing} ${history.adjective} records`;
  const when = earliest === history.now ? 'now' : `by ${formatInstant(earliest)} at the earliest`;
  return {
    outcome: 'pending',
    code: 'streak.short',
    message: `${so}; ${whyNotMore(check, rows, tail)}; ${records} more ${missing === 1 ? 'completes' : 'complete'} it, ${when}`,
    observed,
    earliest,
    cites: citeRows(history, tail.before?.row, tail.newest.row),
    todo: `write ${records}${apart}`,
  };
}

function whyNotMore(check: StreakCheck, { history }: StreakRows, { before, spoiltBy }: Tail): string {
  if (!before)
    return spoiltBy === undefined
      ? 'the log has no more'
      : `the row ${placeOf(history, spoiltBy)} before them is not trusted`;
  switch (before.why) {
    case 'bad':
      return `the record before them is not good (${placeOf(history, before.row)})`;
    case 'gap':
      return `more than ${formatDuration(check.maxGap ?? 0)} lie between them and the record before (${placeOf(history, before.row)})`;
  }
}
