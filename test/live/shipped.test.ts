import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadPolicy } from '../../src/analyze/load.ts';
import { minute } from '../../src/model/instant.ts';
import type { PrometheusSpec } from '../../src/model/policy.ts';
import { look, type Looked, serverAt } from '../collect/server/samples.ts';
import { type History, historyUntil } from './history.ts';
import { type Prometheus, startPrometheus } from './prometheus.ts';

// The queries of the shipped policy against a real server: each gives one series whatever the traffic, zero only while a
// scrape works, and never zero while what it watches happens.
const path = 'policies/production-hardening.yaml';
const loaded = loadPolicy(readFileSync(path, 'utf8'), { path, digest: () => '' });
if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
const queries = Object.entries(loaded.value.policy.evidence).flatMap(([id, spec]) =>
  spec.kind === 'prometheus' ? [[id, spec] as const] : [],
);

const end = Math.floor(Date.now() / minute) * minute;
const growing = (perMinute: number) => (ago: number) => (180 - ago) * perMinute;

function counter(name: string, labels = '', perMinute = 3): History {
  return { type: 'counter', name, labels, course: growing(perMinute) };
}

/** Every observation takes between one and two seconds. */
function durations(name: string): readonly History[] {
  const bucket = (le: string, perMinute: number): History => ({
    type: 'gauge',
    name: `${name}_bucket`,
    labels: `{le="${le}"}`,
    course: growing(perMinute),
  });
  return [bucket('1', 0), bucket('2', 6), bucket('+Inf', 6)];
}

const scraped = (up: 0 | 1): readonly History[] =>
  ['backend', 'agent'].map((job) => ({
    type: 'gauge',
    name: 'up',
    labels: `{job="${job}"}`,
    course: () => up,
  }));

const trouble: readonly History[] = [
  counter('auth_verification_failures', '{instance="a"}'),
  counter('auth_verification_failures', '{instance="b"}'),
  counter('http_requests', '{route_class="tenant",status="401"}'),
  counter('http_requests', '{route_class="tenant",status="403",instance="b"}'),
  counter('http_requests', '{route_class="tenant",status="200"}', 600),
  counter('agent_ws_reconnect_attempts'),
  ...durations('agent_ws_reconnect_duration_seconds'),
  ...durations('vm_command_dispatch_ack_seconds'),
  ...durations('vm_command_ack_result_seconds'),
  counter('vm_command_requeues', '{reason="stale-dispatch"}'),
  counter('vm_command_dead_letter'),
  counter('vault_adapter_failures'),
  counter('vault_rpc_timeouts'),
  counter('vault_rpc_errors'),
  counter('vault_local_fallback_references'),
];

/** All that goes well, and nothing that does not. */
const quiet: readonly History[] = [
  counter('http_requests', '{route_class="tenant",status="200"}', 600),
  counter('vault_rpc_calls', '', 60),
];

const worlds = {
  'nobody ever used': { history: scraped(1), expected: 'zero' },
  'all is well in': { history: [...scraped(1), ...quiet], expected: 'zero' },
  'everything goes wrong in': { history: [...scraped(1), ...trouble, ...quiet.slice(1)], expected: 'more' },
  'everything goes wrong and no call is counted in': {
    history: [...scraped(1), ...trouble],
    expected: 'more',
  },
  'no scrape works in': { history: scraped(0), expected: 'nothing' },
} as const satisfies Readonly<
  Record<string, { history: readonly History[]; expected: 'zero' | 'more' | 'nothing' }>
>;

function ask(server: Prometheus, spec: PrometheusSpec): Promise<Looked> {
  return look({ ...spec, server: serverAt(server.url, { timeout: 5000 }), step: minute });
}

describe.each(Object.entries(worlds))('a system that %s', (_, { history, expected }) => {
  let server: Prometheus;
  beforeAll(async () => {
    server = await startPrometheus({ history: historyUntil(end, history) });
  });
  afterAll(() => server.remove());

  it.each(queries)(`%s: ${expected}`, async (_id, spec) => {
    const { item } = await ask(server, spec);
    if (expected === 'nothing') {
      expect(item).toMatchObject({ status: 'absent', code: 'samples.none' });
      return;
    }
    if (item.status !== 'observed' || item.content.type !== 'samples') throw new Error(JSON.stringify(item));
    const { samples } = item.content;
    expect(samples.length).toBeGreaterThanOrEqual(10);
    for (const { value } of samples) {
      if (expected === 'zero') expect(value).toBe(0);
      else expect(value).toBeGreaterThan(0);
    }
  });
});

it('the policy has a dozen queries', () => {
  expect(queries.length).toBeGreaterThanOrEqual(12);
});
