import { formatInstant } from '../model/instant.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Change, Round } from '../model/round.ts';
import type { RuleReport, Verdict } from '../model/verdict.ts';
import { decisionText } from './decision.ts';
import { plain, plainAll, withoutCommands } from './escape.ts';
import type { RenderOptions } from './index.ts';
import { createInk, type Ink } from './ink.ts';
import { outcomeWord, type Page } from './pretty-rule.ts';
import { sparkline } from './sparkline.ts';
import { deciding, missing } from './status-facts.ts';
import { shortNumber } from './values.ts';
import { clockTime, glue, relative } from './when.ts';
import { clip, columns, pad, wrap } from './wrap.ts';

export interface WatchOptions extends RenderOptions {
  /** Lines that the screen can hold. */
  rows: number;
}

/** What happened lately, with when: the screen keeps it until something else happens. */
export interface Lately {
  at: string;
  changes: readonly Change[];
}

/**
 * One screen of `watch`: each policy with its decision, what changed last, what is monitored, what is open, and when it
 * looks again. It is drawn once a round and stands still in between.
 */
export function watchScreen(round: Round, lately: Lately | undefined, options: WatchOptions): string {
  const ink = createInk(options);
  const width = Math.max(40, options.width) - 1;
  const pages = (round.verdicts ?? []).map((verdict): Page => ({ verdict: plainAll(verdict), ink, width }));
  const zone = pages[0]?.verdict.policy.timezone ?? 'UTC';
  const foot = footText(round, zone);
  const blocks = pages.map((page) => pageLines(page, options));
  const body = [...blocks.flatMap((lines, index) => (index === 0 ? lines : ['', ...lines]))];
  if (round.problems.length > 0) body.push(...problemLines(round, width, ink));
  if (lately !== undefined)
    body.push('', ...latelyLines(lately, { zone, ink, width, several: pages.length > 1 }));
  const room = Math.max(4, options.rows - 3);
  const shown = body.length > room ? [...body.slice(0, room - 1), ink.faint(ink.ellipsis)] : body;
  const lines = [...shown, '', ink.faint(clip(foot, width, ink.ellipsis))];
  return withoutCommands(`${lines.join('\n').replaceAll(glue, ' ')}\n`);
}

function footText({ at, next }: Round, zone: string): string {
  const judged = `judged ${clockTime(formatInstant(at), zone)}`;
  if (next === undefined) return judged;
  const when = relative(formatInstant(next), formatInstant(at));
  return `${judged}, again ${when} or on a change; Ctrl-C ends`;
}

function pageLines(page: Page, { unicode }: WatchOptions): readonly string[] {
  const { verdict, ink, width } = page;
  const word = decisionText(verdict).toUpperCase();
  const name = clip(
    `${verdict.policy.title} ${verdict.policy.version}`,
    width - columns(word) - 2,
    ink.ellipsis,
  );
  const lines = [`${ink.decision(verdict.decision, word)}  ${ink.strong(name)}`];
  lines.push(...wrap(verdict.message, width - 2).map((line) => `  ${line}`));
  if (verdict.phase !== undefined)
    lines.push(`  ${ink.faint('phase')}  ${clip(phaseText(verdict), width - 9, ink.ellipsis)}`);
  const monitored = deciding(verdict)
    .flatMap(({ rules }) => rules)
    .flatMap(monitoredIn);
  if (monitored.length > 0)
    lines.push('', ink.strong('Monitored'), ...monitored.map((one) => seriesLine(page, one, unicode)));
  const open = missing(verdict);
  if (open.length > 0) lines.push('', ink.strong('Open'), ...open.map((rule) => openLine(page, rule)));
  return lines;
}

function phaseText({ phase, policy, evaluatedAt }: Verdict): string {
  if (phase === undefined) return '';
  if (phase.since === undefined) return phase.current;
  return `${phase.current} since ${clockTime(phase.since, policy.timezone)}, ${relative(phase.since, evaluatedAt)}`;
}

type Monitored = Pick<RuleReport, 'id' | 'outcome' | 'detail'>;

/** What a rule draws: its own samples, or those of its parts, each by the name of its evidence. */
function monitoredIn({ id, outcome, detail, parts = [] }: RuleReport): readonly Monitored[] {
  const ofParts = parts.map((part) => ({ ...part, id: part.cites[0]?.evidence ?? id }));
  return [{ id, outcome, detail }, ...ofParts].flatMap((one) =>
    one.detail?.series === undefined || one.detail.series.length === 0 ? [] : { ...one, detail: one.detail },
  );
}

/** Symbol, id, the samples as a sparkline, the newest of them and the bound that the rule holds them to. */
function seriesLine({ ink, width }: Page, rule: Monitored, unicode: boolean): string {
  const { series = [], bound } = rule.detail ?? {};
  const values = series.map(({ value }) => value);
  const [idRoom, cells] = width < 72 ? [14, 10] : [24, 24];
  const drawn = sparkline(values, { ...(bound === undefined ? {} : { bound }), cells, unicode });
  const id = pad(clip(rule.id, idRoom, ink.ellipsis), idRoom);
  const mark = ink.outcome(rule.outcome, ink.symbol(rule.outcome));
  const newest = values.at(-1);
  const words = [
    ...(newest === undefined ? [] : [`now ${shortNumber(newest)}`]),
    ...(bound === undefined ? [] : [`bound ${shortNumber(bound)}`]),
  ].join(', ');
  const rest = clip(words, width - idRoom - cells - 8, ink.ellipsis);
  return `  ${mark} ${id}  ${ink.outcome(rule.outcome, pad(drawn, cells))}  ${rest}`;
}

function openLine({ verdict, ink, width }: Page, rule: RuleReport): string {
  const mark = ink.outcome(
    rule.outcome,
    `  ${ink.symbol(rule.outcome)} ${pad(outcomeWord(rule.outcome), 8)}`,
  );
  const when = rule.earliest === undefined ? '' : `, ${relative(rule.earliest, verdict.evaluatedAt)}`;
  const room = width - 13;
  return `${mark} ${clip(`${rule.id}${when}: ${rule.message}`.replaceAll(glue, ' '), room, ink.ellipsis)}`;
}

function problemLines({ problems }: Round, width: number, ink: Ink): readonly string[] {
  const [first] = problems;
  if (first === undefined) return [];
  const place = first.at === undefined ? '' : `${first.at.path}:${first.at.line}: `;
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more; soakgate lint)` : '';
  const text = plain(`not judged: ${place}${first.message}${more}`);
  return wrap(text, width).map((line) => ink.outcome('fail', line));
}

interface LatelyPage {
  zone: string;
  ink: Ink;
  width: number;
  /** The names of policies are worth saying. */
  several: boolean;
}

const mostChanges = 6;

function latelyLines({ at, changes }: Lately, { zone, ink, width, several }: LatelyPage): readonly string[] {
  const more = changes.length - mostChanges;
  return [
    ink.strong(clip(`Changed ${clockTime(at, zone)}`, width, ink.ellipsis)),
    ...changes.slice(0, mostChanges).map((change) => {
      const text = plain(`${several ? `${change.policy}: ` : ''}${changeText(change)}`);
      return `  ${clip(text, width - 2, ink.ellipsis)}`;
    }),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ];
}

/** `smoke-daily: pending, now pass`. */
function changeText(change: Change): string {
  switch (change.what) {
    case 'decision':
      return `decision: ${change.from}, now ${change.to}`;
    case 'phase':
      return `phase: ${change.from ?? 'none'}, now ${change.to ?? 'none'}`;
    case 'rule': {
      const word = (outcome: Outcome | undefined) =>
        outcome === undefined ? 'not there' : outcomeWord(outcome);
      return `${change.rule} (${change.gate}): ${word(change.from)}, now ${word(change.to)}`;
    }
  }
}

/**
 * A round as plain lines for a log: the first says where things stand, later ones only what changed; nothing if nothing
 * did. Each line begins with the instant.
 */
export function watchLines(round: Round, first: boolean): string {
  const at = formatInstant(round.at);
  const lines: string[] = [];
  const [problem] = round.problems;
  if (problem !== undefined) {
    const place = problem.at === undefined ? '' : `${problem.at.path}:${problem.at.line} `;
    lines.push(`not judged: ${place}${problem.code}: ${problem.message}`);
  }
  for (const verdict of first ? (round.verdicts ?? []) : []) {
    const open = missing(verdict).map(({ id, outcome }) => `${id} ${outcomeWord(outcome)}`);
    const rest = open.length === 0 ? '' : `; open: ${open.join(', ')}`;
    lines.push(`${verdict.policy.name}: ${decisionText(verdict).replaceAll(glue, ' ')}${rest}`);
  }
  for (const change of round.changes) lines.push(`${change.policy}: ${changeText(change)}`);
  return withoutCommands(lines.map((line) => `${at} ${plain(line)}\n`).join(''));
}
