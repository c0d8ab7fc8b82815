import { describe, expect, test } from 'vitest';
import type { SamplesContent } from '../../src/model/evidence.ts';
import { day, hour, minute } from '../../src/model/instant.ts';
import type { MetricCheck } from '../../src/model/policy.ts';
import type { RuleReport } from '../../src/model/verdict.ts';
import { judge, now, policyOf, ruleOf } from '../support/policy.ts';
import { metricEvidence, metricOf, metricSpecs, samplesUntil, step, without } from '../support/samples.ts';

const flat = (count: number, value = 1) => Array.from({ length: count }, () => value);
/** An hour is twelve samples. */
const hourOf = (...newest: (number | undefined)[]) =>
  samplesUntil(now, [...flat(12 - newest.length), ...newest]);

function report(check: Partial<MetricCheck>, content: SamplesContent, at = now): RuleReport {
  const policy = policyOf({ evidence: metricSpecs, preflight: [ruleOf('few', metricOf(check))] });
  const verdict = judge(policy, [metricEvidence('errors', content)], { now: at });
  return verdict.gates[0]?.rules[0] as RuleReport;
}

const gist = ({ outcome, code, observed }: RuleReport) => `${outcome} ${code} ${JSON.stringify(observed)}`;
const atLeast = (value: number) => ({ bound: { is: 'atLeast', value } }) as const;
const spike = (value: Exclude<MetricCheck['bound']['value'], number>) =>
  ({ bound: { is: 'atMost', value } }) as const;

describe('a statistic against a bound', () => {
  test.each<[string, Partial<MetricCheck>, SamplesContent, string]>([
    ['below', {}, hourOf(), 'pass metric.within-bound 1'],
    ['at the bound', {}, hourOf(5), 'pass metric.within-bound 5'],
    ['above', {}, hourOf(5.1), 'fail metric.beyond-bound 5.1'],
    ['at least, at it', atLeast(1), hourOf(), 'pass metric.within-bound 1'],
    ['min at least', { stat: 'min', ...atLeast(1) }, hourOf(2), 'pass metric.within-bound 1'],
    ['min below', { stat: 'min', ...atLeast(1) }, hourOf(0.9), 'fail metric.beyond-bound 0.9'],
    ['a percentile that leaves one out', { stat: 'p90' }, hourOf(9), 'pass metric.within-bound 1'],
    ['a percentile that leaves none out', { stat: 'p95' }, hourOf(9), 'fail metric.beyond-bound 9'],
    ['the last', { stat: 'last' }, hourOf(9, 2), 'pass metric.within-bound 2'],
    ['the average', { stat: 'avg' }, hourOf(49), 'pass metric.within-bound 5'],
    ['the sum', { stat: 'sum' }, hourOf(), 'fail metric.beyond-bound 12'],
    ['the count', { stat: 'count', ...atLeast(12) }, hourOf(), 'pass metric.within-bound 12'],
    ['a spike just before the window', {}, samplesUntil(now, [9, ...flat(12)]), 'pass metric.within-bound 1'],
    ['a spike at the start of it', {}, samplesUntil(now, [1, 9, ...flat(11)]), 'fail metric.beyond-bound 9'],
    ['a sample after now', {}, samplesUntil(now + step, [...flat(13), 9]), 'pass metric.within-bound 1'],
    [
      'a sum that is not finite',
      { stat: 'sum' },
      hourOf(1e308, 1e308),
      'unknown metric.not-finite undefined',
    ],
  ])('%s', (_name, check, content, expected) => {
    expect(gist(report(check, content))).toBe(expected);
  });
});

describe('samples that cannot be judged are unknown', () => {
  test.each<[string, Partial<MetricCheck>, SamplesContent, string]>([
    ['one that is no number', {}, hourOf(undefined, 1), 'metric.not-finite'],
    ['the same before the window', {}, samplesUntil(now, [undefined, ...flat(12)]), 'metric.within-bound'],
    ['infinity', {}, hourOf(Number.POSITIVE_INFINITY, 1), 'metric.not-finite'],
    ['one of twelve missing', {}, without(hourOf(), 4), 'metric.within-bound'],
    ['two of twelve missing', {}, without(hourOf(), 4, 7), 'metric.few-samples'],
    ['two missing, allowed', { minCoverage: 0.8 }, without(hourOf(), 4, 7), 'metric.within-bound'],
    ['one missing, not allowed', { minCoverage: 1 }, without(hourOf(), 4), 'metric.few-samples'],
    ['none in the window', {}, samplesUntil(now - hour, flat(24)), 'metric.stale'],
    ['none at all', {}, { ...hourOf(), samples: [] }, 'metric.empty'],
    ['asked for too late', {}, samplesUntil(now, flat(10)), 'metric.span-short'],
    ['two steps old', {}, samplesUntil(now - 2 * step, flat(24)), 'metric.few-samples'],
    [
      'two steps old, in a long window',
      { within: day },
      samplesUntil(now - 2 * step, flat(300)),
      'metric.within-bound',
    ],
    ['older than two steps', { within: day }, samplesUntil(now - 2 * step - 1, flat(300)), 'metric.stale'],
    // As many samples as are due, all in one corner of the window.
    [
      'a cluster and a gap',
      {},
      { ...hourOf(), samples: flat(12).map((value, index) => ({ time: now - index * 1000, value })) },
      'metric.few-samples',
    ],
    // What one time was measured as twice is not known.
    [
      'two values at one time',
      {},
      { ...hourOf(), samples: [...hourOf().samples, { time: now, value: 2 }] },
      'metric.not-finite',
    ],
    [
      'the same value twice',
      {},
      { ...hourOf(), samples: [...hourOf().samples, { time: now, value: 1 }] },
      'metric.within-bound',
    ],
    ['any order', {}, { ...hourOf(), samples: [...hourOf().samples].reverse() }, 'metric.within-bound'],
  ])('%s', (_name, check, content, code) => {
    const { outcome, code: found } = report(check, content);
    expect([outcome, found]).toEqual([code === 'metric.within-bound' ? 'pass' : 'unknown', code]);
  });

  test('a source that tells only what is now fills a window of one step', () => {
    const once: SamplesContent = {
      type: 'samples',
      step,
      from: now,
      to: now,
      samples: [{ time: now, value: 1 }],
    };
    expect(report({ within: step, stat: 'last' }, once).outcome).toBe('pass');
    expect(report({ within: 2 * step, stat: 'last' }, once).code).toBe('metric.span-short');
  });
});

describe('a spike against what was before the window', () => {
  const twice = { times: 2, baseline: 2 * hour, floor: 1 };
  const after = (before: readonly (number | undefined)[], value: number) =>
    samplesUntil(now, [...before, ...flat(12, value)]);
  test.each<[string, Partial<MetricCheck>, SamplesContent, string]>([
    ['twice as much', spike(twice), after(flat(24, 4), 8), 'pass metric.within-bound 8'],
    ['more than twice', spike(twice), after(flat(24, 4), 8.1), 'fail metric.beyond-bound 8.1'],
    ['below the floor', spike(twice), after(flat(24, 0), 1), 'pass metric.within-bound 1'],
    ['above the floor', spike(twice), after(flat(24, 0), 1.1), 'fail metric.beyond-bound 1.1'],
    [
      'the same statistic',
      { ...spike(twice), stat: 'avg' },
      after([...flat(23, 0), 24], 2),
      'pass metric.within-bound 2',
    ],
    [
      'of another length',
      spike({ ...twice, baseline: hour }),
      after([...flat(12, 9), ...flat(12, 1)], 3),
      'fail metric.beyond-bound 3',
    ],
    ['a baseline that was not asked for', spike(twice), after(flat(22, 4), 1), 'unknown metric.span-short 1'],
    [
      'a baseline with a gap',
      spike(twice),
      without(after(flat(24, 4), 1), 20, 21, 22),
      'unknown metric.few-samples 1',
    ],
    [
      'a baseline without samples',
      spike(twice),
      { ...after(flat(24), 1), samples: hourOf().samples },
      'unknown metric.empty 1',
    ],
    [
      'a baseline that is no number',
      spike(twice),
      after([...flat(23, 4), undefined], 1),
      'unknown metric.not-finite 1',
    ],
    [
      'a baseline too great to multiply',
      spike(twice),
      after(flat(24, 1e308), 1),
      'unknown metric.not-finite 1',
    ],
  ])('%s', (_name, check, content, expected) => {
    expect(gist(report(check, content))).toBe(expected);
  });
});

describe('what a report can draw', () => {
  test('the samples of the window and the bound', () => {
    const { detail, required, message, cites } = report({}, samplesUntil(now, [...flat(20), 7, 2]));
    expect(detail?.series).toHaveLength(12);
    expect(detail?.series?.at(-2)).toEqual({ at: '2026-02-24T08:55:00Z', value: 7 });
    expect([detail?.bound, required]).toEqual([5, { atMost: 5 }]);
    expect(message).toBe(
      'the max of `errors` over the last 1h is 7; at most 5 is due; the worst, 7, is of 2026-02-24T08:55:00Z',
    );
    expect(cites).toMatchObject([{ evidence: 'errors', query: 'errors' }]);
  });

  test('no more than 300 points, with the first, the last and every spike', () => {
    const values = flat(2016).map((value, index) => (index % 97 === 5 ? 50 + index : value));
    const { detail } = report({ within: 7 * day }, samplesUntil(now, values));
    const drawn = detail?.series ?? [];
    expect(drawn.length).toBeLessThanOrEqual(300);
    expect(drawn.length).toBeGreaterThan(150);
    expect(drawn.filter(({ value }) => value > 1)).toHaveLength(values.filter((value) => value > 1).length);
    const times = drawn.map(({ at }) => at);
    expect([times[0], times.at(-1)]).toEqual(['2026-02-17T09:05:00Z', '2026-02-24T09:00:00Z']);
    expect([...times].sort()).toEqual(times);
  });

  test('each metric of a rule that combines several', () => {
    const checks = [metricOf(), metricOf({ stat: 'each', failureLimit: 1 })];
    const policy = policyOf({
      evidence: metricSpecs,
      preflight: [ruleOf('both', { kind: 'all', checks })],
    });
    const { parts } = judge(policy, [metricEvidence('errors', hourOf(9))]).gates[0]?.rules[0] as RuleReport;
    expect(parts?.map(({ outcome, detail }) => [outcome, detail?.series?.length, detail?.bound])).toEqual([
      ['fail', 12, 5],
      ['pass', 12, 5],
    ]);
  });

  test('what is unknown or pending is drawn too', () => {
    expect(report({}, hourOf(undefined)).detail?.series).toHaveLength(11);
  });
});

describe('how long a pass holds', () => {
  const until = (check: Partial<MetricCheck>, content: SamplesContent) => {
    const policy = policyOf({ evidence: metricSpecs, preflight: [ruleOf('few', metricOf(check))] });
    return judge(policy, [metricEvidence('errors', content)]).validUntil;
  };
  test.each<[string, Partial<MetricCheck>, SamplesContent, string]>([
    ['until samples are too few', {}, hourOf(), '2026-02-24T09:10:00Z'],
    ['sooner where all are asked for', { minCoverage: 1 }, hourOf(), '2026-02-24T09:05:00Z'],
    ['until the newest is too old', { within: day }, samplesUntil(now, flat(288)), '2026-02-24T09:10:00Z'],
    [
      'until a good sample has left',
      { within: 2 * hour, stat: 'avg', bound: { is: 'atLeast', value: 2 } },
      samplesUntil(
        now,
        [13, ...flat(23)].map((value, index) => (index === 1 ? 13 : value)),
      ),
      '2026-02-24T09:05:00Z',
    ],
  ])('%s', (_name, check, content, expected) => {
    expect(until(check, content)).toBe(expected);
  });
});

describe('each sample by itself, as in an analysis of Argo Rollouts', () => {
  const each = (failureLimit?: number, consecutiveSuccessLimit?: number) => ({
    stat: 'each',
    ...(failureLimit === undefined ? {} : { failureLimit }),
    ...(consecutiveSuccessLimit === undefined ? {} : { consecutiveSuccessLimit }),
  });
  // The three-way table: limit violated fails, else successes reached passes, else unknown.
  test.each<[string, Partial<MetricCheck>, SamplesContent, string]>([
    ['violated, reached', each(0, 3), hourOf(9, 1, 1, 1), 'fail'],
    ['violated, not reached', each(0, 3), hourOf(9, 1, 1), 'fail'],
    ['not violated, reached', each(1, 3), hourOf(9, 1, 1, 1), 'pass'],
    ['not violated, not reached', each(1, 3), hourOf(9, 1, 1), 'unknown'],
    ['at the limit', each(2), hourOf(9, 9), 'pass'],
    ['one more', each(2), hourOf(9, 9, 9), 'fail'],
    ['no limit given', each(), hourOf(5), 'pass'],
    ['no limit given, one breaks it', each(), hourOf(5.1), 'fail'],
    ['successes with the default limit', each(undefined, 12), hourOf(), 'pass'],
    ['as many as there are, and one', each(undefined, 13), hourOf(), 'unknown'],
    ['a gap is no success', each(9, 3), without(hourOf(), 1), 'unknown'],
    ['successes before the gap do not count', each(9, 2), without(hourOf(), 2), 'pass'],
    // What cannot be judged hides no violation, and is no success.
    ['violated beside one that is no number', each(0), hourOf(9, undefined), 'fail'],
    ['not violated, one is no number', each(1), hourOf(9, undefined), 'unknown'],
    ['violated among too few', each(0), without(hourOf(9), 3, 4, 5), 'fail'],
    ['not violated among too few', each(1), without(hourOf(9), 3, 4, 5), 'unknown'],
    ['none', each(), { ...hourOf(), samples: [] }, 'unknown'],
  ])('%s', (_name, check, content, outcome) => {
    expect(report(check, content).outcome).toBe(outcome);
  });

  test('tells failures and successes', () => {
    const { observed, required, message, demand } = report(each(1, 3), hourOf(9, 1, 1));
    expect(observed).toEqual({ failures: 1, successes: 2 });
    expect(required).toEqual({ atMost: 5, failureLimit: 1, consecutiveSuccessLimit: 3 });
    expect(message).toBe('the newest 2 samples of `errors` keep the bound one after the other; 3 must');
    expect(demand).toBe(
      'every sample of `errors` over 1h but 1 is at most 5, and so are the newest 3 in a row',
    );
  });
});

test('evidence of another kind is no series', () => {
  const policy = policyOf({
    evidence: metricSpecs,
    preflight: [ruleOf('few', metricOf({ within: 60 * minute }))],
  });
  const other = { ...metricEvidence('errors', hourOf()), content: { type: 'value', value: 1 } } as never;
  expect(judge(policy, [other]).gates[0]?.rules[0]?.code).toBe('evidence.ill-typed');
  expect(judge(policy, []).gates[0]?.rules[0]?.code).toBe('evidence.absent');
});
