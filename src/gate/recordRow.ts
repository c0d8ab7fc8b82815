import type { JudgedRecord } from '../evaluate/judgeRecord.ts';
import { dayOf, formatDay } from '../model/calendar.ts';
import { formatInstant, type Instant } from '../model/instant.ts';
import type { LogSpec, RecordSpec } from '../model/policy.ts';
import type { RecordCheck, RecordResult } from '../model/record.ts';
import { readTyped } from '../parse/typed.ts';

/** What a row is made of. */
export interface RowMaterial {
  record: RecordSpec;
  log: LogSpec;
  zone: string;
  at: Instant;
  judged: JudgedRecord;
  /** Whether the checks ran. */
  strict: boolean;
  /** Values of `--set`, by column. */
  sets: ReadonlyMap<string, string>;
  commit?: string;
  run?: string;
  note?: string;
  redact(text: string): string;
}

export interface MadeRow {
  cells: Readonly<Record<string, string>>;
  checks: readonly RecordCheck[];
  result?: RecordResult;
}

/** The texts of a row, by column. An unset flag is an empty cell. */
export function makeRow(material: RowMaterial): MadeRow {
  const { record, log, zone, at, sets, redact } = material;
  const checks = checksOf(material);
  const result = resultOf(material, checks);
  const summary = summaryOf(material, checks);
  const cells: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [column, cell] of Object.entries(record.cells)) {
    if (cell === '$now') cells[column] = timeText(log, zone, at);
    else if (cell === '$result') cells[column] = result ?? 'not-run';
    else if (cell === '$summary') cells[column] = redact(summary);
    else if (cell === '$input') cells[column] = redact(sets.get(column) ?? '');
    else cells[column] = redact(readText(material.judged, column));
  }
  return { cells, checks, ...(result === undefined ? {} : { result }) };
}

function timeText({ time }: LogSpec, zone: string, at: Instant): string {
  return time.kind === 'date' ? formatDay(dayOf(zone, at)) : formatInstant(at);
}

function readText({ readings }: JudgedRecord, column: string): string {
  const reading = readings.get(column);
  if (!reading?.known) return '';
  const { value } = reading;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function checksOf({ judged, strict }: RowMaterial): readonly RecordCheck[] {
  return judged.checks.map(({ id, judgement: { outcome, code, message } }) =>
    strict ? { id, outcome, code, message } : { id, outcome: 'not-run' },
  );
}

/** Whether a record says how checks went. */
export function hasResult(record: RecordSpec): boolean {
  return record.checks.length > 0 || Object.values(record.cells).includes('$result');
}

/**
 * INVARIANT: `pass` needs a strict record whose checks all passed, one at least, and whose flags are all set and of
 * their columns' types; a light record is never `pass` (semantics section 8).
 */
function resultOf(material: RowMaterial, checks: readonly RecordCheck[]): RecordResult | undefined {
  const { record, strict } = material;
  if (!hasResult(record)) return undefined;
  if (!strict) return 'not-run';
  const passed = checks.length > 0 && checks.every(({ outcome }) => outcome === 'pass');
  return passed && unsetFlags(material).length === 0 ? 'pass' : 'fail';
}

/** Columns of evidence whose cell would be empty, or of a text that no reader takes. */
export function unsetFlags({ judged, log }: Pick<RowMaterial, 'judged' | 'log'>): readonly string[] {
  return [...judged.readings.keys()].filter((column) => {
    const text = readText(judged, column);
    const type = log.columns[column];
    return text.trim() === '' || (type !== undefined && readTyped(text, type) === undefined);
  });
}

/** `mono-check pass, backend-tests unknown, commit 0123abc, run 4711.1; note: …` (semantics section 8). */
function summaryOf({ commit, run, note }: RowMaterial, checks: readonly RecordCheck[]): string {
  const parts = checks.map(({ id, outcome }) => `${id} ${outcome}`);
  if (commit !== undefined) parts.push(`commit ${commit.slice(0, 7)}`);
  if (run !== undefined) parts.push(`run ${run}`);
  const facts = parts.join(', ');
  if (note === undefined) return facts;
  return facts === '' ? `${noteMark}${note}` : `${facts}; ${noteMark}${note}`;
}

const noteMark = 'note: ';

/** Whether a summary is that of a run; a note cannot pretend to be one. */
export function isOfRun(summary: string, run: string): boolean {
  const [facts = ''] = summary.split(`; ${noteMark}`, 1);
  return !facts.startsWith(noteMark) && facts.split(', ').includes(`run ${run}`);
}
