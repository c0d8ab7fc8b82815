import { describe, expect, it } from 'vitest';
import { type ExitCode, exitCodeOf, worstExit } from '../../src/model/exit.ts';
import type { Verdict } from '../../src/model/verdict.ts';

describe('exitCodeOf', () => {
  it.each([
    ['go', 'live', 0],
    ['go', 'imported', 0],
    ['go', 'as-of', 3],
    ['hold', 'live', 3],
    ['hold', 'imported', 3],
    ['hold', 'as-of', 3],
    ['no-go', 'live', 1],
    ['no-go', 'imported', 1],
    ['no-go', 'as-of', 1],
  ] as const)('%s (%s) is %i', (decision, evidenceMode, code) => {
    expect(exitCodeOf({ decision, evidenceMode })).toBe(code);
  });

  it.each(['', 'GO', 'pass', 'replayed', undefined, null, 1, true, {}])('is never 0 for %j', (word) => {
    expect(exitCodeOf({ decision: word, evidenceMode: 'live' } as unknown as Verdict)).toBe(3);
    expect(exitCodeOf({ decision: 'go', evidenceMode: word } as unknown as Verdict)).toBe(3);
  });
});

describe('worstExit', () => {
  const worstFirst: readonly ExitCode[] = [4, 2, 1, 3, 0];

  it('is 4, 2, 1, 3, 0 in this order, for every set of codes', () => {
    for (let set = 1; set < 32; set++) {
      const codes = worstFirst.filter((_, index) => set & (1 << index));
      expect(worstExit([...codes].reverse())).toBe(codes[0]);
    }
  });

  it('is 4 for no code at all: nothing was judged', () => expect(worstExit([])).toBe(4));
});
