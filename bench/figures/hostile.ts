import fc from 'fast-check';
import { hostileLaws, hostileTexts, textsInTurn } from '../../test/support/hostileLaws.ts';

export const about =
  'hostile text in every place of every report (R37-R39; arguments: runs per format, one format)';

interface Job {
  seed: number;
  args: string[];
  say: (line: string) => void;
}

/** The first argument is the number of verdicts for each format, 100,000 if left out; the second a format alone. */
export async function run({ seed, args, say }: Job) {
  const numRuns = Number(args[0] ?? 100_000);
  const figures: Record<string, string | number> = {};
  let ok = true;
  for (const [format, law] of Object.entries(hostileLaws)) {
    if (args[1] !== undefined && args[1] !== format) continue;
    say(`${format}: ${numRuns} runs`);
    const holds = async (texts: readonly string[]) => {
      const fault = await law(textsInTurn(texts));
      if (fault !== undefined) throw new Error(fault);
    };
    const result = await fc.check(fc.asyncProperty(hostileTexts, holds), { seed, numRuns });
    figures[`${format}: runs`] = result.numRuns;
    figures[`${format}: broken`] = result.failed ? JSON.stringify(result.counterexample) : 0;
    ok &&= !result.failed;
  }
  return { ok, figures };
}
