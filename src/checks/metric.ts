import type { Observed, SamplesContent } from '../model/evidence.ts';
import type { Instant } from '../model/instant.ts';
import type { MetricCheck } from '../model/policy.ts';
import { citeWhole } from './combine.ts';
import type { CheckContext, CheckMember, Judgement } from './context.ts';
import { type Asked, freshSteps } from './metricDoubt.ts';
import { judgeSamples, windowOf } from './metricJudge.ts';
import { lookAt, pointsOf, seriesOf } from './metricWindow.ts';
import { metricWords } from './metricWords.ts';

/**
 * `metric`: a statistic over a window against a bound (semantics section 6). INVARIANT: what nobody measured is never
 * good: too few samples, gaps, values that are no finite number and old samples are unknown.
 */
export const metric: CheckMember<'metric'> = {
  judge(check, context) {
    const item = context.evidence(check.of);
    if (item.status === 'absent') {
      const { code, message, source } = item;
      return { outcome: 'unknown', code, message, cites: [{ evidence: check.of, ...source }] };
    }
    if (item.content.type !== 'samples') {
      const message = `\`${check.of}\` holds no samples`;
      return { outcome: 'unknown', code: 'evidence.ill-typed', message, cites: [{ evidence: check.of }] };
    }
    const begun = beginningOf(check, context);
    if ('judgement' in begun) return { ...begun.judgement, cites: [citeWhole(item)] };
    return judgeObserved(check, { item, content: item.content, context, since: begun.since });
  },
  words: metricWords,
};

/** When the phase began whose monitor this is; undefined for a rule of any other gate. */
function beginningOf(
  check: MetricCheck,
  { monitored, timeline, instant }: CheckContext,
): { since: Instant | undefined } | { judgement: Omit<Judgement, 'cites'> } {
  if (monitored === undefined) return { since: undefined };
  if (!timeline.wasEntered(monitored)) {
    const message = `phase \`${monitored}\` was not entered, so nothing was measured in it yet`;
    const earliest = instant + check.within;
    return { judgement: { outcome: 'pending', code: 'metric.not-begun', message, earliest } };
  }
  const since = timeline.enteredAt(monitored);
  if (since !== undefined) return { since };
  const message = `nothing says when phase \`${monitored}\` began`;
  return { judgement: { outcome: 'unknown', code: 'metric.no-start', message } };
}

function judgeObserved(
  check: MetricCheck,
  found: { item: Observed; content: SamplesContent; context: CheckContext; since: Instant | undefined },
): Judgement {
  const { item, content, context, since } = found;
  const { monitored, timeline, instant } = context;
  const series = seriesOf(content).filter(({ time }) => time <= instant);
  const phase =
    monitored === undefined || since === undefined
      ? undefined
      : { id: monitored, since, baselines: timeline.baselines(monitored) };
  const { query } = item.source;
  const asked: Asked = {
    check,
    content,
    series,
    now: instant,
    ...(phase ? { phase } : {}),
    ...(query === undefined ? {} : { query }),
  };
  const { bound, ...judgement } = judgeSamples(asked);
  const points = pointsOf(lookAt(series, windowOf(asked), content.step).samples);
  const detail = {
    ...(points.length > 0 ? { series: points } : {}),
    ...(bound === undefined ? {} : { bound }),
  };
  const until = judgement.outcome === 'pass' ? { validUntil: passesUntil(asked) } : {};
  return { ...judgement, ...until, cites: [citeWhole(item)], ...(points.length > 0 ? { detail } : {}) };
}

/**
 * When a pass ends if nothing more is measured: the newest sample becomes too old, or samples leave the window and what
 * is left does not pass.
 */
function passesUntil(asked: Asked): Instant {
  const { check, content, series, now } = asked;
  const { value } = check.bound;
  const ages = typeof value === 'number' ? [check.within] : [check.within, check.within + value.baseline];
  const newest = series.at(-1)?.time ?? now;
  const end = newest + freshSteps * content.step;
  const changes = series
    .flatMap(({ time }) => ages.map((age) => time + age))
    .filter((time) => time > now && time < end)
    .sort((a, b) => a - b);
  return changes.find((time) => judgeSamples({ ...asked, now: time }).outcome !== 'pass') ?? end;
}
