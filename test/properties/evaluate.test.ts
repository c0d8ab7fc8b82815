import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { adding, emptying, type Law, losing, needing, ordering, waiving } from '../support/gateLaws.ts';
import { newShares } from '../support/shares.ts';

const seed = 20260224;

describe('laws of the evaluator', () => {
  holds(losing, 350);
  holds(needing, 120);
  holds(adding, 300);
  holds(ordering, 160);
  holds(waiving, 350);
  holds(emptying, 350);
});

/** Far longer runs: `npm run figures -- metamorphic`. */
function holds<T>(law: Law<T>, runs: number): void {
  test(law.name, () => {
    const shares = newShares();
    fc.assert(
      fc.property(law.cases, (one) => law.hold(one, shares)),
      { seed, numRuns: runs },
    );
    const report = JSON.stringify(shares.report());
    for (const [name, least] of Object.entries(law.least)) {
      expect(shares.of(name), `${name}: ${report}`).toBeGreaterThanOrEqual(least);
    }
  });
}
