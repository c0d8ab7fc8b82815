import { type Instant, parseInstant } from '../../model/instant.ts';
import type { Detail } from '../../model/verdict.ts';

/** A sample that can be drawn. */
export interface Point {
  at: Instant;
  value: number;
}

/** Where a series stands on its field, in units of the drawing. */
export interface Plot {
  points: readonly Point[];
  /** Runs of samples without a gap between them. */
  runs: readonly (readonly Point[])[];
  low: number;
  high: number;
  x(at: Instant): number;
  y(value: number): number;
}

export const field = { width: 360, height: 150, left: 36, right: 44, top: 18, bottom: 20 } as const;

/** The place of each sample; undefined if none can be drawn. */
export function plotOf({ series = [], bound }: Detail): Plot | undefined {
  const points = series.flatMap(({ at, value }) => {
    const instant = parseInstant(at);
    return instant === undefined || !Number.isFinite(value) ? [] : [{ at: instant, value }];
  });
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const values = [...points.map(({ value }) => value), ...(bound === undefined ? [] : [bound])];
  const low = Math.min(0, ...values);
  const top = Math.max(...values);
  const high = top > low ? top : low + 1;
  const time = Math.max(1, last.at - first.at);
  const wide = field.width - field.left - field.right;
  const tall = field.height - field.top - field.bottom;
  return {
    ...{ points, low, high, runs: runsOf(points) },
    x: (at) => rounded(field.left + ((at - first.at) / time) * wide),
    y: (value) => rounded(field.top + (1 - (value - low) / (high - low)) * tall),
  };
}

/** From so many samples on a series may have been thinned: then two of a stretch were kept, wherever they stood. */
const thinned = 149;

/** INVARIANT: what thinning takes away is never drawn as a gap: two that were kept are at most two stretches apart. */
function runsOf(points: readonly Point[]): readonly (readonly Point[])[] {
  const steps = points.slice(1).map((point, index) => point.at - (points[index]?.at ?? point.at));
  const sorted = [...steps].sort((a, b) => a - b);
  const mean = steps.reduce((sum, step) => sum + step, 0) / Math.max(1, steps.length);
  const usual = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const most = points.length >= thinned ? mean * 5 : usual * 1.5;
  const runs: Point[][] = [];
  points.forEach((point, index) => {
    const run = runs.at(-1);
    if (run === undefined || (steps[index - 1] ?? 0) > most) runs.push([point]);
    else run.push(point);
  });
  return runs;
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
