import { writeOutput, writeReport } from '../files/output.ts';
import type { ExitCode } from '../model/exit.ts';
import type { Problem } from '../model/problem.ts';
import type { Answer, Given, Session } from './command.ts';
import type { Telling } from './github.ts';
import type { Sink } from './sinks.ts';
import { fileStyle, styleOf } from './style.ts';
import { systemCode, writeError, writeOut } from './write.ts';

/** What goes where. Files come first: by the time standard output speaks they are durable. */
export interface Delivery {
  answer: Answer;
  sinks: readonly Sink[];
  given: Given;
  session: Session;
  /** Called before standard output is written, which may block. */
  releaseSignals(): void;
}

/** Writes an answer everywhere it was asked for, and gives the exit code: 4 unless all of it was wholly written. */
export async function deliver(delivery: Delivery): Promise<ExitCode> {
  const { sinks, session } = delivery;
  if (isAborted(session)) return 4;
  const answer = await withoutSecrets(delivery.answer, session);
  for (const sink of sinks) {
    if (sink.file !== undefined && !(await toFile({ ...delivery, answer }, sink, sink.file))) return 4;
  }
  for (const file of answer.kind === 'result' ? (answer.files ?? []) : []) {
    const text = await file.draw();
    if (isAborted(session) || !wrote(file.shown, () => writeReport(file.file, text))) return 4;
  }
  const open = sinks.find((sink) => sink.file === undefined);
  if (answer.kind === 'problems') {
    const code = answer.code ?? 2;
    const { problemsJson, problemsText } = await import('../report/problems.ts');
    if (open?.format === 'json' && open.asked)
      return (await toStdout(delivery, problemsJson(answer.problems))) ? code : 4;
    writeError(problemsText(answer.problems, styleOf(2, delivery.given, session)));
    return code;
  }
  const telling = forGitHub(answer, delivery);
  if (telling !== undefined && !(await toGitHub(telling, session))) return 4;
  if (open === undefined) return answer.code;
  const text = await answer.draw(open.format, styleOf(1, delivery.given, session));
  // Beside a page for people: JSON on standard output is one value, whoever runs it.
  const shown =
    telling?.beside === true ? await (await import('./github.ts')).besidePretty(text, telling) : text;
  return (await toStdout(delivery, shown)) ? answer.code : 4;
}

/** Problems quote the user's words and files: a secret may stand in them. Results were redacted when they were made. */
async function withoutSecrets(answer: Answer, { env }: Session): Promise<Answer> {
  if (answer.kind === 'result') return answer;
  return { ...answer, problems: (await import('../gate/hide.ts')).hideSecrets(answer.problems, env) };
}

/** In GitHub Actions a page for people comes with what GitHub draws itself; elsewhere `--format github` asks for it. */
function forGitHub(answer: Answer, { sinks, session }: Delivery): Telling | undefined {
  if (answer.kind !== 'result' || answer.verdicts === undefined) return undefined;
  const { verdicts, transition, drawnAt, files = [] } = answer;
  const beside =
    session.env.GITHUB_ACTIONS === 'true' &&
    sinks.some(({ file, format }) => file === undefined && format === 'pretty');
  if (!beside && !sinks.some(({ format }) => format === 'github')) return undefined;
  const about = transition === undefined ? { verdicts } : { verdicts, transition };
  return {
    ...about,
    ...(drawnAt === undefined ? {} : { drawnAt }),
    beside,
    files: [...files, ...sinks].flatMap(({ shown }) => shown ?? []),
  };
}

async function toGitHub(telling: Telling, session: Session): Promise<boolean> {
  const { summaryAndOutputs } = await import('./github.ts');
  for (const { name, write } of summaryAndOutputs(telling, session.env)) {
    if (isAborted(session) || !wrote(name, write)) return false;
  }
  return true;
}

/** Asked anew each time: it changes while files are drawn. */
function isAborted({ signal }: Session): boolean {
  return signal.aborted;
}

async function toFile({ answer, session }: Delivery, sink: Sink, file: string): Promise<boolean> {
  const text =
    answer.kind === 'result'
      ? await answer.draw(sink.format, fileStyle)
      : await problemsFile(answer.problems, sink);
  return !isAborted(session) && wrote(sink.shown ?? file, () => writeOutput(file, text));
}

function wrote(shown: string, write: () => void): boolean {
  try {
    write();
    return true;
  } catch (error) {
    complain(`cannot write \`${shown}\``, error);
    return false;
  }
}

/** An output of an earlier run must not be taken for this one's, so the problems stand in its place. */
async function problemsFile(problems: readonly Problem[], sink: Sink): Promise<string> {
  const { problemsJson, problemsText } = await import('../report/problems.ts');
  return sink.format === 'json' ? problemsJson(problems) : problemsText(problems, fileStyle);
}

async function toStdout({ releaseSignals }: Delivery, text: string): Promise<boolean> {
  releaseSignals();
  try {
    await writeOut(text);
    return true;
  } catch (error) {
    // `soakgate check | head`: whoever read has read enough, and needs no message.
    if (systemCode(error) !== 'EPIPE') complain('cannot write to standard output', error);
    return false;
  }
}

function complain(what: string, error: unknown): void {
  writeError(`soakgate: ${what} (${systemCode(error)}); the result is not wholly written\n`);
}
