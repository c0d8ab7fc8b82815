import { describe, expect, test } from 'vitest';
import {
  type CheckOutcome,
  compareOutcomes,
  type Decision,
  decideGate,
  type Outcome,
  type Severity,
  worstDecision,
} from '../../src/model/outcome.ts';

const severities: readonly Severity[] = ['error', 'warning', 'note'];
const outcomes: readonly Outcome[] = ['pass', 'fail', 'pending', 'unknown', 'waived', 'not-applicable'];
const rules = severities.flatMap((severity) => outcomes.map((outcome) => ({ severity, outcome })));

/** Every list of these items up to a length, each order of each. */
function listsOf<T>(items: readonly T[], length: number): readonly (readonly T[])[] {
  if (length === 0) return [[]];
  const shorter = listsOf(items, length - 1);
  const longest = shorter.filter((list) => list.length === length - 1);
  return [...shorter, ...longest.flatMap((list) => items.map((item) => [...list, item]))];
}

/** The words of semantics section 3, counted instead of folded. */
function decisionByTheLaw(list: readonly (typeof rules)[number][]): Decision {
  const errors = list.filter(({ severity }) => severity === 'error').map(({ outcome }) => outcome);
  const has = (...names: readonly Outcome[]) => names.some((name) => errors.includes(name));
  if (has('fail')) return 'no-go';
  if (has('pending', 'unknown')) return 'hold';
  return has('pass', 'waived') ? 'go' : 'hold';
}

describe('the decision of a gate', () => {
  test('follows the law for every list of up to three rules', () => {
    const lists = listsOf(rules, 3);
    expect(lists).toHaveLength(1 + 18 + 18 ** 2 + 18 ** 3);
    const wrong = lists.filter((list) => decideGate(list) !== decisionByTheLaw(list));
    expect(wrong).toEqual([]);
    const count = (decision: Decision) => lists.filter((list) => decideGate(list) === decision).length;
    expect({ go: count('go'), hold: count('hold'), 'no-go': count('no-go') }).toEqual({
      go: 1 * 2 + goOf(2) + goOf(3),
      hold: lists.length - goOf(1) - goOf(2) - goOf(3) - noGo(1) - noGo(2) - noGo(3),
      'no-go': noGo(1) + noGo(2) + noGo(3),
    });
  });

  test('another rule never makes a judged gate better', () => {
    const rank: Record<Decision, number> = { 'no-go': 0, hold: 1, go: 2 };
    for (const list of listsOf(rules, 2)) {
      const judged = list.some(
        ({ severity, outcome }) => severity === 'error' && outcome !== 'not-applicable',
      );
      for (const rule of rules) {
        const before = rank[decideGate(list)];
        if (judged) expect(rank[decideGate([...list, rule])]).toBeLessThanOrEqual(before);
      }
    }
  });
});

/** Of 18 kinds of rule 17 do not fail, and 15 leave a gate open for go: two of them are what go needs. */
function noGo(length: number): number {
  return 18 ** length - 17 ** length;
}
function goOf(length: number): number {
  return 15 ** length - 13 ** length;
}

describe('the worst of several decisions', () => {
  const decisions: readonly Decision[] = ['go', 'hold', 'no-go'];
  test('is no-go before hold before go, and none at all holds', () => {
    for (const list of listsOf(decisions, 4)) {
      const due = list.includes('no-go')
        ? 'no-go'
        : list.length === 0 || list.includes('hold')
          ? 'hold'
          : 'go';
      expect(worstDecision(list), list.join()).toBe(due);
    }
  });
});

test('outcomes are ordered fail, unknown, pending, pass', () => {
  const order: readonly CheckOutcome[] = ['fail', 'unknown', 'pending', 'pass'];
  for (const [i, a] of order.entries()) {
    for (const [j, b] of order.entries())
      expect(Math.sign(compareOutcomes(a, b)), `${a} ${b}`).toBe(Math.sign(i - j));
  }
});
