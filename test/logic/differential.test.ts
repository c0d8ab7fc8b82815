import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { operatorNames } from '../../src/logic/operators.ts';
import { emptyTally, examine, medianDepth } from './differential.ts';
import { findDifference, show } from './oracle.ts';
import { ours } from './ours.ts';
import { type Pair, pairs } from './pairs.ts';

describe('semantics sections 1 and 13: the differential test', () => {
  const tally = emptyTally();

  test('100,000 pairs: known answers are those of json-logic-js, all answers those of the table', () => {
    fc.assert(
      fc.property(pairs, (pair) => {
        const difference = examine(ours, pair, tally);
        if (difference !== undefined)
          throw new Error(`${difference}\nrule ${show(pair.rule)}\ndata ${show(pair.data)}`);
      }),
      { numRuns: 100_000, seed: 20260224 },
    );
    expect(tally.pairs).toBe(100_000);
  }, 120_000);

  test.each(operatorNames)('%s occurs in at least 3 % of the pairs', (name) => {
    expect(tally.operators[name] / tally.pairs).toBeGreaterThanOrEqual(0.03);
  });

  test('true and false are at least 20 % each, depth is 3 in the middle, most pairs are known', () => {
    expect(tally.knownTrue / tally.pairs).toBeGreaterThanOrEqual(0.2);
    expect(tally.knownFalse / tally.pairs).toBeGreaterThanOrEqual(0.2);
    expect(medianDepth(tally)).toBe(3);
    expect(tally.known / tally.pairs).toBeGreaterThanOrEqual(0.5);
    expect(tally.typed / tally.pairs).toBeGreaterThanOrEqual(0.5);
  });
});

describe('the oracle itself', () => {
  const pair: Pair = { rule: { '<': [{ var: 'n' }, 5] }, data: { n: 3 }, sort: 'typed' };

  test('sees a wrong value, a lost value and a made-up value', () => {
    const wrong = (
      answer: { known: true; value: boolean; decided: boolean } | { known: false; reasons: [] },
    ) =>
      findDifference(
        {
          ...ours,
          compileForData: () => ({ ok: true, compiled: { run: () => answer, test: () => answer } }),
        },
        pair,
        false,
      );
    expect(wrong({ known: true, value: true, decided: true })).toBeUndefined();
    expect(wrong({ known: true, value: false, decided: false })).toContain('the table says true');
    expect(wrong({ known: false, reasons: [] })).toContain('without a reason');
  });

  test('sees an unknown that became known', () => {
    const answer = { known: true, value: true, decided: true } as const;
    const open = { ok: true, compiled: { run: () => answer, test: () => answer } } as const;
    const broken: Pair = { rule: pair.rule, data: { n: null }, sort: 'broken' };
    expect(findDifference({ ...ours, compileForData: () => open }, broken, false)).toContain(
      'the table says unknown',
    );
  });
});
