import type { Evidence, TransitionRow } from '../model/evidence.ts';
import { parseInstant } from '../model/instant.ts';
import type { ReasonCode } from '../model/reasons.ts';
import { once } from '../model/once.ts';
import { type TransitionColumn, transitionColumns } from '../model/transition.ts';
import { readTables } from '../parse/markdown/readTables.ts';
import type { MarkdownFinding, MarkdownTable } from '../parse/markdown/tables.ts';
import { listSeries } from '../files/series.ts';
import { decodeText } from '../files/text.ts';
import type { CollectContext } from './collector.ts';
import { digestOf } from './digest.ts';
import { grantOnce, trustTransition } from './trustTransition.ts';

interface Failure {
  code: ReasonCode;
  message: string;
  path: string;
  line?: number;
}

type Read =
  | { ok: true; rows: readonly TransitionRow[]; findings: readonly MarkdownFinding[] }
  | ({ ok: false } & Failure);

/**
 * The transition log of a policy as evidence `transitions`. INVARIANT: a log that has one row nobody can read says
 * nothing of phases at all: that row may be a rollback.
 */
export async function collectTransitions(pattern: string, context: CollectContext): Promise<Evidence> {
  const item = { id: 'transitions', kind: 'transitions' as const, subject: context.git.subject };
  const absent = ({ code, message, path, line }: Failure): Evidence => ({
    ...item,
    status: 'absent',
    collectedAt: context.now(),
    source: line === undefined ? { path } : { path, line },
    findings: [],
    code,
    message: context.redactor.text(message),
  });
  const series = listSeries(context.workspace, pattern);
  if (!series.ok) return absent({ ...series, path: pattern });
  const rows: TransitionRow[] = [];
  const findings: (MarkdownFinding & { path: string; evidence: string })[] = [];
  for (const { path } of series.files) {
    const read = await readOne(path, context);
    if (!read.ok) return absent(read);
    rows.push(...read.rows);
    findings.push(...read.findings.map((finding) => ({ ...finding, path, evidence: item.id })));
  }
  const content = { type: 'transitions' as const, path: pattern, rows: grantOnce(rows) };
  const digest = once(() => digestOf(content));
  return {
    ...item,
    status: 'observed',
    origin: 'live',
    collectedAt: context.now(),
    source: { path: series.files.at(-1)?.path ?? pattern },
    findings,
    content,
    get digest() {
      return digest();
    },
  };
}

async function readOne(path: string, context: CollectContext): Promise<Read> {
  const file = context.workspace.read(path);
  if (!file.ok) return { ...file, path };
  const text = decodeText(file.bytes);
  if (text === undefined)
    return { ok: false, code: 'file.unparsable', message: `\`${path}\` is not UTF-8`, path };
  const { tables, findings } = await readTables(text);
  // Rows that a blank line cut off were read; whatever else is odd may hide a row.
  const bad = findings.find(({ code }) => code !== 'log.detached-rows');
  if (bad) return { ok: false, code: bad.code, message: `\`${path}\`: ${bad.message}`, path, line: bad.line };
  const own = tables.filter(({ header }) =>
    transitionColumns.every((name) => header.filter((one) => one === name).length === 1),
  );
  if (own.length === 0) {
    return { ok: false, code: 'log.no-table', message: `\`${path}\` has no table of transitions`, path };
  }
  const hidden = hiddenIn(text, tables, own);
  if (hidden) return { ok: false, path, ...hidden, message: `\`${path}\`: ${hidden.message}` };
  const rows: TransitionRow[] = [];
  for (const table of own) {
    for (const { line, cells } of table.rows) {
      const cell = (name: TransitionColumn) => context.redactor.text(cells[table.header.indexOf(name)] ?? '');
      const row = readRow(cell, { path, line });
      if ('code' in row) return { ok: false, ...row };
      rows.push(await trustTransition(row, context));
    }
  }
  return { ok: true, rows, findings };
}

/** What may be transitions, and stands where nobody reads them: in a table of other columns, in a list, in code. */
function hiddenIn(
  text: string,
  tables: readonly MarkdownTable[],
  own: readonly MarkdownTable[],
): Omit<Failure, 'path'> | undefined {
  const named = (table: MarkdownTable, name: string) =>
    table.header.some((one) => one.toLowerCase().replace(/[^a-z]/g, '') === name);
  const other = tables.find((table) => !own.includes(table) && named(table, 'kind') && named(table, 'to'));
  if (other) {
    const message = `the table has not the columns of transitions: ${transitionColumns.join(', ')}`;
    return { code: 'log.missing-column', message, line: other.line };
  }
  const read = new Set(own.flatMap(({ rows }) => rows.map(({ line }) => line)));
  const stray = text
    .split(/\r\n|\n|\r/)
    .findIndex((line, index) => !read.has(index + 1) && looksLikeTransition(line));
  if (stray < 0) return undefined;
  const message = 'the line looks like a transition, but belongs to no table of them';
  return { code: 'log.unknown-line', message, line: stray + 1 };
}

/** Some cells, one of which is a kind, however it is marked up; a legend of the kinds has fewer. */
function looksLikeTransition(line: string): boolean {
  const cells = line.split('|');
  return (
    cells.length >= 6 && cells.some((cell) => /^[\s*_`~]*(?:advance|rollback|done)[\s*_`~]*$/i.test(cell))
  );
}

const kinds = ['advance', 'rollback', 'done'] as const;

function readRow(
  cell: (name: TransitionColumn) => string,
  place: { path: string; line: number },
): TransitionRow | Failure {
  const time = parseInstant(cell('Timestamp (UTC)'));
  if (time === undefined)
    return { code: 'log.time-unreadable', message: 'the time of a transition cannot be read', ...place };
  const kind = kinds.find((name) => name === cell('Kind'));
  const [from, to] = [cell('From'), cell('To')];
  if (!kind || to === '' || (from === '' && kind !== 'advance')) {
    const message = 'a transition needs its kind (`advance`, `rollback` or `done`), `From` and `To`';
    return { code: 'log.ill-typed-cell', message, ...place };
  }
  return {
    ...place,
    time,
    kind,
    from,
    to,
    decision: cell('Decision'),
    verdict: cell('Verdict'),
    reason: cell('Reason'),
  };
}
