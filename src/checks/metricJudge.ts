import { formatDuration, formatInstant, type Instant } from '../model/instant.ts';
import { type Doubt, measure, spikeBound, storedBaseline } from './metricBaseline.ts';
import { type Asked, doubtOf, doubtSoFar } from './metricDoubt.ts';
import { judgeEach, type SamplesJudgement, unknown } from './metricEach.ts';
import { lookAt, type Seen } from './metricWindow.ts';
import { keeps, numberWords, worstWords } from './metricWords.ts';
import { statistic } from './statistic.ts';

/** The bound as a number, and the baseline that it comes from. */
interface Bound {
  value: number;
  before?: number;
}

/** Judges a window of samples (semantics section 6). */
export function judgeSamples(asked: Asked): SamplesJudgement {
  const { check, content } = asked;
  const seen = lookAt(asked.series, windowOf(asked), content.step);
  const bound = boundOf(asked);
  if (check.stat !== 'each') return judgeStatistic(asked, seen, bound);
  // Without a statistic there is no baseline: policies say a number here.
  if (!('value' in bound)) return unknown(bound);
  return judgeEach({ check, seen, bound: bound.value, step: content.step }, () => {
    const young = tooYoung(asked, seen, bound);
    if (young) return young;
    const doubt = doubtOf(asked, seen);
    return doubt && unknown(doubt);
  });
}

/** The window, cut off where the phase began. */
export function windowOf({ check, now, phase }: Asked): { start: Instant; end: Instant } {
  return { start: Math.max(now - check.within, phase?.since ?? Number.NEGATIVE_INFINITY), end: now };
}

function judgeStatistic(asked: Asked, seen: Seen, bound: Bound | Doubt): SamplesJudgement {
  const young = tooYoung(asked, seen, bound);
  if (young) return young;
  const doubt = doubtOf(asked, seen);
  if (doubt) return unknown(doubt);
  const { of, stat } = asked.check;
  const observed = statistic(stat, seen.values);
  if (!Number.isFinite(observed)) {
    return unknown({ code: 'metric.not-finite', message: `the ${stat} of \`${of}\` is no finite number` });
  }
  return 'value' in bound ? compare(asked, seen, { bound, observed }) : { ...unknown(bound), observed };
}

function compare(
  asked: Asked,
  seen: Seen,
  { bound, observed }: { bound: Bound; observed: number },
): SamplesJudgement {
  const { check } = asked;
  const { of, stat, within } = check;
  const good = keeps(check, bound.value, observed);
  const said = `the ${stat} of \`${of}\` over the last ${formatDuration(within)} is ${numberWords(observed)}`;
  const worst = good || stat === 'count' ? '' : worstWords(check, seen);
  return {
    outcome: good ? 'pass' : 'fail',
    code: good ? 'metric.within-bound' : 'metric.beyond-bound',
    message: `${said}; ${allowedWords(asked, bound)}${worst}`,
    observed,
    required: { [check.bound.is]: bound.value },
    bound: bound.value,
    ...(stat === 'count' ? { unit: 'samples' } : {}),
  };
}

function allowedWords({ check, phase }: Asked, bound: Bound): string {
  const { is, value } = check.bound;
  const allowed = `${is === 'atMost' ? 'at most' : 'at least'} ${numberWords(bound.value)} is due`;
  if (typeof value === 'number' || bound.before === undefined) return allowed;
  const when = phase ? `before phase \`${phase.id}\`` : 'before the window';
  const before = `the ${numberWords(bound.before)} of the ${formatDuration(value.baseline)} ${when}`;
  return `${allowed} (${value.times} times ${before}, and never below ${value.floor})`;
}

/** Given, or from what was before the phase began, elsewhere before the window. */
function boundOf({ check, content, series, now, phase, query }: Asked): Bound | Doubt {
  const { value } = check.bound;
  if (typeof value === 'number') return { value };
  const end = now - check.within;
  const measured = phase
    ? storedBaseline(check, value, { baselines: phase.baselines, query, phase: phase.id })
    : measure(check, { start: end - value.baseline, end }, { content, series });
  if (!('value' in measured)) return measured;
  const bound = spikeBound(value, measured, check);
  return 'value' in bound ? { ...bound, before: measured.value } : bound;
}

/**
 * INVARIANT: while a phase is younger than the window its monitor is pending whatever the statistic is so far, unless
 * it is plain already that the window cannot be judged when its time comes.
 */
function tooYoung(asked: Asked, seen: Seen, bound: Bound | Doubt): SamplesJudgement | undefined {
  const { check, phase, now } = asked;
  if (!phase || phase.since <= now - check.within) return undefined;
  const earliest = phase.since + check.within;
  const doubt = doubtSoFar(asked, seen, earliest);
  if (doubt) return unknown(doubt);
  if (!('value' in bound)) return unknown(bound);
  const so =
    seen.values.length === 0 || check.stat === 'each' ? undefined : statistic(check.stat, seen.values);
  const broken = so !== undefined && Number.isFinite(so) && !keeps(check, bound.value, so);
  const warning = broken
    ? `; so far its ${check.stat} is ${numberWords(so)}, beyond the bound ${numberWords(bound.value)}`
    : '';
  return {
    outcome: 'pending',
    code: 'metric.short',
    message: `phase \`${phase.id}\` began at ${formatInstant(phase.since)}, and the ${formatDuration(check.within)} of \`${check.of}\` must lie inside it${warning}`,
    ...(so !== undefined && Number.isFinite(so) ? { observed: so } : {}),
    required: { [check.bound.is]: bound.value },
    bound: bound.value,
    earliest,
  };
}
