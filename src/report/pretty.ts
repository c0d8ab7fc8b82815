import { exitCodeOf, worstExit } from '../model/exit.ts';
import type { GateReport, RuleReport, Verdict } from '../model/verdict.ts';
import { decisionText } from './decision.ts';
import { driftText } from './drift.ts';
import { plainAll, withoutCommands } from './escape.ts';
import type { RenderOptions } from './index.ts';
import { createInk } from './ink.ts';
import { asideLines } from './pretty-aside.ts';
import { briefLines, type Page, ruleLines, whenText } from './pretty-rule.ts';
import { forPeople } from './localTimes.ts';
import { byOpenness, tally } from './ruleOrder.ts';
import { byPolicy } from './sorted.ts';
import { clockTime, glue } from './when.ts';
import { columns, pad, wrap } from './wrap.ts';

/** What a person reads in a terminal: the decision first, then each gate, open rules before settled ones. */
export function pretty(verdicts: readonly Verdict[], options: RenderOptions): string {
  const ink = createInk(options);
  // One column stays free: terminals break a full line, and the guard below may put a space into one.
  const width = Math.max(40, options.width) - 1;
  // INVARIANT: nothing of a verdict is drawn that has not been made plain here, and every line passes the guard below.
  const pages = byPolicy(verdicts).map((verdict) => {
    const told = forPeople(verdict, verdict.policy.timezone);
    return pageLines({ verdict: told, ink, width });
  });
  const between = ['', ink.faint(ink.rule.repeat(width)), ''];
  const lines: string[] = pages.flatMap((page, index) => (index === 0 ? page : [...between, ...page]));
  if (pages.length > 1) lines.push(...between, ...wrap(sumText(verdicts), width));
  return withoutCommands(`${lines.join('\n').replaceAll(glue, ' ')}\n`);
}

/** Several verdicts in one line, for the end of a page that is long. */
function sumText(verdicts: readonly Verdict[]): string {
  const each = byPolicy(plainAll(verdicts)).map(({ policy, decision }) => `${policy.name} ${decision}`);
  return `${verdicts.length} policies: ${each.join(', ')}; exit code ${worstExit(verdicts.map(exitCodeOf))}`;
}

function pageLines(page: Page): readonly string[] {
  const { gates } = page.verdict;
  const deciding = gates.filter((gate) => gate.role === 'decides');
  const outlook = gates.filter((gate) => gate.role === 'outlook');
  return [
    ...headLines(page),
    ...section(page, 'What decides', deciding),
    ...section(page, 'Outlook: does not change the decision', outlook),
    ...asideLines(page),
    '',
    lastLine(page),
  ];
}

function headLines(page: Page): readonly string[] {
  const { verdict, ink, width } = page;
  const word = shouted(verdict);
  const name = `${verdict.policy.title} ${verdict.policy.version}`;
  const oneLine = columns(word) + 2 + columns(name) <= width;
  const first = ink.decision(verdict.decision, word);
  const title = oneLine ? [`${first}  ${ink.strong(name)}`] : [first, ...wrap(name, width).map(ink.strong)];
  return [...title, ...wrap(verdict.message, width - 2).map((line) => `  ${line}`), '', ...facts(page)];
}

function facts(page: Page): readonly string[] {
  const { verdict } = page;
  const zone = verdict.policy.timezone;
  const lines: (readonly [string, string])[] = [];
  if (verdict.decision !== 'go') lines.push(['earliest', earliestText(page)]);
  lines.push([
    'judged',
    `${clockTime(verdict.evaluatedAt, zone)}, valid until ${clockTime(verdict.validUntil, zone)}`,
  ]);
  if (verdict.phase !== undefined) lines.push(['phase', phaseText(verdict)]);
  const subject = subjectText(verdict);
  if (subject !== '') lines.push(['subject', subject]);
  const revision = verdict.policy.revision === undefined ? '' : ` at ${verdict.policy.revision}`;
  lines.push(['policy', `${verdict.policy.path}${revision}`]);
  const inputs = verdict.inputs.filter((input) => input.origin === 'option');
  if (inputs.length > 0)
    lines.push(['inputs', inputs.map(({ name, value }) => `${name} = ${value}`).join(', ')]);
  if (verdict.evidenceMode === 'imported') lines.push(['evidence', 'partly imported with --evidence']);
  return lines.flatMap(([label, text]) => fact(page, label, text));
}

function fact(page: Page, label: string, text: string): readonly string[] {
  const hang = 12;
  return wrap(text, page.width - hang).map((line, index) =>
    index === 0 ? `  ${page.ink.faint(pad(label, hang - 2))}${line}` : ' '.repeat(hang) + line,
  );
}

function earliestText(page: Page): string {
  const { earliest, gates } = page.verdict;
  if (earliest !== undefined) return whenText(page, earliest);
  const waiting = gates.filter((gate) => gate.role === 'decides').flatMap((gate) => gate.alsoNeeds);
  const names = [...new Set(waiting)];
  return names.length === 0
    ? 'cannot be told'
    : `waiting alone does not help: ${names.join(', ')} must pass first`;
}

function phaseText(verdict: Verdict): string {
  const { phase, policy } = verdict;
  if (phase === undefined) return '';
  const since = phase.since === undefined ? '' : ` since ${clockTime(phase.since, policy.timezone)}`;
  const next = phase.next === undefined ? '' : `, next ${phase.next}`;
  const drift = driftText(phase);
  return `${phase.current}${since}${next}${drift === undefined ? '' : `; drift: ${drift}`}`;
}

function subjectText(verdict: Verdict): string {
  const { commit, branch, environment } = verdict.subject;
  const parts: string[] = [];
  if (commit !== undefined)
    parts.push(`commit ${[...commit].slice(0, 12).join('')}${branch === undefined ? '' : ` on ${branch}`}`);
  if (environment !== undefined) parts.push(`environment ${environment}`);
  return parts.join(', ');
}

function section(page: Page, title: string, gates: readonly GateReport[]): readonly string[] {
  if (gates.length === 0) return [];
  return ['', page.ink.strong(title), ...gates.flatMap((gate) => gateLines(page, gate))];
}

function gateLines(page: Page, gate: GateReport): readonly string[] {
  const { ink, width } = page;
  const rules = byOpenness(gate.rules);
  const idWidth = Math.min(26, Math.max(0, ...rules.map((rule) => columns(rule.id))));
  const summary = tally(rules);
  const name = `${gate.id}: ${gate.decision}`;
  const oneLine = columns(name) + 2 + columns(summary) <= width;
  const decided = `${ink.strong(`${gate.id}:`)} ${ink.decision(gate.decision, gate.decision)}`;
  const head = oneLine ? [`${decided}${ink.faint(`, ${summary}`)}`] : [...wrap(name, width).map(ink.strong)];
  const notes: string[] = [];
  const later = gate.after !== undefined && gate.after.length > 0;
  if (later) notes.push(`its turn comes after ${gate.after?.join(', ')}; --gate ${gate.id} shows it in full`);
  if (gate.earliest !== undefined) notes.push(`earliest ${whenText(page, gate.earliest)}`);
  if (gate.earliest !== undefined && gate.alsoNeeds.length > 0)
    notes.push(`also needs ${gate.alsoNeeds.join(', ')}`);
  return [
    '',
    ...head,
    ...(oneLine ? [] : wrap(summary, width - 2).map((line) => `  ${line}`)),
    ...notes.flatMap((note) => wrap(note, width - 2)).map((line) => `  ${line}`),
    ...rules.flatMap((rule, index) => {
      if (later) return briefLines(page, rule, idWidth);
      const lines = ruleLines(page, rule, idWidth);
      // Air around blocks; single lines stand close.
      return index > 0 && (lines.length > 1 || isBlock(rules[index - 1])) ? ['', ...lines] : lines;
    }),
  ];
}

function isBlock(rule: RuleReport | undefined): boolean {
  return rule !== undefined && rule.outcome !== 'pass' && rule.outcome !== 'not-applicable';
}

/** The decision once more, where the eye is after a long page. */
function lastLine(page: Page): string {
  const { verdict, ink, width } = page;
  const text = `${verdict.policy.name}: ${shouted(verdict)}, exit code ${exitCodeOf(verdict)}`;
  return wrap(text, width)
    .map((line) => ink.decision(verdict.decision, line))
    .join('\n');
}

function shouted(verdict: Verdict): string {
  return decisionText(verdict).replace(verdict.decision, verdict.decision.toUpperCase());
}
