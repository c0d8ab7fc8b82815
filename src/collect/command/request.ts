import type { Duration, Instant } from '../../model/instant.ts';
import type { Progress } from '../../model/progress.ts';
import type { Redactor } from '../redact.ts';
import type { Environment } from './environment.ts';

/** A command to be run. No shell takes part: the first word is the program, the others are its arguments as they are. */
export interface CommandRequest {
  id: string;
  argv: readonly string[];
  /** Absolute path of the folder to run in. */
  cwd: string;
  timeout: Duration;
  /** Names of further variables that the command may see. */
  env: readonly string[];
  /** Runs alone, after the others. */
  serial: boolean;
  /** Takes standard output as it comes, not redacted. */
  onStdout?: (chunk: Buffer) => void;
}

export interface RunOptions {
  /** Most commands at once. */
  parallel: number;
  redactor: Redactor;
  baseEnv: Environment;
  clock: () => Instant;
  onProgress: (event: Progress) => void;
  /** Ends all commands; those that have not ended by themselves are `interrupted`. */
  signal: AbortSignal;
}

/** What became of a command. Only `exited` is a result; all others are errors, whatever the exit code. */
export interface CommandRun {
  id: string;
  result: CommandResult;
  /** When the command had ended. */
  endedAt: Instant;
}

export type CommandResult = (Ended | { how: 'not-started'; why: string }) & {
  /** Whole seconds, rounded up. */
  seconds: number;
};

/** How a command that had started came to its end. */
export type Ended =
  | { how: 'exited'; exitCode: number; stdout: string; stderr: string }
  | { how: 'signalled'; signal: string }
  | { how: 'timed-out' | 'flooded' | 'interrupted' };
