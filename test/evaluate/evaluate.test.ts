import { describe, expect, test } from 'vitest';
import { evaluate } from '../../src/evaluate/evaluate.ts';
import type { Evidence } from '../../src/model/evidence.ts';
import { day, hour } from '../../src/model/instant.ts';
import type { Check, Waiver } from '../../src/model/policy.ts';
import type { Verdict } from '../../src/model/verdict.ts';
import {
  absent,
  commandRun,
  judge,
  now,
  phaseOf,
  policyOf,
  ruleOf,
  specOf,
  variables,
  variableSpec,
} from '../support/policy.ts';

const isOn: Check = { kind: 'expect', paths: { 'flags.MODE': { is: 'equals', value: 'on' } } };
const command = specOf({
  kind: 'command',
  run: ['run'],
  timeout: hour,
  protects: [],
  output: 'text',
  env: [],
  serial: false,
});
const flags = specOf({ kind: 'env', variables: { MODE: variableSpec() } });

const gated = policyOf({ evidence: { flags, tests: command }, preflight: [ruleOf('on', isOn)] });

describe('decisions', () => {
  const cases: readonly (readonly [string, Evidence, string, string])[] = [
    ['the value demanded', variables('flags', { MODE: 'on' }), 'pass', 'go'],
    ['another value', variables('flags', { MODE: 'off' }), 'fail', 'no-go'],
    ['no value', variables('flags', { MODE: undefined }), 'unknown', 'hold'],
    ['no source', absent('flags'), 'unknown', 'hold'],
  ];
  for (const [what, evidence, outcome, decision] of cases) {
    test(`${what}: ${outcome}, ${decision}`, () => {
      const verdict = judge(gated, [evidence]);
      expect(verdict.gates[0]?.rules[0]?.outcome).toBe(outcome);
      expect(verdict.decision).toBe(decision);
    });
  }

  test('evidence that nobody collected is unknown', () => {
    const verdict = judge(gated, []);
    expect(verdict.gates[0]?.rules[0]).toMatchObject({ outcome: 'unknown', code: 'evidence.absent' });
  });

  test('a policy that declares none of the gates holds', () => {
    const verdict = judge(policyOf(), []);
    expect(verdict.decision).toBe('hold');
    expect(verdict.message).toBe('the policy declares none of the gates that were asked for');
    expect(judge(gated, [variables('flags', { MODE: 'on' })], { gates: ['exit'] }).decision).toBe('hold');
  });

  test('a gate whose rules are all not applicable holds', () => {
    const off = { '==': [{ var: 'flags.MODE' }, 'off'] };
    const policy = policyOf({ evidence: { flags }, preflight: [ruleOf('on', isOn, { when: off })] });
    const verdict = judge(policy, [variables('flags', { MODE: 'on' })]);
    expect(verdict.gates[0]?.rules[0]?.outcome).toBe('not-applicable');
    expect(verdict.decision).toBe('hold');
  });

  test('a `when` that cannot be judged makes the rule unknown', () => {
    const off = { '==': [{ var: 'flags.MODE' }, 'off'] };
    const policy = policyOf({
      evidence: { flags, tests: command },
      preflight: [ruleOf('t', { kind: 'passes', of: 'tests' }, { when: off })],
    });
    const verdict = judge(policy, [commandRun('tests', 0)]);
    expect(verdict.gates[0]?.rules[0]).toMatchObject({ outcome: 'unknown', code: 'evidence.absent' });
  });

  test('warnings and notes never decide', () => {
    const rules = [ruleOf('on', isOn), ruleOf('w', { kind: 'passes', of: 'tests' }, { severity: 'warning' })];
    const policy = policyOf({ evidence: { flags, tests: command }, preflight: rules });
    expect(judge(policy, [variables('flags', { MODE: 'on' }), commandRun('tests', 1)]).decision).toBe('go');
    const only = policyOf({
      evidence: { tests: command },
      preflight: [ruleOf('w', { kind: 'passes', of: 'tests' }, { severity: 'note' })],
    });
    expect(judge(only, [commandRun('tests', 0)]).decision).toBe('hold');
  });
});

describe('age', () => {
  const policy = policyOf({
    evidence: { tests: { ...command, maxAge: hour } },
    preflight: [ruleOf('t', { kind: 'passes', of: 'tests' })],
  });
  const cases: readonly (readonly [number, string])[] = [
    [now - hour, 'pass'],
    [now - hour - 1, 'unknown'],
    [now, 'pass'],
  ];
  for (const [collectedAt, outcome] of cases) {
    test(`collected ${(now - collectedAt) / 1000} s ago: ${outcome}`, () => {
      expect(judge(policy, [commandRun('tests', 0, { collectedAt })]).gates[0]?.rules[0]?.outcome).toBe(
        outcome,
      );
    });
  }

  test('an age bound shortens how long the verdict is valid', () => {
    const verdict = judge(policy, [commandRun('tests', 0, { collectedAt: now - 10 * 60_000 })]);
    expect(verdict.validUntil).toBe('2026-02-24T09:50:00Z');
    expect(judge(gated, [variables('flags', { MODE: 'on' })]).validUntil).toBe('2026-02-25T09:00:00Z');
  });
});

describe('waivers', () => {
  const waiver: Waiver = {
    id: 'w1',
    path: 'policies/waivers/w1.yaml',
    at: { path: 'policies/waivers/w1.yaml', line: 1, column: 1 },
    policy: 'test',
    rule: 'on',
    outcomes: ['fail'],
    owner: 'a',
    approver: 'b',
    reason: 'known',
    from: now - day,
    expires: now + hour,
  };
  const off = [variables('flags', { MODE: 'off' })];
  const cases: readonly (readonly [string, Partial<Waiver>, readonly Evidence[], string])[] = [
    ['covers a fail', {}, off, 'go'],
    ['does not cover unknown unless named', {}, [], 'hold'],
    ['covers unknown where named', { outcomes: ['unknown'] }, [], 'go'],
    ['covers nothing from the instant it expires', { expires: now }, off, 'no-go'],
    ['still covers a second before it expires', { expires: now + 1000 }, off, 'go'],
    ['covers nothing before it begins', { from: now + 1 }, off, 'no-go'],
    ['covers from the instant it begins', { from: now }, off, 'go'],
    ['covers no other rule', { rule: 'other' }, off, 'no-go'],
    ['covers no other policy', { policy: 'other' }, off, 'no-go'],
    ['covers no other environment', { environment: 'staging' }, off, 'no-go'],
  ];
  for (const [what, parts, evidence, decision] of cases) {
    test(`${what}: ${decision}`, () => {
      expect(judge(gated, evidence, { waivers: [{ ...waiver, ...parts }] }).decision).toBe(decision);
    });
  }

  test('the original outcome stays visible, and the verdict ends with the waiver', () => {
    const verdict = judge(gated, off, { waivers: [waiver] });
    expect(verdict.gates[0]?.rules[0]).toMatchObject({
      outcome: 'waived',
      waiver: { id: 'w1', outcome: 'fail', code: 'expect.mismatch', expires: '2026-02-24T10:00:00Z' },
    });
    expect(verdict.validUntil).toBe('2026-02-24T10:00:00Z');
    expect(verdict.message).toBe('0 rules pass, 1 waived');
    expect(verdict.waivers[0]?.state).toBe('used');
  });

  test('a `when` that cannot be judged is not covered: losing it would turn not-applicable into waived', () => {
    const when = { '==': [{ var: 'flags.MODE' }, 'on'] };
    const check = { kind: 'expect', paths: { 'flags.MODE': { is: 'equals', value: 'on' } } } as const;
    const conditional = policyOf({ evidence: { flags }, preflight: [ruleOf('on', check, { when })] });
    const waivers = [{ ...waiver, outcomes: ['fail', 'unknown', 'pending'] as const }];
    expect(judge(conditional, off, { waivers }).gates[0]?.rules[0]?.outcome).toBe('not-applicable');
    const lost = judge(conditional, [], { waivers });
    expect(lost.gates[0]?.rules[0]?.outcome).toBe('unknown');
    expect(lost.decision).toBe('hold');
  });

  test('an expired waiver is loud', () => {
    const verdict = judge(gated, off, { waivers: [{ ...waiver, expires: now }] });
    expect(verdict.findings.map((finding) => finding.code)).toEqual(['waiver.expired']);
  });
});

describe('phases', () => {
  const pins = (mode: string) => ({ 'flags.MODE': mode });
  const rollout = policyOf({
    evidence: { flags, tests: command },
    preflight: [ruleOf('tested', { kind: 'passes', of: 'tests' })],
    phases: [
      phaseOf('one', pins('one')),
      phaseOf('two', pins('two'), { entry: [ruleOf('may-two', { kind: 'passes', of: 'tests' })] }),
      phaseOf('three', pins('three'), { entry: [ruleOf('may-three', { kind: 'passes', of: 'tests' })] }),
    ],
    exit: [ruleOf('done', { kind: 'passes', of: 'tests' })],
    transitions: { path: 'docs/transitions.md' },
  });
  const tested = commandRun('tests', 0);
  const noLog = absent('transitions', 'file.missing', 'transitions');
  const advance = (from: string, to: string, time: number, untrusted?: 'file.missing') => ({
    path: 'docs/transitions.md',
    line: 10,
    time,
    kind: 'advance' as const,
    from,
    to,
    decision: 'go',
    verdict: `sha256:${'2'.repeat(64)}`,
    reason: '',
    ...(untrusted ? { untrusted } : {}),
  });
  const log = (...rows: readonly ReturnType<typeof advance>[]): Evidence => ({
    ...(commandRun('transitions', 0) as Evidence & { status: 'observed' }),
    kind: 'transitions',
    content: { type: 'transitions', path: 'docs/transitions.md', rows },
  });
  const drift = (verdict: Verdict) => verdict.gates.find((gate) => gate.id === 'phase')?.rules[0];

  test('without a log the first phase is in force', () => {
    const verdict = judge(rollout, [variables('flags', { MODE: 'one' }), tested, noLog]);
    expect(verdict.decision).toBe('go');
    expect(verdict.phase).toMatchObject({ current: 'one', next: 'two', drift: [] });
    expect(verdict.gates.map((gate) => [gate.id, gate.role, gate.decision, gate.after])).toEqual([
      ['preflight', 'decides', 'go', undefined],
      ['phase', 'decides', 'go', undefined],
      ['entry:two', 'outlook', 'go', undefined],
      ['exit', 'outlook', 'hold', ['two', 'three']],
    ]);
  });

  test('an unset pin holds and is named', () => {
    const verdict = judge(rollout, [variables('flags', { MODE: undefined }), tested, noLog]);
    expect(verdict.decision).toBe('hold');
    expect(drift(verdict)).toMatchObject({ outcome: 'unknown', code: 'phase.unknown' });
    expect(verdict.phase).toMatchObject({ current: 'unknown', drift: ['flags.MODE'] });
  });

  test('pins that fit no phase hold, and the drift names the flags', () => {
    const verdict = judge(rollout, [variables('flags', { MODE: 'four' }), tested, noLog]);
    expect(verdict.decision).toBe('hold');
    expect(verdict.phase).toMatchObject({ current: 'unknown', drift: ['flags.MODE'] });
  });

  test('pins of a phase that was not entered are no-go unless its entry is go', () => {
    const ahead = variables('flags', { MODE: 'two' });
    expect(judge(rollout, [ahead, tested, noLog]).decision).toBe('go');
    const verdict = judge(rollout, [ahead, commandRun('tests', 1), noLog]);
    expect(drift(verdict)).toMatchObject({ outcome: 'fail', code: 'phase.drift' });
    expect(verdict.decision).toBe('no-go');
  });

  test('a phase gate alone never makes go', () => {
    const bare = { ...rollout };
    delete bare.preflight;
    expect(judge(bare, [variables('flags', { MODE: 'one' }), tested, noLog]).decision).toBe('hold');
  });

  test('a recorded transition puts its phase in force', () => {
    const verdict = judge(rollout, [
      variables('flags', { MODE: 'two' }),
      tested,
      log(advance('one', 'two', now - day)),
    ]);
    expect(verdict.phase).toMatchObject({ current: 'two', next: 'three', since: '2026-02-23T09:00:00Z' });
    expect(verdict.phase?.road.map((step) => step.state)).toEqual(['past', 'current', 'ahead']);
    expect(verdict.gates.at(-1)?.after).toEqual(['three']);
  });

  test('an untrusted advance does not count, and is a finding', () => {
    const row = advance('one', 'two', now - day, 'file.missing');
    const verdict = judge(rollout, [variables('flags', { MODE: 'two' }), commandRun('tests', 1), log(row)]);
    expect(drift(verdict)?.outcome).toBe('fail');
    expect(verdict.findings).toContainEqual(expect.objectContaining({ code: 'file.missing', line: 10 }));
  });

  test('an advance that skips a phase does not count', () => {
    const verdict = judge(rollout, [
      variables('flags', { MODE: 'three' }),
      commandRun('tests', 1),
      log(advance('one', 'three', now - day)),
    ]);
    expect(drift(verdict)?.outcome).toBe('fail');
    expect(verdict.findings.map((finding) => finding.code)).toContain('phase.out-of-turn');
  });

  test('pins of an earlier phase are a finding and never block', () => {
    const verdict = judge(rollout, [
      variables('flags', { MODE: 'one' }),
      tested,
      log(advance('one', 'two', now - day)),
    ]);
    expect(verdict.decision).toBe('go');
    expect(verdict.findings.map((finding) => finding.code)).toEqual(['phase.behind']);
  });

  test('exit is at best hold until the last phase is in force and entered', () => {
    const entered = log(advance('one', 'two', now - 2 * day), advance('two', 'three', now - day));
    const last = variables('flags', { MODE: 'three' });
    expect(judge(rollout, [last, tested, entered], { gates: ['exit'] }).decision).toBe('go');
    expect(
      judge(rollout, [variables('flags', { MODE: 'two' }), tested, entered], { gates: ['exit'] }).decision,
    ).toBe('hold');
    const failing = judge(rollout, [variables('flags', { MODE: 'two' }), commandRun('tests', 1), entered], {
      gates: ['exit'],
    });
    expect(failing.decision).toBe('no-go');
  });

  test('a transition log that cannot be read makes the phase unknown', () => {
    const verdict = judge(rollout, [
      variables('flags', { MODE: 'one' }),
      tested,
      absent('transitions', 'file.unreadable', 'transitions'),
    ]);
    expect(drift(verdict)).toMatchObject({ outcome: 'unknown', code: 'file.unreadable' });
    expect(verdict.decision).toBe('hold');
  });
});

describe('names of gates', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['preflght', 'did you mean `preflight`?'],
    ['entry:two', 'leave out the gate'],
    ['entyr:two', 'did you mean `entry`?'],
  ];
  for (const [name, hint] of cases) {
    test(`\`${name}\` is refused`, () => {
      const result = evaluate({ policy: gated, evidence: [], now, version: '0', gates: [name] });
      expect(result).toMatchObject({ ok: false, problems: [{ code: 'usage/unknown-gate', hint }] });
    });
  }
});

test('looking back is said, and what was collected later is absent', () => {
  const verdict = judge(gated, [variables('flags', { MODE: 'on' }, now + hour)], { asOf: true });
  expect(verdict.evidenceMode).toBe('as-of');
  expect(verdict.gates[0]?.rules[0]).toMatchObject({ outcome: 'unknown', code: 'evidence.as-of' });
});
