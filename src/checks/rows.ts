import { unknownValue } from '../logic/value.ts';
import { formatInstant } from '../model/instant.ts';
import type { Json } from '../model/json.ts';
import type { LogSpec } from '../model/policy.ts';
import type { Reading } from '../model/reading.ts';
import type { CheckContext } from './context.ts';
import type { JudgedLog } from './log.ts';
import { missing } from './path.ts';
import { viewOf } from './views.ts';

type LogContext = Omit<CheckContext, 'read'>;

/**
 * Reads `ID`, `ID.VIEW`, `ID.count` and `ID.last.COLUMN` of a log.
 * INVARIANT: a row that cannot be trusted is an unknown element, so that no list, count or newest row that it may
 * change is known.
 */
export function readLogPath(path: string, rest: string, context: LogContext): Reading {
  const id = rest === '' ? path : path.slice(0, path.length - rest.length - 1);
  const log = context.log(id);
  const spec = context.policy.evidence[id];
  const from = { evidence: id };
  if (!log || spec?.kind !== 'log') return missing(path, 'evidence.undeclared', `\`${id}\` is no log`, from);
  if (rest === 'count') return countRows(path, log.judged);
  if (rest.startsWith('last.')) return lastCell(path, rest.slice(5), log.judged, spec);
  if (rest !== '' && !Object.hasOwn(spec.views, rest)) {
    return missing(path, 'evidence.undeclared', `\`${id}\` has no view \`${rest}\``, from);
  }
  return {
    known: true,
    value: rowsOf(log.judged, spec, rest === '' ? undefined : rest),
    from,
  };
}

function rowsOf(judged: JudgedLog, spec: LogSpec, view: string | undefined): readonly Json[] {
  const inView = viewOf(spec, view);
  const rows: Json[] = [];
  for (const row of judged.order) {
    const code = judged.untrusted(row);
    const answer = code === undefined ? inView(judged.content.table, row) : 'unknown';
    if (answer === 'unknown') rows.push(unknownValue({ code: code ?? 'evidence.ill-typed' }));
    else if (answer) rows.push(rowOf(judged, spec, row));
  }
  for (const { row } of judged.timeless)
    rows.push(unknownValue({ code: judged.untrusted(row) ?? 'log.time-unreadable' }));
  return rows;
}

function rowOf(judged: JudgedLog, spec: LogSpec, row: number): { readonly [column: string]: Json } {
  const { table, timeKind } = judged.content;
  const cells = Object.create(null) as Record<string, Json>;
  Object.assign(cells, table.patterns[table.pattern(row)]?.cells);
  const instant = formatInstant(table.time(row));
  cells[spec.time.column] = timeKind === 'date' ? instant.slice(0, 10) : instant;
  return cells;
}

function countRows(path: string, judged: JudgedLog): Reading {
  const from = { evidence: judged.content.files[0]?.path ?? path };
  const doubtful = judged.timeless[0]?.row ?? [...judged.order].find((row) => judged.untrusted(row));
  if (doubtful !== undefined) return doubt(path, judged, doubtful);
  const count = [...judged.order].filter((row) => !judged.content.table.duplicate(row)).length;
  // An empty log proves nothing: `count < 5` must not hold where nobody wrote anything.
  return count === 0
    ? missing(path, 'log.empty', 'the log has no row', from)
    : { known: true, value: count, from };
}

function lastCell(path: string, column: string, judged: JudgedLog, spec: LogSpec): Reading {
  const { table } = judged.content;
  const newest = judged.order[judged.order.length - 1];
  const evidence = path.slice(0, path.indexOf('.'));
  if (newest === undefined) return missing(path, 'log.empty', 'the log has no row', { evidence });
  const later = judged.timeless.find(({ to }) => to >= table.time(newest));
  if (later) return doubt(path, judged, later.row);
  const time = table.time(newest);
  for (let index = judged.order.length - 1; index >= 0; index -= 1) {
    const row = judged.order[index] as number;
    if (table.time(row) !== time) break;
    if (judged.untrusted(row)) return doubt(path, judged, row);
  }
  const from = { evidence, ...table.at(newest) };
  const cells = rowOf(judged, spec, newest);
  const cell = Object.hasOwn(cells, column) ? cells[column] : undefined;
  if (cell === undefined) return missing(path, 'evidence.null', `the newest row has no \`${column}\``, from);
  return { known: true, value: cell, from };
}

function doubt(path: string, judged: JudgedLog, row: number): Reading {
  const at = judged.content.table.at(row);
  const code = judged.untrusted(row) ?? 'log.time-unreadable';
  const from = { evidence: path.slice(0, path.indexOf('.') < 0 ? undefined : path.indexOf('.')), ...at };
  return missing(path, code, `the row at ${at.path}:${at.line} cannot be trusted`, from);
}
