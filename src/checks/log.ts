import { dayOf, startOfDay } from '../model/calendar.ts';
import type { Finding } from '../model/evidence.ts';
import { clockTolerance, day, formatInstant, type Instant } from '../model/instant.ts';
import type { LogContent } from '../model/log.ts';
import type { ReasonCode } from '../model/reasons.ts';

/**
 * A log held against one instant (semantics section 8). All times are in the unit of `LogTable.time`: instants, or for
 * `kind: date` logs day numbers times 86,400,000.
 */
export interface JudgedLog {
  content: LogContent;
  /** Row numbers in view, in time order (equal times in file order); rows whose time cannot be read are not among them. */
  order: readonly number[] | Uint32Array;
  /** Every row in view can be trusted and repeats none. */
  plain: boolean;
  /** Why a row cannot be trusted; undefined if it can. */
  untrusted(row: number): ReasonCode | undefined;
  /** Rows whose time cannot be read, each with the span between its neighbours' times that it may lie in. */
  timeless: readonly Timeless[];
  findings: readonly Finding[];
}

export interface Timeless {
  row: number;
  /** Negative infinity if no row that can be trusted stands before it. */
  from: Instant;
  to: Instant;
  /** No row that can be trusted follows, so `to` is the instant of evaluation and grows with it. */
  open: boolean;
  /** A future row that follows it: once that is in view, the span reaches to it. */
  ahead?: Ahead;
}

export interface Ahead {
  /** The time of the row, and the instant at which it is in view. */
  to: number;
  since: Instant;
}

/** An earliest pass, put off where a span reaches further before it comes: `until` gives the pass behind such an end. */
export function putOff(
  earliest: Instant,
  timeless: readonly Timeless[],
  until: (to: number) => Instant,
): Instant {
  return timeless
    .flatMap(({ ahead }) => ahead ?? [])
    .sort((a, b) => a.since - b.since)
    .reduce((so, { to, since }) => (since <= so ? Math.max(so, until(to)) : so), earliest);
}

export interface View {
  now: Instant;
  /** Looking back: rows after `now` are out of view instead of findings. */
  asOf: boolean;
  /** The policy's zone, for logs whose rows are dated by days. */
  zone: string;
}

/** More findings of one kind than this are counted in one last finding: a verdict must stay readable. */
const mostFindings = 1000;

/** Judges trust, order and view of every row. One pass; sorts only where the file is not in order of time. */
export function judgeLog(evidence: string, content: LogContent, view: View): JudgedLog {
  const { table } = content;
  const scan = newScan(content, view);
  const rowAt = sequenceOf(content);
  for (let index = takeSteady(scan, rowAt); index < table.rows; index += 1) {
    const row = rowAt(index);
    const time = table.time(row);
    if (Number.isNaN(time)) meetTimeless(scan, row);
    else meetRow(scan, row, time);
  }
  for (const span of scan.open) span.to = Math.max(scan.end, scan.greatest);
  const { reasons } = scan;
  return {
    content,
    order: inTimeOrder(scan),
    plain: table.steady && reasons.size === 0,
    untrusted: reasons.size === 0 ? () => undefined : (row) => reasons.get(row),
    timeless: scan.timeless,
    findings: findingsOf(evidence, scan),
  };
}

interface Scan {
  content: LogContent;
  asOf: boolean;
  /** The last time that is not future; and the instant of evaluation in the same unit. */
  limit: number;
  end: number;
  /** The instant from which a row of this time is no future row. */
  inView(time: number): Instant;
  order: Uint32Array;
  count: number;
  sorted: boolean;
  newestSeen: number;
  /** The greatest time of a row that can be trusted, and the time of the last such row. */
  greatest: number;
  previous: number;
  /** The last row without a flaw was out of view, and with it what follows and has no time of its own. */
  outOfView: boolean;
  reasons: Map<number, ReasonCode>;
  timeless: Timeless[];
  /** Spans without an end yet, and those of them that have met no later row at all. */
  open: Timeless[];
  fresh: Timeless[];
  future: number[];
  unordered: number[];
}

function newScan(content: LogContent, { now, asOf, zone }: View): Scan {
  const unit = (instant: Instant) => (content.timeKind === 'date' ? dayOf(zone, instant) * day : instant);
  return {
    content,
    asOf,
    limit: unit(asOf ? now : now + clockTolerance),
    end: unit(now),
    inView: (time) => (content.timeKind === 'date' ? startOfDay(zone, time / day) : time) - clockTolerance,
    order: new Uint32Array(content.table.rows),
    count: 0,
    sorted: true,
    newestSeen: Number.NEGATIVE_INFINITY,
    greatest: Number.NEGATIVE_INFINITY,
    previous: Number.NEGATIVE_INFINITY,
    outOfView: false,
    reasons: new Map(),
    timeless: [],
    open: [],
    fresh: [],
    future: [],
    unordered: [],
  };
}

/**
 * Takes all rows that are in view and not ahead, if the log is steady, as a good one is. Says how many. INVARIANT:
 * `meetRow` would do the same with each.
 */
function takeSteady(scan: Scan, rowAt: (index: number) => number): number {
  const { content, order, limit } = scan;
  const { table } = content;
  let count = table.steady ? table.rows : 0;
  while (count > 0 && table.time(rowAt(count - 1)) > limit) count -= 1;
  if (count === 0) return 0;
  for (let index = 0; index < count; index += 1) order[index] = rowAt(index);
  const greatest = table.time(rowAt(count - 1));
  Object.assign(scan, { count, greatest, newestSeen: greatest, previous: greatest });
  return count;
}

function meetRow(scan: Scan, row: number, time: number): void {
  const flaw = scan.content.table.flaw(row);
  const future = time > scan.limit;
  if (flaw === undefined) scan.outOfView = future && scan.asOf;
  if (future && scan.asOf) return;
  scan.order[scan.count] = row;
  scan.count += 1;
  if (time < scan.newestSeen) scan.sorted = false;
  else scan.newestSeen = time;
  if (flaw !== undefined) {
    scan.reasons.set(row, flaw);
  } else if (future) {
    scan.reasons.set(row, 'log.future-row');
    scan.future.push(row);
    for (const span of scan.open) span.ahead ??= { to: time, since: scan.inView(time) };
  } else {
    meetTrusted(scan, row, time);
  }
}

function meetTrusted(scan: Scan, row: number, time: number): void {
  scan.previous = time;
  if (scan.fresh.length > 0) {
    for (const span of scan.fresh) span.from = Math.min(span.from, time);
    scan.fresh = [];
  }
  if (time >= scan.greatest) {
    scan.greatest = time;
    if (scan.open.length > 0) {
      for (const span of scan.open) {
        span.to = time;
        span.open = false;
      }
      scan.open = [];
    }
  } else if (!scan.content.table.duplicate(row)) {
    // A repeated row is reported as such by the reader and counts once.
    scan.unordered.push(row);
  }
}

/**
 * A row whose time cannot be read lies between its neighbours. Where they are themselves out of order, the span is
 * widened to the next row that is in order: wider can only hurt.
 */
function meetTimeless(scan: Scan, row: number): void {
  if (scan.outOfView) return;
  const span = { row, from: scan.previous, to: scan.end, open: true };
  scan.reasons.set(row, scan.content.table.flaw(row) ?? 'log.time-unreadable');
  scan.timeless.push(span);
  scan.open.push(span);
  scan.fresh.push(span);
}

/** Row numbers from the oldest place to the newest: a newest-first log is reversed file by file. */
function sequenceOf({ table, order, files }: LogContent): (index: number) => number {
  switch (order) {
    case 'oldest-first':
      return (index) => index;
    case 'newest-first': {
      const sequence = new Uint32Array(table.rows);
      let start = 0;
      for (const rows of [...files.map((file) => file.rows), table.rows]) {
        const end = Math.min(start + rows, table.rows);
        for (let index = start; index < end; index += 1) sequence[index] = start + end - 1 - index;
        start = end;
      }
      return (index) => sequence[index] ?? index;
    }
  }
}

function inTimeOrder({ content: { table }, order, count, sorted }: Scan): readonly number[] | Uint32Array {
  const rows = order.subarray(0, count);
  // Array.prototype.sort is stable and nearly linear where only a few rows are out of order.
  return sorted ? rows : Array.from(rows).sort((a, b) => table.time(a) - table.time(b));
}

function findingsOf(evidence: string, { content, future, unordered }: Scan): readonly Finding[] {
  const say = (row: number, code: ReasonCode, what: string): Finding => {
    const time = formatInstant(content.table.time(row));
    const shown = content.timeKind === 'date' ? time.slice(0, -10) : time;
    return { code, message: `the row is dated \`${shown}\`, ${what}`, evidence, ...content.table.at(row) };
  };
  return [
    ...listed(future, (row) => say(row, 'log.future-row', 'after the instant of evaluation')),
    ...listed(unordered, (row) => say(row, 'log.out-of-order', 'older than a row before it')),
  ];
}

function listed(rows: readonly number[], say: (row: number) => Finding): readonly Finding[] {
  const all = rows.slice(0, mostFindings).map(say);
  const last = all.at(-1);
  if (!last || rows.length <= mostFindings) return all;
  const { path: _path, line: _line, ...rest } = last;
  return [...all, { ...rest, message: `and ${rows.length - mostFindings} rows more` }];
}
