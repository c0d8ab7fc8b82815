import type { ChildProcessByStdio } from 'node:child_process';
import type { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import type { Duration } from '../../model/instant.ts';
import { capture } from './output.ts';
import { endProcesses, killOnExit, killProcesses, type ProcessGroup } from './processes.ts';
import type { CommandRequest, Ended, RunOptions } from './request.ts';

export type Child = ChildProcessByStdio<null, Readable, Readable>;

/** Milliseconds between SIGTERM and SIGKILL. */
const grace = 500;

/** Milliseconds that pipes may stay open after the command has ended: what others write into them is not its output. */
const pipeGrace = 200;

/** Bytes of output, both streams together, beyond which a command is ended. */
const floodCap = 64 * 1024 * 1024;

/** The longest delay that a timer of Node takes; a longer one would fire at once. */
const longestTimer = 2 ** 31 - 1;

type Ending = { how: 'exited'; exitCode: number } | Exclude<Ended, { how: 'exited' }>;

export interface Watch {
  request: CommandRequest;
  options: RunOptions;
  group: ProcessGroup;
}

/** Follows a command to its end, and sees to it that nothing of it is left. */
export async function watch(child: Child, { request, options, group }: Watch): Promise<Ended> {
  const release = killOnExit(group);
  const output = readOutput(child, request, options);
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const ending = await firstEnding(child, {
    timeout: request.timeout,
    signal: options.signal,
    flood: output.flood,
  });
  switch (ending.how) {
    case 'exited':
    case 'signalled':
      await drain(closed, output.bytes);
      await killProcesses(group);
      break;
    case 'timed-out':
    case 'flooded':
    case 'interrupted':
      await endProcesses(group, grace);
      await within(closed, pipeGrace);
  }
  child.stdout.destroy();
  child.stderr.destroy();
  // What the system does not let die is not waited for.
  child.unref();
  release();
  const texts = { stdout: output.stdout.end(), stderr: output.stderr.end() };
  if (output.bytes() > floodCap) return { how: 'flooded' };
  return ending.how === 'exited' ? { ...ending, ...texts } : ending;
}

function readOutput(child: Child, { id, onStdout }: CommandRequest, { redactor, onProgress }: RunOptions) {
  let bytes = 0;
  let overflow = (): void => undefined;
  const flood = new Promise<void>((resolve) => {
    overflow = resolve;
  });
  const count = (chunk: Buffer): void => {
    bytes += chunk.length;
    if (bytes <= floodCap) return;
    child.stdout.destroy();
    child.stderr.destroy();
    overflow();
  };
  const onLine = (text: string): void => onProgress({ type: 'line', id, text });
  const onBytes = (chunk: Buffer): void => {
    count(chunk);
    onStdout?.(chunk);
  };
  return {
    stdout: capture(child.stdout, { redactor, onBytes, onLine }),
    stderr: capture(child.stderr, { redactor, onBytes: count, onLine }),
    bytes: () => bytes,
    flood,
  };
}

interface Limits {
  timeout: Duration;
  signal: AbortSignal;
  flood: Promise<void>;
}

function firstEnding(child: Child, { timeout, signal, flood }: Limits): Promise<Ending> {
  return new Promise((resolve) => {
    const settle = (ending: Ending): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      resolve(ending);
    };
    const onAbort = (): void => settle({ how: 'interrupted' });
    const timer = setTimeout(() => settle({ how: 'timed-out' }), Math.min(timeout, longestTimer));
    signal.addEventListener('abort', onAbort);
    if (signal.aborted) onAbort();
    child.once('exit', (code, name) =>
      settle(code === null ? { how: 'signalled', signal: String(name) } : { how: 'exited', exitCode: code }),
    );
    void flood.then(() => settle({ how: 'flooded' }));
  });
}

/** Waits for the pipes to close: 200 ms, and longer (a second at most) only while output still comes. */
async function drain(closed: Promise<void>, bytes: () => number): Promise<void> {
  for (let tries = 0; tries < 5; tries++) {
    const before = bytes();
    if (await within(closed, pipeGrace)) return;
    // A busy event loop may have had no time to read: what the pipes hold now is read before this resolves.
    await setImmediate();
    if (bytes() === before) return;
  }
}

async function within(promise: Promise<void>, milliseconds: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), milliseconds);
  });
  const inTime = await Promise.race([promise.then(() => true), late]);
  clearTimeout(timer);
  return inTime;
}
