/** A position in a text file. Lines and columns count from 1; a column counts UTF-16 code units. */
export interface Place {
  path: string;
  line: number;
  column: number;
}

/** The source line a problem points at, so that a terminal can draw a caret under it. */
export interface Excerpt {
  text: string;
  /** Column of the first marked character, from 1. */
  column: number;
  /** Number of marked characters, at least 1. */
  length: number;
}

/** Something wrong with the user's input. `code` is `area/kebab-case`; `message` is lower case without a full stop. */
export interface Problem {
  code: string;
  message: string;
  severity?: 'error' | 'warning' | 'note';
  at?: Place;
  excerpt?: Excerpt;
  hint?: string;
}

/** What a function returns that may meet a user's mistake: a value, or every problem found. */
export type Result<T> = { ok: true; value: T } | { ok: false; problems: readonly Problem[] };

export function ok<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function problems<T>(...list: readonly Problem[]): Result<T> {
  return { ok: false, problems: list };
}

/** Orders problems by path, line, column, code and message, so that output never depends on the order of discovery. */
export function compareProblems(a: Problem, b: Problem): number {
  return (
    compareText(a.at?.path ?? '', b.at?.path ?? '') ||
    (a.at?.line ?? 0) - (b.at?.line ?? 0) ||
    (a.at?.column ?? 0) - (b.at?.column ?? 0) ||
    compareText(a.code, b.code) ||
    compareText(a.message, b.message)
  );
}

/** Compares by UTF-16 code unit: the one order of text in Soakgate; no locale takes part. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
