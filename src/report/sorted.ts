import { compareText } from '../model/problem.ts';
import type { Verdict } from '../model/verdict.ts';

/** Several verdicts stand in the order of their policies' names (semantics section 3). */
export function byPolicy(verdicts: readonly Verdict[]): readonly Verdict[] {
  return [...verdicts].sort(
    (a, b) => compareText(a.policy.name, b.policy.name) || compareText(a.policy.path, b.policy.path),
  );
}
