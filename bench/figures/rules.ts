import fc from 'fast-check';
import { newTally, randomData, randomRule, ruleFault, snapshot } from '../../test/logic/randomRules.ts';

export const about = 'random JSON as a rule (R34, R36; arguments: rules)';

interface Job {
  seed: number;
  args: string[];
  say: (line: string) => void;
}

/** A rule may take this long on a slow machine before its step budget counts as broken. */
const mostMilliseconds = 5000;

/** The first argument is the number of rules; a million if left out. */
export function run({ seed, args, say }: Job) {
  const numRuns = Number(args[0] ?? 1_000_000);
  const before = snapshot();
  const tally = newTally();
  let done = 0;
  const result = fc.check(
    fc.property(randomRule, randomData, (rule, data) => {
      done += 1;
      if (done % 100_000 === 0) say(`${done} of ${numRuns}`);
      const fault = ruleFault(rule, data, tally);
      if (fault !== undefined) throw new Error(fault);
    }),
    { seed, numRuns },
  );
  const intact = snapshot() === before;
  const figures = {
    rules: result.numRuns,
    broken: result.failed ? `${String(result.errorInstance)}: ${JSON.stringify(result.counterexample)}` : 0,
    refused: tally.refused,
    known: tally.known,
    'slowest in ms': tally.slowest.toFixed(0),
    'prototypes intact': intact ? 'yes' : 'NO',
  };
  return Promise.resolve({ ok: !result.failed && intact && tally.slowest < mostMilliseconds, figures });
}
