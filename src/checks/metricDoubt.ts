import type { Baseline } from '../model/baseline.ts';
import type { SamplesContent } from '../model/evidence.ts';
import { formatDuration, formatInstant, type Instant } from '../model/instant.ts';
import type { MetricCheck } from '../model/policy.ts';
import { type Doubt, percent } from './metricBaseline.ts';
import { askedFrom, coversEnough, type Sample, type Seen } from './metricWindow.ts';

/** A metric check with everything its outcome depends on. */
export interface Asked {
  check: MetricCheck;
  content: SamplesContent;
  /** The samples in time order, none after `now`. */
  series: readonly Sample[];
  now: Instant;
  query?: string;
  /** The phase whose monitor this is. */
  phase?: { id: string; since: Instant; baselines: readonly Baseline[] | undefined };
}

/** The newest sample may be this many steps old: the one that is due may be missing, and the next not be due yet. */
export const freshSteps = 2;

/** What makes the samples of a window unfit to be judged. */
export function doubtOf(asked: Asked, seen: Seen): Doubt | undefined {
  const { of, minCoverage, within } = asked.check;
  const span = formatDuration(within);
  const doubt = doubtOfSamples(asked, seen);
  if (doubt) return doubt;
  if (seen.samples.length === 0) {
    return { code: 'metric.empty', message: `\`${of}\` has no sample in the last ${span}` };
  }
  if (coversEnough(seen.coverage, minCoverage)) return undefined;
  const message = `only ${percent(seen.coverage)} of the samples of \`${of}\` are there in the last ${span}; ${percent(minCoverage)} are asked for`;
  return { code: 'metric.few-samples', message };
}

/** The same while the phase is younger than the window: whether what is there can still become enough. */
export function doubtSoFar(asked: Asked, seen: Seen, end: Instant): Doubt | undefined {
  const { check, content, series, now } = asked;
  const { of, minCoverage, within } = check;
  const doubt = doubtOfSamples(asked, seen);
  if (doubt) return doubt;
  const newest = series.at(-1)?.time ?? now;
  const next = Math.max(now, newest + content.step);
  const toCome = Math.max(0, Math.floor((end - next) / content.step) + 1);
  const share = seen.covered / within + (toCome * content.step) / within;
  if (coversEnough(share, minCoverage)) return undefined;
  const message = `so many samples of \`${of}\` are missing since the phase began that ${percent(minCoverage)} of its first ${formatDuration(within)} cannot be there any more`;
  return { code: 'metric.few-samples', message };
}

function doubtOfSamples({ check, series, content, now }: Asked, seen: Seen): Doubt | undefined {
  const { of } = check;
  if (seen.notFinite !== undefined) {
    const message = `the sample of \`${of}\` of ${formatInstant(seen.notFinite)} is no finite number`;
    return { code: 'metric.not-finite', message };
  }
  if (!askedFrom(content, seen.span)) {
    const message = `samples of \`${of}\` were asked for only from ${formatInstant(content.from)} on; the window begins at ${formatInstant(seen.span.start)}`;
    return { code: 'metric.span-short', message };
  }
  const newest = series.at(-1)?.time;
  if (newest === undefined) return { code: 'metric.empty', message: `\`${of}\` has no sample` };
  const limit = freshSteps * content.step;
  if (now - newest <= limit) return undefined;
  const message = `the newest sample of \`${of}\` is of ${formatInstant(newest)}, more than ${formatDuration(limit)} ago`;
  return { code: 'metric.stale', message };
}
