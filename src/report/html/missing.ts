import type { RuleReport } from '../../model/verdict.ts';
import { grouped, todoOf } from '../status-missing.ts';
import { missing } from '../status-facts.ts';
import { type Content, el, type Markup } from './element.ts';
import { type HtmlPage, namedBy } from './page.ts';
import { earliestMarkup, outcomeMark, rich } from './words.ts';

/** What is missing, first things first; rules that one step helps stand together. */
export function missingList(page: HtmlPage): Content {
  const groups = grouped(missing(page.verdict));
  if (groups.length === 0) return undefined;
  const id = `${page.key}-missing`;
  return el(
    'section',
    { class: 'missing', 'aria-labelledby': namedBy(page, id) },
    el(page.level === 2 ? 'h2' : 'h3', { id }, 'What is missing, first things first'),
    el(
      'ol',
      {},
      groups.map((rules) => itemMarkup(page, rules)),
    ),
  );
}

function itemMarkup(page: HtmlPage, rules: readonly RuleReport[]): Content {
  const [rule] = rules;
  if (rule === undefined) return undefined;
  const todo = todoOf(rule);
  return el(
    'li',
    {},
    outcomeMark(rule.outcome),
    el(
      'div',
      { class: 'what' },
      el(
        'p',
        { class: 'ids' },
        rules.map((one, index) => [index === 0 ? '' : ', ', ruleLink(page, one)]),
        minor(rule),
      ),
      rules.length > 1 ? undefined : el('p', { class: 'title' }, rule.title),
      rule.code === 'command.not-run' ? undefined : el('p', { class: 'why' }, rich(rule.message)),
    ),
    el(
      'div',
      { class: 'help' },
      todo === '' ? undefined : el('p', { class: 'todo' }, el('strong', {}, 'To do: '), rich(todo)),
      rule.outcome !== 'pending' || rule.earliest === undefined
        ? undefined
        : el('p', { class: 'when' }, el('strong', {}, 'Can pass: '), earliestMarkup(page, rule.earliest)),
    ),
  );
}

function ruleLink(page: HtmlPage, rule: RuleReport): Markup {
  return el('a', { href: `#${page.anchors.get(rule) ?? page.key}` }, el('code', {}, rule.id));
}

/** Only errors decide. */
function minor({ severity }: RuleReport): Content {
  return severity === 'error' ? undefined : ` (${severity}, does not decide)`;
}
