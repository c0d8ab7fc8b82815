import type { Duration, Instant } from '../model/instant.ts';
import type { LogSpec } from '../model/policy.ts';

/** The file of a log that is written to. */
export interface LogFileRequest {
  /** Absolute path of the root; nothing outside of it is written. */
  root: string;
  /** Relative to the root, with `/`. */
  path: string;
  spec: LogSpec;
  /** The policy's zone, in which days count. */
  zone: string;
  /** Of a file that is made: its title, its header lines, and the columns of its table in their order. */
  title: string;
  fields: readonly (readonly [name: string, value: string])[];
  columns: readonly string[];
  /** Whether a file that lacks the table gets one at its end. */
  makeTable: boolean;
  /** The time of the row; of an empty file, when it was made. */
  at: Instant;
  /** How long to wait for other writers. */
  wait: Duration;
}

/** One row to be added. */
export interface RowRequest extends LogFileRequest {
  /** Texts by column; a column of the table without one stays empty. */
  cells: Readonly<Record<string, string>>;
  /** The same key in the same column is not written twice, neither to this file nor to the one before it. */
  key?: RowKey;
  /** The file of the series before this one. */
  before?: string;
}

/** What tells that a row was written already: `holds` is asked with the text of the cell. */
export interface RowKey {
  column: string;
  holds(text: string): boolean;
}
