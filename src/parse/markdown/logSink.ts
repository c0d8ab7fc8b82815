import type { ReasonCode } from '../../model/reasons.ts';
import { createTakeRows, type TakeRows } from './cleanRows.ts';
import type { LogBuilder } from './logBuilder.ts';
import { findTime, flawMessage, type LogRow, readLogRow, type RowContext } from './logRow.ts';
import { type LogShape, shapeOf, type ShapeResult } from './logShape.ts';
import { isConflictMarker, judgeLoose } from './loose.ts';
import type { LooseLine } from './reading.ts';
import type { Cursor } from './scan.ts';

export interface LogContext extends RowContext {
  /** Columns whose cells are kept. */
  names: readonly string[];
  builder: LogBuilder;
}

/** One file of the log; `textOf` gives the plain text of a raw cell, or undefined if it cannot. */
export interface LogPlace {
  path: string;
  file: number;
  textOf(raw: string): string | undefined;
}

export interface TableHeader {
  line: number;
  cells: readonly string[];
  /** The line ends with a pipe. */
  closed: boolean;
}

/** Takes what a reader finds in one file, line by line, and adds the rows of the log to the builder. */
export interface LogSink {
  heading(text: string): void;
  table(header: TableHeader): void;
  /** False if a cell cannot be told. */
  row(row: LogRow): boolean;
  loose(loose: LooseLine, row: LogRow): boolean;
  takeRows(text: string, view: DataView, cursor: Cursor): void;
  /** Why the file holds no such log; undefined if it does. */
  missing(): { code: ReasonCode; message: string; line?: number } | undefined;
}

interface SinkState {
  inSection: boolean;
  /** The last table of the section, if it is one of the log. */
  own: { shape: LogShape; take: TakeRows } | undefined;
  /** Whether the lines being read are rows of the log, and how. */
  mode: 'off' | 'table' | 'detached';
  /** The table in hand has a record for its header: a delimiter row was slipped in under it. */
  stray: boolean;
  found: boolean;
  /** The first table of the section that lacks a column. */
  wanting: { line: number; failure: Extract<ShapeResult, { ok: false }> } | undefined;
  lastDetached: number;
}

export function createLogSink(context: LogContext, place: LogPlace): LogSink {
  const state: SinkState = {
    inSection: false,
    own: undefined,
    mode: 'off',
    stray: false,
    found: false,
    wanting: undefined,
    lastDetached: 0,
  };
  const takers = new Map<string, TakeRows>();
  return {
    heading(text) {
      state.inSection = text === context.spec.table;
      state.own = undefined;
      state.mode = 'off';
    },
    table(header) {
      state.mode = 'off';
      state.own = undefined;
      state.stray = false;
      const result = shapeOf(header.cells, header.closed, context);
      if (!result.ok) takeStray(context, place, state, header);
      if (!state.inSection) return;
      if (!result.ok) {
        state.wanting ??= { line: header.line, failure: result };
        return;
      }
      state.found = true;
      state.mode = 'table';
      // Tables of one header share what was learned of their rows.
      const key = JSON.stringify(header.cells);
      const take = takers.get(key) ?? createTakeRows(result.shape, context, (raw) => place.textOf(raw));
      takers.set(key, take);
      state.own = { shape: result.shape, take };
    },
    row(row) {
      if (state.own) return addRow(context, place, row, state.own.shape);
      if (state.stray) addUnknown(context, place, row, false);
      return true;
    },
    loose: (loose, row) => takeLoose(context, place, state, { loose, row }),
    takeRows(text, view, cursor) {
      if (state.mode === 'off') return;
      state.own?.take(text, view, cursor, place.file);
      if (state.mode === 'detached') state.lastDetached = cursor.line - 1;
    },
    missing: () => whyMissing(state, place, context),
  };
}

function takeLoose(
  context: LogContext,
  place: LogPlace,
  state: SinkState,
  { loose, row }: { loose: LooseLine; row: LogRow },
): boolean {
  const shape = state.own?.shape;
  const kind = judgeLoose(loose, shape);
  state.mode = kind === 'detached' ? 'detached' : 'off';
  switch (kind) {
    case 'detached': {
      const message = 'rows are cut off from their table; they were read';
      if (state.lastDetached !== row.line - 1)
        note(context, place, { code: 'log.detached-rows', line: row.line, message });
      state.lastDetached = row.line;
      return shape !== undefined && addRow(context, place, row, shape);
    }
    case 'unknown':
      addUnknown(context, place, row, shape !== undefined || isConflictMarker(loose.source));
      return true;
    case 'prose':
      return true;
  }
}

function takeStray(
  context: LogContext,
  place: LogPlace,
  state: SinkState,
  { line, cells }: TableHeader,
): void {
  const row = {
    line,
    source: '',
    cells: cells.length,
    text: (cell: number) => cells[cell],
    closed: true,
    terminated: true,
  };
  state.stray = findTime(row, -1, context) !== undefined;
  if (state.stray) addUnknown(context, place, row, false);
}

function addRow(context: LogContext, place: LogPlace, row: LogRow, shape: LogShape): boolean {
  const read = readLogRow(row, shape, context);
  if (!read) return false;
  const { builder } = context;
  builder.startRun(place.file, row.line);
  builder.add(read.time, builder.patternOf(read.cells), read.flaw);
  if (read.flaw)
    note(context, place, { code: read.flaw, line: row.line, message: flawMessage(read.flaw, row, shape) });
  return true;
}

/**
 * A line that looks like a row. After a table of the log it is one of unknown time. Elsewhere it is one if it holds a
 * time: a record under a heading that was slipped in must not be lost silently.
 */
function addUnknown(context: LogContext, place: LogPlace, row: LogRow, after: boolean): void {
  const { builder } = context;
  const conflict = isConflictMarker(row.source);
  const code = conflict ? 'log.conflict-marker' : 'log.unknown-line';
  const message = conflict
    ? 'a merge conflict marker stands in the log'
    : 'the line looks like a row, but belongs to no table';
  note(context, place, { code, line: row.line, message });
  const time = after ? Number.NaN : findTime(row, -1, context);
  if (time === undefined) return;
  builder.startRun(place.file, row.line);
  builder.add(time, builder.patternOf([]), code);
}

function note(
  { builder }: LogContext,
  { path }: LogPlace,
  { code, line, message }: { code: ReasonCode; line: number; message: string },
): void {
  builder.findings.add({ code, path, line, message });
}

function whyMissing(
  { found, wanting }: SinkState,
  { path }: LogPlace,
  { spec }: LogContext,
): ReturnType<LogSink['missing']> {
  if (found) return undefined;
  if (!wanting)
    return { code: 'log.no-table', message: `\`${path}\` has no table under the heading \`${spec.table}\`` };
  const { column, times } = wanting.failure;
  const message =
    times === 0
      ? `the table has no column \`${column}\``
      : `the table has the column \`${column}\` ${times} times`;
  return { code: 'log.missing-column', message, line: wanting.line };
}
