import { dayOf } from '../model/calendar.ts';
import { day, formatInstant, type Instant } from '../model/instant.ts';
import type { LogTable } from '../model/log.ts';
import type { LogRef } from '../model/policy.ts';
import type { Json } from '../model/json.ts';
import { reasonOf } from '../model/reasonOf.ts';
import type { ReasonCode } from '../model/reasons.ts';
import type { Citation } from '../model/verdict.ts';
import type { CheckContext, Judgement } from './context.ts';
import type { JudgedLog } from './log.ts';
import { type RowTest, rowTest, viewOf } from './views.ts';

/** A log as a check over time reads it. */
export interface History {
  id: string;
  /** As the policy names it: `smoke.strict`. */
  name: string;
  /** The word for one good row: `strict`, `good`. */
  adjective: string;
  judged: JudgedLog;
  table: LogTable;
  timeKind: 'instant' | 'date';
  /** Whether a row is meant at all: its view and `where`. */
  qualifies: RowTest;
  now: Instant;
  /** The instant of evaluation in the unit of the log's times. */
  end: number;
}

export type Opened = { history: History } | { judgement: Judgement };

/** Opens the log that a check names, or says why it cannot be judged: no log is unknown, never anything better. */
export function openHistory(of: LogRef, where: Json | undefined, context: CheckContext): Opened {
  const item = context.evidence(of.log);
  if (item.status === 'absent')
    return { judgement: unknown(item.code, item.message, [{ evidence: of.log }]) };
  const log = context.log(of.log);
  const spec = context.policy.evidence[of.log];
  if (!log || spec?.kind !== 'log') {
    return { judgement: unknown('evidence.undeclared', `\`${of.log}\` is no log`, [{ evidence: of.log }]) };
  }
  const { content, judged } = log;
  const { now, policy } = context;
  const end = content.timeKind === 'date' ? dayOf(policy.timezone, now) * day : now;
  const qualifies = bothTests(viewOf(spec, of.view), where === undefined ? undefined : rowTest(where));
  const name = of.view === undefined ? of.log : `${of.log}.${of.view}`;
  const { table } = content;
  const { timeKind } = content;
  return {
    history: { id: of.log, name, adjective: of.view ?? 'good', judged, table, timeKind, qualifies, now, end },
  };
}

/** Rows that name only their day serve day and week buckets and nothing else (semantics section 8). */
export function refuseDates(history: History): Judgement | undefined {
  if (history.timeKind === 'instant') return undefined;
  const message = `the rows of \`${history.id}\` have dates without times`;
  return unknown('log.date-only', message, [{ evidence: history.id }]);
}

/**
 * The time at which a row counts. A row up to five minutes ahead is no future row, since clocks differ; but no row
 * counts for a time that has not come, so until then it counts as written now.
 */
export function timeOf(history: History, row: number): number {
  return Math.min(history.table.time(row), history.end);
}

/**
 * Whether the cells of a row that is not trusted can be judged all the same: its time alone is wrong. Rows that are
 * torn or malformed may have their cells in the wrong columns.
 */
export function cellsStand(code: ReasonCode): boolean {
  return code === 'log.future-row' || code === 'log.time-unreadable';
}

export function citeRow({ id, judged, table }: History, row: number): Citation {
  const { path, line } = table.at(row);
  const file = judged.content.files.find((one) => one.path === path);
  if (file === undefined) return { evidence: id, path, line };
  return {
    evidence: id,
    path,
    line,
    get digest() {
      return file.digest;
    },
  };
}

/** Citations of some rows, each once, in the order given. */
export function citeRows(history: History, ...rows: readonly (number | undefined)[]): readonly Citation[] {
  const known = rows.filter((row): row is number => row !== undefined);
  return [...new Set(known)].map((row) => citeRow(history, row));
}

/** Where a row stands, for messages: `docs/audits/smoke-2026-02.md:31`. */
export function placeOf({ table }: History, row: number): string {
  const { path, line } = table.at(row);
  return `${path}:${line}`;
}

/** A row with its time, for messages. */
export function nameRow(history: History, row: number): string {
  const time = history.table.time(row);
  const place = placeOf(history, row);
  return Number.isNaN(time) ? place : `${place} of ${writeTime(history, time)}`;
}

/** Why a row is not trusted, for messages. */
export function distrust({ judged }: History, row: number): string {
  return reasonOf(judged.untrusted(row) ?? 'log.time-unreadable').meaning;
}

function writeTime({ timeKind }: History, time: number): string {
  const text = formatInstant(time);
  return timeKind === 'date' ? text.slice(0, -10) : text;
}

export function unknown(code: ReasonCode, message: string, cites: readonly Citation[]): Judgement {
  return { outcome: 'unknown', code, message, cites };
}

/** Whole seconds, cut off: what was observed is never rounded up. */
export function wholeSeconds(duration: number): number {
  return Math.floor(duration / 1000);
}

/** Kleene's `and` of two tests. */
function bothTests(first: RowTest, second: RowTest | undefined): RowTest {
  if (!second) return first;
  return (table, row) => {
    const a = first(table, row);
    if (a === false) return false;
    const b = second(table, row);
    return b === false ? false : a === true && b === true ? true : 'unknown';
  };
}
