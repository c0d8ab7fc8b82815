import type { RowFlaw } from '../../model/log.ts';
import type { LogSpec } from '../../model/policy.ts';
import type { LogShape } from './logShape.ts';
import { isConflictMarker } from './loose.ts';
import { type LocalToInstant, readRowTime } from './rowTime.ts';

/** A row as either reader gives it: `text` is the plain text of a cell, undefined if the reader cannot tell. */
export interface LogRow {
  line: number;
  source: string;
  cells: number;
  text(cell: number): string | undefined;
  closed: boolean;
  terminated: boolean;
}

export interface ReadRow {
  /** NaN if it cannot be read. */
  time: number;
  /** Plain texts of the kept columns. */
  cells: (string | undefined)[];
  flaw: RowFlaw | undefined;
}

export interface RowContext {
  spec: LogSpec;
  localToInstant: LocalToInstant;
}

/** Reads a row of the log by its header; undefined if a cell that is needed cannot be told. */
export function readLogRow(row: LogRow, shape: LogShape, context: RowContext): ReadRow | undefined {
  if (isConflictMarker(row.source)) return { time: Number.NaN, cells: [], flaw: 'log.conflict-marker' };
  const torn = isTorn(row, shape);
  // The last cell of a torn row may be cut short, so it is not read.
  const whole = torn ? row.cells - 1 : row.cells;
  const text = (cell: number) => (cell < whole ? row.text(cell) : '');
  const timeText = text(shape.time);
  const cells = shape.kept.map(text);
  if (timeText === undefined || cells.includes(undefined)) return undefined;
  // Two rows run together make one with too many cells and two times; neither may then stand for the row.
  const twofold = row.cells > shape.header.length && findTime(row, shape.time, context) !== undefined;
  const time = twofold ? Number.NaN : readRowTime(timeText, context.spec.time, context.localToInstant);
  return { time, cells, flaw: flawOf(row, shape, torn, time) };
}

/** The first cell that reads as a time, but for the one left out. */
export function findTime(
  row: LogRow,
  leaveOut: number,
  { spec, localToInstant }: RowContext,
): number | undefined {
  for (let cell = 0; cell < row.cells; cell++) {
    const time =
      cell === leaveOut ? Number.NaN : readRowTime(row.text(cell) ?? '', spec.time, localToInstant);
    if (!Number.isNaN(time)) return time;
  }
  return undefined;
}

export function flawMessage(flaw: RowFlaw, row: LogRow, shape: LogShape): string {
  switch (flaw) {
    case 'log.conflict-marker':
      return 'a merge conflict marker stands in the log';
    case 'log.malformed-row':
      return `the row has ${row.cells} cells, its header ${shape.header.length}`;
    case 'log.time-unreadable':
      return `the time \`${row.text(shape.time) ?? ''}\` cannot be read`;
    case 'log.torn-row':
      return 'the last row is not whole';
    case 'log.unknown-line':
      return 'the line stands inside the table, but is no row';
  }
}

function flawOf(row: LogRow, shape: LogShape, torn: boolean, time: number): RowFlaw | undefined {
  if (torn) return 'log.torn-row';
  if (row.cells !== shape.header.length) {
    return shape.header.length > 1 && !row.source.includes('|') ? 'log.unknown-line' : 'log.malformed-row';
  }
  return Number.isNaN(time) ? 'log.time-unreadable' : undefined;
}

/** A last line without line end that lacks its closing pipe or a cell: its writer died. */
function isTorn(row: LogRow, shape: LogShape): boolean {
  return !row.terminated && ((shape.closed && !row.closed) || row.cells < shape.header.length);
}
