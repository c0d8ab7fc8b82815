import { ok, problems, type Result } from '../model/problem.ts';
import { readTables } from '../parse/markdown/readTables.ts';
import { alone, looking, replaceFile } from './exclusive.ts';
import { findTable } from './findTable.ts';
import { placeInRoot, readOldFile } from './logFile.ts';
import { addTable, newLogFile } from './newFile.ts';
import { planRow, type RowPlan } from './planRow.ts';
import type { LogFileRequest, RowRequest } from './request.ts';

/** What became of a row. `present`: the same key stands there already. Lines count from 1. */
export type Appended =
  | { how: 'created' | 'appended'; path: string; line: number; plan: RowPlan }
  | ({ how: 'present' } & PresentRow);

export interface PresentRow {
  path: string;
  line: number;
  /** Plain texts by column. */
  cells: Readonly<Record<string, string>>;
}

/**
 * Adds one row to a log so that it survives whatever happens next, or says why it could not: the log is locked, read
 * again, written aside, synced, put in place, its folder synced, and read once more. A crash at any point leaves the
 * old file or the new one. Never throws for what the system says. With `dryRun` nothing is written and nobody waited for.
 */
export function appendRow(request: RowRequest, dryRun = false): Promise<Result<Appended>> {
  const work = (full: string) => addRow(full, request, dryRun);
  return dryRun ? looking(request, work) : alone(request, work);
}

/** The same for whoever holds the lock of the log already. Throws what the system says. */
export async function addRow(full: string, request: RowRequest, dryRun: boolean): Promise<Result<Appended>> {
  const old = readOldFile(full, request.path);
  if (!old.ok) return old;
  const earlier = await findKey(old.value?.text, request);
  if (earlier) return ok({ how: 'present', ...earlier });
  const plan = await planRow(old.value, request);
  if (!plan.ok) return plan;
  const written = dryRun ? ok(undefined) : replaceFile(full, request.path, plan.value.text);
  if (!written.ok) return written;
  const { path } = request;
  return ok({ how: old.value ? 'appended' : 'created', path, line: plan.value.line, plan: plan.value });
}

/** Makes the file of a log without rows; `present` if its table is there already. */
export function createLog(request: LogFileRequest, dryRun = false): Promise<Result<'created' | 'present'>> {
  const work = async (full: string): Promise<Result<'created' | 'present'>> => {
    const old = readOldFile(full, request.path);
    if (!old.ok) return old;
    const text = old.value?.text;
    if (text !== undefined && findTable(await readTables(text), request.spec)) return ok('present');
    if (text !== undefined && !request.makeTable) return noTable(request);
    const whole = text === undefined ? newLogFile(request) : addTable(text, request);
    const written = dryRun ? ok(undefined) : replaceFile(full, request.path, whole);
    return written.ok ? ok('created') : written;
  };
  return dryRun ? looking(request, work) : alone(request, work);
}

function noTable({ path, spec }: LogFileRequest): Result<never> {
  return problems({
    code: 'record/unreadable-log',
    message: `\`${path}\` is there, but has no table with the columns of the log under \`${spec.table}\``,
    hint: 'with --anyway the table is added at its end',
  });
}

/** The row with the key, in this file or in the one before it. */
async function findKey(text: string | undefined, request: RowRequest): Promise<PresentRow | undefined> {
  const { key, path, before, root } = request;
  if (!key) return undefined;
  const found = text === undefined ? undefined : await rowOfKey(text, path, request);
  if (found || before === undefined) return found;
  const place = placeInRoot(root, before, false);
  const old = place.ok ? readOldFile(place.value, before) : place;
  return old.ok && old.value ? rowOfKey(old.value.text, before, request) : undefined;
}

async function rowOfKey(
  text: string,
  path: string,
  { key, spec }: RowRequest,
): Promise<PresentRow | undefined> {
  const table = findTable(await readTables(text), spec);
  const column = table?.header.indexOf(key?.column ?? '') ?? -1;
  const row = column < 0 ? undefined : table?.rows.find(({ cells }) => key?.holds(cells[column] ?? ''));
  if (!row || !table) return undefined;
  const cells = Object.fromEntries(table.header.map((name, index) => [name, row.cells[index] ?? '']));
  return { path, line: row.line, cells };
}
