import { formatDuration, formatInstant, type Instant } from '../model/instant.ts';
import type { QuietCheck } from '../model/policy.ts';
import type { CheckMember, Judgement } from './context.ts';
import {
  cellsStand,
  citeRows,
  type History,
  nameRow,
  openHistory,
  placeOf,
  refuseDates,
  timeOf,
  unknown,
  wholeSeconds,
} from './history.ts';
import { putOff, type Timeless } from './log.ts';
import { inline, nameOf } from './streak.ts';
import { rowTest } from './views.ts';

/** `quiet`: no incident in a window, and somebody was watching through the whole of it (semantics section 6). */
export const quiet: CheckMember<'quiet'> = {
  judge(check, context) {
    const log = openHistory(check.of, undefined, context);
    const heartbeat = openHistory(check.heartbeat, undefined, context);
    const frame = { required: wholeSeconds(check.within), unit: 'seconds' };
    if ('judgement' in log) return { ...log.judgement, ...frame };
    const refused = refuseDates(log.history);
    if (refused) return { ...refused, ...frame };
    const incidents = readIncidents(check, log.history);
    const watch =
      'judgement' in heartbeat
        ? heartbeat.judgement
        : (refuseDates(heartbeat.history) ?? readWatch(check, heartbeat.history));
    return { ...decide(check, incidents, watch), ...frame };
  },
  words(check) {
    const what = check.incident === undefined ? 'row' : `row fulfilling ${inline(check.incident)}`;
    const watch = `while ${nameOf(check.heartbeat)} has no gap above ${formatDuration(check.maxGap)}`;
    return `no ${what} in ${nameOf(check.of)} for ${formatDuration(check.within)}, ${watch}`;
  },
};

interface Incidents {
  history: History;
  /** The first incident in the window and the last of all. */
  first?: number;
  last?: { row: number; time: Instant };
  count: number;
  /** The time of the last cannot be read and no later row bounds it: it stays in every window until it is mended. */
  open: boolean;
  /** The rows that are incidents and whose time cannot be read. */
  timeless: readonly Timeless[];
}

interface Watch {
  history: History;
  /** When the unbroken tail of heartbeats began and when the newest was; undefined without any. */
  tail?: { start: Instant; last: Instant; first: number; newest: number };
}

/**
 * INVARIANT: whatever is not known to be harmless is an incident: a row that cannot be read, one with a cell that
 * decides and is empty or ill-typed, and one dated after now.
 */
function readIncidents(check: QuietCheck, history: History): Incidents {
  const { judged, table, qualifies, now } = history;
  const incident = check.incident === undefined ? () => true : rowTest(check.incident);
  const found: Incidents = { history, count: 0, open: false, timeless: [] };
  const start = now - check.within;
  const harmless = (row: number): boolean => {
    const code = judged.untrusted(row);
    if (code === undefined && table.duplicate(row)) return true;
    if (code !== undefined && !cellsStand(code)) return false;
    return qualifies(table, row) === false || incident(table, row) === false;
  };
  const note = (row: number, time: Instant): void => {
    if (time <= start) return;
    found.count += 1;
    found.first ??= row;
    if (time >= (found.last?.time ?? time)) found.last = { row, time };
  };
  const { order } = judged;
  // Walking back from the newest: what is older than the window does not matter.
  const inside: number[] = [];
  for (let index = order.length - 1; index >= 0; index -= 1) {
    const row = order[index] as number;
    if (table.time(row) <= start) break;
    if (!harmless(row)) inside.push(row);
  }
  for (const row of inside.reverse()) note(row, table.time(row));
  found.timeless = judged.timeless.filter(({ row }) => !harmless(row));
  for (const { row, to, open } of found.timeless) {
    found.open ||= open;
    note(row, to);
  }
  return found;
}

/**
 * The tail of heartbeats without a gap above `maxGap`, back to the first that covers the window. A heartbeat that
 * cannot be trusted shows nothing.
 */
function readWatch(check: QuietCheck, history: History): Watch {
  const { judged, table, qualifies } = history;
  const { order } = judged;
  const watch: Watch = { history };
  for (let index = order.length - 1; index >= 0; index -= 1) {
    const row = order[index] as number;
    if (judged.untrusted(row) !== undefined || qualifies(table, row) !== true) continue;
    const time = timeOf(history, row);
    watch.tail ??= { start: time, last: time, first: row, newest: row };
    const { tail } = watch;
    if (tail.start - time > check.maxGap) break;
    tail.start = time;
    tail.first = row;
    if (time <= history.now - check.within) break;
  }
  return watch;
}

/** An incident in the window contradicts the rule whether or not somebody watched. */
function decide(check: QuietCheck, incidents: Incidents, watch: Watch | Judgement): Judgement {
  const { now } = incidents.history;
  const tail = 'outcome' in watch ? undefined : watch.tail;
  const unbroken = tail && now - tail.last <= check.maxGap ? tail : undefined;
  const watched = (unbroken?.start ?? now) + check.within;
  if (incidents.last) return disturbed(check, { ...incidents, last: incidents.last }, Math.max(now, watched));
  if ('outcome' in watch) return watch;
  const { history } = watch;
  if (!tail) {
    return unknown('log.empty', `the heartbeat \`${history.name}\` has no record`, [
      { evidence: history.id },
    ]);
  }
  if (!unbroken) {
    const message = `nobody was watching for more than ${formatDuration(check.maxGap)}: the newest heartbeat is ${nameRow(history, tail.newest)}`;
    const todo = `record now; the window of ${formatDuration(check.within)} begins again`;
    return {
      ...unknown('quiet.stale', message, citeRows(history, tail.newest)),
      observed: 0,
      earliest: watched,
      todo,
    };
  }
  return unbroken.start <= now - check.within
    ? kept(check, incidents.history, { history, tail: unbroken })
    : unwatched(check, { history, tail: unbroken });
}

type Tailed = Watch & Required<Pick<Watch, 'tail'>>;

function disturbed(
  check: QuietCheck,
  { history, last, first, count, open, timeless }: Incidents & Required<Pick<Incidents, 'last'>>,
  watched: Instant,
): Judgement {
  const code = history.judged.untrusted(last.row);
  const what = code === undefined ? '' : ', which cannot be read or trusted and counts as one';
  const more = count === 1 ? '' : `, the last of ${count}`;
  const past = putOff(Math.max(watched, last.time + check.within), timeless, (to) => to + check.within);
  return {
    outcome: 'fail',
    code: 'quiet.incident',
    message: `an incident lies in the last ${formatDuration(check.within)}: ${nameRow(history, last.row)}${more}${what}`,
    observed: Math.max(0, wholeSeconds(history.now - last.time)),
    // An incident without a time and without a later row stays the newest thing known: time does not heal it.
    ...(open ? {} : { earliest: past }),
    cites: citeRows(history, first, last.row),
    todo:
      code === undefined
        ? `close the incident and keep the heartbeat until ${formatInstant(past)}, when the window is past it`
        : `mend the row ${placeOf(history, last.row)}`,
  };
}

function kept(check: QuietCheck, incidents: History, { history, tail }: Tailed): Judgement {
  const start = formatInstant(history.now - check.within);
  return {
    outcome: 'pass',
    code: 'quiet.kept',
    message: `no incident in \`${incidents.name}\` since ${start}, watched by \`${history.name}\` all the time`,
    observed: wholeSeconds(check.within),
    cites: [{ evidence: incidents.id }, ...citeRows(history, tail.newest)],
    validUntil: tail.last + check.maxGap,
  };
}

function unwatched(check: QuietCheck, { history, tail }: Tailed): Judgement {
  const earliest = tail.start + check.within;
  const since = `\`${history.name}\` is unbroken only since ${nameRow(history, tail.first)}`;
  return {
    outcome: 'pending',
    code: 'quiet.heartbeat-short',
    message: `no incident, but ${since}; ${formatDuration(check.within)} are required`,
    observed: Math.max(0, wholeSeconds(history.now - tail.start)),
    earliest,
    cites: citeRows(history, tail.first, tail.newest),
    todo: `record at least every ${formatDuration(check.maxGap)} until ${formatInstant(earliest)}`,
  };
}
