import { describe, expect, test } from 'vitest';
import type { Content, TransitionRow } from '../../src/model/evidence.ts';
import { day, hour } from '../../src/model/instant.ts';
import type { Check, EvidenceSpec } from '../../src/model/policy.ts';
import type { Verdict } from '../../src/model/verdict.ts';
import { logOf, type PlainRow } from '../support/log.ts';
import {
  absent,
  judge,
  now,
  observed,
  phaseOf,
  policyOf,
  ruleOf,
  specOf,
  variables,
  variableSpec,
} from '../support/policy.ts';

/** Ways in which a rule passed, or a decision was go, because something was lost; each by the name of what was lost. */

const flags = specOf({ kind: 'env', variables: { MODE: variableSpec(['one', 'two']), KEY: variableSpec() } });
const log: EvidenceSpec = specOf({
  ...{ kind: 'log', path: 'a.md', table: 'A', time: { column: 'Time', zone: 'UTC', kind: 'instant' } },
  ...{
    columns: { MODE: { type: 'string' } },
    views: {},
    order: 'oldest-first',
    dated: 'optional',
    tolerance: hour,
  },
});

const outcomeOf = (verdict: Verdict, id: string) =>
  verdict.gates.flatMap(({ rules }) => rules).find((rule) => rule.id === id)?.outcome;

describe('values outside their declared type', () => {
  const spec = specOf({
    kind: 'file',
    path: 'a.json',
    format: 'json',
    pointer: '/a',
    type: 'string',
    oneOf: ['x', 'y'],
  });
  const number = specOf({ kind: 'file', path: 'b.json', format: 'json', pointer: '/b', type: 'number' });
  const isNot: Check = { kind: 'assert', logic: { '!=': [{ var: 'state' }, 'y'] } };
  const policy = policyOf({
    evidence: { state: spec, size: number, flags },
    preflight: [ruleOf('r', isNot)],
  });

  test.each([['z'], [''], [3], [true], [['x']], [{ a: 'x' }]])(
    '`%j` where x or y is declared is no value',
    (value) => {
      expect(judge(policy, [observed('state', { type: 'value', value })]).decision).toBe('hold');
      expect(judge(policy, [observed('state', { type: 'value', value: 'x' })]).decision).toBe('go');
    },
  );

  test('a flag outside its list names no phase and holds no demand', () => {
    const expects: Check = {
      kind: 'expect',
      paths: { 'flags.MODE': { is: 'not', matcher: { is: 'equals', value: 'two' } } },
    };
    const demanding = policyOf({ evidence: { flags }, preflight: [ruleOf('r', expects)] });
    expect(outcomeOf(judge(demanding, [variables('flags', { MODE: 'one' })]), 'r')).toBe('pass');
    expect(outcomeOf(judge(demanding, [variables('flags', { MODE: 'three' })]), 'r')).toBe('unknown');
  });

  test('evidence of one kind never stands in for another', () => {
    const other: Content = { type: 'value', value: 'x' };
    const asEnv = policyOf({ evidence: { state: flags }, preflight: [ruleOf('r', isNot)] });
    expect(judge(asEnv, [observed('state', other)]).decision).toBe('hold');
  });
});

describe('below `not`', () => {
  const isSet: Check = { kind: 'expect', paths: { 'flags.KEY': { is: 'set' } } };
  const policy = (check: Check) =>
    policyOf({ evidence: { flags }, preflight: [ruleOf('r', { kind: 'not', check })] });
  const flag = (variable: Parameters<typeof withKey>[0]) => [
    observed('flags', withKey(variable), { kind: 'env' }),
  ];

  test.each([
    ['unset', { state: 'unset', code: 'env.unset' }, 'pass'],
    ['set', { state: 'value', value: 'x' }, 'fail'],
    ['set to garbage', { state: 'ill-typed', expected: 'a number' }, 'unknown'],
  ] as const)('a variable that is %s', (_, variable, outcome) => {
    for (const check of [
      isSet,
      { kind: 'all', checks: [isSet] },
      { kind: 'any', checks: [isSet] },
    ] as const) {
      expect(outcomeOf(judge(policy(check), flag(variable)), 'r'), check.kind).toBe(outcome);
    }
  });
});

function withKey(variable: (Content & { type: 'variables' })['variables'][string]): Content {
  return { type: 'variables', variables: { KEY: variable } };
}

const rows = (hours: readonly number[], mode: string): readonly PlainRow[] =>
  hours.map((ago) => ({ time: now - ago * hour, cells: { MODE: mode } }));
const logged = (id: string, list: readonly PlainRow[]) =>
  observed(id, logOf(list), { kind: 'log', collectedAt: now });
const tested: Check = { kind: 'expect', paths: { 'flags.MODE': { is: 'set' } } };
const beating: Check = { kind: 'streak', of: { log: 'beats' }, per: 'day', atLeast: 3, columns: {} };
const soaked: Check = {
  ...{ kind: 'soak', of: { log: 'smoke' }, phase: 'one', for: day, maxGap: 26 * hour, columns: {} },
};

describe('what tells of phases', () => {
  const phased = policyOf({
    evidence: { flags, smoke: log, beats: log },
    preflight: [ruleOf('tested', tested)],
    monitors: [
      ruleOf('in-step', {
        kind: 'streak',
        of: { log: 'smoke' },
        phase: 'in-force',
        per: 'day',
        atLeast: 2,
        columns: {},
      }),
    ],
    phases: [
      phaseOf('one', { 'flags.MODE': 'one' }),
      phaseOf('two', { 'flags.MODE': 'two' }, { entry: [ruleOf('beating', beating)] }),
    ],
    exit: [ruleOf('soaked', soaked)],
    transitions: { path: 't.md' },
  });
  const row = (parts: Partial<TransitionRow>): TransitionRow => ({
    ...{
      path: 't.md',
      line: 5,
      time: now - 3 * day,
      kind: 'advance',
      from: 'one',
      to: 'two',
      decision: 'go',
    },
    ...{ verdict: `sha256:${'2'.repeat(64)}`, reason: '', ...parts },
  });
  const transitions = (...list: readonly TransitionRow[]) =>
    observed('transitions', { type: 'transitions', path: 't.md', rows: list }, { kind: 'transitions' });
  const base = [variables('flags', { MODE: 'one' }), logged('beats', rows([49, 25, 1], 'one'))];

  test('a transition log that nobody can read makes no streak and no soak pass', () => {
    const smoke = logged('smoke', rows([49, 25, 1], 'one'));
    const before = judge(phased, [...base, smoke, transitions(row({}))]);
    expect([outcomeOf(before, 'in-step'), outcomeOf(before, 'soaked')]).toEqual(['fail', 'pass']);
    const gone = absent('transitions', 'file.unreadable', 'transitions');
    const after = judge(phased, [...base, smoke, gone]);
    expect([outcomeOf(after, 'in-step'), outcomeOf(after, 'soaked')]).toEqual(['unknown', 'unknown']);
    expect(after.decision).toBe('hold');
  });

  test('the soak log that shows when a phase began unrecorded: without it no entry is proven', () => {
    const ahead = [variables('flags', { MODE: 'two' }), logged('beats', rows([49, 25, 1], 'two'))];
    const noLog = absent('transitions', 'file.missing', 'transitions');
    const monitorless = policyOf({ ...phased });
    delete monitorless.monitors;
    // Its pins are shown since before there were any beats: its entry was not go then.
    const seen = judge(monitorless, [...ahead, logged('smoke', rows([70, 1], 'two')), noLog]);
    expect([outcomeOf(seen, 'phase-drift'), seen.decision]).toEqual(['fail', 'no-go']);
    for (const smoke of [
      absent('smoke', 'file.missing', 'log'),
      absent('smoke', 'file.unreadable', 'log'),
      logged('smoke', [{ time: 'no time', cells: { MODE: 'two' } }]),
      logged('smoke', [{ time: now - 70 * hour, cells: { MODE: 'two' }, flaw: 'log.malformed-row' }]),
    ]) {
      const hidden = judge(monitorless, [...ahead, smoke, noLog]);
      expect([outcomeOf(hidden, 'phase-drift'), hidden.decision]).toEqual(['unknown', 'hold']);
    }
    const fresh = judge(monitorless, [...ahead, logged('smoke', rows([70], 'one')), noLog]);
    expect([outcomeOf(fresh, 'phase-drift'), fresh.decision]).toEqual(['pass', 'go']);
  });
});
