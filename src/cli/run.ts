import type { ExitCode } from '../model/exit.ts';
import { nearest } from '../model/nearest.ts';
import { ok, type Problem, type Result } from '../model/problem.ts';
import { type Answer, type Command, type Given, has, type Session } from './command.ts';
import { commands } from './commands.ts';
import { deliver } from './deliver.ts';
import type { Guard } from './guard.ts';
import { readPlain } from './plainWords.ts';
import { readSinks, type Sink } from './sinks.ts';
import { startText } from './start.ts';

const noOptions: Given = { operands: [], options: [] };
const page: Sink = { format: 'text', asked: false };

/** Runs one command line from its words to its exit code. */
export async function run(words: readonly string[], guard: Guard): Promise<ExitCode> {
  const cwd = workingFolder();
  const session: Session = {
    cwd: cwd ?? '/',
    env: process.env,
    platform: process.platform,
    clock: () => Date.now(),
    outputFiles: [],
    signal: guard.signal,
  };
  const { releaseSignals } = guard;
  const say = (answer: Answer, given: Given, sinks: readonly Sink[]): Promise<ExitCode> =>
    deliver({ answer, given, sinks, session, releaseSignals });
  const refuse = (problems: readonly Problem[]): Promise<ExitCode> =>
    say(
      { kind: 'problems', problems },
      noOptions,
      asksForJson(words) ? [{ format: 'json', asked: true }] : [],
    );

  if (cwd === undefined) return refuse([noFolder]);
  const asked = words[0] === 'help' ? [...words.slice(1), '--help'] : words;
  const [name, ...rest] = asked;
  // Nothing was judged, so this is no 0: a job whose command got lost must not go green.
  if (name === undefined) return say(text(startText(session.cwd), 2), noOptions, [page]);
  const command = await commands.get(name)?.load();
  if (command === undefined) return refuse([unknownCommand(name)]);
  const given = await readWords(command, rest);
  if (!given.ok) return refuse(given.problems);
  if (has(given.value, 'help'))
    return say(text((await import('./parse.ts')).helpOf(command), 0), noOptions, [page]);
  const sinks = readSinks(command, given.value, session);
  if (!sinks.ok) return refuse(sinks.problems);
  const outputFiles = sinks.value.flatMap((sink) => sink.file ?? []);
  return say(await command.run(given.value, { ...session, outputFiles }), given.value, sinks.value);
}

const noFolder: Problem = {
  code: 'usage/no-folder',
  message: 'the working directory does not exist any more, so nothing can be found from it',
  hint: 'change into a directory that is there',
};

/** Undefined if the folder was removed since the shell went there. */
function workingFolder(): string | undefined {
  try {
    return process.cwd();
  } catch {
    return undefined;
  }
}

async function readWords(command: Command, words: readonly string[]): Promise<Result<Given>> {
  const plain = readPlain(command, words);
  return plain ? ok(plain) : (await import('./parse.ts')).parse(command, words);
}

function text(content: string, code: ExitCode): Answer {
  return { kind: 'result', code, draw: () => Promise.resolve(content) };
}

function unknownCommand(name: string): Problem {
  const names = [...commands.keys(), 'help'];
  const near = nearest(name, names);
  const isOption = name.startsWith('-');
  const hint =
    near === undefined || isOption ? '`soakgate help` lists the commands' : `did you mean \`${near}\`?`;
  if (isOption) return { code: 'usage/no-command', message: `a command must stand before \`${name}\``, hint };
  return { code: 'usage/unknown-command', message: `there is no command \`${name}\``, hint };
}

/** Whether a command line that could not be read asked for JSON; then its problems are JSON too. */
function asksForJson(words: readonly string[]): boolean {
  return words.some(
    (word, index) => word === '--format=json' || (word === '--format' && words[index + 1] === 'json'),
  );
}
