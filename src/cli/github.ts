import { randomUUID } from 'node:crypto';
import { appendOutput, sizeOf } from '../files/output.ts';
import type { Instant } from '../model/instant.ts';
import type { TransitionReport } from '../model/transition.ts';
import type { Verdict } from '../model/verdict.ts';
import { boundedPage } from '../report/boundedPage.ts';
import { silenced } from '../report/github.ts';
import { render } from '../report/index.ts';
import { stepOutputLines, stepOutputs } from '../report/stepOutputs.ts';
import { transitionAnnotation, transitionOutputs, transitionPage } from '../report/transitionGithub.ts';

/** What GitHub is told of a run: its verdicts, the files they went to, and whether a page for people stands beside. */
export interface Telling {
  verdicts: readonly Verdict[];
  /** The step of the rollout that they decided, or that was taken without any. */
  transition?: TransitionReport;
  /** When kept verdicts are drawn. */
  drawnAt?: Instant;
  files: readonly string[];
  beside: boolean;
}

/** A file that GitHub reads after the step; `name` is the variable that names it. */
interface StepFile {
  name: string;
  write(): void;
}

/** GitHub refuses the whole summary of a step above 1 MiB; a step may run us more than once. */
const summaryBytes = 1_000_000;
const leastBytes = 2_000;

/** The summary and the outputs of the step, for each of the two files that GitHub asks for. */
export function summaryAndOutputs(
  { verdicts, transition, drawnAt, files }: Telling,
  env: Readonly<Record<string, string | undefined>>,
): readonly StepFile[] {
  const { GITHUB_STEP_SUMMARY: summary = '', GITHUB_OUTPUT: output = '' } = env;
  const page = (bytes: number) =>
    transition ? transitionPage(transition, verdicts, bytes) : boundedPage(verdicts, bytes);
  const outputs = transition
    ? transitionOutputs(transition, verdicts, files)
    : stepOutputs(verdicts, files, drawnAt);
  const parts: StepFile[] = [];
  const room = summary === '' ? 0 : summaryBytes - sizeOf(summary);
  if (room >= leastBytes)
    parts.push({
      name: 'GITHUB_STEP_SUMMARY',
      write: () => appendOutput(summary, `${page(room - 1)}\n`),
    });
  if (output !== '')
    parts.push({
      name: 'GITHUB_OUTPUT',
      write: () => appendOutput(output, stepOutputLines(outputs, `soakgate-${randomUUID()}`)),
    });
  return parts;
}

/** The page with the annotations behind it; in the page the runner obeys nothing, whatever stands there. */
export async function besidePretty(text: string, { verdicts, transition }: Telling): Promise<string> {
  return silenced(text, randomUUID()) + (await annotations(verdicts, transition));
}

/** The step first, then what its verdicts say. */
export async function annotations(
  verdicts: readonly Verdict[],
  transition: TransitionReport | undefined,
): Promise<string> {
  return (transition ? transitionAnnotation(transition) : '') + (await render('github', verdicts));
}
