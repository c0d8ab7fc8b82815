import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exitCodeOf } from '../../src/model/exit.ts';
import { decideGate, type Outcome, worstDecision } from '../../src/model/outcome.ts';
import type { GateReport, RuleReport, Verdict } from '../../src/model/verdict.ts';
import { type Format, render } from '../../src/report/index.ts';
import { exitCodeIn } from '../support/decisionReaders.ts';
import { gateReport, ruleByOutcome, ruleReport, verdictWith } from '../support/verdicts.ts';

const outcomes: readonly Outcome[] = [
  'pass',
  'pass',
  'fail',
  'unknown',
  'pending',
  'waived',
  'not-applicable',
];

const gate: fc.Arbitrary<GateReport> = fc
  .record({
    role: fc.constantFrom('decides' as const, 'decides' as const, 'outlook' as const),
    rules: fc.array(
      fc.record({
        outcome: fc.constantFrom(...outcomes),
        severity: fc.constantFrom('error' as const, 'error' as const, 'warning' as const, 'note' as const),
      }),
      { maxLength: 4 },
    ),
  })
  .map(({ role, rules }) => gateOf(role, rules));

function gateOf(
  role: GateReport['role'],
  rules: readonly Pick<RuleReport, 'outcome' | 'severity'>[],
): GateReport {
  const reports = rules.map(({ outcome, severity }, index) => {
    return { ...ruleByOutcome[outcome], severity, id: `rule-${index}` };
  });
  return gateReport({ role, decision: decideGate(reports), rules: reports });
}

const closed: readonly Outcome[] = ['pass', 'waived', 'not-applicable'];

/** Chance alone draws hardly a verdict of three gates that is go. */
const moods = {
  any: (rules: GateReport['rules']) => rules,
  smooth: (rules: GateReport['rules']) => [
    ...rules.filter(({ outcome }) => closed.includes(outcome)),
    ruleReport(),
  ],
  broken: (rules: GateReport['rules']) => [...rules, ruleByOutcome.fail],
};

const verdict: fc.Arbitrary<Verdict> = fc
  .record({
    gates: fc.array(gate, { maxLength: 3 }),
    mood: fc.constantFrom(...Object.values(moods)),
    evidenceMode: fc.constantFrom('live' as const, 'live' as const, 'imported' as const, 'as-of' as const),
  })
  .map(({ gates, mood, evidenceMode }) => {
    const named = gates.map(({ role, rules }, index) => ({
      ...gateOf(role, mood(rules)),
      id: `gate-${index}`,
    }));
    const deciding = named.filter(({ role }) => role === 'decides').map(({ decision }) => decision);
    return verdictWith({ gates: named, evidenceMode, decision: worstDecision(deciding) });
  });

describe('every report tells the decision that the exit code is made of', () => {
  const seen = new Map<number, number>();

  it.each(Object.entries(exitCodeIn))('%s', async (format, read) => {
    await fc.assert(
      fc.asyncProperty(verdict, async (one) => {
        const code = exitCodeOf(one);
        seen.set(code, (seen.get(code) ?? 0) + 1);
        expect(read(await render(format as Format, [one]))).toBe(code);
      }),
      { numRuns: 60 },
    );
  });

  it('and each of the three stands among those tried', () => {
    const all = [...seen.values()].reduce((sum, count) => sum + count, 0);
    for (const code of [0, 1, 3]) {
      expect((seen.get(code) ?? 0) / all, String(code)).toBeGreaterThan(0.05);
    }
  });
});
