import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Fact, type History, hour } from '../support/histories.ts';
import { newShares } from '../support/shares.ts';
import {
  agree,
  earliestHolds,
  type Kind,
  loss,
  onlyHurts,
  quiets,
  sameInAnyOrder,
  soaks,
  streaks,
} from '../support/timeLaws.ts';

const seed = 20260224;
const now = Date.UTC(2026, 1, 24, 9);
const fact = (hours: number, change: Partial<Fact> = {}): Fact => ({
  ...{ time: now + hours * hour, checks: 'pass', mode: 'shadow', trouble: 'none' },
  ...change,
});

// A row whose time cannot be read reaches to the next row; where that is still ahead, further than today once it has come.
describe('earliest behind a row without a time, in front of a row of tomorrow', () => {
  const utc = { zone: 'UTC', group: { zones: ['UTC'], transitions: [] }, now, transitions: [] };
  const lost = fact(-1, { trouble: 'unreadable', checks: 'fail' });
  const log = { log: 'smoke', view: 'strict' };
  const facts = [fact(-30), fact(-2, { checks: 'fail' }), lost, fact(26, { checks: 'not-run' })];
  const good = { '==': [{ var: 'Checks' }, 'pass'] };
  const breach = { '==': [{ var: 'Checks' }, 'fail'] };

  test.each([1, 2, 3, 5])('a streak of %i', (atLeast) => {
    for (const per of ['day', 'hour', 'week', 'record'] as const) {
      for (const phase of [undefined, 'enforced']) {
        const gap = per === 'record' ? { maxGap: 20 * hour, minGap: 3 * hour } : {};
        const named = phase === undefined ? {} : { phase };
        const check = { kind: 'streak', of: log, per, good, atLeast, columns: {}, ...gap, ...named } as const;
        earliestHolds(streaks, { ...utc, facts, check }, newShares());
      }
    }
  });

  test.each([1, 10, 24, 26, 40])('a soak of %i hours', (hours) => {
    for (const phase of ['shadow', 'enforced']) {
      const span = { for: hours * hour, maxGap: 20 * hour };
      const check = { kind: 'soak', of: log, phase, ...span, breach, columns: {} } as const;
      earliestHolds(soaks, { ...utc, facts, check }, newShares());
    }
  });
});

laws('streak (R11)', streaks, 14_200);
laws('soak (R12)', soaks, 14_200);
laws('quiet', quiets, 14_200);

/** `runs` are so many that at least 10,000 of them carry an `earliest`. */
function laws<H extends History>(name: string, kind: Kind<H>, runs: number): void {
  describe(name, () => {
    test('judges as the second implementation, written from the law alone', () => {
      const shares = newShares();
      fc.assert(
        fc.property(kind.histories, (history) => agree(kind, history, shares)),
        { seed, numRuns: 4000 },
      );
      const report = JSON.stringify(shares.report());
      expect(shares.of('pass'), report).toBeGreaterThan(0.3);
      for (const outcome of ['fail', 'pending', 'unknown'])
        expect(shares.of(outcome), report).toBeGreaterThan(0.05);
    });

    test('earliest is the first instant at which good observations make it pass', {
      timeout: 120_000,
    }, () => {
      const shares = newShares();
      fc.assert(
        fc.property(kind.histories, (history) => earliestHolds(kind, history, shares)),
        { seed, numRuns: runs },
      );
      const report = JSON.stringify(shares.report());
      expect(shares.all, report).toBeGreaterThanOrEqual(10_000);
      expect(shares.of('across a change of clocks'), report).toBeGreaterThan(1 / 3);
      for (const outcome of ['fail', 'pending', 'stale'])
        expect(shares.of(outcome), report).toBeGreaterThan(0.05);
    });

    test('a row that loses trust never makes it pass (R14)', () => {
      const shares = newShares();
      fc.assert(
        fc.property(kind.histories, fc.nat(), loss, (history, nth, change) => {
          onlyHurts(kind, { history, nth, change }, shares);
        }),
        { seed, numRuns: 3000 },
      );
      const report = JSON.stringify(shares.report());
      expect(shares.of('from pass'), report).toBeGreaterThan(0.3);
      for (const name of ['from fail', 'from pending', 'from unknown', 'no longer pass', 'still pass']) {
        expect(shares.of(name), report).toBeGreaterThan(0.05);
      }
    });

    test('neither the order of rows nor a repeated row matters', () => {
      const shares = newShares();
      fc.assert(
        fc.property(kind.histories, fc.nat(), (history, nth) =>
          sameInAnyOrder(kind, { history, nth }, shares),
        ),
        { seed, numRuns: 1500 },
      );
      expect(shares.of('pass'), JSON.stringify(shares.report())).toBeGreaterThan(0.3);
    });
  });
}
