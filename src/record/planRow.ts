import { dayOf } from '../model/calendar.ts';
import { day } from '../model/instant.ts';
import { ok, problems, type Result } from '../model/problem.ts';
import { readTables } from '../parse/markdown/readTables.ts';
import { readTyped } from '../parse/typed.ts';
import { cellContent, formatRow } from '../parse/markdown/write.ts';
import { findTable, type FoundTable } from './findTable.ts';
import { updateLastUpdated } from './lastUpdated.ts';
import { addTable, newLogFile } from './newFile.ts';
import { readWhole, rowTexts, tornLine, type WholeReading } from './readWhole.ts';
import type { RowRequest } from './request.ts';
import { lineEndAt, textLines } from './textLines.ts';

/** The file as it is to be, and where the row stands in it. */
export interface RowPlan {
  text: string;
  row: string;
  line: number;
  /** What a writer that died had left of its row; it is taken out. */
  torn?: { line: number; text: string };
  /** What the reader finds in the file with the row in it. */
  reading: WholeReading;
}

/** What the file is now: undefined if there is none, with `torn` bytes of no text at its very end. */
export interface OldFile {
  text: string;
  brokenTail: boolean;
}

/**
 * Where a row goes and what the file is with it. INVARIANT: nothing is planned that the reader of logs does not read
 * as planned: every row that was there as before, and the new one with its time and its cells.
 */
export async function planRow(old: OldFile | undefined, request: RowRequest): Promise<Result<RowPlan>> {
  const { path, spec } = request;
  const torn = old && tornLine(await readWhole(path, old.text, spec));
  if (old?.brokenTail === true && torn === undefined) return unreadable(path, 'is not UTF-8');
  const kept = old && cutAt(old.text, torn);
  const found = await withTable(kept ?? newLogFile(request), request);
  if (!found.ok) return found;
  const { text: fresh, table } = found.value;
  const updated = updateLastUpdated(fresh, table.line, request.at, request.zone);
  const shift = textLines(updated).length - textLines(fresh).length;
  const row = formatRow(table.header.map((name) => request.cells[name] ?? ''));
  const { text, line } = insertBehind(updated, table.after + shift, row);
  const before = kept === undefined ? undefined : await readWhole(path, kept, spec);
  const reading = await readWhole(path, text, spec);
  if (!isAsPlanned({ before, after: reading, line }, request))
    return unreadable(path, 'is of a form in which no row can be added that would be read');
  const tail = torn === undefined || !old ? {} : { torn: { line: torn, text: lineAt(old.text, torn) } };
  return ok({ text, row, line, reading, ...tail });
}

function unreadable(path: string, why: string): Result<never> {
  return problems({
    code: 'record/unreadable-log',
    message: `\`${path}\` ${why}`,
    hint: '`soakgate check` says what is wrong with the log',
  });
}

function cutAt(text: string, line: number | undefined): string {
  return line === undefined ? text : text.slice(0, textLines(text)[line - 1]?.start);
}

function lineAt(text: string, line: number): string {
  const found = textLines(text)[line - 1];
  return found ? text.slice(found.start, found.end) : '';
}

/** The text with the table of the log in it, made at the end if that was asked for. */
async function withTable(
  text: string,
  request: RowRequest,
): Promise<Result<{ text: string; table: FoundTable }>> {
  const { spec, path, makeTable } = request;
  const table = findTable(await readTables(text), spec);
  if (table) return ok({ text, table });
  const more = makeTable ? addTable(text, request) : undefined;
  const made = more === undefined ? undefined : findTable(await readTables(more), spec);
  if (more !== undefined && made) return ok({ text: more, table: made });
  return unreadable(path, `has no table with the columns of the log under the heading \`${spec.table}\``);
}

/** A file without a final line end stays one. */
function insertBehind(text: string, line: number, row: string): { text: string; line: number } {
  const lines = textLines(text);
  const place = lines[line - 1];
  const at = place?.next ?? text.length;
  const eol = lineEndAt(text, lines, line - 1);
  const added = place && place.next === place.end ? eol + row : row + eol;
  return { text: text.slice(0, at) + added + text.slice(at), line: line + 1 };
}

function isAsPlanned(
  { before, after, line }: { before: WholeReading | undefined; after: WholeReading; line: number },
  request: RowRequest,
): boolean {
  if (after.status === 'absent') return false;
  const { table } = after;
  const own = Array.from({ length: table.rows }, (_, row) => row).find((row) => table.at(row).line === line);
  if (own === undefined || table.flaw(own) !== undefined || table.time(own) !== timeOf(request)) return false;
  const cells = table.patterns[table.pattern(own)]?.cells ?? {};
  for (const [name, column] of Object.entries(request.spec.columns)) {
    const text = cellContent(request.cells[name] ?? '');
    const wanted = text.trim() === '' ? undefined : readTyped(text, column);
    if (wanted !== (Object.hasOwn(cells, name) ? cells[name] : undefined)) return false;
  }
  const others = rowTexts(after).filter((_, row) => row !== own);
  const old = before ? rowTexts(before) : [];
  return others.length === old.length && others.every((text, row) => text === old[row]);
}

/** As `LogTable.time` has it. */
function timeOf({ spec, zone, at }: RowRequest): number {
  return spec.time.kind === 'date' ? dayOf(zone, at) * day : at;
}
