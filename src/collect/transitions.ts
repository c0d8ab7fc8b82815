import type { Evidence, TransitionRow } from '../model/evidence.ts';
import { isObject, type JsonObject } from '../model/json.ts';
import { parseInstant } from '../model/instant.ts';
import type { ReasonCode } from '../model/reasons.ts';
import { type TransitionColumn, transitionColumns } from '../model/transition.ts';
import { readBaselines } from '../parse/baselines.ts';
import { parseJson } from '../parse/json.ts';
import { readTables } from '../parse/markdown/readTables.ts';
import type { MarkdownFinding } from '../parse/markdown/tables.ts';
import { listSeries } from '../files/series.ts';
import { decodeText } from '../files/text.ts';
import type { CollectContext } from './collector.ts';
import { digestOf, sha256 } from './digest.ts';
import { storedVerdictPath } from '../files/storedVerdict.ts';

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
  const content = { type: 'transitions' as const, path: pattern, rows };
  return {
    ...item,
    status: 'observed',
    origin: 'live',
    collectedAt: context.now(),
    source: { path: series.files.at(-1)?.path ?? pattern },
    findings,
    content,
    digest: digestOf(content),
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
  const rows: TransitionRow[] = [];
  for (const table of own) {
    for (const { line, cells } of table.rows) {
      const cell = (name: TransitionColumn) => context.redactor.text(cells[table.header.indexOf(name)] ?? '');
      const row = readRow(cell, { path, line });
      if ('code' in row) return { ok: false, ...row };
      rows.push(trust(row, context));
    }
  }
  return { ok: true, rows, findings };
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

/** A rollback judges nothing and needs no verdict; every other row needs one that decided `go` for it. */
function trust(row: TransitionRow, context: CollectContext): TransitionRow {
  if (row.kind === 'rollback') return row;
  const verdict = readStored(row, context);
  if (typeof verdict === 'string') return { ...row, untrusted: verdict };
  const untrusted = distrust(row, verdict, context);
  if (untrusted) return { ...row, untrusted };
  const baselines = readBaselines(verdict['baselines']);
  return baselines === undefined ? row : { ...row, baselines };
}

/** The verdict that a row names, or why it is none. */
function readStored(row: TransitionRow, { workspace }: CollectContext): JsonObject | ReasonCode {
  if (row.decision !== 'go') return 'transition.not-go';
  if (!/^sha256:[0-9a-f]{64}$/.test(row.verdict)) return 'transition.no-verdict';
  const file = workspace.read(storedVerdictPath(row.path, row.verdict));
  if (!file.ok) return 'transition.no-verdict';
  if (sha256(file.bytes) !== row.verdict) return 'transition.verdict-differs';
  const text = decodeText(file.bytes);
  const json = text === undefined ? undefined : parseJson(text);
  return json?.ok && isObject(json.value) ? json.value : 'transition.not-go';
}

function distrust(
  row: TransitionRow,
  { kind, decision, policy: judged, gates }: JsonObject,
  { policy }: CollectContext,
): ReasonCode | undefined {
  const ours = isObject(judged) && judged['name'] === policy.name;
  if (kind !== 'Verdict' || decision !== 'go' || !ours) return 'transition.not-go';
  // A `go` of some other transition proves nothing for this one.
  const gate = row.kind === 'done' ? 'exit' : `entry:${row.to}`;
  const declared = row.kind === 'done' ? policy.exit : policy.phases?.find(({ id }) => id === row.to)?.entry;
  if (!declared) return undefined;
  const list: readonly unknown[] = Array.isArray(gates) ? gates : [];
  const granted = list.some(
    (one) => isObject(one) && one['id'] === gate && one['role'] === 'decides' && one['decision'] === 'go',
  );
  return granted ? undefined : 'transition.not-go';
}
