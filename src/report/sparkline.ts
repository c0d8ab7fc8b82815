const blocks = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
/** Without Unicode: from low to high. */
const marks = ['_', '.', '-', '=', '+', '*', '%', '#'];

/**
 * Samples as a row of small bars, at most `cells` wide, from 0 (or the least, if that is below) to the bound or the
 * greatest, whichever is more. INVARIANT: where samples share a cell the one farthest from 0 is drawn, so that no peak
 * is lost; only what reaches the bound has a full bar.
 */
export function sparkline(
  samples: readonly number[],
  { bound, cells, unicode }: { bound?: number; cells: number; unicode: boolean },
): string {
  const finite = samples.filter(Number.isFinite);
  const width = Math.min(cells, finite.length);
  const low = Math.min(0, ...finite);
  const high = Math.max(...finite, bound ?? Number.NEGATIVE_INFINITY);
  const signs = unicode ? blocks : marks;
  const top = signs.length - 1;
  const drawn = Array.from({ length: width }, (_, cell) => {
    const from = Math.floor((cell * finite.length) / width);
    const to = Math.floor(((cell + 1) * finite.length) / width);
    const value = farthest(finite.slice(from, to));
    const share = high > low ? (value - low) / (high - low) : 0;
    return signs[share >= 1 ? top : Math.min(top - 1, Math.floor(share * signs.length))] ?? '';
  });
  return drawn.join('');
}

function farthest(values: readonly number[]): number {
  return values.reduce((far, value) => (Math.abs(value) > Math.abs(far) ? value : far));
}
