import type { RowFlaw, RowPattern } from '../../model/log.ts';
import type { LogSpec } from '../../model/policy.ts';
import { second } from '../../model/instant.ts';
import { createCellPatterns } from './cellPatterns.ts';
import { type CleanTimes, createCleanTimes } from './cleanTime.ts';
import { createLogColumns, type LogColumns } from './logColumns.ts';
import { createLogFindings, type LogFindings } from './logFindings.ts';

/** The rows of a whole series while it is read, in the order of its files and lines. */
export interface LogBuilder {
  readonly columns: LogColumns;
  readonly findings: LogFindings;
  readonly patterns: readonly RowPattern[];
  readonly flaws: ReadonlyMap<number, RowFlaw>;
  /** Times that some later row has again or is older than: only among them can rows be duplicates. */
  readonly suspects: ReadonlySet<number>;
  /** The pattern of a row by the plain texts of its kept columns. */
  patternOf(texts: readonly (string | undefined)[]): number;
  /** Says that the next row stands in this line; rows that follow without a word stand in the lines that follow. */
  startRun(file: number, line: number): void;
  add(time: number, pattern: number, flaw: RowFlaw | undefined): void;
  readonly times: CleanTimes;
  /** Rows to be added together, with their times in seconds since the base of `times`; filled from the start. */
  readonly batch: { seconds: Int32Array; patterns: Uint32Array };
  /** Adds the first `count` rows of the batch, which stand in lines that follow each other. */
  addBatch(file: number, line: number, count: number): void;
  at(row: number): { file: number; line: number };
}

export const batchRows = 1024;

export function createLogBuilder(spec: LogSpec, names: readonly string[]): LogBuilder {
  const columns = createLogColumns();
  const patterns = createCellPatterns(names, spec.columns);
  const flaws = new Map<number, RowFlaw>();
  const suspects = new Set<number>();
  const runs: { rows: number[]; files: number[]; lines: number[] } = { rows: [], files: [], lines: [] };
  const sign = spec.order === 'newest-first' ? -1 : 1;
  const times = createCleanTimes();
  const batch = { seconds: new Int32Array(batchRows), patterns: new Uint32Array(batchRows) };
  let newest = Number.NEGATIVE_INFINITY;

  function startRun(file: number, line: number): void {
    const last = runs.rows.length - 1;
    const next = (runs.lines[last] as number) + columns.rows - (runs.rows[last] as number);
    if (last >= 0 && runs.files[last] === file && next === line) return;
    runs.rows.push(columns.rows);
    runs.files.push(file);
    runs.lines.push(line);
  }

  return {
    times,
    batch,
    startRun,
    addBatch(file, line, count) {
      startRun(file, line);
      const { seconds, patterns } = batch;
      let before = (newest * sign - times.base) / second;
      for (let row = 0; row < count; row++) {
        const time = seconds[row] as number;
        if ((time - before) * sign > 0) before = time;
        else suspects.add(times.base + time * second);
      }
      newest = (times.base + before * second) * sign;
      columns.addAll(times.base, seconds, patterns, count);
    },
    columns,
    findings: createLogFindings(),
    patterns: patterns.list,
    flaws,
    suspects,
    patternOf: patterns.number,
    add(time, pattern, flaw) {
      if (flaw) flaws.set(columns.rows, flaw);
      else if (time * sign > newest) newest = time * sign;
      else suspects.add(time);
      columns.add(time, pattern);
    },
    at(row) {
      let low = 0;
      let high = runs.rows.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >>> 1;
        if ((runs.rows[middle] as number) <= row) low = middle;
        else high = middle - 1;
      }
      return {
        file: runs.files[low] as number,
        line: (runs.lines[low] as number) + row - (runs.rows[low] as number),
      };
    },
  };
}
