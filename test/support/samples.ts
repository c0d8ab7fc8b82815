import type { Evidence, SamplesContent } from '../../src/model/evidence.ts';
import { type Instant, minute } from '../../src/model/instant.ts';
import type { MetricCheck, Policy } from '../../src/model/policy.ts';
import { observed, specOf } from './policy.ts';

/** Samples are due every five minutes. */
export const step = 5 * minute;

/** A series that ends at an instant, newest value last; `undefined` is a sample that is no finite number. */
export function samplesUntil(end: Instant, values: readonly (number | undefined)[]): SamplesContent {
  const from = end - values.length * step;
  const samples = values.map((value, index) => {
    const time = from + (index + 1) * step;
    return value === undefined ? { time } : { time, value };
  });
  return { type: 'samples', step, from, to: end, samples };
}

/** The same series without some of its samples, counted from the newest. */
export function without(content: SamplesContent, ...ago: readonly number[]): SamplesContent {
  const { samples } = content;
  return { ...content, samples: samples.filter((_, index) => !ago.includes(samples.length - 1 - index)) };
}

export function metricEvidence(id: string, content: SamplesContent, query = 'errors'): Evidence {
  const item = observed(id, content, { kind: 'prometheus', collectedAt: content.to });
  return { ...item, source: { query } };
}

export const metricSpecs: Policy['evidence'] = {
  errors: specOf({
    kind: 'prometheus',
    server: { url: { is: 'variable', name: 'PROMETHEUS_URL' }, headers: {}, timeout: 10_000, retries: 0 },
    step: 5 * minute,
    query: 'errors',
    instant: false,
  }),
};

export function metricOf(parts: Partial<MetricCheck> = {}): MetricCheck {
  const bound = { is: 'atMost', value: 5 } as const;
  return {
    kind: 'metric',
    of: 'errors',
    within: 60 * minute,
    stat: 'max',
    bound,
    minCoverage: 0.9,
    ...parts,
  };
}
