import { parseInstant } from '../../model/instant.ts';
import type { Detail } from '../../model/verdict.ts';
import { type Bar, barsOf } from '../status-bars.ts';
import { glue, span } from '../when.ts';
import { type Content, el, type Markup } from './element.ts';
import type { HtmlPage, Part } from './page.ts';
import { code, outcomeMark, timeOf } from './words.ts';

/** Soaks, streaks and quiet spells under way, each with a bar; those of the outlook are told apart. */
export function progressPart(page: HtmlPage): Part | undefined {
  const bars = barsOf(page.verdict);
  if (bars.length === 0) return undefined;
  const content = el(
    'ul',
    { class: 'bars' },
    bars.map((one) => barMarkup(page, one)),
  );
  return { name: 'progress', title: 'Soak and streak', content };
}

function barMarkup(page: HtmlPage, one: Bar): Markup {
  const { rule, text, gate, later } = one;
  return el(
    'li',
    { class: rule.outcome },
    el('p', { class: 'name' }, outcomeMark(rule.outcome), ' ', el('strong', {}, rule.title)),
    drawnBar(one),
    el(
      'p',
      { class: 'faint' },
      el('strong', { class: 'amount' }, text.replaceAll(glue, ' ')),
      ', ',
      code(rule.id),
      later ? [', later, for ', code(gate)] : undefined,
    ),
    spansMarkup(page, rule.detail?.spans ?? []),
  );
}

/** INVARIANT: only what passed is drawn full, and only what was not observed at all is drawn empty. */
function drawnBar({ rule, observed, required }: Bar): Markup {
  const part = Math.min(97, Math.max(2, Math.floor((observed / required) * 100)));
  const filled = rule.outcome === 'pass' ? 100 : observed <= 0 ? 0 : part;
  const size = { class: 'bar', viewBox: '0 0 100 4', preserveAspectRatio: 'none' };
  return el(
    'svg',
    { ...size, 'aria-hidden': 'true', focusable: 'false' },
    el('rect', { class: 'track', width: 100, height: 4 }),
    el('rect', { class: 'done', width: filled, height: 4 }),
  );
}

const mostSpans = 5;

/** When it was observed, and what ended it; the newest last. */
function spansMarkup(page: HtmlPage, spans: NonNullable<Detail['spans']>): Content {
  if (spans.length === 0) return undefined;
  const more = spans.length - mostSpans;
  return el(
    'ul',
    { class: 'spans' },
    more > 0 ? el('li', {}, `${more} before`) : undefined,
    spans
      .slice(-mostSpans)
      .map(({ from, to, ended }) =>
        el(
          'li',
          {},
          'observed ',
          timeOf(page, from),
          ' to ',
          timeOf(page, to),
          lengthOf(from, to),
          ended === undefined ? undefined : ['; ended by ', code(ended)],
        ),
      ),
  );
}

function lengthOf(from: string, to: string): string {
  const length = (parseInstant(to) ?? Number.NaN) - (parseInstant(from) ?? Number.NaN);
  return Number.isNaN(length) ? '' : ` (${span(length).replaceAll(glue, ' ')})`;
}
