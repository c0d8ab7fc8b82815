import type { Citation, PartReport, RuleReport } from '../../model/verdict.ts';
import { entryCites, observedText, requiredText, todoOf } from '../ruleFacts.ts';
import { type Content, el, type Markup } from './element.ts';
import { heading, type HtmlPage } from './page.ts';
import { code, earliestMarkup, outcomeMark, placesMarkup, rich, untilOf } from './words.ts';

/** A rule with everything that helps: what was seen, what is due, where, and what to do. */
export function ruleMarkup(page: HtmlPage, rule: RuleReport, later: boolean): Markup {
  const id = page.anchors.get(rule) ?? page.key;
  return el(
    'section',
    { class: `rule ${rule.outcome}`, id },
    el(
      'div',
      { class: 'what' },
      heading(page, 2, {}, outcomeMark(rule.outcome), ' ', code(rule.id), severityOf(rule)),
      el('p', { class: 'title' }, rule.title),
      el(
        'p',
        { class: 'why' },
        rich(rule.message),
        ' ',
        el('span', { class: 'faint' }, '(', code(rule.code), ')'),
      ),
    ),
    el(
      'div',
      { class: 'detail' },
      partsMarkup(page, rule.parts ?? []),
      el('dl', { class: 'pairs' }, ...factsOf(page, rule, later).map(pairMarkup)),
    ),
  );
}

function severityOf({ severity }: RuleReport): Content {
  return severity === 'error' ? undefined : el('span', { class: 'faint' }, ` ${severity}, does not decide`);
}

export type Pair = readonly [label: string, content: Content];

export function pairMarkup([label, content]: Pair): Content {
  return [el('dt', {}, label), el('dd', {}, content)];
}

function factsOf(page: HtmlPage, rule: RuleReport, later: boolean): readonly Pair[] {
  const { waiver } = rule;
  const observed = observedText(rule);
  const todo = todoOf(rule);
  const pairs: readonly (readonly [string, Content])[] = [
    [
      'Waiver',
      waiver && [code(waiver.id), ` covers ${waiver.outcome} until `, untilOf(page, waiver.expires)],
    ],
    ['Observed', observed === undefined ? undefined : rich(observed)],
    // Parts say their own.
    ['Required', rule.parts === undefined ? rich(requiredText(rule)) : undefined],
    ['Evidence', placesMarkup(rule.cites.filter(isNoParts(rule)), page.verdict)],
    ['To do', todo === undefined ? undefined : rich(todo)],
    ['Can pass', later || rule.earliest === undefined ? undefined : earliestMarkup(page, rule.earliest)],
    ['Rationale', rule.rationale],
    ['Controls', controlsOf(rule)],
    ['Source', rule.source],
    ['Rule', code(`${rule.at.path}:${rule.at.line}`)],
  ];
  return pairs.filter(([, content]) => content !== undefined && content !== '');
}

/** Rules of parts cite what their parts cite. */
function isNoParts({ parts = [] }: RuleReport): (cite: Citation) => boolean {
  const told = new Set(parts.flatMap(({ cites }) => cites.map((cite) => JSON.stringify(cite))));
  return (cite) => !told.has(JSON.stringify(cite));
}

function controlsOf({ controls }: RuleReport): Content {
  return controls === undefined || controls.length === 0 ? undefined : controls.join(', ');
}

function partsMarkup(page: HtmlPage, parts: readonly PartReport[]): Content {
  if (parts.length === 0) return undefined;
  return el(
    'ul',
    { class: 'parts' },
    parts.map((part) => el('li', {}, outcomeMark(part.outcome), el('div', {}, partText(page, part)))),
  );
}

function partText(page: HtmlPage, part: PartReport): Content {
  return [
    el('p', {}, rich(part.demand)),
    el('p', { class: 'faint' }, rich(part.message)),
    placesMarkup(part.cites, page.verdict),
  ];
}

/** The cells of a rule that is settled, in the order of `settledColumns`. */
export function settledCells(page: HtmlPage, rule: RuleReport): readonly Content[] {
  const controls = controlsOf(rule);
  return [
    [
      outcomeMark(rule.outcome),
      ' ',
      code(rule.id),
      severityOf(rule),
      el('span', { class: 'title' }, rule.title),
      controls === undefined ? undefined : el('span', { class: 'faint' }, 'controls ', controls),
    ],
    rich(observedText(rule) ?? rule.message),
    rich(requiredText(rule)),
    placesMarkup(entryCites(rule), page.verdict, true) ?? code(`${rule.at.path}:${rule.at.line}`),
  ];
}

export const settledColumns = [
  { title: 'Rule', class: 'rule-cell' },
  { title: 'Observed', class: 'observed-cell' },
  { title: 'Required' },
  { title: 'Evidence' },
] as const;
