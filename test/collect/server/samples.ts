import { collectEvidence, type CollectOptions } from '../../../src/collect/index.ts';
import { evaluate } from '../../../src/evaluate/evaluate.ts';
import type { Evidence } from '../../../src/model/evidence.ts';
import { minute } from '../../../src/model/instant.ts';
import type {
  EvidenceSpec,
  HttpSpec,
  MetricsTextSpec,
  Policy,
  PrometheusSpec,
  ServerSpec,
} from '../../../src/model/policy.ts';
import type { RuleReport } from '../../../src/model/verdict.ts';
import { ruleOf } from '../../support/policy.ts';
import { optionsOf, policyOf, spec } from '../policy.ts';

export type Sampled = PrometheusSpec | HttpSpec | MetricsTextSpec;

/** A server at a URL, asked once and briefly. */
export function serverAt(url: string, more: Partial<ServerSpec> = {}): ServerSpec {
  return { url: { is: 'text', text: url }, headers: {}, timeout: 2000, retries: 0, ...more };
}

export function prometheusAt(server: ServerSpec, more: Partial<PrometheusSpec> = {}): PrometheusSpec {
  return { kind: 'prometheus', server, step: minute, query: 'errors', instant: false, ...more };
}

/** A policy with one rule: over the last ten minutes there was never more than 5. */
export function samplePolicy(sampled: Sampled, more: Partial<EvidenceSpec> = {}): Policy {
  const rule = ruleOf('few', {
    kind: 'metric',
    of: 'm',
    within: 10 * minute,
    stat: 'max',
    bound: { is: 'atMost', value: 5 },
    minCoverage: 0.9,
  });
  return policyOf({ m: spec(sampled, more) }, { preflight: [rule] });
}

export interface Looked {
  item: Evidence;
  rule: RuleReport;
  decision: string;
}

/** Collects and judges as `check` does. */
export async function look(sampled: Sampled, options: Partial<CollectOptions> = {}): Promise<Looked> {
  const policy = samplePolicy(sampled);
  const collected = await collectEvidence(policy, optionsOf({}, { clock: Date.now, ...options }));
  if (!collected.ok) throw new Error(JSON.stringify(collected.problems));
  const { evidence, collectedAt } = collected.value;
  const verdict = evaluate({ policy, evidence, now: collectedAt, version: '0.0.0' });
  const [item] = evidence;
  const rule = verdict.ok ? verdict.value.gates[0]?.rules[0] : undefined;
  if (!item || !verdict.ok || !rule) throw new Error('no verdict');
  return { item, rule, decision: verdict.value.decision };
}

/** What a range query asks for, in seconds. */
export function askedRange(url: string): { start: number; end: number; step: number; times: number[] } {
  const { searchParams } = new URL(url, 'http://x');
  const [start = 0, end = 0, step = 1] = ['start', 'end', 'step'].map((name) =>
    Number(searchParams.get(name)),
  );
  const times: number[] = [];
  for (let time = start; time <= end; time += step) times.push(time);
  return { start, end, step, times };
}

export type Pair = readonly [unknown, unknown, ...unknown[]];

/** A whole and good answer: every value is 1. */
export function goodPairs(url: string): Pair[] {
  return askedRange(url).times.map((time) => [time, '1'] as const);
}

export function matrix(...series: readonly (readonly Pair[])[]): unknown {
  const result = series.map((values, index) => ({ metric: { instance: String(index) }, values }));
  return { status: 'success', data: { resultType: 'matrix', result } };
}
