import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { evidenceFile } from '../../examples/production-hardening/metrics/evidence.mjs';
import { signalsOf } from '../../examples/production-hardening/metrics/signals.mjs';
import { loadPolicy } from '../../src/analyze/load.ts';
import { baselinesOf } from '../../src/evaluate/baselines.ts';
import { evaluate } from '../../src/evaluate/evaluate.ts';
import type { Evidence } from '../../src/model/evidence.ts';
import { hour, minute, parseInstant } from '../../src/model/instant.ts';
import type { Policy } from '../../src/model/policy.ts';
import type { RuleReport } from '../../src/model/verdict.ts';
import { policyPath } from '../support/rollout.ts';
import { observed, variables } from '../support/policy.ts';

/** The shipped policy over the histories of the example: the good one, and each in which a switch goes wrong. */
const entered = parseInstant('2026-02-24T09:00:00Z') as number;
const policy = load();

function load(): Policy {
  const text = readFileSync(policyPath, 'utf8');
  const loaded = loadPolicy(text, { path: policyPath, digest: () => `sha256:${'0'.repeat(64)}`, inputs: {} });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return loaded.value.policy;
}

/** What a server would have said `after` the switch into a phase. */
function signals(kind: string, phase: string, after: number): readonly Evidence[] {
  const now = entered + after;
  const history = signalsOf({ kind, switches: { [phase]: entered } });
  const { evidence } = evidenceFile(policy, history, { now, back: 26 * hour, commit: '0'.repeat(40) });
  return evidence.map((item) => ({ ...item, collectedAt: now }));
}

const pinned = {
  'auth-enforced': { AUTH_MODE: 'enforced', AGENT_TRANSPORT: 'hybrid', SECRETS_VAULT_MODE: 'shadow' },
  'ws-enforced': { AUTH_MODE: 'enforced', AGENT_TRANSPORT: 'ws', SECRETS_VAULT_MODE: 'shadow' },
  'vault-enforced': { AUTH_MODE: 'enforced', AGENT_TRANSPORT: 'ws', SECRETS_VAULT_MODE: 'enforced' },
};
type Entered = keyof typeof pinned;
const road = ['shadow', 'auth-enforced', 'ws-enforced', 'vault-enforced'];

function monitorsOf(kind: string, phase: Entered, after: number): readonly RuleReport[] {
  const before = { policy, evidence: signals('good', phase, 0), now: entered, version: '0' };
  const row = {
    path: 't.md',
    kind: 'advance',
    decision: 'go',
    verdict: `sha256:${'2'.repeat(64)}`,
    reason: '',
  } as const;
  const steps = road.slice(1, road.indexOf(phase) + 1).map((to, index, all) => ({
    ...{ ...row, line: 5 + index, time: entered - (all.length - 1 - index) * 48 * hour },
    ...{ from: road[index] as string, to, baselines: to === phase ? baselinesOf(before, phase) : [] },
  }));
  const evidence = [
    ...signals(kind, phase, after),
    variables('flags', pinned[phase]),
    observed('transitions', { type: 'transitions', path: 't.md', rows: steps }, { kind: 'transitions' }),
  ];
  const input = { policy, evidence, now: entered + after, version: '0', gates: [`monitors:${phase}`] };
  const judged = evaluate(input);
  if (!judged.ok) throw new Error(JSON.stringify(judged.problems));
  return judged.value.gates.find(({ id }) => id === `monitors:${phase}`)?.rules ?? [];
}

const gist = (rules: readonly RuleReport[]) =>
  Object.fromEntries(rules.map(({ id, outcome, code }) => [id, `${outcome} ${code}`]));

describe('the monitors of the shipped policy', () => {
  test.each<[string, Entered, Readonly<Record<string, string>>]>([
    [
      'auth-spike',
      'auth-enforced',
      {
        'auth-failure-rate': 'fail metric.limit-violated',
        'tenant-denial-rate': 'fail metric.limit-violated',
      },
    ],
    [
      'reconnect-storm',
      'ws-enforced',
      {
        'ws-reconnect-rate': 'fail metric.limit-violated',
        'command-latency': 'pending metric.short',
        'command-queue': 'pending metric.short',
      },
    ],
    ['vault-timeouts', 'vault-enforced', { 'vault-rpc-stable': 'fail metric.limit-violated' }],
  ])('%s stops the rollout within half an hour', (kind, phase, expected) => {
    expect(gist(monitorsOf(kind, phase, 30 * minute))).toEqual(expected);
    // The good history is pending until the first hour is over, and passes then.
    const good = Object.keys(expected);
    expect(gist(monitorsOf('good', phase, 30 * minute))).toEqual(
      Object.fromEntries(good.map((id) => [id, 'pending metric.short'])),
    );
    expect(gist(monitorsOf('good', phase, 62 * minute))).toEqual(
      Object.fromEntries(good.map((id) => [id, 'pass composite.all'])),
    );
  });

  test('a storm is told by what fails, not by what only waits', () => {
    const storm = monitorsOf('reconnect-storm', 'ws-enforced', 30 * minute);
    const { message, todo } = storm.find(({ id }) => id === 'ws-reconnect-rate') as RuleReport;
    expect(message).toMatch(
      /^\d of \d samples of `ws-reconnects` in the last 1h are above 60; at most 1 may be/,
    );
    expect(message).not.toContain('must lie inside');
    expect(todo).toBe('look at the worst samples; mend the cause, or go back a phase');
  });
});

test('what goes wrong ends with the rollback, and not only after three hours', () => {
  const storms = (rollbacks: Readonly<Record<string, number>>) => {
    const switches = { 'ws-enforced': entered };
    const history = signalsOf({ kind: 'reconnect-storm', switches, rollbacks });
    const moment = { now: entered + 2 * hour, back: 2 * hour, commit: '0'.repeat(40) };
    const reconnects = evidenceFile(policy, history, moment).evidence.find(
      ({ id }) => id === 'ws-reconnects',
    );
    const { samples } = (reconnects as unknown as { content: { samples: { value: number }[] } }).content;
    return samples.filter(({ value }) => value > 60).length;
  };
  expect(storms({ 'ws-enforced': entered + 25 * minute })).toBe(3);
  expect(storms({})).toBeGreaterThan(20);
});
