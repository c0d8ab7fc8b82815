import type { Verdict } from '../model/verdict.ts';
import { type Entry, entriesOf } from './bearing.ts';
import { decisionWords } from './decision.ts';
import { plainAll } from './escape.ts';
import type { RenderOptions } from './index.ts';
import { entryCites, observedText, placesOf, requiredText, todoOf } from './ruleFacts.ts';
import { byPolicy } from './sorted.ts';

const header = [
  ...[
    'policy',
    'policy version',
    'evaluated at',
    'decision',
    'gate',
    'role',
    'gate decision',
    'rule',
    'title',
  ],
  ...['severity', 'outcome', 'code', 'message', 'observed', 'required', 'earliest', 'to do', 'file', 'line'],
  ...['evidence', 'waiver', 'waiver expires', 'controls'],
] as const;

type Row = Readonly<Partial<Record<(typeof header)[number], string>>>;

/** CSV (RFC 4180) with a row for each verdict, and one for each of its rules. No cell can be taken for a formula. */
export function csv(verdicts: readonly Verdict[], _options: RenderOptions): string {
  const rows = byPolicy(verdicts).map(plainAll).flatMap(rowsOf);
  const lines = [header, ...rows.map((row) => header.map((name) => row[name] ?? ''))];
  return lines.map((cells) => `${cells.map(cell).join(',')}\r\n`).join('');
}

function rowsOf(verdict: Verdict): readonly Row[] {
  const { policy, evaluatedAt, message, earliest } = verdict;
  const shared = {
    policy: policy.name,
    'policy version': policy.version,
    'evaluated at': evaluatedAt,
    decision: decisionWords(verdict),
  };
  const own = { ...shared, message, file: policy.path, ...(earliest === undefined ? {} : { earliest }) };
  return [own, ...entriesOf(verdict).map((entry) => ({ ...shared, ...ruleRow(entry) }))];
}

function ruleRow({ verdict, gate, rule }: Entry): Row {
  return {
    gate: gate.id,
    role: gate.role,
    'gate decision': gate.decision,
    rule: rule.id,
    title: rule.title,
    severity: rule.severity,
    outcome: rule.outcome,
    code: rule.code,
    message: rule.message,
    observed: observedText(rule) ?? '',
    required: requiredText(rule),
    earliest: rule.earliest ?? '',
    'to do': todoOf(rule) ?? '',
    file: rule.at.path,
    line: String(rule.at.line),
    evidence: placesOf(entryCites(rule), verdict).join(', '),
    waiver: rule.waiver?.id ?? '',
    'waiver expires': rule.waiver?.expires ?? '',
    controls: rule.controls?.join(', ') ?? '',
  };
}

/**
 * Spreadsheets take a cell that begins so for a formula, also behind blanks and quotes, and some take the wide forms for
 * the narrow ones. An apostrophe in front makes it text.
 */
const formula = /^[\s'"]*[=+\-@|%＝＋－＠]/u;

function cell(text: string): string {
  const safe = formula.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}
