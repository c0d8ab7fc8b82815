import { exitCodeOf } from '../model/exit.ts';
import type { GateReport, RuleReport, Verdict } from '../model/verdict.ts';

/** A rule with the gate and the verdict that it stands in. */
export interface Entry {
  verdict: Verdict;
  gate: GateReport;
  rule: RuleReport;
}

export function entriesOf(verdict: Verdict): readonly Entry[] {
  return verdict.gates.flatMap((gate) => gate.rules.map((rule) => ({ verdict, gate, rule })));
}

/**
 * What a rule does to the decision, for formats that know little more than red, yellow and green. `aside` is a rule that
 * is open but decides nothing: in a gate of the outlook, or of a lesser severity.
 */
export type Bearing = 'passes' | 'fails' | 'unknown' | 'pending' | 'waived' | 'not-applicable' | 'aside';

export function bearingOf({ gate, rule }: Entry): Bearing {
  const decides = gate.role === 'decides' && rule.severity === 'error';
  switch (rule.outcome) {
    case 'pass':
      return 'passes';
    case 'fail':
      return decides ? 'fails' : 'aside';
    case 'unknown':
    case 'pending':
      return decides ? rule.outcome : 'aside';
    case 'waived':
    case 'not-applicable':
      return rule.outcome;
  }
}

/** What a verdict itself comes to. INVARIANT: it passes exactly where the exit code is 0. */
export function verdictBearing(verdict: Verdict): 'passes' | 'fails' | 'holds' {
  switch (exitCodeOf(verdict)) {
    case 0:
      return 'passes';
    case 1:
      return 'fails';
    case 3:
      return 'holds';
  }
}

const worstFirst: readonly Bearing[] = [
  ...(['fails', 'unknown', 'pending', 'aside', 'waived', 'not-applicable', 'passes'] as const),
];

/** Worst first; equal ones stay in the order of the verdict. */
export function byBearing(entries: readonly Entry[]): readonly Entry[] {
  return [...entries].sort((a, b) => worstFirst.indexOf(bearingOf(a)) - worstFirst.indexOf(bearingOf(b)));
}
