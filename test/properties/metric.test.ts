import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Baseline } from '../../src/model/baseline.ts';
import type { SamplesContent, TransitionRow } from '../../src/model/evidence.ts';
import { formatInstant, minute, parseInstant } from '../../src/model/instant.ts';
import type { RuleReport } from '../../src/model/verdict.ts';
import { judge, now, observed, phaseOf, policyOf, ruleOf, variables } from '../support/policy.ts';
import { metricEvidence, metricOf, metricSpecs } from '../support/samples.ts';
import { newShares } from '../support/shares.ts';

/** One metric at one instant. Times are minutes before now, so that all is whole numbers. */
interface Scene {
  step: number;
  within: number;
  stat: string;
  is: 'atMost' | 'atLeast';
  bound: number | { times: number; baseline: number; floor: number };
  minCoverage: number;
  limits: { failureLimit?: number; consecutiveSuccessLimit?: number };
  asked: number;
  /** Undefined is no finite number. */
  samples: readonly { ago: number; value: number | undefined }[];
  /** When the phase began whose monitor this is, and what its transition kept. */
  phase?: { ago: number; kept: { value: number; coverage: number } | undefined };
}

const stats = ['max', 'min', 'avg', 'last', 'sum', 'count', 'p50', 'p90', 'each'];
const values = fc.oneof(
  { weight: 30, arbitrary: fc.integer({ min: 0, max: 4 }) },
  { weight: 3, arbitrary: fc.integer({ min: 5, max: 20 }) },
);

const scenes: fc.Arbitrary<Scene> = fc
  .record({
    step: fc.constantFrom(1, 2, 5),
    steps: fc.integer({ min: 1, max: 8 }),
    stat: fc.constantFrom(...stats),
    is: fc.constantFrom('atMost', 'atMost', 'atLeast'),
    bound: fc.integer({ min: 1, max: 9 }),
    spike: fc.option(fc.record({ times: fc.constantFrom(1, 2), steps: fc.integer({ min: 1, max: 8 }) }), {
      freq: 3,
    }),
    minCoverage: fc.constantFrom(0.5, 0.75, 0.9, 1),
    failureLimit: fc.option(fc.integer({ min: 0, max: 2 })),
    successes: fc.option(fc.integer({ min: 1, max: 4 })),
    late: fc.constantFrom(0, 0, 0, 0, 1, 2, 3),
    short: fc.constantFrom(0, 0, 0, 0, 0, 3),
    values: fc.array(values, { minLength: 24, maxLength: 24 }),
    gone: fc.array(fc.nat(23), { maxLength: 2 }),
    broken: fc.option(fc.nat(23), { freq: 6 }),
    phase: fc.option(fc.record({ ago: fc.nat(50), value: fc.integer({ min: 0, max: 5 }), kept: fc.nat(5) }), {
      freq: 2,
    }),
  })
  .map((raw) => {
    const each = raw.stat === 'each';
    const spike = raw.spike && !each ? raw.spike : undefined;
    const within = raw.step * raw.steps;
    const baseline = spike ? spike.steps * raw.step : 0;
    const samples = raw.values.map((value, index) => ({
      ago: raw.late + index * raw.step,
      value: index === raw.broken ? undefined : value,
    }));
    const coverage = raw.phase?.kept === 1 ? 0.5 : 1;
    return {
      step: raw.step,
      within,
      stat: raw.stat,
      is: raw.is,
      bound: spike ? { times: spike.times, baseline, floor: raw.bound } : raw.bound,
      minCoverage: raw.minCoverage,
      limits: each
        ? {
            ...(raw.failureLimit === null ? {} : { failureLimit: raw.failureLimit }),
            ...(raw.successes === null ? {} : { consecutiveSuccessLimit: raw.successes }),
          }
        : {},
      asked: within + baseline - raw.short * raw.step,
      samples: samples.filter((_, index) => !raw.gone.includes(index)),
      ...(raw.phase
        ? {
            phase: {
              ago: raw.phase.ago,
              kept: raw.phase.kept === 0 ? undefined : { value: raw.phase.value, coverage },
            },
          }
        : {}),
    };
  });

/** The law read out loud (semantics section 6), minute by minute and without any of the evaluator's code. */
function naive(scene: Scene): 'pass' | 'fail' | 'pending' | 'unknown' {
  const { step, within, phase, is, stat, minCoverage } = scene;
  const good = (value: number, bound: number) => (is === 'atMost' ? value <= bound : value >= bound);
  const between = (from: number, to: number) => scene.samples.filter(({ ago }) => ago < from && ago >= to);
  const minutesOf = (list: Scene['samples']) =>
    new Set(list.flatMap(({ ago }) => Array.from({ length: step }, (_, index) => ago + index))).size;
  const window = between(Math.min(within, phase?.ago ?? within), 0);
  const limit = scene.limits.failureLimit ?? 0;
  const number = typeof scene.bound === 'number' ? scene.bound : undefined;
  if (stat === 'each' && number !== undefined) {
    const bad = window.filter(({ value }) => value !== undefined && !good(value, number));
    if (bad.length > limit) return 'fail';
  }
  if (window.some(({ value }) => value === undefined)) return 'unknown';
  if (scene.asked < Math.min(within, phase?.ago ?? within) - step) return 'unknown';
  if (between(2 * step + 1, 0).length === 0) return 'unknown';
  const bound = number ?? spikeOf(scene, between, minutesOf);
  const young = phase !== undefined && phase.ago < within;
  if (young) {
    const newest = Math.min(...scene.samples.map(({ ago }) => ago));
    // Minutes from now on at which samples can still come, up to the end of the window.
    let come = 0;
    for (let at = Math.max(0, step - newest); at <= within - phase.ago; at += step) come += step;
    if (minutesOf(window) + come < minCoverage * within) return 'unknown';
    return bound === undefined ? 'unknown' : 'pending';
  }
  if (window.length === 0 || minutesOf(window) < minCoverage * within) return 'unknown';
  if (bound === undefined) return 'unknown';
  if (stat !== 'each') return good(statOf(stat, window), bound) ? 'pass' : 'fail';
  return reached(scene, window, (value) => good(value, bound)) ? 'pass' : 'unknown';
}

function spikeOf(
  { bound, within, phase, stat, asked, step, minCoverage }: Scene,
  between: (from: number, to: number) => Scene['samples'],
  minutesOf: (list: Scene['samples']) => number,
): number | undefined {
  if (typeof bound === 'number') return bound;
  const most = (before: number) => Math.max(bound.times * before, bound.floor);
  if (phase) {
    if (!phase.kept || phase.kept.coverage < minCoverage) return undefined;
    return most(phase.kept.value);
  }
  const list = between(within + bound.baseline, within);
  const unfit = list.length === 0 || list.some(({ value }) => value === undefined);
  if (unfit || asked < within + bound.baseline - step) return undefined;
  return minutesOf(list) < minCoverage * bound.baseline ? undefined : most(statOf(stat, list));
}

function statOf(stat: string, list: Scene['samples']): number {
  const all = list.map(({ value }) => value ?? Number.NaN);
  const sum = all.reduce((a, b) => a + b, 0);
  const told: Record<string, number> = {
    ...{ max: Math.max(...all), min: Math.min(...all), sum, avg: sum / all.length, count: all.length },
    last: all[list.findIndex(({ ago }) => ago === Math.min(...list.map((one) => one.ago)))] as number,
  };
  if (stat in told) return told[stat] as number;
  const percent = Number(stat.slice(1));
  const enough = (value: number) => all.filter((one) => one <= value).length >= (percent / 100) * all.length;
  return Math.min(...all.filter(enough));
}

function reached(
  { limits, step }: Scene,
  window: Scene['samples'],
  good: (value: number) => boolean,
): boolean {
  const wanted = limits.consecutiveSuccessLimit ?? 0;
  const newest = Math.min(...window.map(({ ago }) => ago));
  const at = (nth: number) => window.find(({ ago }) => ago === newest + nth * step)?.value;
  return Array.from({ length: wanted }, (_, nth) => at(nth)).every(
    (value) => value !== undefined && good(value),
  );
}

const ago = (minutes: number) => now - minutes * minute;

function contentOf({ samples, step, asked }: Scene): SamplesContent {
  const list = samples.map(({ ago: minutes, value }) => ({
    time: ago(minutes),
    ...(value === undefined ? {} : { value }),
  }));
  return { type: 'samples', step: step * minute, from: ago(asked), to: now, samples: [...list].reverse() };
}

function rowOf({ phase, bound, stat }: Scene): TransitionRow {
  const baseline = typeof bound === 'number' ? 0 : bound.baseline;
  const began = ago(phase?.ago ?? 0);
  const kept: Baseline | undefined = phase?.kept && {
    ...{ evidence: 'errors', stat, query: 'errors', ...phase.kept },
    ...{ from: formatInstant(began - baseline * minute), to: formatInstant(began) },
  };
  return {
    ...{ path: 't.md', line: 6, time: began, kind: 'advance', from: 'one', to: 'two', decision: 'go' },
    ...{ verdict: `sha256:${'2'.repeat(64)}`, reason: '', ...(kept ? { baselines: [kept] } : {}) },
  };
}

function judged(scene: Scene, at = now, content = contentOf(scene)): RuleReport {
  const { bound, within, stat, is, minCoverage, limits, phase } = scene;
  const value = typeof bound === 'number' ? bound : { ...bound, baseline: bound.baseline * minute };
  const check = metricOf({ within: within * minute, stat, bound: { is, value }, minCoverage, ...limits });
  const rules = [ruleOf('few', check)];
  const gate = phase ? 'monitors:two' : 'preflight';
  const policy = policyOf({
    evidence: metricSpecs,
    transitions: { path: 't.md' },
    preflight: rules,
    phases: [
      phaseOf('one', { 'flags.MODE': 'one' }),
      phaseOf('two', { 'flags.MODE': 'two' }, { monitors: rules }),
    ],
  });
  const evidence = [
    metricEvidence('errors', content),
    variables('flags', { MODE: 'two' }),
    observed(
      'transitions',
      { type: 'transitions', path: 't.md', rows: [rowOf(scene)] },
      { kind: 'transitions' },
    ),
  ];
  const { gates } = judge(policy, evidence, { gates: [gate], now: at });
  return gates.find(({ id }) => id === gate)?.rules[0] as RuleReport;
}

const seed = 20260224;

describe('metric', () => {
  test('judges as the second implementation, written from the law alone', () => {
    const shares = newShares();
    fc.assert(
      fc.property(scenes, (scene) => {
        const { outcome } = judged(scene);
        shares.add('all');
        shares.add(outcome);
        expect(outcome).toBe(naive(scene));
      }),
      { seed, numRuns: 1500 },
    );
    const report = JSON.stringify(shares.report());
    expect(shares.of('pass'), report).toBeGreaterThan(0.2);
    for (const outcome of ['fail', 'pending', 'unknown'])
      expect(shares.of(outcome), report).toBeGreaterThan(0.05);
  });

  test('earliest is the first instant at which good samples make it pass', () => {
    let tried = 0;
    fc.assert(
      fc.property(scenes, (easy) => {
        // Samples that break the bound so far may still be in the window then; the law names no later instant.
        const scene = {
          ...easy,
          is: 'atMost' as const,
          samples: easy.samples.map((one) => ({ ...one, value: 0 })),
        };
        const { outcome, earliest } = judged(scene);
        if (outcome !== 'pending' || scene.stat === 'count' || scene.limits.consecutiveSuccessLimit) return;
        tried += 1;
        const end = parseInstant(earliest as string) as number;
        const content = contentOf(scene);
        const later = (at: number) => {
          const newest = content.samples.at(-1)?.time ?? now;
          const more: { time: number; value: number }[] = [];
          const step = scene.step * minute;
          for (let time = Math.max(now, newest + step); time <= at; time += step)
            more.push({ time, value: 0 });
          return judged(scene, at, { ...content, to: at, samples: [...content.samples, ...more] }).outcome;
        };
        expect(later(end)).toBe('pass');
        expect(later(end - 1000)).not.toBe('pass');
        expect(later(now + Math.floor((end - now) / 2000) * 1000)).not.toBe('pass');
      }),
      { seed, numRuns: 1500 },
    );
    expect(tried).toBeGreaterThan(100);
  });

  test('with a sample in its window that is no number it never passes', () => {
    let passed = 0;
    fc.assert(
      fc.property(scenes, fc.nat(), (scene, nth) => {
        const at = nth % scene.samples.length;
        const samples = scene.samples.map((one, index) =>
          index === at ? { ...one, value: undefined } : one,
        );
        if (!inWindow(scene, at) || judged(scene).outcome !== 'pass') return;
        passed += 1;
        expect(judged({ ...scene, samples }).outcome).toBe('unknown');
      }),
      { seed, numRuns: 1000 },
    );
    expect(passed).toBeGreaterThan(30);
  });
});

function inWindow({ samples, within, phase }: Scene, index: number): boolean {
  const { ago: minutes } = samples[index] as { ago: number };
  return minutes < Math.min(within, phase?.ago ?? within);
}
