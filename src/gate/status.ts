import { evaluate } from '../evaluate/evaluate.ts';
import type { Evaluation } from '../evaluate/judged.ts';
import { ok, type Result } from '../model/problem.ts';
import type { Verdict } from '../model/verdict.ts';
import type { Checked } from './check.ts';
import { type GatherRequest, gather } from './gather.ts';

/** The gates that the next step of a rollout takes; the exit is shown beside them. */
const step = { gates: ['preflight', 'monitors', 'next'], outlook: ['exit'] } as const;

/** Where a rollout stands. */
export interface Standing {
  /** May the next step be taken now? Preflight, monitors and the next gate decide. */
  step: Verdict;
  /** What `check` says over the same evidence: a report that the policy declares is drawn from this. */
  checked(): Checked;
}

/** Collects and evaluates for the next step; sorted by policy name. */
export async function status(request: GatherRequest): Promise<Result<readonly Standing[]>> {
  const gathered = await gather(request);
  if (!gathered.ok) return gathered;
  return ok(
    gathered.value.map(({ evaluation, ...place }) => ({
      step: verdictOf({ ...evaluation, ...step }),
      checked: () => ({ verdict: verdictOf(evaluation), ...place }),
    })),
  );
}

/** INVARIANT: only names of gates can be refused, and every policy may be asked for these. */
function verdictOf(evaluation: Evaluation): Verdict {
  const verdict = evaluate(evaluation);
  if (!verdict.ok) throw new Error('a gate that every policy may have was refused');
  return verdict.value;
}
