import type { LogTable } from '../../model/log.ts';
import type { LogSpec } from '../../model/policy.ts';
import { compareText } from '../../model/problem.ts';
import { findDuplicates } from './duplicates.ts';
import { createLogBuilder, type LogBuilder } from './logBuilder.ts';
import type { LogFinding } from './logFindings.ts';
import type { LogContext } from './logSink.ts';
import { readSeries, type LogAbsence, type RichReader } from './logSeries.ts';
import type { LogSource } from './logSource.ts';
import { plainText } from './plainText.ts';
import type { LocalToInstant } from './rowTime.ts';

export interface LogOptions {
  /** Columns whose cells rules read; of all others only the text of the file remains. */
  keep: ReadonlySet<string>;
  localToInstant: LocalToInstant;
  rich?: RichReader;
}

export type LogReading =
  | { status: 'read'; table: LogTable; files: { path: string; rows: number }[]; findings: LogFinding[] }
  | ({ status: 'absent'; findings: LogFinding[] } & LogAbsence)
  /** This file needs the full reader: read again with `rich`. Not given when `rich` is. */
  | { status: 'needs-rich'; path: string; line: number };

/**
 * Reads the files of a log, in the order of their dates, as one table. Rows of the table under the heading
 * `spec.table` count, also where a blank line cut them off; whatever else looks like a row is a row with a flaw.
 * A file without that table, or beyond the caps of the full reader, makes the log absent.
 */
export function readLog(
  files: readonly LogSource[],
  spec: LogSpec,
  { keep, localToInstant, rich }: LogOptions,
): LogReading {
  const names = Object.keys(spec.columns).filter((name) => keep.has(name));
  const begin = (): LogContext => ({ spec, names, localToInstant, builder: createLogBuilder(spec, names) });
  let context = begin();
  let series = readSeries(files, context, { rich, byRich: new Set() });
  if (rich && series.refused.size > 0) {
    context = begin();
    series = readSeries(files, context, { rich, byRich: new Set(series.refused.keys()) });
  }
  for (const [file, line] of series.refused)
    return { status: 'needs-rich', path: files[file]?.path ?? '', line };
  const { builder } = context;
  const findings = () => sorted(builder.findings.list(), files);
  if (series.absent) return { status: 'absent', ...series.absent, findings: findings() };
  const duplicates = findDuplicates(files, builder, cellText(rich));
  noteRows(files, builder, duplicates);
  return {
    status: 'read',
    table: tableOf(files, builder, duplicates),
    files: files.map(({ path }, file) => ({ path, rows: series.counts[file] ?? 0 })),
    findings: findings(),
  };
}

function cellText(rich: RichReader | undefined): (raw: string) => string {
  return rich?.createCellReader() ?? ((raw) => plainText(raw, 'cell') ?? raw);
}

function tableOf(
  files: readonly LogSource[],
  builder: LogBuilder,
  duplicates: ReadonlySet<number>,
): LogTable {
  const { columns, patterns, flaws, suspects } = builder;
  return {
    rows: columns.rows,
    steady: flaws.size === 0 && suspects.size === 0,
    time: columns.time,
    pattern: columns.pattern,
    patterns,
    at(row) {
      const { file, line } = builder.at(row);
      return { path: files[file]?.path ?? '', line };
    },
    flaw: (row) => flaws.get(row),
    duplicate: (row) => duplicates.has(row),
  };
}

/** Findings about rows that are known only when all are read. */
function noteRows(
  files: readonly LogSource[],
  { columns, patterns, findings, at }: LogBuilder,
  duplicates: ReadonlySet<number>,
): void {
  const note = (row: number, code: 'log.duplicate-row' | 'log.ill-typed-cell', message: string) => {
    const { file, line } = at(row);
    findings.add({ code, path: files[file]?.path ?? '', line, message });
  };
  for (const row of duplicates)
    note(row, 'log.duplicate-row', 'the row repeats an earlier one in every cell');
  if (patterns.every(({ illTyped }) => illTyped.length === 0)) return;
  for (let row = 0; row < columns.rows; row++) {
    const illTyped = patterns[columns.pattern(row)]?.illTyped ?? [];
    for (const name of illTyped)
      note(row, 'log.ill-typed-cell', `the cell of \`${name}\` does not fit its type`);
  }
}

function sorted(findings: readonly LogFinding[], files: readonly LogSource[]): LogFinding[] {
  const order = new Map(files.map(({ path }, index) => [path, index]));
  const place = ({ path }: LogFinding) => order.get(path) ?? 0;
  return [...findings].sort((a, b) => place(a) - place(b) || a.line - b.line || compareText(a.code, b.code));
}
