import type { Workspace } from '../files/workspace.ts';
import { evaluate } from '../evaluate/evaluate.ts';
import { selectGates } from '../evaluate/gates.ts';
import type { Policy } from '../model/policy.ts';
import { ok, type Problem, type Result } from '../model/problem.ts';
import type { Verdict } from '../model/verdict.ts';
import { type GatherRequest, gather } from './gather.ts';

/** One question to the gate, as the command line or a program asks it. */
export interface CheckRequest extends GatherRequest {
  /** Names as in semantics section 3. */
  gates?: readonly string[];
}

/** A verdict with the policy that it is of, and where that policy looks for files. */
export interface Checked {
  verdict: Verdict;
  policy: Policy;
  root: string;
  workspace: Workspace;
}

/** Collects and evaluates; the verdicts are sorted by policy name. */
export async function check(request: CheckRequest): Promise<Result<readonly Checked[]>> {
  const { gates } = request;
  const gathered = await gather(request, (policies) => unknownGates(policies, gates));
  if (!gathered.ok) return gathered;
  const checked: Checked[] = [];
  for (const { evaluation, ...place } of gathered.value) {
    const verdict = evaluate({ ...evaluation, ...(gates ? { gates } : {}) });
    if (!verdict.ok) return verdict;
    checked.push({ verdict: verdict.value, ...place });
  }
  return ok(checked);
}

function unknownGates(policies: readonly Policy[], gates: readonly string[] | undefined): readonly Problem[] {
  return policies.flatMap((policy) => {
    const selected = selectGates(policy, gates, undefined);
    return selected.ok ? [] : selected.problems;
  });
}
