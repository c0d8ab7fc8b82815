import type { Verdict } from '../model/verdict.ts';
import { decisionText } from './decision.ts';
import { driftText, recordedPhase } from './drift.ts';
import { withoutCommands } from './escape.ts';
import type { RenderOptions } from './index.ts';
import { createInk } from './ink.ts';
import { type Page, untilText, whenText } from './pretty-rule.ts';
import { forPeople } from './localTimes.ts';
import { byPolicy } from './sorted.ts';
import { barLines } from './status-bars.ts';
import { deciding, decidingCommand, factsOf, type StatusFacts } from './status-facts.ts';
import { missingLines } from './status-missing.ts';
import { trustLines } from './status-trust.ts';
import { clockTime, glue, relative } from './when.ts';
import { pad, wrap } from './wrap.ts';

/** One screen: where the rollout stands, how far it is, what to do next and when. Status tells, it decides nothing. */
export function statusPretty(verdicts: readonly Verdict[], options: RenderOptions): string {
  const ink = createInk(options);
  const width = Math.max(40, options.width) - 1;
  // INVARIANT: nothing of a verdict is drawn that has not been made plain here, and every line passes the guard below.
  const pages = byPolicy(verdicts).map((verdict) => {
    const told = forPeople(verdict, verdict.policy.timezone);
    return pageLines({ verdict: told, ink, width });
  });
  const between = ['', ink.faint(ink.rule.repeat(width)), ''];
  const lines = pages.flatMap((page, index) => (index === 0 ? page : [...between, ...page]));
  const ended = verdicts.length > 0 && verdicts.every(({ phase }) => phase?.current === 'done');
  const last = ended
    ? []
    : ['', ...wrap(`Status tells, check decides: ${decidingCommand}`, width).map(ink.faint)];
  return withoutCommands(`${[...lines, ...last].join('\n').replaceAll(glue, ' ')}\n`);
}

function pageLines(page: Page): readonly string[] {
  const { verdict, ink, width } = page;
  const title = `${verdict.policy.title} ${verdict.policy.version}`;
  return [
    ...wrap(title, width).map(ink.strong),
    ...labelled(page, 'as of', asOfText(verdict)),
    ...labelled(page, 'road', roadText(page)),
    ...labelled(page, 'phase', phaseText(verdict)),
    ...labelled(page, 'drift', flagsText(verdict)),
    ...(verdict.phase?.current === 'done' ? [] : aheadLines(page)),
    ...trustLines(page),
  ];
}

/** What lies ahead; a rollout that is finished has nothing more to do or to wait for. */
function aheadLines(page: Page): readonly string[] {
  const facts = factsOf(page.verdict);
  return [
    ...stepLines(page, facts),
    ...labelled(page, 'earliest', earliestText(page, facts)),
    ...labelled(page, 'gates', gatesText(page.verdict)),
    ...barLines(page),
    ...missingLines(page),
  ];
}

const hang = 12;

function labelled(page: Page, label: string, text: string | undefined): readonly string[] {
  if (text === undefined) return [];
  return wrap(text, page.width - hang).map((line, index) =>
    index === 0 ? `  ${page.ink.faint(pad(label, hang - 2))}${line}` : ' '.repeat(hang) + line,
  );
}

function asOfText({ evidenceMode, evaluatedAt, policy }: Verdict): string | undefined {
  if (evidenceMode === 'live') return undefined;
  const time = clockTime(evaluatedAt, policy.timezone);
  return evidenceMode === 'as-of'
    ? `${time}: looking back opens nothing`
    : `${time}, evidence partly imported`;
}

/** `✓ shadow → ● auth-enforced → ○ vault-enforced`: past, current and ahead by the transition log. */
function roadText({ verdict: { phase }, ink }: Page): string | undefined {
  if (phase === undefined || phase.road.length === 0) return undefined;
  const [past, current, ahead] = ink.steps;
  const marks = { past, current, ahead };
  const steps = phase.road.map(({ id, state }) => `${marks[state]}${glue}${id}`);
  return steps.join(`${glue}${ink.arrow} `);
}

function phaseText({ phase, policy, evaluatedAt }: Verdict): string | undefined {
  if (phase === undefined) return undefined;
  if (phase.current === 'done') return 'done: the rollout is finished';
  const since =
    phase.since === undefined
      ? ''
      : ` since ${clockTime(phase.since, policy.timezone)}, ${relative(phase.since, evaluatedAt)}`;
  const logged = recordedPhase(phase);
  if (phase.current === 'unknown') return `unknown: the flags show no phase; recorded is ${logged ?? 'none'}`;
  const differs = logged !== undefined && logged !== phase.current;
  return `${phase.current}${since}${differs ? ` by its flags; the transition log has ${logged} in force` : ''}`;
}

function flagsText({ phase }: Verdict): string | undefined {
  if (phase === undefined) return undefined;
  const text = driftText(phase);
  if (text === undefined) return 'none';
  return phase.current === 'unknown' ? `${text} (--env-file FILE reads them from a file)` : text;
}

/** The next step with its decision, which is painted wherever wrapping puts it. */
function stepLines(page: Page, facts: StatusFacts): readonly string[] {
  const { verdict, ink } = page;
  const word = decisionText(verdict).replaceAll(' ', glue);
  const label = facts.phase === undefined ? 'decision' : 'next';
  const name = stepName(verdict, facts);
  const lines = labelled(page, label, name === '' ? word : `${name}: ${word}`);
  return lines.map((line) => line.replace(word, () => ink.decision(verdict.decision, word)));
}

function stepName({ phase }: Verdict, { next }: StatusFacts): string {
  if (phase === undefined) return '';
  if (next === 'done') return 'the end of the rollout';
  return next ?? 'not known without a phase';
}

function earliestText(page: Page, { decision, earliest, notBefore, alsoNeeds }: StatusFacts): string {
  if (decision === 'go') return `now, until ${untilText(page, page.verdict.validUntil)}`;
  if (earliest === page.verdict.evaluatedAt) return 'now, once what is missing below is there';
  if (earliest !== undefined) return `${whenText(page, earliest)}, if all goes well`;
  const [first, ...more] = alsoNeeds;
  if (first === undefined) return 'cannot be told';
  const needs = more.length === 0 ? first : `${first} and ${more.length} more`;
  if (notBefore === undefined) return `waiting alone does not help: ${needs} must pass`;
  return `not before ${whenText(page, notBefore)}; ${needs} must pass too`;
}

function gatesText(verdict: Verdict): string | undefined {
  const gates = deciding(verdict).map(({ id, decision }) => `${id}${glue}${decision}`);
  return gates.length === 0 ? 'none of the gates is declared' : gates.join(', ');
}
