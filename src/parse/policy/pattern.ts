import { RE2JS } from 're2js';
import { validRange } from 'semver';

/** Longest pattern that a policy may hold; what RE2 makes of it is bounded with it (R35). */
export const longestPattern = 500;

/** Most repetitions (`{n}`) in one pattern, in sum: each is written out when the pattern is compiled. */
const mostRepeats = 1000;

/** What is wrong with a pattern in RE2 syntax, in our own words; undefined if nothing is. */
export function patternTrouble(pattern: string): string | undefined {
  if (pattern.length > longestPattern) return `is longer than ${longestPattern} characters`;
  if (repeats(pattern) > mostRepeats) return `repeats parts more than ${mostRepeats} times`;
  return captureGroups(pattern) === undefined ? 'is no pattern in RE2 syntax' : undefined;
}

/** How many captures a pattern has; undefined if it is none. */
export function captureGroups(pattern: string): number | undefined {
  if (pattern.length > longestPattern || repeats(pattern) > mostRepeats) return undefined;
  try {
    return RE2JS.compile(pattern).groupCount();
  } catch {
    return undefined;
  }
}

function repeats(pattern: string): number {
  let sum = 0;
  for (const [, least = '', , most = ''] of pattern.matchAll(/\{(\d+)(,(\d*))?\}/g))
    sum += Number(most || least);
  return sum;
}

/** Whether a text is a range of versions in npm's syntax. */
export function isVersionRange(text: string): boolean {
  return text.length <= 200 && validRange(text) !== null;
}
