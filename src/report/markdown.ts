import { modeOf } from '../model/mode.ts';
import type { EvidenceReport, GateReport, RuleReport, Verdict } from '../model/verdict.ts';
import { plainAll } from './escape.ts';
import { codeText, inline, tableCell } from './markdownText.ts';
import { decisionText } from './decision.ts';
import { byPolicy } from './sorted.ts';
import { clockTime, relative } from './when.ts';

/**
 * A snapshot that is kept beside the audit logs: header lines first, so that a `document` collector reads it back,
 * then the decision, the gates, the evidence, waivers and findings. Nothing from evidence can become markup.
 */
export function markdown(verdicts: readonly Verdict[]): string {
  return byPolicy(verdicts)
    .map((verdict) => page(plainAll(verdict)))
    .join('\n');
}

function page(verdict: Verdict): string {
  const lines = [
    `# ${inline(verdict.policy.title)}: ${inline(decisionText(verdict))}`,
    '',
    ...headerLines(verdict),
    '',
    inline(verdict.message),
    ...verdict.gates.flatMap((gate) => gateLines(gate, verdict)),
    ...table(
      'Evidence',
      ['Evidence', 'Status', 'Collected', 'Source', 'Digest'],
      verdict.evidence.map(evidenceCells),
    ),
    ...table(
      'Waivers',
      ['Waiver', 'Rule', 'State', 'Expires', 'Approver', 'Reason'],
      verdict.waivers.map((waiver) =>
        [waiver.id, waiver.rule, waiver.state, waiver.expires, waiver.approver, waiver.reason].map(inline),
      ),
    ),
    ...table(
      'Findings',
      ['Code', 'Place', 'Finding'],
      verdict.findings.map(({ code, path, line, message }) => [
        codeText(code),
        placeText(path, line),
        inline(message),
      ]),
    ),
  ];
  return `${lines.join('\n')}\n`;
}

/** Two spaces at the end keep each line a line of its own. */
function headerLines(verdict: Verdict): readonly string[] {
  const { policy, subject, phase } = verdict;
  const fields: readonly (readonly [string, string | undefined])[] = [
    ['Decision', decisionText(verdict)],
    ['Mode', modeOf(verdict)],
    ['Evaluated at', verdict.evaluatedAt],
    ['Valid until', verdict.validUntil],
    ['Earliest', verdict.earliest],
    ['Phase', phase?.current],
    ['Commit', subject.commit],
    ['Branch', subject.branch],
    ['Environment', subject.environment],
    ['Policy', `${policy.name} ${policy.version}`],
    ['Policy digest', policy.digest],
  ];
  return fields.flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${inline(value)}  `]));
}

function gateLines(gate: GateReport, verdict: Verdict): readonly string[] {
  const role = gate.role === 'outlook' ? ', outlook' : '';
  const notes = [
    ...(gate.after ? [`Its turn comes after ${gate.after.map(codeText).join(', ')}.`] : []),
    ...(gate.earliest === undefined ? [] : [`Earliest: ${whenText(gate.earliest, verdict)}`]),
    ...(gate.alsoNeeds.length === 0 ? [] : [`Also needs ${gate.alsoNeeds.map(codeText).join(', ')}.`]),
  ];
  const rules = gate.rules.map((rule) => [
    inline(rule.outcome),
    codeText(rule.id),
    inline(rule.message),
    whereText(rule),
    rule.todo === undefined ? '' : inline(rule.todo),
    rule.earliest === undefined || gate.after ? '' : whenText(rule.earliest, verdict),
  ]);
  return [
    '',
    `## ${inline(gate.id)}: ${inline(gate.decision)}${role}`,
    ...notes.flatMap((note) => ['', note]),
    ...rows(['Outcome', 'Rule', 'Observed', 'Where', 'To do', 'Can pass'], rules),
  ];
}

function whenText(instant: string, verdict: Verdict): string {
  return inline(`${clockTime(instant, verdict.policy.timezone)} (${relative(instant, verdict.evaluatedAt)})`);
}

function whereText(rule: RuleReport): string {
  return rule.cites
    .map((cite) => (cite.path === undefined ? codeText(cite.evidence) : placeText(cite.path, cite.line)))
    .join(', ');
}

function placeText(path: string | undefined, line: number | undefined): string {
  return path === undefined ? '' : codeText(line === undefined ? path : `${path}:${line}`);
}

function evidenceCells(item: EvidenceReport): readonly string[] {
  const source = item.path ?? item.command?.join(' ');
  return [
    codeText(item.id),
    item.status === 'observed'
      ? inline(item.origin ?? 'observed')
      : inline(`absent: ${item.message ?? item.code ?? ''}`),
    inline(item.collectedAt ?? ''),
    source === undefined ? '' : codeText(source),
    item.digest === undefined ? '' : codeText(item.digest.slice(0, 19)),
  ];
}

function table(
  title: string,
  header: readonly string[],
  body: readonly (readonly string[])[],
): readonly string[] {
  return body.length === 0 ? [] : ['', `## ${title}`, ...rows(header, body)];
}

function rows(header: readonly string[], body: readonly (readonly string[])[]): readonly string[] {
  if (body.length === 0) return [];
  const line = (cells: readonly string[]) => `| ${cells.map(tableCell).join(' | ')} |`;
  return ['', line(header), `| ${header.map(() => '---').join(' | ')} |`, ...body.map(line)];
}
