import fc from 'fast-check';
import type { History } from '../../test/support/histories.ts';
import { newShares } from '../../test/support/shares.ts';
import {
  agree,
  earliestHolds,
  type Kind,
  loss,
  onlyHurts,
  quiets,
  soaks,
  streaks,
} from '../../test/support/timeLaws.ts';

export const about =
  'checks over time: second implementation, earliest, and rows that lose trust (R11, R12, R14)';

interface Job {
  seed: number;
  args: string[];
  say: (line: string) => void;
}

/**
 * The first argument is the number of runs of each property for each kind of check, 100,000 if left out; kinds may
 * follow, all three if none does.
 */
export function run({
  seed,
  args,
  say,
}: Job): Promise<{ ok: boolean; figures: Record<string, string | number> }> {
  const runs = Number(args[0] ?? 100_000);
  const kinds = args.slice(1);
  const wants = (kind: string) => kinds.length === 0 || kinds.includes(kind);
  const figures: Record<string, string | number> = {};
  try {
    const proof = { seed, runs, say, figures };
    if (wants('streak')) proveKind('streak', streaks, proof);
    if (wants('soak')) proveKind('soak', soaks, proof);
    if (wants('quiet')) proveKind('quiet', quiets, proof);
    return Promise.resolve({ ok: true, figures });
  } catch (error) {
    return Promise.resolve({ ok: false, figures: { ...figures, failure: String(error) } });
  }
}

interface Proof {
  seed: number;
  runs: number;
  say: (line: string) => void;
  figures: Record<string, string | number>;
}

function proveKind<H extends History>(
  name: string,
  kind: Kind<H>,
  { seed, runs, say, figures }: Proof,
): void {
  const told = newShares();
  const reached = newShares();
  const hurt = newShares();
  const settings = { seed, numRuns: runs };
  say(`${name}: against the second implementation`);
  fc.assert(
    fc.property(kind.histories, (history) => agree(kind, history, told)),
    settings,
  );
  say(`${name}: earliest`);
  fc.assert(
    fc.property(kind.histories, (history) => earliestHolds(kind, history, reached)),
    settings,
  );
  say(`${name}: rows that lose trust`);
  fc.assert(
    fc.property(kind.histories, fc.nat(), loss, (history, nth, change) => {
      onlyHurts(kind, { history, nth, change }, hurt);
    }),
    settings,
  );
  figures[`${name}: equal to the second implementation`] = told.all;
  figures[`${name}: shares in per cent`] = JSON.stringify(told.report());
  figures[`${name}: earliest exact`] = reached.all;
  figures[`${name}: earliest, shares in per cent`] = JSON.stringify(reached.report());
  figures[`${name}: one row less trusted, 0 false passes`] = hurt.all;
  figures[`${name}: less trust, shares in per cent`] = JSON.stringify(hurt.report());
}
