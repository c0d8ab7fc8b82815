import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { loadPolicy } from '../../src/analyze/load.ts';
import { evaluate } from '../../src/evaluate/evaluate.ts';
import { commandsBeside, explainRule, ruleIds } from '../../src/evaluate/explain.ts';
import { allRules } from '../../src/evaluate/gates.ts';
import type { Policy } from '../../src/model/policy.ts';
import { basePolicy } from '../analyze/base.ts';
import { observed, policyOf, ruleOf, specOf, variableSpec } from '../support/policy.ts';
import { policyPath } from '../support/rollout.ts';

const now = Date.parse('2026-02-24T09:00:00Z');

function load(text: string): Policy {
  const loaded = loadPolicy(text, { path: 'p.yaml', digest: () => `sha256:${'0'.repeat(64)}`, inputs: {} });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return loaded.value.policy;
}

describe.each([
  ['the shipped policy', load(readFileSync(policyPath, 'utf8'))],
  ['a policy that uses every part of the language', load(basePolicy)],
])('%s', (_name, policy) => {
  const input = { policy, evidence: [], now, version: '0.0.0' };

  test.each(allRules(policy).map(({ gate, rule }) => [rule.id, gate]))(
    '`%s` is told as `check` judges it',
    (id, gate) => {
      const verdict = evaluate({ ...input, gates: [gate] });
      const judged = verdict.ok
        ? verdict.value.gates.find((one) => one.id === gate)?.rules.find((rule) => rule.id === id)
        : undefined;
      const told = explainRule(input, id);
      expect(judged).toBeDefined();
      expect(told?.rule).toEqual(judged);
      expect(told?.gate.id).toBe(gate);
    },
  );

  test('built-in rules are told as well, and nothing else is', () => {
    expect(ruleIds(policy)).toContain('phase-drift');
    expect(explainRule(input, 'phase-drift')?.rule.outcome).toBe('unknown');
    expect(explainRule(input, 'no-such-rule')).toBeUndefined();
    expect(explainRule(input, 'constructor')).toBeUndefined();
  });
});

test('a rule keeps the commands it reads, in its parts and its condition as well', () => {
  const policy = load(readFileSync(policyPath, 'utf8'));
  expect([...commandsBeside(policy, 'backend-tests-green')]).toEqual(['mono-check', 'agent-tests']);
  expect([...commandsBeside(policy, 'strict-gates-green')]).toEqual([]);
  expect([...commandsBeside(policy, 'smoke-daily')]).toEqual(['mono-check', 'backend-tests', 'agent-tests']);
});

test('predicates tell what they saw and where, and never a hidden value', () => {
  const variables = {
    MODE: variableSpec(['on', 'off']),
    KEY: { ...variableSpec(), secret: true, show: false },
  };
  const rule = ruleOf(
    'open',
    {
      kind: 'all',
      checks: [
        { kind: 'assert', logic: { '==': [{ var: 'flags.MODE' }, 'on'] } },
        { kind: 'expect', paths: { 'flags.KEY': { is: 'set' } } },
      ],
    },
    { when: { '!=': [{ var: 'flags.MODE' }, 'off'] } },
  );
  const policy = policyOf({
    evidence: { flags: specOf({ kind: 'env', variables }) },
    preflight: [rule],
  });
  const evidence = [
    observed(
      'flags',
      {
        type: 'variables',
        variables: {
          MODE: { state: 'value', value: 'on', line: 3 },
          KEY: { state: 'present', length: 'long' },
        },
      },
      { kind: 'env', collectedAt: now },
    ),
  ];
  const told = explainRule({ policy, evidence, now, version: '0.0.0' }, 'open');
  const from = { evidence: 'flags', path: 'flags.txt', line: 3 };
  expect(told?.predicates).toEqual([
    {
      of: 'when',
      says: 'flags.MODE is not "off"',
      result: 'true',
      reads: [{ path: 'flags.MODE', value: 'on', from }],
    },
    {
      of: 'assert',
      part: '1',
      says: 'flags.MODE is "on"',
      result: 'true',
      reads: [{ path: 'flags.MODE', value: 'on', from }],
    },
    {
      of: 'expect',
      part: '2',
      says: 'flags.KEY is set',
      result: 'true',
      reads: [{ path: 'flags.KEY', value: '(set)', from: { evidence: 'flags', path: 'flags.txt' } }],
    },
  ]);
  expect(told?.sources).toMatchObject([
    { id: 'flags', status: 'observed', looksAt: 'the environment: MODE, KEY' },
  ]);
});
