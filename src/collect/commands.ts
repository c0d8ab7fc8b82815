import { availableParallelism } from 'node:os';
import type { CommandSpec } from '../model/policy.ts';
import { type CollectContext, type Collected, type Collector, unseen } from './collector.ts';
import { collectCommands, type NamedCommand, notRun } from './command/collect.ts';
import type { RunOptions } from './command/request.ts';
import { readTests } from './results.ts';

/** Runs the commands of a policy as one batch. */
export function runAll(
  commands: readonly { id: string; spec: CommandSpec }[],
  context: CollectContext,
  options: Pick<RunOptions, 'baseEnv' | 'onProgress' | 'signal'> & { parallel?: number },
): Promise<ReadonlyMap<string, Collected>> {
  const named: readonly NamedCommand[] = commands.map(({ id, spec }) => ({ id, spec }));
  return collectCommands(named, {
    ...options,
    parallel: options.parallel ?? availableParallelism(),
    root: context.root,
    redactor: context.redactor,
    clock: context.now,
    readTests: (format, path) => readTests(context.workspace, path, format),
  });
}

export const collectNotRun: Collector<'command'> = (spec, context) => {
  const absent = notRun({ id: '', spec }, context);
  if (context.at === undefined) return absent;
  return unseen('evidence.as-of', 'what the command said then is not known', absent.source);
};
