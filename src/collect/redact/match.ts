import { type Automaton, step } from './automaton.ts';
import type { Stage } from './decode.ts';

export type Mark = (start: number, end: number) => void;

/** Marks every stretch of text whose bytes, as this view sees them, spell a pattern. */
export function matcher(automaton: Automaton, mark: Mark): Stage {
  const mask = ringSize(automaton.longest) - 1;
  const starts = new Float64Array(mask + 1);
  let node = 0;
  let count = 0;
  return {
    feed: (byte, start, end) => {
      node = step(automaton, node, byte);
      starts[count & mask] = start;
      count++;
      const length = automaton.match[node] as number;
      if (length > 0) mark(starts[(count - length) & mask] as number, end);
      // Nothing longer can come of the end of a pattern, so no text need be held for it.
      while (node !== 0 && automaton.child[node] === 0) node = automaton.fail[node] as number;
    },
    held: () =>
      node === 0
        ? Number.POSITIVE_INFINITY
        : (starts[(count - (automaton.depth[node] as number)) & mask] as number),
    end: () => {
      node = 0;
      count = 0;
    },
  };
}

/** As `matcher`, but a letter or digit beside the match, where the match has one at that end, makes it none. */
export function wordMatcher(patterns: readonly Uint8Array[], mark: Mark): Stage {
  const size = Math.max(0, ...patterns.map((pattern) => pattern.length)) + 1;
  let recent: { byte: number; start: number }[] = [];
  let waiting: { start: number; end: number } | undefined;
  const endsWith = (pattern: Uint8Array): boolean => {
    const from = recent.length - pattern.length;
    if (from < 0 || !pattern.every((byte, i) => recent[from + i]?.byte === byte)) return false;
    const before = recent[from - 1]?.byte;
    return before === undefined || !isWord(before) || !isWord(pattern[0] as number);
  };
  const settle = (next: number | undefined): void => {
    const last = recent.at(-1)?.byte ?? 0;
    if (waiting && (next === undefined || !isWord(next) || !isWord(last))) mark(waiting.start, waiting.end);
    waiting = undefined;
  };
  return {
    feed: (byte, start, end) => {
      settle(byte);
      recent = [...recent.slice(-size + 1), { byte, start }];
      for (const pattern of patterns) {
        if (!endsWith(pattern)) continue;
        const from = recent[recent.length - pattern.length]?.start ?? start;
        waiting = { start: Math.min(from, waiting?.start ?? from), end };
      }
    },
    held: () => {
      const begun = recent.findIndex((_, i) =>
        patterns.some((p) => recent.slice(i).every(({ byte }, j) => p[j] === byte)),
      );
      return Math.min(
        waiting?.start ?? Number.POSITIVE_INFINITY,
        recent[begun]?.start ?? Number.POSITIVE_INFINITY,
      );
    },
    end: () => {
      settle(undefined);
      recent = [];
    },
  };
}

function isWord(byte: number): boolean {
  return (
    byte >= 0x80 ||
    byte === 0x5f ||
    (byte >= 0x30 && byte <= 0x39) ||
    (byte >= 0x41 && byte <= 0x5a) ||
    (byte >= 0x61 && byte <= 0x7a)
  );
}

function ringSize(longest: number): number {
  let size = 1;
  while (size < longest + 1) size *= 2;
  return size;
}
