import type { ExitCode } from '../model/exit.ts';
import type { Instant } from '../model/instant.ts';
import type { Problem } from '../model/problem.ts';
import type { TransitionReport } from '../model/transition.ts';
import type { Verdict } from '../model/verdict.ts';
import type { RenderOptions } from '../report/index.ts';

/** What a command may see of the world outside. */
export interface Session {
  cwd: string;
  env: Readonly<Record<string, string | undefined>>;
  platform: string;
  clock(): Instant;
  /** Absolute paths of the files that the result goes to. */
  outputFiles: readonly string[];
  /** Aborted when the user or the system wants the program to end. */
  signal: AbortSignal;
}

/** One option as the command line knows it: `--root <dir>`, `-q, --quiet`, `--no-color`. */
export interface OptionSpec {
  flags: string;
  text: string;
  /** May stand more than once. */
  repeat?: boolean;
}

/** An option as it was given, by its long name without dashes (`no-color` for `--no-color`). */
export interface GivenOption {
  name: string;
  value?: string;
}

/** A command line that was read: everything in the order in which it was given. */
export interface Given {
  operands: readonly string[];
  options: readonly GivenOption[];
}

/** A file written with the result; `file` is absolute, `shown` as people know it. */
export interface ResultFile {
  file: string;
  shown: string;
  draw(): Promise<string>;
}

/** What a command answers. The text is drawn once for each format that was asked for. */
export type Answer =
  | {
      kind: 'result';
      code: ExitCode;
      draw(format: string, options: RenderOptions): Promise<string>;
      /** Files that go with the result whatever the formats are, such as reports that the policy declares. */
      files?: readonly ResultFile[];
      /** The verdicts that the result is about, if it is about any: a CI is told of them beside it. */
      verdicts?: readonly Verdict[];
      /** When kept verdicts are drawn; absent where they were judged just now. */
      drawnAt?: Instant;
      /** The step of the rollout that was taken, or was not. */
      transition?: TransitionReport;
    }
  /** Code 4 if it was not the user's mistake: what was to be written is not. */
  | { kind: 'problems'; problems: readonly Problem[]; code?: 2 | 4 };

export interface Command {
  name: string;
  summary: string;
  /** As in the usage line: `[POLICY...]`; empty if the command takes none. */
  operands: string;
  /** Most operands. */
  most: number;
  options: readonly OptionSpec[];
  /** What `--format` takes; the first one is the default. */
  formats: readonly [string, ...string[]];
  examples: readonly (readonly [string, string])[];
  run(given: Given, session: Session): Promise<Answer>;
}

/** Options that every command has. */
export const commonOptions: readonly OptionSpec[] = [
  {
    flags: '--format <name>',
    text: 'how to write the result; repeatable, each with an --output',
    repeat: true,
  },
  { flags: '--output <file>', text: 'where to write it; - is standard output', repeat: true },
  { flags: '-q, --quiet', text: 'no progress, and on standard output only a format that was asked for' },
  { flags: '--no-color', text: 'no colours (as with NO_COLOR)' },
  { flags: '-h, --help', text: 'show this help' },
];

export function has(given: Given, name: string): boolean {
  return given.options.some((option) => option.name === name);
}

/** Every value of an option, in the order given. */
export function valuesOf(given: Given, name: string): readonly string[] {
  return given.options.flatMap((option) =>
    option.name === name && option.value !== undefined ? [option.value] : [],
  );
}

export function valueOf(given: Given, name: string): string | undefined {
  return valuesOf(given, name)[0];
}
