import type { FindingReport, Verdict, WaiverReport } from '../model/verdict.ts';
import { bearingOf, byBearing, type Entry, entriesOf, verdictBearing } from './bearing.ts';
import { decisionWords } from './decision.ts';
import { plainAll } from './escape.ts';
import type { RenderOptions } from './index.ts';
import { entryCites, placesOf, todoOf } from './ruleFacts.ts';
import { byPolicy } from './sorted.ts';
import { clip } from './wrap.ts';

/** The kinds of annotations that GitHub knows, as its workflow commands name them. */
type Kind = 'error' | 'warning' | 'notice';

export interface Annotation {
  kind: Kind;
  title: string;
  message: string;
  path?: string;
  line?: number;
}

/** GitHub shows ten annotations of a kind for each step and drops the others silently. */
const mostShown = 10;

/**
 * Workflow commands that GitHub draws as annotations: at most ten of a kind, worst first; where there are more, nine and
 * a tenth that says how many. Thirty in all, so one run stays below the fifty of a job.
 */
export function github(verdicts: readonly Verdict[], _options: RenderOptions): string {
  const all = annotationsOf(byPolicy(verdicts).map(plainAll));
  const kinds: readonly Kind[] = ['error', 'warning', 'notice'];
  return kinds
    .flatMap((kind) =>
      bounded(
        kind,
        all.filter((one) => one.kind === kind),
      ),
    )
    .map(annotationLine)
    .join('');
}

function bounded(kind: Kind, list: readonly Annotation[]): readonly Annotation[] {
  if (list.length <= mostShown) return list;
  const rest = list.length - (mostShown - 1);
  const message = `${rest} more of this kind are not shown here; the job summary and the log have them`;
  return [...list.slice(0, mostShown - 1), { kind, title: `and ${rest} more`, message }];
}

/** Verdicts first, then rules worst first, waivers that ended, and findings. */
function annotationsOf(verdicts: readonly Verdict[]): readonly Annotation[] {
  return [
    ...verdicts.map(verdictAnnotation),
    ...byBearing(verdicts.flatMap(entriesOf)).flatMap(ruleAnnotation),
    ...verdicts.flatMap(({ waivers }) => waivers.flatMap(waiverAnnotation)),
    ...verdicts.flatMap(({ findings }) => findings.map(findingAnnotation)),
  ];
}

function waiverAnnotation({ state, id, rule, expires, path }: WaiverReport): readonly Annotation[] {
  if (state !== 'expired') return [];
  const message = `it covered ${rule} until ${expires}`;
  return [{ kind: 'warning', title: `waiver ${id} has expired`, message, path }];
}

function findingAnnotation({ code, message, evidence, path, line }: FindingReport): Annotation {
  const text = { kind: 'warning', title: code, message: `${evidence}: ${message}` } as const;
  return path === undefined ? text : { ...text, path, ...(line === undefined ? {} : { line }) };
}

function verdictAnnotation(verdict: Verdict): Annotation {
  const { policy, message } = verdict;
  const title = `${policy.name}: ${decisionWords(verdict)}`;
  switch (verdictBearing(verdict)) {
    case 'passes':
      return { kind: 'notice', title, message };
    case 'fails':
    case 'holds':
      return { kind: 'error', title, message };
  }
}

/** Only time that is lacking is a warning; whatever else keeps the gate shut is an error. The outlook is silent. */
function ruleAnnotation(entry: Entry): readonly Annotation[] {
  const { gate, rule } = entry;
  switch (bearingOf(entry)) {
    case 'fails':
    case 'unknown':
      return [annotation('error', entry)];
    case 'pending':
      return [annotation('warning', entry)];
    case 'waived':
      return gate.role === 'decides' ? [annotation('notice', entry)] : [];
    case 'aside':
      if (gate.role === 'outlook') return [];
      return [annotation(rule.severity === 'note' ? 'notice' : 'warning', entry)];
    case 'passes':
    case 'not-applicable':
      return [];
  }
}

function annotation(kind: Kind, { rule, gate, verdict }: Entry): Annotation {
  const where = placesOf(entryCites(rule), verdict).join(', ');
  const parts = [rule.message, where === '' ? '' : `read at ${where}`, todoOf(rule) ?? ''];
  return {
    kind,
    title: `${gate.id} ${rule.id}: ${rule.outcome}`,
    message: parts.filter((part) => part !== '').join('; '),
    path: rule.at.path,
    line: rule.at.line,
  };
}

const mostChars = 2000;

/** One workflow command. The texts have to be plain. */
export function annotationLine({ kind, title, message, path, line }: Annotation): string {
  const properties = [
    ...(path === undefined || path === '' ? [] : [`file=${property(path)}`]),
    ...(line === undefined ? [] : [`line=${line}`]),
    `title=${property(title)}`,
  ];
  return `::${kind} ${properties.join(',')}::${data(message)}\n`;
}

// https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts: what the runner turns back.
function data(text: string): string {
  return clip(text, mostChars, '…').replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/** Text in which the runner obeys nothing. `token` must not be foreseeable: whoever knows it can end the silence. */
export function silenced(text: string, token: string): string {
  return `::stop-commands::${token}\n${text.endsWith('\n') ? text : `${text}\n`}::${token}::\n`;
}
