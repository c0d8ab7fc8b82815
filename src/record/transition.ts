import { prepareAtomic } from '../files/atomic.ts';
import { nameOf } from '../files/path.ts';
import type { LogSpec } from '../model/policy.ts';
import { ok, problems, type Result } from '../model/problem.ts';
import { type TransitionColumn, transitionColumns } from '../model/transition.ts';
import { readTables } from '../parse/markdown/readTables.ts';
import { addRow, type Appended } from './append.ts';
import { placeInRoot, readOldFile } from './logFile.ts';
import type { LogFileRequest } from './request.ts';

/** A file of the transition log that is written to. */
export type TransitionFile = Omit<LogFileRequest, 'spec' | 'columns' | 'makeTable' | 'at'>;

const timeColumn = 'Timestamp (UTC)';

/** The transition log as the writer of logs takes it. */
function specOf(path: string, table: string): LogSpec {
  const texts = transitionColumns.filter((name) => name !== timeColumn);
  return {
    kind: 'log',
    path,
    table,
    time: { column: timeColumn, zone: 'UTC', kind: 'instant' },
    columns: Object.fromEntries(texts.map((name) => [name, { type: 'string' }])),
    views: {},
    order: 'oldest-first',
    dated: 'optional',
    tolerance: 0,
  };
}

/** What `alone` asks of the log: its lock is that of the file. */
export function lockRequest(file: TransitionFile): LogFileRequest {
  const spec = specOf(file.path, heading);
  return { ...file, spec, columns: transitionColumns, makeTable: false, at: 0 };
}

const heading = 'Transitions';

/**
 * Adds one row to the transition log; to be called by the holder of its lock. Throws what the system says. Its readers
 * take the table under any heading, so the one that is there is kept.
 */
export async function addTransition(
  full: string,
  file: TransitionFile,
  row: { at: number; cells: Readonly<Record<TransitionColumn, string>>; dryRun: boolean },
): Promise<Result<Extract<Appended, { how: 'created' | 'appended' }>>> {
  const old = readOldFile(full, file.path);
  if (!old.ok) return old;
  const spec = specOf(file.path, (await headingIn(old.value?.text)) ?? heading);
  const { at, cells, dryRun } = row;
  const request = { ...file, spec, columns: transitionColumns, makeTable: false, at, cells };
  const added = await addRow(full, request, dryRun);
  if (!added.ok) return added;
  if (added.value.how === 'present') throw new Error('a transition has no key');
  return ok(added.value);
}

async function headingIn(text: string | undefined): Promise<string | undefined> {
  if (text === undefined) return undefined;
  const { tables } = await readTables(text);
  return tables.findLast(({ header }) => transitionColumns.every((name) => header.includes(name)))?.heading;
}

/**
 * Keeps the verdict of a transition beside its log, durably, before the row that names it. What a writer that died has
 * left of it is swept with the log. Throws what the system says.
 */
export function keepBeside(
  root: string,
  { path, log, text }: { path: string; log: string; text: string },
): Result<void> {
  const place = placeInRoot(root, path, true);
  if (!place.ok) return place;
  prepareAtomic(place.value, text, { owner: nameOf(log) }).commit();
  const kept = readOldFile(place.value, path);
  if (kept.ok && kept.value?.text === text) return ok(undefined);
  return problems({
    code: 'record/not-written',
    message: `\`${path}\` does not hold what was written to it`,
    hint: 'something else writes this file, or the disk is failing; look at it before anything else',
  });
}
