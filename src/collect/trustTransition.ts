import type { TransitionRow } from '../model/evidence.ts';
import { clockTolerance, parseInstant } from '../model/instant.ts';
import type { Json } from '../model/json.ts';
import type { Policy } from '../model/policy.ts';
import type { ReasonCode } from '../model/reasons.ts';
import type { Verdict } from '../model/verdict.ts';
import { storedVerdictPath } from '../files/storedVerdict.ts';
import { decodeText } from '../files/text.ts';
import { readBaselines } from '../parse/baselines.ts';
import type { CollectContext } from './collector.ts';
import { sha256 } from './digest.ts';

/**
 * A rollback judges nothing and needs no verdict; every other row needs one that is whole, decided `go` for this very
 * step, and did so when the row says (semantics section 4).
 */
export async function trustTransition(row: TransitionRow, context: CollectContext): Promise<TransitionRow> {
  if (row.kind === 'rollback') return row;
  const verdict = await readStored(row, context);
  if (typeof verdict === 'string') return { ...row, untrusted: verdict };
  if (!grants(verdict, row, context.policy)) return { ...row, untrusted: 'transition.not-go' };
  const baselines = readBaselines(verdict.baselines as unknown as Json | undefined);
  return baselines === undefined ? row : { ...row, baselines };
}

/** One verdict grants one step, the first that names it: a copy of its row would take the step again after a rollback. */
export function grantOnce(rows: readonly TransitionRow[]): readonly TransitionRow[] {
  const granted = new Map<string, TransitionRow>();
  for (const row of rows) {
    if (row.kind === 'rollback' || row.untrusted) continue;
    const first = granted.get(row.verdict);
    if (!first || row.time < first.time) granted.set(row.verdict, row);
  }
  return rows.map((row) =>
    row.kind === 'rollback' || row.untrusted || granted.get(row.verdict) === row
      ? row
      : { ...row, untrusted: 'transition.not-go' },
  );
}

/** The verdict that a row names, or why it is none. */
async function readStored(row: TransitionRow, { workspace }: CollectContext): Promise<Verdict | ReasonCode> {
  if (row.decision !== 'go') return 'transition.not-go';
  if (!/^sha256:[0-9a-f]{64}$/.test(row.verdict)) return 'transition.no-verdict';
  const file = workspace.read(storedVerdictPath(row.path, row.verdict));
  if (!file.ok) return 'transition.no-verdict';
  if (sha256(file.bytes) !== row.verdict) return 'transition.verdict-differs';
  const text = decodeText(file.bytes);
  if (text === undefined) return 'transition.not-go';
  // Only a log with such rows needs the schema of verdicts.
  const { parseVerdicts } = await import('../parse/verdict.ts');
  const read = parseVerdicts(text);
  const [only, ...others] = 'value' in read ? read.value : [];
  return only && others.length === 0 ? only : 'transition.not-go';
}

function grants(verdict: Verdict, row: TransitionRow, policy: Policy): boolean {
  const { decision, evidenceMode, policy: judged } = verdict;
  // What was go as of another time, nobody took a step on.
  if (judged.name !== policy.name || decision !== 'go' || evidenceMode === 'as-of') return false;
  return wasJudgedThen(verdict, row) && neededGates(verdict, row, policy).every((id) => isGo(verdict, id));
}

/** A row is of the instant of its verdict, or of the row before it where that one lies ahead of the clock. */
function wasJudgedThen({ evaluatedAt }: Verdict, { time }: TransitionRow): boolean {
  const judged = parseInstant(evaluatedAt);
  return judged !== undefined && judged <= time && time <= judged + clockTolerance;
}

/**
 * The gates that a step needs, of those that are declared. Monitors that a later form of the policy brought undo no step
 * of before.
 */
function neededGates(verdict: Verdict, { kind, from, to }: TransitionRow, policy: Policy): readonly string[] {
  const phase = (id: string) => policy.phases?.find((one) => one.id === id);
  const same = verdict.policy.digest === policy.digest;
  return [
    ...(policy.preflight ? ['preflight'] : []),
    ...(same && policy.monitors ? ['monitors'] : []),
    ...(same && phase(from)?.monitors ? [`monitors:${from}`] : []),
    ...(kind === 'done' && policy.exit ? ['exit'] : []),
    ...(kind === 'advance' && phase(to)?.entry ? [`entry:${to}`] : []),
  ];
}

function isGo({ gates }: Verdict, id: string): boolean {
  const own = gates.filter((gate) => gate.id === id);
  return own.length === 1 && own.every(({ role, decision }) => role === 'decides' && decision === 'go');
}
