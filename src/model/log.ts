/** The typed content of a table cell. An empty or ill-typed cell is absent. */
export type Cell = string | number | boolean;

/** Typed cells by column name, on a null prototype; empty and ill-typed cells have no key. */
export type Cells = Readonly<Record<string, Cell>>;

/** A column whose text does not fit its declared type is listed here, so that a reader can say so. */
export interface RowPattern {
  cells: Cells;
  illTyped: readonly string[];
}

/** What is wrong with a row itself, whatever the instant. A row with a flaw can only hurt (semantics section 8). */
export type RowFlaw =
  | 'log.time-unreadable'
  | 'log.malformed-row'
  | 'log.torn-row'
  | 'log.conflict-marker'
  | 'log.unknown-line';

/**
 * A series of Markdown tables read as one append-only log, in file order (files in the order of their dates).
 * Columnar on purpose: a million rows cost a few megabytes; text is rebuilt on demand.
 * Rows are numbered from 0 in series order; a line that looks like a row but cannot be read is a row with a flaw.
 */
export interface LogTable {
  readonly rows: number;
  /** Every row can be trusted and is later than the one before, as the log is written: nothing about them needs a look. */
  readonly steady: boolean;
  /** Epoch milliseconds; NaN if it cannot be read. For `kind: date` columns: the day number since 1970-01-01 times 86,400,000. */
  time: (row: number) => number;
  /** Rows of one pattern hold the same typed cells in every kept column. Patterns are numbered from 0. */
  pattern: (row: number) => number;
  readonly patterns: readonly RowPattern[];
  at(row: number): { path: string; line: number };
  flaw(row: number): RowFlaw | undefined;
  /** True if the row equals an earlier one in the text of every cell: it counts once. */
  duplicate(row: number): boolean;
}

/** What `log` evidence holds. */
export interface LogContent {
  type: 'log';
  table: LogTable;
  /** How the time column is to be read: as instants, or as calendar days of the policy's zone. */
  timeKind: 'instant' | 'date';
  order: 'oldest-first' | 'newest-first';
  files: readonly LogFile[];
}

export interface LogFile {
  path: string;
  /** `sha256:` and 64 hex digits, over the bytes that were read. */
  digest: string;
  rows: number;
}
