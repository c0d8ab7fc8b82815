import { formatDuration } from '../model/instant.ts';
import type { MetricCheck } from '../model/policy.ts';
import type { Judgement } from './context.ts';
import type { Doubt } from './metricBaseline.ts';
import type { Sample, Seen } from './metricWindow.ts';
import { keeps, numberWords, worstWords } from './metricWords.ts';

/** A judgement of samples alone: citations are added by who knows the evidence. */
export type SamplesJudgement = Omit<Judgement, 'cites'> & { bound?: number };

export interface EachWindow {
  check: MetricCheck;
  seen: Seen;
  bound: number;
  /** Milliseconds from one sample to the next. */
  step: number;
}

/**
 * `stat: each` with the limits of an analysis run of Argo Rollouts: the failure limit violated fails, else the
 * consecutive successes reached pass, else the outcome is unknown. INVARIANT: what else came to light cannot undo a
 * violated limit, so it fails even where the window cannot be judged; everything else needs a window that can.
 */
export function judgeEach(window: EachWindow, open: () => SamplesJudgement | undefined): SamplesJudgement {
  const { check, seen, bound, step } = window;
  const { of, within, failureLimit = 0, consecutiveSuccessLimit } = check;
  const failures = seen.values.filter((value) => !keeps(check, bound, value)).length;
  const successes = newestSuccesses(seen.samples, step, (value) => keeps(check, bound, value));
  const frame = {
    observed: consecutiveSuccessLimit === undefined ? { failures } : { failures, successes },
    required: {
      [check.bound.is]: bound,
      failureLimit,
      ...(consecutiveSuccessLimit === undefined ? {} : { consecutiveSuccessLimit }),
    },
    bound,
  };
  const side = check.bound.is === 'atMost' ? 'above' : 'below';
  const broken = `${failures} of ${seen.values.length} samples of \`${of}\` in the last ${formatDuration(within)} ${failures === 1 ? 'is' : 'are'} ${side} ${numberWords(bound)}`;
  const allowed = failureLimit === 0 ? 'none may be' : `at most ${failureLimit} may be`;
  if (failures > failureLimit) {
    const message = `${broken}; ${allowed}${worstWords(check, seen)}`;
    return { ...frame, outcome: 'fail', code: 'metric.limit-violated', message };
  }
  const judgement = open();
  if (judgement) return judgement.outcome === 'pending' ? { ...judgement, ...frame } : judgement;
  if (consecutiveSuccessLimit === undefined || successes >= consecutiveSuccessLimit) {
    return { ...frame, outcome: 'pass', code: 'metric.within-bound', message: `${broken}; ${allowed}` };
  }
  const message = `the newest ${successes} samples of \`${of}\` keep the bound one after the other; ${consecutiveSuccessLimit} must`;
  return { ...frame, outcome: 'unknown', code: 'metric.not-reached', message };
}

/** Newest backwards, up to the first that breaks the bound, has no value, or stands after a gap. */
function newestSuccesses(samples: readonly Sample[], step: number, good: (value: number) => boolean): number {
  let count = 0;
  for (let index = samples.length - 1; index >= 0; index -= 1) {
    const { time, value } = samples[index] as Sample;
    const next = samples[index + 1]?.time ?? time;
    if (value === undefined || !good(value) || next - time >= 2 * step) break;
    count += 1;
  }
  return count;
}

/** A doubt as an outcome. */
export function unknown({ code, message }: Doubt): SamplesJudgement {
  return { outcome: 'unknown', code, message };
}
