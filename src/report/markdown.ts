import { modeOf, observedIn } from '../model/mode.ts';
import type { EvidenceReport, GateReport, RuleReport, Verdict } from '../model/verdict.ts';
import { decisionText } from './decision.ts';
import type { RenderOptions } from './index.ts';
import { codeText, inline, linked, tableCell } from './markdownText.ts';
import { forPeople } from './localTimes.ts';
import { byPolicy } from './sorted.ts';
import { clockTime, relative } from './when.ts';

/**
 * A snapshot that is kept beside the audit logs: header lines first, so that a `document` collector reads it back,
 * then the decision, the gates, the evidence, waivers and findings. Nothing from evidence can become markup.
 */
export function markdown(verdicts: readonly Verdict[], { keptAt }: RenderOptions): string {
  return byPolicy(verdicts)
    .map((verdict) => {
      const told = forPeople(verdict, verdict.policy.timezone);
      return pageText({ verdict: told, keptAt });
    })
    .join('\n');
}

/** What the parts of a page share. */
interface Page {
  verdict: Verdict;
  keptAt: string | undefined;
}

function pageText(page: Page): string {
  const { verdict } = page;
  const lines = [
    `# ${inline(`${verdict.policy.title}: ${decisionText(verdict)}`)}`,
    '',
    ...headerLines(verdict),
    '',
    // Four spaces before it would make it a block of code.
    inline(verdict.message).trim(),
    ...verdict.gates.flatMap((gate) => gateLines(gate, page)),
    ...table(
      'Evidence',
      ['Evidence', 'Status', 'Collected', 'Source', 'Digest'],
      verdict.evidence.map((item) => evidenceCells(item, page)),
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
        placeText(page, path, line),
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
    ['Observed', `${observedIn(verdict)} of ${verdict.evidence.length}`],
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

function gateLines(gate: GateReport, page: Page): readonly string[] {
  const { verdict } = page;
  const role = gate.role === 'outlook' ? ', outlook' : '';
  const notes = [
    ...(gate.after ? [`Its turn comes after ${gate.after.map(codeText).join(', ')}.`] : []),
    ...(gate.earliest === undefined ? [] : [`Earliest: ${whenText(gate.earliest, verdict)}`]),
    ...(gate.alsoNeeds.length === 0 ? [] : [`Also needs ${gate.alsoNeeds.map(codeText).join(', ')}.`]),
  ];
  const rules = gate.rules.map((rule) => [
    inline(rule.outcome),
    link(page, codeText(rule.id), rule.at),
    inline(rule.message),
    whereText(page, rule),
    rule.todo === undefined ? '' : inline(rule.todo),
    rule.earliest === undefined || gate.after ? '' : whenText(rule.earliest, verdict),
  ]);
  return [
    '',
    `## ${inline(`${gate.id}: ${gate.decision}`)}${role}`,
    ...notes.flatMap((note) => ['', note]),
    ...rows(['Outcome', 'Rule', 'Observed', 'Where', 'To do', 'Can pass'], rules),
  ];
}

function whenText(instant: string, verdict: Verdict): string {
  return inline(`${clockTime(instant, verdict.policy.timezone)} (${relative(instant, verdict.evaluatedAt)})`);
}

function whereText(page: Page, rule: RuleReport): string {
  return rule.cites
    .map((cite) =>
      cite.path === undefined ? codeText(cite.evidence) : placeText(page, cite.path, cite.line),
    )
    .join(', ');
}

function placeText(page: Page, path: string | undefined, line?: number): string {
  if (path === undefined) return '';
  return link(page, codeText(line === undefined ? path : `${path}:${line}`), { path, line });
}

function link(page: Page, text: string, to: { path: string; line?: number | undefined }): string {
  return page.keptAt === undefined ? text : linked(text, to, page.keptAt);
}

function evidenceCells(item: EvidenceReport, page: Page): readonly string[] {
  return [
    codeText(item.id),
    item.status === 'observed'
      ? inline(item.origin ?? 'observed')
      : inline(`absent: ${item.message ?? item.code ?? ''}`),
    inline(item.collectedAt ?? ''),
    item.path === undefined ? codeText((item.command ?? []).join(' ')) : placeText(page, item.path),
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
