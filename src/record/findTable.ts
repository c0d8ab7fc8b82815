import type { LogSpec } from '../model/policy.ts';
import { shapeOf } from '../parse/markdown/logShape.ts';
import type { MarkdownTable, MarkdownTables } from '../parse/markdown/tables.ts';

/** Where the rows of a log stand in one file. Lines count from 1. */
export interface FoundTable {
  header: readonly string[];
  /** The header line. */
  line: number;
  /** The line behind which the next row goes, in the order that the log declares. */
  after: number;
  rows: MarkdownTable['rows'];
}

/** The last table under the heading of the log that has all its columns: there readers look for the newest rows. */
export function findTable({ tables }: MarkdownTables, spec: LogSpec): FoundTable | undefined {
  const names = Object.keys(spec.columns);
  const own = tables.filter(
    ({ heading, header }) => heading === spec.table && shapeOf(header, true, { spec, names }).ok,
  );
  // A log that is read from its newest row on begins with its first table.
  const table = spec.order === 'newest-first' ? own[0] : own.at(-1);
  if (!table) return undefined;
  const { header, line, rows } = table;
  const delimiter = line + 1;
  const after =
    spec.order === 'newest-first' ? delimiter : Math.max(delimiter, ...rows.map((row) => row.line));
  return { header, line, after, rows };
}
