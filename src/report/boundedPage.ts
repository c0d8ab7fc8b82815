import { exitCodeOf } from '../model/exit.ts';
import type { GateReport, RuleReport, Verdict } from '../model/verdict.ts';
import { bearingOf, byBearing, type Entry, entriesOf } from './bearing.ts';
import { bytesOf } from './bytes.ts';
import { decisionText } from './decision.ts';
import { plainAll } from './escape.ts';
import { codeText, inline, tableCell } from './markdownText.ts';
import { placesOf, requiredText, todoOf } from './ruleFacts.ts';
import { byPolicy } from './sorted.ts';
import { clockTime, relative } from './when.ts';
import { clip } from './wrap.ts';

/** A piece of a page. Where not all have room, those of a lower rank stay. */
interface Block {
  rank: 0 | 1 | 2 | 3 | 4 | 5;
  text: string;
}

/** Room for the sentence that says how much was left out. */
const reserve = 200;

/**
 * Verdicts as Markdown of at most `budget` bytes, for places that refuse what is longer: the decision first, then its
 * gates, what to do, and behind folds all rules and the evidence. What has no room is left out from the end, details
 * first, and the page says so. Nothing from evidence can become markup.
 */
export function boundedPage(verdicts: readonly Verdict[], budget: number): string {
  const pages = byPolicy(verdicts).map(plainAll);
  const blocks = [...overview(pages), ...pages.flatMap(verdictBlocks)];
  const kept = new Set<Block>();
  let left = budget - reserve;
  for (const block of [...blocks].sort((a, b) => a.rank - b.rank)) {
    const bytes = bytesOf(block.text) + 1;
    if (bytes > left) continue;
    left -= bytes;
    kept.add(block);
  }
  const lost = blocks.length - kept.size;
  const note =
    lost === 0
      ? []
      : [`Shortened to fit here: ${lost} of ${blocks.length} parts are left out; the JSON has them all.\n`];
  return [...blocks.filter((block) => kept.has(block)).map(({ text }) => text), ...note].join('\n');
}

const mostChars = 1000;
const mostRows = 40;
const mostTodos = 20;

const short = (text: string): string => inline(clip(text, mostChars, '…'));

/** Of several verdicts a table stands above them, which stays whatever else is cut. */
function overview(verdicts: readonly Verdict[]): readonly Block[] {
  if (verdicts.length < 2) return [];
  const rows = verdicts.slice(0, mostRows).map((verdict) => {
    return [short(verdict.policy.name), inline(decisionText(verdict)), String(exitCodeOf(verdict))];
  });
  const more = verdicts.length > mostRows ? `\nand ${verdicts.length - mostRows} more\n` : '';
  return [{ rank: 0, text: table(['Policy', 'Decision', 'Exit code'], rows) + more }];
}

function verdictBlocks(verdict: Verdict): readonly Block[] {
  const { gates } = verdict;
  const deciding = gates.filter(({ role }) => role === 'decides');
  const outlook = gates.filter(({ role }) => role === 'outlook');
  return [
    { rank: 0, text: headText(verdict) },
    { rank: 1, text: gateTable(gates, verdict) },
    ...todoBlock(verdict),
    ...folded(3, `All rules that decide: ${tally(deciding)}`, deciding, verdict),
    ...folded(4, `Outlook, does not change the decision: ${tally(outlook)}`, outlook, verdict),
    ...evidenceBlock(verdict),
  ];
}

function headText(verdict: Verdict): string {
  const { policy, subject, evaluatedAt, validUntil, earliest, phase } = verdict;
  const word = decisionText(verdict).replace(verdict.decision, verdict.decision.toUpperCase());
  const commit = subject.commit === undefined ? '' : `, commit ${codeText(shortCommit(subject.commit))}`;
  const facts = [
    `Judged ${inline(clockTime(evaluatedAt, policy.timezone))}, valid until ${inline(clockTime(validUntil, policy.timezone))}${commit}.`,
    ...(earliest === undefined || verdict.decision === 'go'
      ? []
      : [`Can go ${inline(whenText(earliest, verdict))}, at the earliest.`]),
    ...(phase === undefined ? [] : [short(`Phase: ${phase.current}.`)]),
  ];
  const title = `${word}: ${clip(`${policy.title} ${policy.version}`, mostChars, '…')}`;
  return `## ${inline(title)}\n\n${short(verdict.message).trim()}\n\n${facts.join('  \n')}\n`;
}

function shortCommit(commit: string): string {
  return /^[0-9a-f]{40,64}$/.test(commit) ? commit.slice(0, 12) : clip(commit, mostChars, '…');
}

function gateTable(gates: readonly GateReport[], verdict: Verdict): string {
  const rows = gates.slice(0, mostRows).map((gate) => {
    const role = gate.role === 'outlook' ? ' (outlook)' : '';
    const earliest = gate.earliest === undefined ? '' : inline(whenText(gate.earliest, verdict));
    return [short(gate.id + role), gate.decision, tally([gate]), earliest];
  });
  const more = gates.length > mostRows ? `\nand ${gates.length - mostRows} more gates\n` : '';
  return table(['Gate', 'Decision', 'Rules', 'Earliest'], rows) + more;
}

/** The open rules that decide, worst first, each with what to do about it. */
function todoBlock(verdict: Verdict): readonly Block[] {
  const open = byBearing(entriesOf(verdict)).filter((entry) =>
    ['fails', 'unknown', 'pending'].includes(bearingOf(entry)),
  );
  if (open.length === 0) return [];
  const lines = open.slice(0, mostTodos).map(todoLine);
  const more = open.length > mostTodos ? [`- and ${open.length - mostTodos} more`] : [];
  return [{ rank: 2, text: `### What to do\n\n${[...lines, ...more].join('\n')}\n` }];
}

function todoLine({ rule, verdict }: Entry): string {
  const todo = todoOf(rule);
  const parts = [
    `${codeText(clip(rule.id, mostChars, '…'))} ${rule.outcome}: ${short(rule.message)}`,
    ...(todo === undefined ? [] : [`to do: ${short(todo)}`]),
    ...(rule.earliest === undefined ? [] : [`can pass ${inline(whenText(rule.earliest, verdict))}`]),
  ];
  return `- ${parts.join('; ')}`;
}

function folded(
  rank: 3 | 4,
  summary: string,
  gates: readonly GateReport[],
  verdict: Verdict,
): readonly Block[] {
  if (gates.length === 0) return [];
  const lines = gates.map((gate) => {
    const rows = gate.rules.map((rule) => ruleRow(rule, verdict));
    return `#### ${short(`${gate.id}: ${gate.decision}`)}\n\n${table(['Outcome', 'Rule', 'Observed', 'Demand', 'Where'], rows)}`;
  });
  return [{ rank, text: fold(summary, lines.join('\n')) }];
}

function ruleRow(rule: RuleReport, verdict: Verdict): readonly string[] {
  const severity = rule.severity === 'error' ? '' : ` (${rule.severity})`;
  const waiver = rule.waiver === undefined ? '' : `waived by ${rule.waiver.id}: `;
  const where = placesOf(rule.cites, verdict).map((place) => codeText(place.replace(/^`(.*)`$/s, '$1')));
  return [
    `${rule.outcome}${severity}`,
    codeText(clip(rule.id, mostChars, '…')),
    short(`${waiver}${rule.message}`),
    short(requiredText(rule)),
    where.join(', '),
  ];
}

function evidenceBlock(verdict: Verdict): readonly Block[] {
  const { evidence, waivers, findings } = verdict;
  const tables = [
    ...(evidence.length === 0
      ? []
      : [
          table(
            ['Evidence', 'Status', 'Digest'],
            evidence.map(({ id, status, message, digest }) => [
              codeText(id),
              status === 'observed' ? status : short(`absent: ${message ?? ''}`),
              digest === undefined ? '' : codeText(digest.slice(0, 19)),
            ]),
          ),
        ]),
    ...(waivers.length === 0
      ? []
      : [
          table(
            ['Waiver', 'Rule', 'State', 'Expires', 'Approver', 'Reason'],
            waivers.map(({ id, rule, state, expires, approver, reason }) =>
              [id, rule, state, expires, approver, reason].map(short),
            ),
          ),
        ]),
    ...(findings.length === 0
      ? []
      : [
          table(
            ['Finding', 'Place', 'Message'],
            findings.map(({ code, path, line, evidence: id, message }) => [
              codeText(code),
              codeText(path === undefined ? id : `${path}${line === undefined ? '' : `:${line}`}`),
              short(message),
            ]),
          ),
        ]),
  ];
  if (tables.length === 0) return [];
  const summary = `Evidence: ${evidence.length}; waivers: ${waivers.length}; findings: ${findings.length}`;
  return [{ rank: 5, text: fold(summary, tables.join('\n')) }];
}

/** INVARIANT: the summary is made of our own words and of numbers, since Markdown is not read there. */
function fold(summary: string, text: string): string {
  return `<details><summary>${summary}</summary>\n\n${text}\n</details>\n`;
}

function tally(gates: readonly GateReport[]): string {
  const outcomes = ['fail', 'unknown', 'pending', 'waived', 'pass', 'not-applicable'] as const;
  const rules = gates.flatMap((gate) => gate.rules);
  const counts = outcomes
    .map((outcome) => ({ outcome, count: rules.filter((rule) => rule.outcome === outcome).length }))
    .filter(({ count }) => count > 0);
  return counts.length === 0
    ? 'no rules'
    : counts.map(({ outcome, count }) => `${count} ${outcome}`).join(', ');
}

function whenText(instant: string, { policy, evaluatedAt }: Verdict): string {
  return `${clockTime(instant, policy.timezone)} (${relative(instant, evaluatedAt)})`;
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(tableCell).join(' | ')} |\n`;
  return `${line(header)}| ${header.map(() => '---').join(' | ')} |\n${rows.map(line).join('')}`;
}
