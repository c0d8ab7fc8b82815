import type { SamplesContent } from '../../model/evidence.ts';
import { clockTolerance, formatInstant, type Instant } from '../../model/instant.ts';
import type { Reducer } from '../../model/policy.ts';
import type { ReasonCode } from '../../model/reasons.ts';

export type Sample = SamplesContent['samples'][number];

/** The samples of one series, in time order. */
export interface Series {
  /** Its name and labels in a form in which equal ones are equal. */
  key: string;
  samples: readonly Sample[];
}

export interface Refusal {
  ok: false;
  code: ReasonCode;
  /** What follows the name of the source. */
  what: string;
}

export type SeriesReading = { ok: true; series: readonly Series[] } | Refusal;
export type SamplesReading = { ok: true; samples: readonly Sample[] } | Refusal;

export function refusal(code: ReasonCode, what: string): Refusal {
  return { ok: false, code, what };
}

/** The one series that rules judge. Several become one only by a reducer that the policy declares. */
export function oneSeries(series: readonly Series[], reduce: Reducer | undefined): SamplesReading {
  const [first] = series;
  if (!first) return refusal('samples.none', 'has no such series, which is not the number 0');
  if (new Set(series.map(({ key }) => key)).size < series.length)
    return refusal('server.bad-answer', 'has one series twice');
  if (series.length === 1) return { ok: true, samples: first.samples };
  if (reduce === undefined)
    return refusal('samples.several-series', `has ${series.length} series, one is due`);
  return { ok: true, samples: reduced(series, reduce) };
}

/**
 * Series become one instant by instant. INVARIANT: where one of them has no value the result has none either: what is
 * not known of a part is not known of the whole.
 */
function reduced(series: readonly Series[], reduce: Reducer): readonly Sample[] {
  const values = new Map<Instant, number[]>();
  for (const { samples } of series) {
    for (const { time, value } of samples) {
      const known = values.get(time) ?? [];
      if (value !== undefined) known.push(value);
      values.set(time, known);
    }
  }
  const times = [...values].sort(([a], [b]) => a - b);
  return times.map(([time, known]) => {
    const value = known.length === series.length ? reducers[reduce](known) : Number.NaN;
    return Number.isFinite(value) ? { time, value } : { time };
  });
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

const reducers: Readonly<Record<Reducer, (values: readonly number[]) => number>> = {
  sum,
  max: (values) => values.reduce((most, value) => Math.max(most, value)),
  min: (values) => values.reduce((least, value) => Math.min(least, value)),
  avg: (values) => sum(values) / values.length,
};

/** The span that is asked for. */
export interface Span {
  from: Instant;
  to: Instant;
}

/**
 * The samples of a source that chooses by itself which it shows: in time order, and those of the span alone. A time
 * that stands twice or lies ahead by more than clocks may differ is refused.
 */
export function withinSpan(samples: readonly Sample[], { from, to }: Span): SamplesReading {
  const sorted = [...samples].sort((a, b) => a.time - b.time);
  const twice = sorted.find(({ time }, index) => sorted[index + 1]?.time === time);
  if (twice) return refusal('samples.bad-time', `has two samples of ${formatInstant(twice.time)}`);
  const last = sorted.at(-1);
  if (last && last.time > to + clockTolerance)
    return refusal('samples.bad-time', `has a sample of the future, of ${formatInstant(last.time)}`);
  const within = sorted.filter(({ time }) => time >= from);
  if (within.length === 0) return refusal('samples.none', 'has no sample in the span that is needed');
  return { ok: true, samples: within };
}
