import fc from 'fast-check';
import {
  adding,
  emptying,
  type Law,
  losing,
  needing,
  ordering,
  waiving,
} from '../../test/support/gateLaws.ts';
import { newShares, type Shares } from '../../test/support/shares.ts';

export const about = 'laws of the evaluator over random policies and evidence (R1, R6, R7, R15)';

interface Job {
  seed: number;
  args: string[];
  say: (line: string) => void;
}

type Figures = Record<string, string | number>;

/** The first argument is the number of runs of each law; 100,000 if left out. */
export function run({ seed, args, say }: Job): Promise<{ ok: boolean; figures: Figures }> {
  const runs = Number(args[0] ?? 100_000);
  const figures: Figures = {};
  let ok = true;
  const laws: readonly Law<never>[] = [losing, needing, adding, ordering, waiving, emptying];
  for (const law of laws) {
    say(`${law.name}: ${runs} runs`);
    const shares = newShares();
    const result = fc.check(
      fc.property(law.cases, (one) => law.hold(one, shares)),
      { seed, numRuns: runs },
    );
    const thin = missing(law, shares);
    ok = ok && !result.failed && thin.length === 0;
    figures[`${law.name}: runs`] = result.numRuns;
    figures[`${law.name}: broken`] = result.failed ? String(result.errorInstance) : 0;
    figures[`${law.name}: shares in %`] = JSON.stringify(shares.report());
    if (thin.length > 0) figures[`${law.name}: too few`] = thin.join(', ');
  }
  return Promise.resolve({ ok, figures });
}

function missing(law: Law<never>, shares: Shares): readonly string[] {
  return Object.entries(law.least).flatMap(([name, least]) => (shares.of(name) < least ? [name] : []));
}
