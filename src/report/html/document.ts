import { exitCodeOf, worstExit } from '../../model/exit.ts';
import { worstDecision } from '../../model/outcome.ts';
import type { Verdict } from '../../model/verdict.ts';
import { decisionWords } from '../decision.ts';
import { forPeople } from '../localTimes.ts';
import { byPolicy } from '../sorted.ts';
import { findingsPart, waiversPart } from './aside.ts';
import { calendarPart } from './calendar.ts';
import { constant, type Content, el, type Markup, markupOf } from './element.ts';
import { gateParts } from './gates.ts';
import { judgedPart } from './inputs.ts';
import { metricsPart } from './metrics.ts';
import { type HtmlPage, htmlPage, type Part, partMarkup } from './page.ts';
import { progressPart } from './progress.ts';
import { roadPart } from './road.ts';
import { style, styleHash } from './style.ts';
import { overviewMarkup } from './overview.ts';
import { summaryMarkup } from './summary.ts';

/**
 * One page that stands alone: no script, no request, no text from outside as markup. The style is the only thing that its
 * policy lets in, by hash.
 */
export function html(verdicts: readonly Verdict[]): string {
  // INVARIANT: nothing of a verdict is drawn that has not been made plain here.
  const pages = byPolicy(verdicts).map((verdict, index) => {
    const told = forPeople(verdict, verdict.policy.timezone);
    return htmlPage(told, index, verdicts.length);
  });
  const main = el('main', { id: 'main' }, overviewMarkup(pages), pages.map(verdictMarkup));
  const skip = el('a', { class: 'skip', href: '#main' }, 'Skip to the decision');
  const body = el('body', {}, skip, main, footer(pages));
  return `<!doctype html>${markupOf(el('html', { lang: 'en' }, head(pages), body))}\n`;
}

function head(pages: readonly HtmlPage[]): Markup {
  const policy = `default-src 'none'; style-src '${styleHash}'; base-uri 'none'; form-action 'none'`;
  return el(
    'head',
    {},
    el('meta', { charset: 'utf-8' }),
    el('meta', { 'http-equiv': 'Content-Security-Policy', content: policy }),
    el('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    el('meta', { name: 'color-scheme', content: 'light dark' }),
    el('meta', { name: 'referrer', content: 'no-referrer' }),
    el('title', {}, titleOf(pages)),
    constant(`\n<style>${style}</style>`),
  );
}

function titleOf(pages: readonly HtmlPage[]): string {
  const [only] = pages;
  if (pages.length === 1 && only !== undefined) {
    const { verdict } = only;
    return `${decisionWords(verdict)}: ${verdict.policy.title}`;
  }
  return `${worstDecision(pages.map(({ verdict }) => verdict.decision))}: ${pages.length} policies`;
}

function verdictMarkup(page: HtmlPage): Markup {
  const parts = [
    roadPart(page),
    progressPart(page),
    calendarPart(page),
    metricsPart(page),
    ...gateParts(page),
    waiversPart(page),
    findingsPart(page),
    judgedPart(page),
  ].filter((part) => part !== undefined);
  return el(
    'article',
    { 'aria-labelledby': page.key },
    summaryMarkup(page),
    contents(page, parts),
    parts.map((part) => partMarkup(page, part)),
  );
}

function contents(page: HtmlPage, parts: readonly Part[]): Content {
  const label = page.place === undefined ? 'On this page' : `Parts of ${page.place}`;
  const links = parts.map(({ name, title }) =>
    el('li', {}, el('a', { href: `#${page.key}-${name}` }, shortTitle(title))),
  );
  return el('nav', { 'aria-label': label }, el('ul', {}, links));
}

/** `Outlook` of `Outlook: does not change the decision`. */
function shortTitle(title: string): string {
  return title.split(':')[0] ?? title;
}

function footer(pages: readonly HtmlPage[]): Markup {
  const codes = pages.map(({ verdict }) => exitCodeOf(verdict));
  const version = pages[0]?.verdict.tool.version;
  const tool = `soakgate${version === undefined ? '' : ` ${version}`}`;
  return el(
    'footer',
    {},
    el('p', {}, `Drawn by ${tool} from the verdict alone. Exit code ${worstExit(codes)}.`),
  );
}
