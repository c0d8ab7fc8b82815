import type { Policy } from '../model/policy.ts';
import { compareProblems, ok, type Problem, type Result } from '../model/problem.ts';
import { type PolicyOptions, parsePolicyForm } from '../parse/policy/parse.ts';
import { crossCheck } from './crosscheck/index.ts';

export type { PolicyOptions } from '../parse/policy/parse.ts';
export { loadWaivers } from './waivers.ts';

/** A policy that may be evaluated, with what `lint` has to say about it all the same. */
export interface CheckedPolicy {
  policy: Policy;
  /** Problems of severity `warning` and `note`. */
  warnings: readonly Problem[];
}

/**
 * Reads a policy and holds its parts against each other. Fails with every problem of the file, warnings included, if
 * one of them is an error. Never throws, whatever the text.
 */
export function loadPolicy(text: string, options: PolicyOptions): Result<CheckedPolicy> {
  const { parsed, problems } = parsePolicyForm(text, options);
  if (!parsed) return { ok: false, problems };
  const found = [...crossCheck(parsed)].sort(compareProblems);
  if (found.some((problem) => (problem.severity ?? 'error') === 'error'))
    return { ok: false, problems: found };
  return ok({ policy: parsed.policy, warnings: found });
}
