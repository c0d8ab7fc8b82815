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
import { newShares } from '../../test/support/shares.ts';

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
  const prove = <T>(law: Law<T>): boolean => {
    say(`${law.name}: ${runs} runs`);
    const shares = newShares();
    const result = fc.check(
      fc.property(law.cases, (one) => law.hold(one, shares)),
      { seed, numRuns: runs },
    );
    const thin = Object.entries(law.least).filter(([name, least]) => shares.of(name) < least);
    figures[`${law.name}: runs`] = result.numRuns;
    figures[`${law.name}: broken`] = result.failed ? String(result.errorInstance) : 0;
    figures[`${law.name}: shares in %`] = JSON.stringify(shares.report());
    if (thin.length > 0) figures[`${law.name}: too few`] = thin.map(([name]) => name).join(', ');
    return !result.failed && thin.length === 0;
  };
  const held = [
    prove(losing),
    prove(needing),
    prove(adding),
    prove(ordering),
    prove(waiving),
    prove(emptying),
  ];
  return Promise.resolve({ ok: held.every(Boolean), figures });
}
