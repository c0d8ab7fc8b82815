import type { Point } from './line.ts';
import { readDecimal } from './number.ts';

/** What has been told of one histogram at one time. */
export interface Histogram {
  type: 'histogram' | 'gaugehistogram';
  /** The upper bound of the newest bucket; Infinity for the last. */
  bound: number;
  /** What the newest bucket counts. */
  counted: number;
  negative: boolean;
  count?: number;
  sum?: number;
}

export function openHistogram(type: Histogram['type']): Histogram {
  return { type, bound: Number.NEGATIVE_INFINITY, counted: 0, negative: false };
}

/** Takes the next sample: buckets stand in the order of their bounds, each counts those before it too. */
export function addToHistogram(histogram: Histogram, { labels, value }: Point, suffix: string): boolean {
  if (suffix === '_created') return true;
  if (value === undefined) return false;
  if (suffix === '_count' || suffix === '_gcount') histogram.count = value;
  else if (suffix === '_sum' || suffix === '_gsum') histogram.sum = value;
  else {
    const le = labels.get('le') ?? '';
    const bound = le === '+Inf' ? Number.POSITIVE_INFINITY : readDecimal(le);
    if (bound === undefined || bound <= histogram.bound || value < histogram.counted) return false;
    histogram.bound = bound;
    histogram.counted = value;
    if (bound < 0) histogram.negative = true;
  }
  return true;
}

/** The last bucket has no bound and counts all; count and sum are told both or neither. */
export function closeHistogram(histogram: Histogram | undefined): boolean {
  if (!histogram) return true;
  const { type, bound, counted, negative, count, sum } = histogram;
  if (bound !== Number.POSITIVE_INFINITY || (count === undefined) !== (sum === undefined)) return false;
  if (count !== undefined && count !== counted) return false;
  if (sum === undefined) return true;
  return type === 'histogram' ? !negative : sum >= 0 || negative;
}
