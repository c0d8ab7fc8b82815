import { systemCode, writeError } from './write.ts';

/**
 * What stands between the program and a wrong exit code. Node says 1 after an error that nothing caught, which would
 * read as no-go, and 0 when it waits for something that never comes, which would read as go.
 */
export interface Guard {
  signal: AbortSignal;
  /** Gives signals back to the system: a write that blocks for ever can be ended then, and never with 0. */
  releaseSignals(): void;
  /** The last word. Until it is said, whatever ends the program ends it with 4. */
  finish(code: number): void;
}

/** Commands that run get this long to die with their groups (half a second to end by themselves, then SIGKILL). */
const grace = 3000;
const signals = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

export function guard(): Guard {
  process.exitCode = 4;
  const abort = new AbortController();
  let finished = false;
  let interrupted: keyof typeof signals | undefined;
  const onSignal = (name: NodeJS.Signals): void => {
    if (interrupted !== undefined) return;
    interrupted = name as keyof typeof signals;
    abort.abort();
    setTimeout(() => leave(name as keyof typeof signals), grace);
  };
  for (const name of Object.keys(signals)) process.on(name, onSignal);
  process.on('uncaughtException', die);
  process.on('unhandledRejection', die);
  process.on('beforeExit', () => {
    // Nothing is left to fail any more; what the engine would still tidy up goes with the process.
    if (finished) process.exit();
    finished = true;
    process.exitCode = 4;
    writeError('soakgate: internal error: the work stopped without an answer\n');
  });
  process.on('exit', (code) => {
    if (!finished && code === 0) process.exitCode = 4;
  });
  return {
    signal: abort.signal,
    releaseSignals() {
      for (const name of Object.keys(signals)) process.removeListener(name, onSignal);
    },
    finish(code) {
      finished = true;
      if (interrupted !== undefined) leave(interrupted);
      // INVARIANT: a value that is no exit code never becomes Node's 0.
      process.exitCode = Number.isInteger(code) && code >= 0 && code <= 255 ? code : 4;
      // Everything is written; whatever still holds the event loop a second from now (a socket, say) is not waited for.
      setTimeout(() => process.exit(), 1000).unref();
    },
  };
}

/** Said last, when whatever was drawn before is gone. */
function leave(name: keyof typeof signals): never {
  writeError(`soakgate: interrupted (${name}); nothing was judged\n`);
  process.exit(signals[name]);
}

const ourNames: ReadonlySet<string> = new Set([
  'Error',
  'TypeError',
  'RangeError',
  'SyntaxError',
  'ReferenceError',
]);

/** One clear line from our own words: messages of errors may carry what nobody must see (R24). */
function die(error: unknown): never {
  const code = systemCode(error);
  if (code !== 'EPIPE') {
    const name = error instanceof Error && ourNames.has(error.name) ? error.name : 'error';
    const cause = code === 'unknown cause' ? '' : ` (${code})`;
    writeError(
      `soakgate: internal error: ${name}${cause}${placeOf(error)}; this is a bug, nothing was judged\n`,
    );
  }
  process.exit(4);
}

/** The innermost place in our own program, by file name alone. */
function placeOf(error: unknown): string {
  const stack = error instanceof Error && typeof error.stack === 'string' ? error.stack : '';
  const frame = /^ {4}at .*?([\w.-]+\.c?js:\d+:\d+)\)?$/m.exec(stack);
  return frame === null ? '' : ` at ${frame[1]}`;
}
