import type { RuleReport, Verdict } from '../../model/verdict.ts';
import { verdictBearing } from '../bearing.ts';
import { decisionWords } from '../decision.ts';
import { driftText } from '../drift.ts';
import { missing } from '../status-facts.ts';
import { type Content, el, type Markup } from './element.ts';
import { decisionIcon } from './icon.ts';
import { missingList } from './missing.ts';
import type { HtmlPage } from './page.ts';
import { code, earliestMarkup, rich, timeOf, unseen, untilOf } from './words.ts';

/** The first screen: may I go, what is missing, until when. */
export function summaryMarkup(page: HtmlPage): Markup {
  const { verdict, level, key, place } = page;
  const { policy } = verdict;
  const name = el(
    'span',
    { class: 'policy' },
    `${policy.title} `,
    el('span', { class: 'version' }, policy.version),
  );
  const word = el('span', { class: 'word' }, ...wordOf(verdict));
  const head = el(
    level === 2 ? 'h1' : 'h2',
    { id: key },
    place === undefined ? undefined : unseen(`${place}: `),
    word,
    ' ',
    name,
  );
  return el(
    'header',
    { class: `summary ${accentOf(verdict)}${level === 2 ? '' : ' one'}` },
    el('div', { class: 'sign' }, decisionIcon(accentOf(verdict))),
    el('div', { class: 'answer' }, head, el('p', { class: 'lead' }, leadOf(verdict)), messageOf(verdict)),
    el('dl', { class: 'facts' }, ...factsOf(page).map(([label, text]) => factMarkup(label, text))),
    missingList(page),
  );
}

/** The colour of a decision. INVARIANT: that of go is shown exactly where the exit code is 0. */
export function accentOf(verdict: Verdict): 'go' | 'hold' | 'no-go' {
  switch (verdictBearing(verdict)) {
    case 'passes':
      return 'go';
    case 'holds':
      return 'hold';
    case 'fails':
      return 'no-go';
  }
}

/** The word itself, large, and what qualifies it. */
function wordOf(verdict: Verdict): readonly Content[] {
  const notes = decisionWords(verdict).slice(verdict.decision.length);
  return [verdict.decision, notes === '' ? undefined : el('span', { class: 'notes' }, notes)];
}

/** What to do now, in a sentence. */
function leadOf(verdict: Verdict): string {
  const blocking = missing(verdict).filter(({ severity }) => severity === 'error');
  const failing = blocking.filter(({ outcome }) => outcome === 'fail').length;
  switch (verdict.decision) {
    case 'go':
      return accentOf(verdict) === 'go'
        ? 'You may go: everything that decides holds.'
        : 'It was go at that instant. A look back opens nothing: judge again before you go.';
    case 'hold':
      return holdLead(verdict, blocking);
    case 'no-go':
      return `Stop: ${counted(failing, 'rule fails', 'rules fail')}. Mend what fails first.`;
  }
}

function holdLead({ earliest, evaluatedAt }: Verdict, blocking: readonly RuleReport[]): string {
  const open =
    blocking.length === 0
      ? 'nothing proves that you may go'
      : `${counted(blocking.length, 'rule is', 'rules are')} open`;
  if (blocking.length === 0) return `Wait: ${open}.`;
  if (earliest === undefined) return `Wait: ${open}, and waiting alone does not help.`;
  return earliest <= evaluatedAt
    ? `Not yet: ${open}. Do what is missing and it can go now.`
    : `Wait: ${open}. If all stays well, time does the rest.`;
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** What decided, where the list of what is missing does not say it. */
function messageOf(verdict: Verdict): Content {
  return missing(verdict).length > 0 ? undefined : el('p', { class: 'why' }, rich(verdict.message));
}

type Fact = readonly [label: string, content: Content];

function factMarkup(label: string, content: Content): Markup {
  return el('div', {}, el('dt', {}, label), el('dd', {}, content));
}

function factsOf(page: HtmlPage): readonly Fact[] {
  const { verdict } = page;
  const { phase, policy } = verdict;
  const subject = subjectOf(verdict);
  return [
    ['Can go', earliestOf(page)],
    ['Valid until', untilOf(page, verdict.validUntil)],
    ['Judged', timeOf(page, verdict.evaluatedAt)],
    ...(phase === undefined ? [] : [['Phase', phaseOf(page)] satisfies Fact]),
    ...(subject.length === 0 ? [] : [['Subject', subject] satisfies Fact]),
    ['Owner', policy.owner],
  ];
}

function earliestOf(page: HtmlPage): Content {
  const { decision, earliest, gates } = page.verdict;
  if (decision === 'go') return accentOf(page.verdict) === 'go' ? 'now' : 'once it is judged again';
  if (earliest !== undefined) return earliestMarkup(page, earliest);
  const names = [
    ...new Set(gates.filter(({ role }) => role === 'decides').flatMap((gate) => gate.alsoNeeds)),
  ];
  if (names.length === 0) return 'cannot be told';
  return `not by waiting alone: ${counted(names.length, 'rule', 'rules')} must pass first`;
}

function phaseOf(page: HtmlPage): Content {
  const { phase } = page.verdict;
  if (phase === undefined) return undefined;
  const drift = driftText(phase);
  return [
    code(phase.current),
    phase.next === undefined ? undefined : [', next ', code(phase.next)],
    drift === undefined ? undefined : el('strong', { class: 'drift' }, `; drift: ${drift}`),
  ];
}

function subjectOf({ subject }: Verdict): readonly Content[] {
  const { commit, branch, environment } = subject;
  const parts: Content[] = [];
  if (commit !== undefined)
    parts.push(['commit ', code(/^[0-9a-f]{40,64}$/.test(commit) ? commit.slice(0, 12) : commit)]);
  if (branch !== undefined) parts.push([parts.length > 0 ? ' on ' : 'branch ', code(branch)]);
  if (environment !== undefined) parts.push([parts.length > 0 ? ', ' : '', `environment ${environment}`]);
  return parts;
}
