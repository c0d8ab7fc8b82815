import type { Outcome } from '../model/outcome.ts';
import type { Citation, Detail, PartReport, RuleReport, Verdict } from '../model/verdict.ts';
import type { Ink } from './ink.ts';
import { remedyOf } from './ruleFacts.ts';
import { amount, progress } from './values.ts';
import { clockTime, relative, remaining } from './when.ts';
import { clip, columns, pad, wrap } from './wrap.ts';

/** What the drawing of a rule needs to know. */
export interface RulePage {
  verdict: Pick<Verdict, 'evaluatedAt' | 'evidence'> & { policy: Pick<Verdict['policy'], 'timezone'> };
  ink: Ink;
  width: number;
}

/** What the pieces of a page share. */
export interface Page extends RulePage {
  verdict: Verdict;
}

const indent = '      ';
const labelWidth = 10;

/** The word beside the symbol. */
export function outcomeWord(outcome: Outcome): string {
  return outcome === 'not-applicable' ? 'n/a' : outcome;
}

/** `Thu 2026-02-26 00:00 UTC, in 1 d 15 h`, in the zone of the policy. */
export function whenText(page: RulePage, instant: string): string {
  const { policy, evaluatedAt } = page.verdict;
  return `${clockTime(instant, policy.timezone)}, ${relative(instant, evaluatedAt)}`;
}

/** The same of a deadline, or of the end of something: what is left of it is rounded down. */
export function untilText(page: RulePage, instant: string): string {
  const { policy, evaluatedAt } = page.verdict;
  return `${clockTime(instant, policy.timezone)}, ${remaining(instant, evaluatedAt)}`;
}

/** A labelled, wrapped paragraph under a rule. */
export function labelled(page: RulePage, label: string, text: string): readonly string[] {
  const hang = indent.length + labelWidth;
  const lines = wrap(text, page.width - hang);
  return lines.map(
    (line, index) =>
      indent + (index === 0 ? page.ink.faint(pad(label, labelWidth)) : ' '.repeat(labelWidth)) + line,
  );
}

/** One rule: a single line if it is settled, a block with everything that helps if it is open. */
export function ruleLines(page: RulePage, rule: RuleReport, idWidth: number): readonly string[] {
  switch (rule.outcome) {
    case 'pass':
    case 'not-applicable':
      return headLines(page, rule, idWidth);
    case 'waived':
      return [...headLines(page, rule, idWidth), ...waivedLines(page, rule)];
    case 'fail':
    case 'pending':
    case 'unknown':
      return rule.code === 'command.not-run'
        ? notRunLines(page, rule, idWidth)
        : openLines(page, rule, idWidth);
  }
}

/** A rule whose turn is not now: what it waits for, without the rest. */
export function briefLines(page: RulePage, rule: RuleReport, idWidth: number): readonly string[] {
  const open = rule.outcome === 'fail' || rule.outcome === 'pending' || rule.outcome === 'unknown';
  const why = open
    ? wrap(rule.message, page.width - indent.length).map((line) => indent + page.ink.faint(line))
    : [];
  return [...headLines(page, rule, idWidth), ...why];
}

/** Symbol, word, id and title; a settled rule is cut to one line, the title of an open one moves below if it is long. */
function headLines(page: RulePage, rule: RuleReport, idWidth: number): readonly string[] {
  const { ink } = page;
  const mark = `  ${ink.symbol(rule.outcome)} ${pad(outcomeWord(rule.outcome), 8)}`;
  const id = rule.severity === 'error' ? rule.id : `${rule.id} (${rule.severity})`;
  const padded = rule.severity === 'error' ? pad(id, idWidth) : id;
  const room = page.width - columns(mark) - columns(padded) - 2;
  const head = ink.outcome(rule.outcome, mark);
  if (rule.outcome === 'pass' || rule.outcome === 'not-applicable') {
    if (room < 8) return [head + clip(id, page.width - columns(mark), ink.ellipsis)];
    return [`${head}${padded}  ${ink.faint(clip(rule.title, room, ink.ellipsis))}`];
  }
  if (columns(rule.title) <= room) return [`${head}${ink.strong(padded)}  ${rule.title}`];
  const [first = '', ...rest] = wrap(id, page.width - columns(mark));
  const below = [...rest.map(ink.strong), ...wrap(rule.title, page.width - indent.length)];
  return [head + ink.strong(first), ...below.map((line) => indent + line)];
}

function openLines(page: RulePage, rule: RuleReport, idWidth: number): readonly string[] {
  const lines = [
    ...headLines(page, rule, idWidth),
    ...labelled(page, 'why', `${rule.message} (${rule.code})`),
    ...observedLines(page, rule),
    ...labelled(page, 'required', requiredText(rule)),
    ...partLines(page, rule.parts ?? []),
    ...dayStrip(page, rule.detail),
    ...whereLines(page, [...citedPlaces(page, rule), rulePlace(rule)]),
    ...nextLines(page, rule),
  ];
  return rule.source === undefined ? lines : [...lines, ...labelled(page, 'see', rule.source)];
}

function nextLines(page: RulePage, rule: RuleReport): readonly string[] {
  return [...labelled(page, 'to do', todoText(rule)), ...labelled(page, 'can pass', canPass(page, rule))];
}

/** The last outcome of a rule of which everything else has been said already. */
export function outcomeLines(page: RulePage, rule: RuleReport): readonly string[] {
  const open = rule.outcome === 'fail' || rule.outcome === 'pending' || rule.outcome === 'unknown';
  return [
    ...(rule.outcome === 'waived'
      ? waivedBy(page, rule)
      : labelled(page, 'why', `${rule.message} (${rule.code})`)),
    ...observedLines(page, rule),
    ...partLines(page, rule.parts ?? []),
    ...dayStrip(page, rule.detail),
    ...whereLines(page, citedPlaces(page, rule)),
    ...(open ? nextLines(page, rule) : []),
  ];
}

/** How to run commands is said once for the whole page, so a rule that waits for one stays short. */
function notRunLines(page: RulePage, rule: RuleReport, idWidth: number): readonly string[] {
  const command = rule.cites.find((cite) => cite.command !== undefined)?.command;
  const what = command === undefined ? rule.message : `\`${command.join(' ')}\` was not run`;
  return [
    ...headLines(page, rule, idWidth),
    ...labelled(page, 'needs', `--run: ${what}`),
    ...labelled(page, 'required', requiredText(rule)),
    ...labelled(page, 'where', rulePlace(rule)),
  ];
}

function waivedLines(page: RulePage, rule: RuleReport): readonly string[] {
  return [...waivedBy(page, rule), ...whereLines(page, [...citedPlaces(page, rule), rulePlace(rule)])];
}

function waivedBy(page: RulePage, rule: RuleReport): readonly string[] {
  const { waiver } = rule;
  const was = waiver === undefined ? rule.message : `${waiver.outcome} (${waiver.code}): ${rule.message}`;
  const until =
    waiver === undefined
      ? []
      : labelled(page, 'waiver', `${waiver.id} until ${untilText(page, waiver.expires)}`);
  return [...labelled(page, 'was', was), ...until];
}

function observedLines(page: RulePage, rule: RuleReport): readonly string[] {
  const { observed, required, unit } = rule;
  if (observed === undefined) return [];
  const both = required === undefined ? undefined : progress(observed, required, unit);
  return labelled(page, 'observed', clip(both ?? amount(observed, unit), 400, page.ink.ellipsis));
}

function requiredText(rule: RuleReport): string {
  return rule.demand !== '' || rule.required === undefined ? rule.demand : amount(rule.required, rule.unit);
}

function todoText(rule: RuleReport): string {
  const parts = [rule.todo, remedyOf(rule)].filter((text) => text !== undefined && text !== '');
  return parts.length > 0 ? parts.join('; ') : `see \`${rule.code}\` in the reference`;
}

function canPass(page: RulePage, rule: RuleReport): string {
  if (rule.earliest === undefined) return 'as soon as that is done';
  if (relative(rule.earliest, page.verdict.evaluatedAt) === 'now') return 'now, once that is done';
  return `${whenText(page, rule.earliest)}, at the earliest`;
}

/** Where a citation points, as people go there. */
export function citeText(page: RulePage, cite: Citation): string {
  // Evidence that could not be read has no line to point at, but its place is known.
  const item = page.verdict.evidence.find(({ id }) => id === cite.evidence);
  const path = cite.path ?? item?.path;
  if (path !== undefined)
    return `${path}${cite.line === undefined ? '' : `:${cite.line}`} (${cite.evidence})`;
  if (cite.command !== undefined) return `\`${cite.command.join(' ')}\` (${cite.evidence})`;
  if (item?.kind === 'env') return `the environment (${cite.evidence})`;
  return cite.query === undefined ? cite.evidence : `\`${cite.query}\` (${cite.evidence})`;
}

const mostCites = 4;

function rulePlace(rule: RuleReport): string {
  return `${rule.at.path}:${rule.at.line} (the rule)`;
}

function citedPlaces(page: RulePage, rule: RuleReport): readonly string[] {
  const places = [...new Set(rule.cites.map((cite) => citeText(page, cite)))];
  const more = places.length > mostCites ? [`and ${places.length - mostCites} more`] : [];
  return [...places.slice(0, mostCites), ...more];
}

/** Places, each on a line of its own. */
function whereLines(page: RulePage, places: readonly string[]): readonly string[] {
  return places.flatMap((place, index) => labelled(page, index === 0 ? 'where' : '', place));
}

function partLines(page: RulePage, parts: readonly PartReport[]): readonly string[] {
  return parts.flatMap((part, index) => {
    const place = part.cites.find((cite) => cite.path !== undefined);
    const where = place === undefined || part.outcome === 'pass' ? '' : `, ${citeText(page, place)}`;
    const text = `${page.ink.symbol(part.outcome)} ${part.outcome}: ${part.demand}; ${part.message}${where}`;
    return labelled(page, index === 0 ? 'parts' : '', text);
  });
}

type DayState = NonNullable<Detail['days']>[number]['state'];

const dayOutcome: Readonly<Record<DayState, Outcome>> = {
  good: 'pass',
  bad: 'fail',
  missing: 'not-applicable',
  untrusted: 'unknown',
  today: 'pending',
};

/** The last days of a streak as one row of symbols between two dates. */
function dayStrip(page: RulePage, detail: Detail | undefined): readonly string[] {
  const days = detail?.days?.slice(-28) ?? [];
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return [];
  const strip = days.map((day) => page.ink.symbol(dayOutcome[day.state])).join('');
  return labelled(page, 'days', `${first.day} ${strip}${days.length > 1 ? ` ${last.day}` : ''}`);
}
