import type { Baseline, MeasuredBaseline } from '../model/baseline.ts';
import type { SamplesContent } from '../model/evidence.ts';
import { formatDuration, formatInstant, parseInstant } from '../model/instant.ts';
import type { MetricBound, MetricCheck } from '../model/policy.ts';
import type { ReasonCode } from '../model/reasons.ts';
import { askedFrom, coversEnough, lookAt, type Sample, type Span } from './metricWindow.ts';
import { statistic } from './statistic.ts';

/** A bound that depends on a baseline. */
export type Spike = Exclude<MetricBound, number>;

/** What a statistic was over a span. */
export type Measured = Pick<MeasuredBaseline, 'value' | 'coverage'>;

/** Why something cannot be measured. */
export interface Doubt {
  code: ReasonCode;
  message: string;
}

/** What the statistic of a check was over a span, or why that cannot be told. */
export function measure(
  { of, stat }: Pick<MetricCheck, 'of' | 'stat'>,
  span: Span,
  { content, series }: { content: SamplesContent; series: readonly Sample[] },
): Measured | Doubt {
  const { coverage, values, notFinite } = lookAt(series, span, content.step);
  const where = `the ${formatDuration(span.end - span.start)} before ${formatInstant(span.end)}`;
  if (notFinite !== undefined) {
    const message = `the sample of \`${of}\` of ${formatInstant(notFinite)} is no finite number`;
    return { code: 'metric.not-finite', message };
  }
  if (!askedFrom(content, span)) {
    const from = formatInstant(content.from);
    return { code: 'metric.span-short', message: `samples of \`${of}\` were asked for only from ${from} on` };
  }
  if (values.length === 0) return { code: 'metric.empty', message: `\`${of}\` has no sample in ${where}` };
  const value = statistic(stat, values);
  return Number.isFinite(value)
    ? { value, coverage }
    : { code: 'metric.not-finite', message: `the ${stat} of \`${of}\` is no finite number` };
}

/**
 * The baseline that the transition into a phase kept for a check. INVARIANT: it is of the same evidence, query,
 * statistic and length; what was measured otherwise is no baseline.
 */
export function storedBaseline(
  { of, stat }: MetricCheck,
  spike: Spike,
  from: { baselines: readonly Baseline[] | undefined; query: string | undefined; phase: string },
): Measured | Doubt {
  const found = from.baselines?.find(
    (one) =>
      one.evidence === of &&
      one.stat === stat &&
      one.query === from.query &&
      (parseInstant(one.to) ?? 0) - (parseInstant(one.from) ?? 0) === spike.baseline,
  );
  if (found && 'value' in found) return found;
  const before = `what \`${of}\` was before phase \`${from.phase}\` began is not known`;
  const why = found ? found.message : 'the transition into it kept no such baseline';
  return { code: 'metric.no-baseline', message: `${before}: ${why}` };
}

/** The bound that a baseline gives: so many times what was before, and never below the floor. */
export function spikeBound(
  { times, floor, baseline }: Spike,
  measured: Measured,
  { minCoverage, of }: MetricCheck,
): { value: number } | Doubt {
  if (!coversEnough(measured.coverage, minCoverage)) {
    const share = `${percent(measured.coverage)} of the samples`;
    const message = `only ${share} of \`${of}\` are there in the ${formatDuration(baseline)} to compare with; ${percent(minCoverage)} are asked for`;
    return { code: 'metric.few-samples', message };
  }
  const value = Math.max(times * measured.value, floor);
  return Number.isFinite(value)
    ? { value }
    : { code: 'metric.not-finite', message: `${times} times the baseline of \`${of}\` is no finite number` };
}

/** A share in whole per cent, cut off: what was observed is never rounded up. */
export function percent(share: number): string {
  return `${Math.floor(share * 100 + 1e-7)} %`;
}
