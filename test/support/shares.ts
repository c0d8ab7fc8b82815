/** Counts how often each of some cases came up, so that a property cannot prove nothing by chance. */
export interface Shares {
  add(name: string, times?: number): void;
  /** How many cases there were, as counted by `add('all')`. */
  readonly all: number;
  count(name: string): number;
  /** The part of all cases, from 0 to 1. */
  of(name: string): number;
  /** Every share in per cent, for reports. */
  report(): Readonly<Record<string, number>>;
}

export function newShares(): Shares {
  const counts = new Map<string, number>();
  const count = (name: string) => counts.get(name) ?? 0;
  return {
    add: (name, times = 1) => void counts.set(name, count(name) + times),
    get all() {
      return count('all');
    },
    count,
    of: (name) => count(name) / Math.max(1, count('all')),
    report: () =>
      Object.fromEntries(
        [...counts]
          .sort()
          .map(([name, n]) => [name, name === 'all' ? n : Math.round((1000 * n) / count('all')) / 10]),
      ),
  };
}
