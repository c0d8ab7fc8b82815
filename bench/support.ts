/** The middle value; of an even number of values, the lower of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted[Math.floor((sorted.length - 1) / 2)];
  if (middle === undefined) throw new Error('median of nothing');
  return middle;
}

export interface Interleaving {
  /** Rounds that are measured, after `warmUp` rounds that are not. */
  readonly rounds: number;
  readonly warmUp?: number;
}

/**
 * Runs the candidates in turn, round after round, and gives the median milliseconds of each. Interleaving spreads a
 * busy moment of the machine over all of them, so that ratios of the results can be trusted.
 */
export async function interleaved<K extends string>(
  candidates: Readonly<Record<K, () => unknown>>,
  { rounds, warmUp = 1 }: Interleaving,
): Promise<Record<K, number>> {
  const names = Object.keys(candidates) as K[];
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<K, number[]>;
  for (let round = -warmUp; round < rounds; round++) {
    for (const name of names) {
      const start = performance.now();
      await candidates[name]();
      if (round >= 0) times[name].push(performance.now() - start);
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(times[name])])) as Record<K, number>;
}
