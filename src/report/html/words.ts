import type { CheckOutcome, Decision, Outcome } from '../../model/outcome.ts';
import type { Citation, Verdict } from '../../model/verdict.ts';
import { outcomeWord } from '../pretty-rule.ts';
import { clockTime, glue, relative, remaining } from '../when.ts';
import { type Content, el, type Markup } from './element.ts';
import { decisionIcon, outcomeIcon } from './icon.ts';
import type { HtmlPage } from './page.ts';

/** Text in which what stands between backticks is code. */
export function rich(text: string): Content {
  const parts = text.replaceAll(glue, ' ').split('`');
  return parts.map((part, index) => {
    if (index % 2 === 0) return part;
    return index < parts.length - 1 ? el('code', {}, part) : `\`${part}`;
  });
}

export function code(text: string): Markup {
  return el('code', {}, text);
}

/** A text for those who do not see the page. */
export function unseen(text: string): Markup {
  return el('span', { class: 'unseen' }, text);
}

/** An instant in the zone of the policy. */
export function timeOf({ verdict }: Pick<HtmlPage, 'verdict'>, instant: string): Markup {
  const shown = clockTime(instant, verdict.policy.timezone).replaceAll(glue, ' ');
  return el('time', { datetime: instant }, shown);
}

/** `Thu 2026-02-26 00:00 UTC, in 2 d 4 h`, seen from when it was judged. */
export function whenOf(page: Pick<HtmlPage, 'verdict'>, instant: string): Content {
  return [timeOf(page, instant), ', ', distance(relative(instant, page.verdict.evaluatedAt))];
}

/** When something open can pass; what can now still has to be done. */
export function earliestMarkup(page: Pick<HtmlPage, 'verdict'>, instant: string): Content {
  const now = relative(instant, page.verdict.evaluatedAt) === 'now';
  return now ? 'now, once that is done' : [whenOf(page, instant), ' at the earliest'];
}

/** The same of an end: what is left is rounded down. */
export function untilOf(page: Pick<HtmlPage, 'verdict'>, instant: string): Content {
  return [timeOf(page, instant), ', ', distance(remaining(instant, page.verdict.evaluatedAt))];
}

function distance(text: string): Markup {
  return el('span', { class: 'distance' }, text.replaceAll(glue, ' '));
}

/** Shape, word and colour of an outcome. */
export function outcomeMark(outcome: Outcome | CheckOutcome): Markup {
  return el('span', { class: `mark ${outcome}` }, outcomeIcon(outcome), el('span', {}, outcomeWord(outcome)));
}

export function decisionMark(decision: Decision): Markup {
  return el('span', { class: `mark ${decision}` }, decisionIcon(decision), el('span', {}, decision));
}

const mostPlaces = 10;

/**
 * Where citations point: a path with its lines, a command, a query, or the evidence by its name alone. `brief` leaves
 * queries to the table of evidence.
 */
export function placesMarkup(cites: readonly Citation[], verdict: Verdict, brief = false): Content {
  const places = new Map<string, Place>();
  for (const cite of cites) {
    const { text, evidence, line } = placeOf(cite, verdict, brief);
    const key = JSON.stringify([text, evidence]);
    const known = places.get(key) ?? { text, evidence, lines: new Set<number>() };
    if (line !== undefined) known.lines.add(line);
    places.set(key, known);
  }
  if (places.size === 0) return undefined;
  const shown = [...places.values()].slice(0, mostPlaces).map(placeMarkup);
  const more = places.size > mostPlaces ? el('li', {}, `and ${places.size - mostPlaces} more`) : undefined;
  return el('ul', { class: 'places' }, shown, more);
}

interface Place {
  text: string;
  evidence: string;
  lines: Set<number>;
}

/** `docs/log.md:17, 24 (smoke)`. */
function placeMarkup({ text, evidence, lines }: Place): Markup {
  const numbers = [...lines].sort((a, b) => a - b).join(', ');
  const name = evidence === text ? undefined : el('span', { class: 'faint' }, ` (${evidence})`);
  return el('li', {}, code(numbers === '' ? text : `${text}:${numbers}`), name);
}

function placeOf(cite: Citation, { evidence }: Verdict, brief: boolean) {
  const path = cite.path ?? evidence.find(({ id }) => id === cite.evidence)?.path;
  const query = brief ? undefined : cite.query;
  const text = path ?? cite.command?.join(' ') ?? query ?? cite.evidence;
  return { text, evidence: cite.evidence, line: path === undefined ? undefined : cite.line };
}
