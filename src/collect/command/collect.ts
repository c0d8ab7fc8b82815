import { realpathSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { CommandContent, Source } from '../../model/evidence.ts';
import { formatDuration } from '../../model/instant.ts';
import type { CommandSpec } from '../../model/policy.ts';
import type { ReasonCode } from '../../model/reasons.ts';
import { cleanPath } from '../../files/path.ts';
import { type Collected, unseen } from '../collector.ts';
import { type Redactor, redactJson } from '../redact.ts';
import { shownFailures } from '../results.ts';
import { jsonReader } from './json.ts';
import type { CommandResult, RunOptions } from './request.ts';
import { resultsOf, type TestsReader, type TestsReading } from './results.ts';
import { runCommand } from './run.ts';
import { schedule } from './schedule.ts';

export interface CommandContext extends RunOptions {
  /** Absolute path of the root. */
  root: string;
  readTests: TestsReader;
}

export interface NamedCommand {
  id: string;
  spec: CommandSpec;
}

/** Runs commands and gives what each showed, by id. Commands that write the same results file run one after another. */
export async function collectCommands(
  commands: readonly NamedCommand[],
  context: CommandContext,
): Promise<ReadonlyMap<string, Collected>> {
  const paths = commands.flatMap(({ spec }) => spec.results?.path ?? []);
  const shares = ({ results }: CommandSpec): boolean =>
    results !== undefined && paths.filter((path) => path === results.path).length > 1;
  const tasks = commands.map((command) => ({
    serial: command.spec.serial || shares(command.spec),
    run: async () => [command.id, await collectCommand(command, context)] as const,
  }));
  return new Map(await schedule(tasks, context.parallel));
}

/** What stands for a command that was not asked to run. */
export function notRun({ spec }: NamedCommand, context: Pick<CommandContext, 'redactor'>): Collected {
  return unseen('command.not-run', 'commands run only with `--run`', sourceOf(spec, context));
}

/** Runs one command and gives what it showed. */
export async function collectCommand(
  { id, spec }: NamedCommand,
  context: CommandContext,
): Promise<Collected> {
  const source = sourceOf(spec, context);
  const folder = folderInside(context.root, spec.cwd ?? '');
  if (folder === 'outside')
    return unseen('file.outside-root', 'the `cwd` of the command leads out of the root', source);
  if (folder === 'missing')
    return unseen('command.not-started', 'the `cwd` of the command is no folder', source);
  const json = spec.output === 'json' ? jsonReader() : undefined;
  const results = resultsOf(spec, context);
  const { run: argv, timeout, env, serial } = spec;
  const onStdout = json ? { onStdout: json.take } : {};
  const run = await runCommand({ id, argv, cwd: folder.path, timeout, env, serial, ...onStdout }, context);
  if (run.result.how !== 'exited') return failed(run.result, spec, context);
  const { exitCode, seconds, stdout, stderr } = run.result;
  const content: CommandContent = {
    type: 'command',
    argv: source.command ?? [],
    exitCode,
    seconds,
    stdout,
    stderr,
  };
  // Redacted here as well as by whoever reads them: names of tests are texts of the command.
  if (results) content.tests = redactTests(context.redactor, await results.read());
  const value = json?.end();
  if (value?.ok) content.json = redactJson(context.redactor, value.value);
  const findings = value?.ok === false ? [{ code: 'command.bad-json' as const, message: value.why }] : [];
  return { ok: true, content, source, findings, madeAt: run.endedAt };
}

function sourceOf(spec: CommandSpec, { redactor }: Pick<CommandContext, 'redactor'>): Source {
  return { command: spec.run.map(redactor.text) };
}

function redactTests(redactor: Redactor, tests: TestsReading): TestsReading {
  if ('missing' in tests) return { ...tests, message: redactor.text(tests.message) };
  return { ...tests, failures: shownFailures(tests.failures, redactor) };
}

type Failure = Exclude<CommandResult, { how: 'exited' }>;

function failed(result: Failure, spec: CommandSpec, context: CommandContext): Collected {
  const words = context.redactor.text(spec.run.join(' '));
  const line = `\`${words.length > 80 ? `${words.slice(0, 79).replace(/[\ud800-\udbff]$/, '')}…` : words}\``;
  const absent = (code: ReasonCode, what: string) => unseen(code, `${line} ${what}`, sourceOf(spec, context));
  switch (result.how) {
    case 'timed-out':
      return absent('command.timed-out', `did not end within ${formatDuration(spec.timeout)}`);
    case 'flooded':
      return absent('command.flooded', 'wrote more output than the cap allows');
    case 'signalled':
      return absent('command.killed', `was ended by ${result.signal}`);
    case 'interrupted':
      return absent('command.interrupted', 'was interrupted');
    case 'not-started':
      return absent('command.not-started', `could not be started: ${result.why}`);
  }
}

/** The real folder, if it lies inside the root. */
function folderInside(root: string, cwd: string): { path: string } | 'outside' | 'missing' {
  const clean = cwd === '' ? '' : cleanPath(cwd);
  if (clean === undefined) return 'outside';
  try {
    const top = realpathSync(root);
    const path = realpathSync(join(top, clean));
    if (path !== top && !path.startsWith(top.endsWith(sep) ? top : top + sep)) return 'outside';
    return statSync(path).isDirectory() ? { path } : 'missing';
  } catch {
    return 'missing';
  }
}
