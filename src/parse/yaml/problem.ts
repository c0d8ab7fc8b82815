import type { Problem } from '../../model/problem.ts';
import type { YamlSource } from './load.ts';

export interface Complaint {
  code: string;
  message: string;
  /** JSON Pointer to what is wrong. */
  pointer: string;
  /** Points at the key instead of the value. */
  atKey?: boolean;
  hint?: string | undefined;
  severity?: 'warning' | 'note';
}

/** A problem with its place and excerpt in the file that it was found in. */
export function problemIn(source: YamlSource, complaint: Complaint): Problem {
  const { code, message, pointer, atKey, hint, severity } = complaint;
  const problem: Problem = { code, message, ...source.spotOf(pointer, atKey ?? false) };
  if (hint !== undefined) problem.hint = hint;
  if (severity !== undefined) problem.severity = severity;
  return problem;
}

/** The hint that names the nearest known word, if one is near. */
export function didYouMean(word: string | undefined): string | undefined {
  return word === undefined ? undefined : `did you mean \`${word}\`?`;
}
