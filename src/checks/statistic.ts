/**
 * A statistic over at least one value; `pNN` is the nearest rank (semantics section 6), so it is always a value that
 * was measured. The sum of huge values may not be finite.
 */
export function statistic(name: string, values: readonly number[]): number {
  switch (name) {
    case 'max':
      return values.reduce((most, value) => Math.max(most, value));
    case 'min':
      return values.reduce((least, value) => Math.min(least, value));
    case 'sum':
      return sumOf(values);
    case 'avg':
      return sumOf(values) / values.length;
    case 'count':
      return values.length;
    case 'last':
      return values.at(-1) as number;
    default:
      return nearestRank(Number(name.slice(1)), values);
  }
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** The least value that at least `percent` of all values do not exceed. */
function nearestRank(percent: number, values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = Math.max(1, Math.ceil((percent * sorted.length) / 100));
  return sorted[rank - 1] as number;
}
