import type { SamplesContent } from '../model/evidence.ts';
import { type Duration, formatSecond, type Instant } from '../model/instant.ts';
import type { Detail } from '../model/verdict.ts';

export type Sample = SamplesContent['samples'][number];

/** A span of time without its start and with its end: (start, end]. */
export interface Span {
  start: Instant;
  end: Instant;
}

/** What a series shows of a span. */
export interface Seen {
  span: Span;
  samples: readonly Sample[];
  values: readonly number[];
  /** The time that the samples stand for, and its share of the span, 0 to 1. */
  covered: Duration;
  coverage: number;
  /** The newest sample that was no finite number. */
  notFinite?: Instant;
}

/**
 * The samples in time order, each time once. INVARIANT: where one time has two values nobody knows which is true, so it
 * has none. Collectors deliver them so; what comes another way is brought into the same form.
 */
export function seriesOf({ samples }: SamplesContent): readonly Sample[] {
  const byTime = new Map<Instant, Sample>();
  for (const sample of samples) {
    const known = byTime.get(sample.time);
    byTime.set(sample.time, known && known.value !== sample.value ? { time: sample.time } : sample);
  }
  return [...byTime.values()].sort((a, b) => a.time - b.time);
}

/** Looks at the part of a series that lies in a span. */
export function lookAt(series: readonly Sample[], span: Span, step: Duration): Seen {
  const { start, end } = span;
  const samples = series.filter(({ time }) => time > start && time <= end);
  const notFinite = samples.findLast(({ value }) => !Number.isFinite(value))?.time;
  const covered = coveredBy(samples, step);
  return {
    span,
    samples,
    covered,
    values: samples.flatMap(({ value }) => (value !== undefined && Number.isFinite(value) ? [value] : [])),
    coverage: Math.min(1, covered / (end - start)),
    ...(notFinite === undefined ? {} : { notFinite }),
  };
}

/** Each sample stands for the step before it. Samples that stand closer share it: a cluster makes up for no gap. */
function coveredBy(samples: readonly Sample[], step: Duration): Duration {
  return samples.reduce((sum, { time }, index) => {
    const previous = samples[index - 1]?.time ?? Number.NEGATIVE_INFINITY;
    return sum + Math.min(step, time - previous);
  }, 0);
}

/** Shares are compared with a little room for what division leaves. */
export function coversEnough(coverage: number, least: number): boolean {
  return coverage >= least - 1e-9;
}

/** Whether the samples of a span were asked for from its start: the first is due one step after it. */
export function askedFrom({ from, step }: SamplesContent, { start }: Span): boolean {
  return from <= start + step;
}

const mostPoints = 300;

/**
 * The series to draw, at most 300 points. INVARIANT: the first, the last, and the extremes of each stretch are kept, so
 * that no spike is lost to thinning.
 */
export function pointsOf(samples: readonly Sample[]): NonNullable<Detail['series']> {
  const points = samples.flatMap(({ time, value }) =>
    value === undefined || !Number.isFinite(value) ? [] : [{ time, value }],
  );
  return thin(points).map(({ time, value }) => ({
    at: formatSecond(time),
    value,
  }));
}

function thin<P extends { value: number }>(points: readonly P[]): readonly P[] {
  if (points.length <= mostPoints) return points;
  const inner = points.slice(1, -1);
  const stretches = mostPoints / 2 - 1;
  const kept = new Set<P>([points[0] as P]);
  for (let index = 0; index < stretches; index += 1) {
    const from = Math.floor((index * inner.length) / stretches);
    const stretch = inner.slice(from, Math.floor(((index + 1) * inner.length) / stretches));
    const least = stretch.reduce((a, b) => (b.value < a.value ? b : a));
    const most = stretch.reduce((a, b) => (b.value > a.value ? b : a));
    // In time order, as they stand in the stretch.
    for (const point of stretch) if (point === least || point === most) kept.add(point);
  }
  return [...kept, points.at(-1) as P];
}
