import { describe, expect, test } from 'vitest';
import { baselinesOf } from '../../src/evaluate/baselines.ts';
import type { Evaluation } from '../../src/evaluate/judged.ts';
import type { Baseline } from '../../src/model/baseline.ts';
import type { Evidence, SamplesContent, TransitionRow } from '../../src/model/evidence.ts';
import { formatInstant, hour, minute } from '../../src/model/instant.ts';
import type { MetricCheck, Policy } from '../../src/model/policy.ts';
import type { RuleReport } from '../../src/model/verdict.ts';
import { absent, judge, now, observed, phaseOf, policyOf, ruleOf, variables } from '../support/policy.ts';
import { metricEvidence, metricOf, metricSpecs, samplesUntil, without } from '../support/samples.ts';

const flat = (count: number, value = 1) => Array.from({ length: count }, () => value);
const twice = { is: 'atMost', value: { times: 2, baseline: 2 * hour, floor: 1 } } as const;

function policyWith(check: Partial<MetricCheck>, first: Partial<MetricCheck> = {}): Policy {
  return policyOf({
    evidence: metricSpecs,
    transitions: { path: 'docs/transitions.md' },
    phases: [
      phaseOf('one', { 'flags.MODE': 'one' }, { monitors: [ruleOf('calm', metricOf(first))] }),
      phaseOf('two', { 'flags.MODE': 'two' }, { monitors: [ruleOf('few', metricOf(check))] }),
    ],
  });
}

function entered(ago: number, parts: Partial<TransitionRow> = {}): TransitionRow {
  const row = { path: 'docs/transitions.md', line: 6, from: 'one', to: 'two', decision: 'go' } as const;
  return {
    ...row,
    time: now - ago,
    kind: 'advance',
    verdict: `sha256:${'2'.repeat(64)}`,
    reason: '',
    ...parts,
  };
}

function transitions(...rows: readonly TransitionRow[]): Evidence {
  const content = { type: 'transitions', path: 'docs/transitions.md', rows } as const;
  return observed('transitions', content, { kind: 'transitions' });
}

function report(
  policy: Policy,
  content: SamplesContent,
  log: Evidence,
  more: Partial<Evaluation> & { phase?: string } = {},
): RuleReport {
  const { phase = 'two', ...rest } = more;
  const evidence = [metricEvidence('errors', content), variables('flags', { MODE: phase }), log];
  const verdict = judge(policy, evidence, { gates: [`monitors:${phase}`], ...rest });
  return verdict.gates.find(({ id }) => id === `monitors:${phase}`)?.rules[0] as RuleReport;
}

const gist = ({ outcome, code, observed: seen, earliest }: RuleReport) =>
  [outcome, code, JSON.stringify(seen), earliest].filter((part) => part !== undefined).join(' ');
const minutes = (count: number) => count * minute;

describe('monitors of a phase judge samples since it began', () => {
  const series = (...newest: number[]) => samplesUntil(now, [...flat(24 - newest.length), ...newest]);
  test.each<[string, number, SamplesContent, string]>([
    ['the window lies inside it', hour, series(), 'pass metric.within-bound 1'],
    ['it began a second too late', hour - 1000, series(), 'pending metric.short 1 2026-02-24T09:00:01Z'],
    ['it began a moment ago', 1000, series(), 'pending metric.short 1 2026-02-24T09:59:59Z'],
    [
      'it began a little ahead of the clock',
      -minutes(1),
      series(),
      'pending metric.short 2026-02-24T10:01:00Z',
    ],
    ['a spike before it', minutes(30), series(9, ...flat(8)), 'pending metric.short 1 2026-02-24T09:30:00Z'],
    // The law has it pending whatever the samples say so far; the message warns.
    ['a spike since', minutes(30), series(9), 'pending metric.short 9 2026-02-24T09:30:00Z'],
    ['a spike in the window', hour, series(9), 'fail metric.beyond-bound 9'],
    ['an old spike', 2 * hour, series(9, ...flat(12)), 'pass metric.within-bound 1'],
    ['one sample missing', minutes(30), without(series(), 3), 'pending metric.short 1 2026-02-24T09:30:00Z'],
    ['too many missing to make up for', minutes(30), without(series(), 2, 3), 'unknown metric.few-samples'],
    ['one that is no number', minutes(30), series(Number.NaN, 1), 'unknown metric.not-finite'],
    [
      'nobody measures any more',
      minutes(30),
      samplesUntil(now - minutes(11), flat(24)),
      'unknown metric.stale',
    ],
  ])('%s', (_name, ago, content, expected) => {
    expect(gist(report(policyWith({}), content, transitions(entered(ago))))).toBe(expected);
  });

  test('a pending monitor says what it saw so far', () => {
    const { message } = report(policyWith({}), series(9), transitions(entered(minutes(30))));
    expect(message).toBe(
      'phase `two` began at 2026-02-24T08:30:00Z, and the 1h of `errors` must lie inside it; so far its max is 9, beyond the bound 5',
    );
  });

  test('a failure limit that is violated fails at once', () => {
    const each = { stat: 'each', failureLimit: 1 };
    const seen = (...newest: number[]) =>
      gist(report(policyWith(each), series(...newest), transitions(entered(minutes(30)))));
    expect(seen(9, 9)).toBe('fail metric.limit-violated {"failures":2}');
    expect(seen(9, 1)).toBe('pending metric.short {"failures":1} 2026-02-24T09:30:00Z');
    // What was before the phase began is no failure of it.
    expect(seen(9, 9, ...flat(6))).toBe('pending metric.short {"failures":0} 2026-02-24T09:30:00Z');
  });

  test('a phase that was not entered has no monitor that passes', () => {
    const missing = absent('transitions', 'file.missing', 'transitions');
    expect(gist(report(policyWith({}), series(), missing))).toBe(
      'pending metric.not-begun 2026-02-24T10:00:00Z',
    );
  });

  test('a transition log that nobody can read tells no beginning', () => {
    const torn = absent('transitions', 'log.torn-row', 'transitions');
    expect(gist(report(policyWith({}), series(), torn))).toBe('unknown log.torn-row');
  });

  test('a first phase without records began nobody knows when', () => {
    const none = transitions();
    expect(gist(report(policyWith({}), series(), none, { phase: 'one' }))).toBe('unknown metric.no-start');
  });

  test('a rollback begins the phase anew', () => {
    const back = entered(minutes(20), { kind: 'rollback', from: 'two', to: 'one', verdict: '', line: 7 });
    const log = transitions(entered(3 * hour), back);
    expect(gist(report(policyWith({}), series(9, ...flat(8)), log, { phase: 'one' }))).toBe(
      'pending metric.short 1 2026-02-24T09:40:00Z',
    );
    expect(gist(report(policyWith({}), series(), log))).toBe('pending metric.not-begun 2026-02-24T10:00:00Z');
  });

  test('rules of other gates look past the beginning', () => {
    const policy = { ...policyWith({}), exit: [ruleOf('calm-too', metricOf())] };
    const evidence = [
      metricEvidence('errors', series()),
      variables('flags', { MODE: 'two' }),
      transitions(entered(minutes(30))),
    ];
    const { gates } = judge(policy, evidence, { gates: ['exit'] });
    expect(gates.flatMap(({ rules }) => rules).find(({ id }) => id === 'calm-too')?.outcome).toBe('pass');
  });
});

describe('spikes against what was before the phase', () => {
  const baseline: Baseline = {
    evidence: 'errors',
    stat: 'max',
    from: formatInstant(now - 3 * hour),
    to: formatInstant(now - hour),
    query: 'errors',
    value: 4,
    coverage: 1,
  };
  const series = (value: number) => samplesUntil(now, [...flat(24), ...flat(12, value)]);
  const seen = (value: number, kept: readonly Baseline[] | undefined, ago = hour) => {
    const row = entered(ago, kept === undefined ? {} : { baselines: kept });
    return gist(report(policyWith({ bound: twice }), series(value), transitions(row)));
  };

  test.each<[string, number, readonly Baseline[] | undefined, string]>([
    // What the samples themselves show of the time before does not count: 2 would be the bound.
    ['twice what was stored', 8, [baseline], 'pass metric.within-bound 8'],
    ['more', 8.1, [baseline], 'fail metric.beyond-bound 8.1'],
    ['the floor', 1, [{ ...baseline, value: 0 }], 'pass metric.within-bound 1'],
    ['nothing stored', 1, undefined, 'unknown metric.no-baseline 1'],
    ['no entry', 1, [], 'unknown metric.no-baseline 1'],
    ['other evidence', 1, [{ ...baseline, evidence: 'other' }], 'unknown metric.no-baseline 1'],
    ['another statistic', 1, [{ ...baseline, stat: 'avg' }], 'unknown metric.no-baseline 1'],
    ['another query', 1, [{ ...baseline, query: 'rate' }], 'unknown metric.no-baseline 1'],
    [
      'another length',
      1,
      [{ ...baseline, from: formatInstant(now - 2 * hour) }],
      'unknown metric.no-baseline 1',
    ],
    ['too few samples then', 1, [{ ...baseline, coverage: 0.8 }], 'unknown metric.few-samples 1'],
  ])('%s', (_name, value, kept, expected) => {
    expect(seen(value, kept)).toBe(expected);
  });

  test('a young phase without a baseline is unknown at once, not only when its window is over', () => {
    expect(seen(1, [], minutes(30))).toBe('unknown metric.no-baseline');
    expect(seen(1, [baseline], minutes(30))).toBe('pending metric.short 1 2026-02-24T09:30:00Z');
  });

  test('the way out is named', () => {
    const { message, todo } = report(
      policyWith({ bound: twice }),
      series(1),
      transitions(
        entered(hour, { baselines: [{ ...baselineSpan(), code: 'metric.empty', message: 'no sample' }] }),
      ),
    );
    expect(message).toBe('what `errors` was before phase `two` began is not known: no sample');
    expect(todo).toBe('go back a phase with rollback, and advance again');
  });

  function baselineSpan() {
    const { evidence, stat, from, to, query } = baseline as Required<Baseline>;
    return { evidence, stat, from, to, query };
  }
});

describe('what a transition keeps', () => {
  const input = (content: SamplesContent | undefined): Evaluation => ({
    policy: policyWith({ bound: twice }, { bound: { ...twice, value: { ...twice.value, baseline: hour } } }),
    evidence: content ? [metricEvidence('errors', content)] : [],
    now,
    version: '0.0.0',
  });
  const span = {
    evidence: 'errors',
    stat: 'max',
    from: '2026-02-24T07:00:00Z',
    to: '2026-02-24T09:00:00Z',
    query: 'errors',
  };

  test('the statistic over the span before it, for each spike of the phase', () => {
    const content = samplesUntil(now, [9, ...flat(23), 3]);
    expect(baselinesOf(input(content), 'two')).toEqual([{ ...span, value: 3, coverage: 1 }]);
    expect(baselinesOf(input(content), 'one')).toEqual([
      { ...span, from: '2026-02-24T08:00:00Z', value: 3, coverage: 1 },
    ]);
    expect(baselinesOf(input(content), 'nowhere')).toEqual([]);
  });

  test('how much of it was seen', () => {
    const kept = baselinesOf(input(without(samplesUntil(now, flat(24)), 1, 2, 3, 4, 5, 6)), 'two');
    expect(kept).toMatchObject([{ value: 1, coverage: 0.75 }]);
  });

  test('or why there is none', () => {
    const codes = [undefined, samplesUntil(now, flat(3)), samplesUntil(now, [...flat(24), Number.NaN])].map(
      (content) => baselinesOf(input(content), 'two').map((kept) => 'code' in kept && kept.code),
    );
    expect(codes).toEqual([['evidence.absent'], ['metric.span-short'], ['metric.not-finite']]);
  });

  test('checks that hold a number against a bound keep nothing', () => {
    expect(baselinesOf({ ...input(undefined), policy: policyWith({}) }, 'two')).toEqual([]);
  });
});
