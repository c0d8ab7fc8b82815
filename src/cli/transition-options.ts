import { second } from '../model/instant.ts';
import { exitCodeOf } from '../model/exit.ts';
import type { Problem } from '../model/problem.ts';
import type { TransitionReport } from '../model/transition.ts';
import type { Verdict } from '../model/verdict.ts';
import type { TransitionAnswer } from '../gate/transition.ts';
import type { RenderOptions } from '../report/index.ts';
import { transitionJson, transitionText } from '../report/transition.ts';
import type { Answer, Given, OptionSpec, Session } from './command.ts';
import { has, valueOf } from './command.ts';
import { writeError } from './write.ts';

export const transitionFormats = ['pretty', 'json', 'github'] as const;
type TransitionFormat = (typeof transitionFormats)[number];

/** Options of the commands that take a step of the rollout. */
export const transitionOptions: readonly OptionSpec[] = [
  { flags: '--write-env <file>', text: 'set the flags of the phase in this env file, together with the row' },
  { flags: '--dry-run', text: 'show what would be done; write nothing' },
];

/** How long to wait for other writers of the log. */
const wait = 30 * second;

export function readTransitionOptions(given: Given) {
  const writeEnv = valueOf(given, 'write-env');
  return { dryRun: has(given, 'dry-run'), wait, ...(writeEnv === undefined ? {} : { writeEnv }) };
}

export function refuse(...list: readonly Problem[]): Answer {
  return { kind: 'problems', problems: list };
}

export function onWindows(name: string): Problem {
  return {
    code: 'usage/windows-transition',
    message: `\`${name}\` does not work on Windows: a row could not be kept for sure`,
    hint: 'run soakgate inside WSL',
  };
}

export function transitionAnswer(answer: TransitionAnswer, { signal }: Session): Answer {
  switch (answer.how) {
    case 'refused':
      return refuse(...answer.problems);
    case 'lost':
      return { kind: 'problems', problems: answer.problems, code: 4 };
    case 'told': {
      const { report } = answer;
      // Whoever interrupts now does not undo the step, and the last line would not say so.
      if (signal.aborted && report.how !== 'not-go') writeError(`soakgate: ${leftBehind(report)}\n`);
      const verdicts = report.verdict === undefined ? [] : [report.verdict];
      return {
        kind: 'result',
        code: codeOf(report),
        draw: (format, style) => draw(format as TransitionFormat, { report, style, verdicts }),
        verdicts,
        transition: report,
      };
    }
  }
}

async function draw(
  format: TransitionFormat,
  {
    report,
    style,
    verdicts,
  }: { report: TransitionReport; style: RenderOptions; verdicts: readonly Verdict[] },
): Promise<string> {
  switch (format) {
    case 'pretty':
      return transitionText(report, style);
    case 'json':
      return transitionJson(report);
    case 'github':
      return (await import('./github.ts')).annotations(verdicts, report);
  }
}

/** Those of `check`; a dry run of a step never says go (semantics section 12). */
function codeOf({ how, verdict, dryRun, transition }: TransitionReport): 0 | 1 | 3 {
  if (transition === 'rollback') return 0;
  const code =
    verdict === undefined || (how === 'not-go' && verdict.decision === 'go') ? 3 : exitCodeOf(verdict);
  return dryRun && code === 0 ? 3 : code;
}

function leftBehind({ from, to, row }: TransitionReport): string {
  return `the step from \`${from}\` to \`${to}\` stands in ${row?.path ?? ''}:${row?.line ?? 0}`;
}
