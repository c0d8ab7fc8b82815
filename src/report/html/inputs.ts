import { modeOf, observedIn } from '../../model/mode.ts';
import type { EvidenceReport, Verdict } from '../../model/verdict.ts';
import { entryCites } from '../ruleFacts.ts';
import { type Content, el } from './element.ts';
import { heading, type HtmlPage, type Part, tableMarkup } from './page.ts';
import { type Pair, pairMarkup } from './rule.ts';
import { code, rich, timeOf } from './words.ts';

/** What the verdict was made of: policy, subject, inputs and evidence, each with the digest that binds it. */
export function judgedPart(page: HtmlPage): Part {
  const { verdict } = page;
  const content = [
    el('dl', { class: 'pairs' }, ...pairsOf(verdict).map(pairMarkup)),
    inputsMarkup(page),
    evidenceMarkup(page),
  ];
  return { name: 'judged', title: 'What was judged', content };
}

function pairsOf(verdict: Verdict): readonly Pair[] {
  const { policy, subject, evidence } = verdict;
  const pairs: readonly Pair[] = [
    ['Policy', [code(policy.path), ` ${policy.name} ${policy.version}`]],
    ['Policy digest', digest(policy.digest)],
    ['Policy revision', policy.revision && code(policy.revision)],
    ['Repository', subject.repository],
    ['Commit', subject.commit && code(subject.commit)],
    ['Branch', subject.branch && code(subject.branch)],
    ['Environment', subject.environment],
    ...subject.artifacts.map(
      (artifact): Pair => ['Artifact', [code(artifact.name), ' ', digest(artifact.digest)]],
    ),
    ['Evidence', `${observedIn(verdict)} of ${evidence.length} observed, ${modeWords(verdict)}`],
    [
      'Rows of logs',
      verdict.dated === 'yes' ? 'dated by git' : 'taken at their word: git has not dated them',
    ],
    ['Time zone', `${policy.timezone}${verdict.tzdata === undefined ? '' : `, data ${verdict.tzdata}`}`],
  ];
  return pairs.filter(([, content]) => content !== undefined && content !== '');
}

function modeWords(verdict: Verdict): string {
  const run = modeOf(verdict) === 'full' ? 'every command was run' : 'not every command was run';
  switch (verdict.evidenceMode) {
    case 'live':
      return run;
    case 'imported':
      return `${run}, partly imported`;
    case 'as-of':
      return `${run}, looked back`;
  }
}

function digest(text: string): Content {
  return el('code', { class: 'digest' }, text);
}

function inputsMarkup(page: HtmlPage): Content {
  const { inputs } = page.verdict;
  if (inputs.length === 0) return undefined;
  // What was set for this run comes first: the defaults stand in the policy.
  const sorted = [...inputs].sort((a, b) => Number(a.origin === 'default') - Number(b.origin === 'default'));
  const items = sorted.map(({ name, value, origin }) =>
    el(
      'div',
      {},
      el('dt', {}, code(name)),
      el('dd', {}, code(String(value)), origin === 'option' ? el('strong', {}, ' set by option') : undefined),
    ),
  );
  return [heading(page, 1, {}, 'Inputs'), el('dl', { class: 'inputs' }, items)];
}

function evidenceMarkup(page: HtmlPage): Content {
  const { evidence } = page.verdict;
  if (evidence.length === 0) return el('p', {}, 'No evidence was collected.');
  const columns = [
    { title: 'Evidence', class: 'name-cell' },
    { title: 'Status', class: 'status-cell' },
    { title: 'Source' },
    { title: 'Digest', class: 'digest-cell' },
  ];
  const absentFirst = [...evidence].sort(
    (a, b) => Number(a.status === 'observed') - Number(b.status === 'observed'),
  );
  const rows = absentFirst.map((item) => ({ cells: evidenceCells(page, item) }));
  return [
    heading(page, 1, {}, 'Evidence'),
    tableMarkup('Evidence with its source and digest', columns, rows),
  ];
}

function evidenceCells(page: HtmlPage, item: EvidenceReport): readonly Content[] {
  const source = item.path ?? item.command?.join(' ') ?? queryOf(page.verdict, item.id);
  return [
    [code(item.id), el('span', { class: 'title' }, item.kind)],
    item.status === 'observed'
      ? [item.origin ?? 'observed', collectedOf(page, item)]
      : [el('strong', {}, 'absent'), ': ', rich(item.message ?? item.code ?? '')],
    source === undefined ? '' : code(source),
    item.digest === undefined ? '' : digest(item.digest),
  ];
}

/** Rules cite the query that they were answered by. */
function queryOf({ gates }: Verdict, id: string): string | undefined {
  const cites = gates.flatMap((gate) => gate.rules).flatMap(entryCites);
  return cites.find((cite) => cite.evidence === id && cite.query !== undefined)?.query;
}

function collectedOf(page: HtmlPage, { collectedAt }: EvidenceReport): Content {
  return collectedAt === undefined ? undefined : el('span', { class: 'title' }, timeOf(page, collectedAt));
}
