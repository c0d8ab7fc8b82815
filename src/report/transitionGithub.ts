import type { TransitionReport } from '../model/transition.ts';
import type { Verdict } from '../model/verdict.ts';
import { boundedPage } from './boundedPage.ts';
import { bytesOf } from './bytes.ts';
import { plain, plainAll } from './escape.ts';
import { type Annotation, annotationLine } from './github.ts';
import { codeText, inline } from './markdownText.ts';
import { type StepOutputs, stepOutputs } from './stepOutputs.ts';
import { headline } from './transition.ts';
import { glue } from './when.ts';

/** What was done as an annotation at its row. Of a step that is not go the verdict says all. */
export function transitionAnnotation(given: TransitionReport): string {
  const report = plainAll(given);
  const { how, transition, dryRun, policy, row, reason = '' } = report;
  if (how === 'not-go') return '';
  const annotation: Annotation = {
    // Somebody will ask why a rollout went back.
    kind: transition === 'rollback' && !dryRun ? 'warning' : 'notice',
    title: `${policy.name}: ${done(report)}`,
    message: reason === '' ? headlineOf(report) : reason,
    ...(row === undefined || dryRun ? {} : { path: row.path, line: row.line }),
  };
  return annotationLine(annotation);
}

function done({ transition, dryRun, from, to }: TransitionReport): string {
  const would = dryRun ? 'would be ' : '';
  switch (transition) {
    case 'advance':
      return `${would}advanced from ${from} to ${to}`;
    case 'rollback':
      return `${would}rolled back from ${from} to ${to}`;
    case 'done':
      return `${would}finished`;
  }
}

function headlineOf(report: TransitionReport): string {
  return headline(report).replaceAll(glue, ' ').replace(/ {2,}/, ': ');
}

/** What was done, with the verdicts that decided behind it, as Markdown of at most `budget` bytes. */
export function transitionPage(
  given: TransitionReport,
  verdicts: readonly Verdict[],
  budget: number,
): string {
  const report = plainAll(given);
  const { row, stored, reason = '', dryRun } = report;
  const facts = [
    ...(row === undefined || dryRun ? [] : [`Row: ${codeText(`${row.path}:${row.line}`)}`]),
    ...(stored === undefined || dryRun ? [] : [`Verdict: ${codeText(stored.path)}`]),
    ...(reason === '' ? [] : [`Reason: ${inline(reason)}`]),
  ];
  const head = `## ${inline(headlineOf(report))}\n\n${facts.map((line) => `${line}  \n`).join('')}`;
  if (verdicts.length === 0) return head;
  return `${head}\n${boundedPage(verdicts, budget - bytesOf(head) - 1)}`;
}

/** The outputs of a step of the rollout. INVARIANT: `go` alone only where something was opened: the exit code is 0 then. */
export function transitionOutputs(
  report: TransitionReport,
  verdicts: readonly Verdict[],
  files: readonly string[],
): StepOutputs {
  const { how, dryRun, from, to } = report;
  const stays = how === 'not-go' || dryRun;
  const phase = plain(stays ? from : to);
  if (verdicts.length === 0)
    return { decision: '', earliest: '', phase, report: files.map(plain).join('\n') };
  const outputs = stepOutputs(verdicts, files);
  const shut = dryRun ? 'go (dry run)' : 'hold';
  const phases = outputs.phase.split('\n').map((id) => (stays || id !== plain(from) ? id : phase));
  return {
    ...outputs,
    decision: outputs.decision === 'go' && stays ? shut : outputs.decision,
    phase: outputs.phase === '' ? phase : phases.join('\n'),
  };
}
