import type { ReasonCode } from '../../model/reasons.ts';
import { isClosed, splitCells } from './cells.ts';
import { isConflictMarker, judgeLoose } from './loose.ts';
import type { LooseLine, MarkdownReading, RowReading, TableReading } from './reading.ts';

export interface MarkdownTable {
  /** Plain text of the nearest heading above. */
  heading: string | undefined;
  /** Line of the header row, from 1. */
  line: number;
  header: string[];
  rows: MarkdownRow[];
}

export interface MarkdownRow {
  line: number;
  /** Plain text, padded and cut to the length of the header as GFM does. */
  cells: string[];
  /** Strict GFM drops this row: a blank line, a comment or the like cuts it off from its table. */
  detached: boolean;
}

export interface MarkdownFinding {
  code: ReasonCode;
  message: string;
  line: number;
}

export interface MarkdownTables {
  tables: MarkdownTable[];
  findings: MarkdownFinding[];
}

type Event =
  | { kind: 'heading'; line: number; text: string }
  | { kind: 'table'; line: number; table: TableReading }
  | { kind: 'loose'; line: number; loose: LooseLine };

/** The tolerant reading: rows cut off from their table are read with it, up to the next heading; all else is said. */
export function gatherTables(reading: MarkdownReading, textOf: (raw: string) => string): MarkdownTables {
  const found: MarkdownTables = { tables: [], findings: [] };
  let heading: string | undefined;
  let current: { reading: TableReading; table: MarkdownTable } | undefined;
  let detachedAt = 0;
  for (const event of eventsOf(reading)) {
    switch (event.kind) {
      case 'heading':
        heading = event.text;
        current = undefined;
        break;
      case 'table':
        current = {
          reading: event.table,
          table: { heading, line: event.line, header: event.table.header, rows: [] },
        };
        found.tables.push(current.table);
        for (const row of event.table.rows) addRow(found, current.table, row, false);
        break;
      case 'loose': {
        const kind = judgeLoose(event.loose, current?.reading);
        if (kind === 'unknown') found.findings.push(unknownLine(event.loose));
        if (kind !== 'detached' || !current) break;
        addRow(found, current.table, rowOf(event.loose, textOf), true);
        if (detachedAt !== event.line - 1) found.findings.push(detachedFrom(current.table, event.line));
        detachedAt = event.line;
        break;
      }
    }
  }
  return found;
}

/**
 * Headings, tables and loose lines in the order of their lines. A heading counts from its last line on: an underline that
 * was slipped in makes a heading of all the text above, and rows in that text are still below the heading before.
 */
export function eventsOf(reading: MarkdownReading): Event[] {
  const events: Event[] = [
    ...reading.headings.map(({ last, text }) => ({ kind: 'heading', line: last, text }) as const),
    ...reading.tables.map((table) => ({ kind: 'table', line: table.line, table }) as const),
    ...reading.loose.map((loose) => ({ kind: 'loose', line: loose.line, loose }) as const),
  ];
  return events.sort((a, b) => a.line - b.line);
}

export function rowOf(loose: LooseLine, textOf: (raw: string) => string): RowReading {
  const { line, source, terminated } = loose;
  return { line, source, terminated, closed: isClosed(source), cells: splitCells(source).map(textOf) };
}

function addRow(found: MarkdownTables, table: MarkdownTable, row: RowReading, detached: boolean): void {
  table.rows.push({
    line: row.line,
    cells: table.header.map((_, index) => row.cells[index] ?? ''),
    detached,
  });
  const code = isConflictMarker(row.source) ? 'log.conflict-marker' : 'log.malformed-row';
  if (row.cells.length === table.header.length && code === 'log.malformed-row') return;
  const message =
    code === 'log.conflict-marker'
      ? 'a merge conflict marker stands in the table'
      : `the row has ${row.cells.length} cells, its header ${table.header.length}`;
  found.findings.push({ code, message, line: row.line });
}

function unknownLine(loose: LooseLine): MarkdownFinding {
  if (isConflictMarker(loose.source)) {
    return {
      code: 'log.conflict-marker',
      message: 'a merge conflict marker stands in the file',
      line: loose.line,
    };
  }
  return {
    code: 'log.unknown-line',
    message: 'the line looks like a row, but belongs to no table',
    line: loose.line,
  };
}

function detachedFrom(table: MarkdownTable, line: number): MarkdownFinding {
  return {
    code: 'log.detached-rows',
    message: `rows are cut off from their table in line ${table.line}`,
    line,
  };
}
