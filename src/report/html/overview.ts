import { worstDecision } from '../../model/outcome.ts';
import { decisionWords } from '../decision.ts';
import { missing } from '../status-facts.ts';
import { type Content, el } from './element.ts';
import { decisionIcon } from './icon.ts';
import { type HtmlPage, tableMarkup } from './page.ts';
import { accentOf } from './summary.ts';
import { code, earliestMarkup, untilOf } from './words.ts';

/** Several verdicts on one page: the worst of them first said, then each in a row. */
export function overviewMarkup(pages: readonly HtmlPage[]): Content {
  if (pages.length === 1) return undefined;
  // A look back that is go opens nothing, so of all it holds.
  const accents = pages.map(({ verdict }) => accentOf(verdict));
  const worst = worstDecision(accents);
  const columns = [
    { title: 'Policy', class: 'rule-cell' },
    { title: 'Decision' },
    { title: 'Open rules', class: 'count-cell' },
    { title: 'Can go' },
    { title: 'Valid until' },
  ];
  const rows = pages.map((page) => ({ cells: cellsOf(page) }));
  const word = el('span', { class: 'word' }, worst);
  return el(
    'header',
    { class: `summary overview ${worst}` },
    el('div', { class: 'sign' }, decisionIcon(worst)),
    el(
      'div',
      { class: 'answer' },
      el('h1', {}, word, ' ', el('span', { class: 'policy' }, `${pages.length} policies together`)),
    ),
    pages.length === 0 ? el('p', {}, 'Nothing was judged.') : tableMarkup('The policies', columns, rows),
  );
}

function cellsOf(page: HtmlPage): readonly Content[] {
  const { verdict, key } = page;
  const open = missing(verdict).length;
  return [
    [
      el('a', { href: `#${key}` }, verdict.policy.title),
      el('span', { class: 'title' }, code(verdict.policy.name)),
    ],
    el(
      'span',
      { class: `mark ${accentOf(verdict)}` },
      decisionIcon(accentOf(verdict)),
      el('span', {}, decisionWords(verdict)),
    ),
    open === 0 ? 'none' : String(open),
    accentOf(verdict) === 'go'
      ? 'now'
      : verdict.earliest === undefined
        ? 'cannot be told'
        : earliestMarkup(page, verdict.earliest),
    untilOf(page, verdict.validUntil),
  ];
}
