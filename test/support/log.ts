import { parseDate, parseInstant } from '../../src/model/instant.ts';
import type { Cell, LogContent, LogTable, RowFlaw, RowPattern } from '../../src/model/log.ts';

/** One row in plain words. `time` is an instant, RFC 3339 text, a date (`kind: date` logs), or anything else: unreadable. */
export interface PlainRow {
  time: number | string;
  cells?: Readonly<Record<string, Cell | undefined>>;
  flaw?: RowFlaw;
  illTyped?: readonly string[];
  /** Defaults to the position of the row plus 5, as under a heading, a header and a delimiter row. */
  line?: number;
  path?: string;
}

const digest = `sha256:${'0'.repeat(64)}`;
const defaultPath = 'docs/audits/log.md';

/**
 * Makes a `LogTable` out of plain rows, the way the reader of Markdown would: cells become patterns, a time that cannot
 * be read is NaN with its flaw, a row equal to an earlier one in time and every cell is a duplicate.
 */
export function tableOf(rows: readonly PlainRow[], order: LogContent['order'] = 'oldest-first'): LogTable {
  const patterns: RowPattern[] = [];
  const known = new Map<string, number>();
  const seen = new Set<string>();
  const made = rows.map((row, index) => {
    const time = timeOf(row.time);
    const cells = Object.entries(row.cells ?? {}).filter(([, value]) => value !== undefined && value !== '');
    const words = cells.map(([name, value]) => `${name}\u0000${typeof value}\u0000${value}`);
    const key = [...words, ...(row.illTyped ?? [])].join('\u0001');
    const pattern = known.get(key) ?? patterns.length;
    if (pattern === patterns.length) {
      known.set(key, pattern);
      patterns.push({ cells: plainCells(cells as [string, Cell][]), illTyped: row.illTyped ?? [] });
    }
    const text = `${row.time}\u0001${row.flaw}\u0001${key}`;
    const duplicate = seen.has(text);
    seen.add(text);
    const flaw = row.flaw ?? (Number.isNaN(time) ? 'log.time-unreadable' : undefined);
    return {
      time,
      pattern,
      duplicate,
      flaw,
      at: { path: row.path ?? defaultPath, line: row.line ?? index + 5 },
    };
  });
  const at = (row: number) => made[row] as (typeof made)[number];
  return {
    rows: made.length,
    steady: made.every(
      ({ time, flaw }, row) =>
        flaw === undefined &&
        (row === 0 || (order === 'oldest-first' ? time > at(row - 1).time : time < at(row - 1).time)),
    ),
    time: (row) => at(row).time,
    pattern: (row) => at(row).pattern,
    patterns,
    at: (row) => at(row).at,
    flaw: (row) => at(row).flaw,
    duplicate: (row) => at(row).duplicate,
  };
}

/** A whole log of plain rows; the rows of each path in turn are one file of the series. */
export function logOf(rows: readonly PlainRow[], options: Partial<LogContent> = {}): LogContent {
  const files = new Map<string, number>();
  for (const row of rows) {
    const path = row.path ?? defaultPath;
    files.set(path, (files.get(path) ?? 0) + 1);
  }
  return {
    type: 'log',
    table: tableOf(rows, options.order),
    timeKind: 'instant',
    order: 'oldest-first',
    files: [...files].map(([path, count]) => ({ path, digest, rows: count })),
    ...options,
  };
}

function timeOf(time: number | string): number {
  if (typeof time === 'number') return time;
  const date = parseDate(time);
  return date === undefined ? (parseInstant(time) ?? Number.NaN) : date * 86_400_000;
}

function plainCells(entries: readonly [string, Cell][]): Readonly<Record<string, Cell>> {
  const cells = Object.create(null) as Record<string, Cell>;
  for (const [name, value] of entries) cells[name] = value;
  return cells;
}
