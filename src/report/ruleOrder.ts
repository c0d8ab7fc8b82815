import type { Outcome } from '../model/outcome.ts';
import type { RuleReport } from '../model/verdict.ts';
import { outcomeWord } from './pretty-rule.ts';

export const openFirst: readonly Outcome[] = [
  'fail',
  'unknown',
  'pending',
  'waived',
  'pass',
  'not-applicable',
];

/** Open rules before settled ones, and of these what decides before what only warns. */
export function byOpenness(rules: readonly RuleReport[]): readonly RuleReport[] {
  return [...rules].sort((a, b) => place(a) - place(b));
}

function place(rule: RuleReport): number {
  const minor = rule.severity === 'error' ? 0 : rule.severity === 'warning' ? 1 : 2;
  return openFirst.indexOf(rule.outcome) * 3 + minor;
}

/** `4 pass, 1 fail`: in the order in which the rules are listed. */
export function tally(rules: readonly RuleReport[]): string {
  if (rules.length === 0) return 'no rules';
  const counts = openFirst
    .map((outcome) => ({ outcome, count: rules.filter((rule) => rule.outcome === outcome).length }))
    .filter(({ count }) => count > 0);
  return counts.map(({ outcome, count }) => `${count} ${outcomeWord(outcome)}`).join(', ');
}
