import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import type { CommandEnd } from '../../model/progress.ts';
import { commandEnvironment, type Environment } from './environment.ts';
import { startFailure } from './failure.ts';
import { processGroup } from './processes.ts';
import type { CommandRequest, CommandResult, CommandRun, RunOptions } from './request.ts';
import { schedule } from './schedule.ts';
import { type Child, watch } from './watch.ts';

export function runCommands(requests: readonly CommandRequest[], options: RunOptions): Promise<CommandRun[]> {
  return schedule(
    requests.map((request) => ({ serial: request.serial, run: () => runCommand(request, options) })),
    options.parallel,
  );
}

/** Runs one command. Ends within its timeout and two seconds, and leaves no process behind. Never rejects. */
export async function runCommand(request: CommandRequest, options: RunOptions): Promise<CommandRun> {
  const { redactor, onProgress } = options;
  const { id } = request;
  const ended = (result: CommandResult): CommandRun => {
    onProgress({ type: 'ended', id, seconds: result.seconds, ended: endOf(result) });
    return { id, result, endedAt: options.clock() };
  };
  if (options.signal.aborted) return ended({ how: 'interrupted', seconds: 0 });
  onProgress({ type: 'started', id, argv: request.argv.map(redactor.text) });
  const begin = performance.now();
  const marker = randomUUID();
  const started = await start(request, options.baseEnv, marker);
  if ('why' in started) return ended({ how: 'not-started', why: started.why, seconds: 0 });
  const result = await watch(started.child, { request, options, group: processGroup(started.pid, marker) });
  return ended({ ...result, seconds: Math.max(1, Math.ceil((performance.now() - begin) / 1000)) });
}

function endOf(result: CommandResult): CommandEnd {
  switch (result.how) {
    case 'exited':
      return { how: 'exited', exitCode: result.exitCode };
    case 'signalled':
      return { how: 'signalled', signal: result.signal };
    case 'timed-out':
    case 'flooded':
    case 'interrupted':
    case 'not-started':
      return { how: result.how };
  }
}

async function start(
  { argv, cwd, env }: CommandRequest,
  base: Environment,
  marker: string,
): Promise<{ child: Child; pid: number } | { why: string }> {
  const [program = '', ...args] = argv;
  try {
    const child = spawn(program, args, {
      cwd,
      env: commandEnvironment(base, env, marker),
      // A session of its own: the terminal's Ctrl-C does not reach it, and all of it can be signalled at once.
      detached: true,
      shell: false,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    if (child.pid !== undefined) {
      // Errors after the start (a signal that could not be sent) change nothing.
      child.on('error', () => undefined);
      return { child, pid: child.pid };
    }
    return { why: startFailure(await new Promise((resolve) => child.once('error', resolve))) };
  } catch (error) {
    return { why: startFailure(error) };
  }
}
