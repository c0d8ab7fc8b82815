import type { Verdict } from '../model/verdict.ts';
import { clockTime, glue } from './when.ts';

/** `go (2 waived)`, `go (as of …)`: what qualifies the word stands beside it. */
export function decisionText(verdict: Verdict): string {
  const notes: string[] = [];
  if (verdict.evidenceMode === 'as-of')
    notes.push(`as of ${clockTime(verdict.evaluatedAt, verdict.policy.timezone)}`);
  const deciding = verdict.gates.filter((gate) => gate.role === 'decides').flatMap((gate) => gate.rules);
  const waived = deciding.filter((rule) => rule.outcome === 'waived').length;
  if (waived > 0) notes.push(`${waived} waived`);
  return notes.length === 0 ? verdict.decision : `${verdict.decision} (${notes.join(', ')})`;
}

/** The same with ordinary spaces, for machines. */
export function decisionWords(verdict: Verdict): string {
  return decisionText(verdict).replaceAll(glue, ' ');
}
