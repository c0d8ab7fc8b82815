import { randomUUID } from 'node:crypto';
import { appendOutput, sizeOf } from '../files/output.ts';
import type { Verdict } from '../model/verdict.ts';
import { boundedPage } from '../report/boundedPage.ts';
import { silenced } from '../report/github.ts';
import { render } from '../report/index.ts';
import { stepOutputLines, stepOutputs } from '../report/stepOutputs.ts';

/** What GitHub is told of a run: its verdicts, the files they went to, and whether a page for people stands beside. */
export interface Telling {
  verdicts: readonly Verdict[];
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
  { verdicts, files }: Telling,
  env: Readonly<Record<string, string | undefined>>,
): readonly StepFile[] {
  const { GITHUB_STEP_SUMMARY: summary = '', GITHUB_OUTPUT: output = '' } = env;
  const parts: StepFile[] = [];
  const room = summary === '' ? 0 : summaryBytes - sizeOf(summary);
  if (room >= leastBytes)
    parts.push({
      name: 'GITHUB_STEP_SUMMARY',
      write: () => appendOutput(summary, `${boundedPage(verdicts, room - 1)}\n`),
    });
  if (output !== '')
    parts.push({
      name: 'GITHUB_OUTPUT',
      write: () =>
        appendOutput(output, stepOutputLines(stepOutputs(verdicts, files), `soakgate-${randomUUID()}`)),
    });
  return parts;
}

/** The page with the annotations behind it; in the page the runner obeys nothing, whatever stands there. */
export async function besidePretty(text: string, { verdicts }: Telling): Promise<string> {
  return silenced(text, randomUUID()) + (await render('github', verdicts));
}
