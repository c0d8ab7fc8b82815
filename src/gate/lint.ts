import { compareProblems, type Problem } from '../model/problem.ts';
import { loadPolicies } from './policies.ts';

/** Which policies to look at. */
export interface LintRequest {
  /** None means `policies/*.yaml`. */
  policyPaths: readonly string[];
  cwd: string;
  root?: string;
}

/**
 * Everything that is wrong with policies and their waivers, or worth a second look, in the order of the places.
 * Problems with a code `usage/…` say that a file could not be looked at.
 */
export function lint({ policyPaths, ...request }: LintRequest): readonly Problem[] {
  const loaded = loadPolicies({ ...request, paths: policyPaths, inputs: {} });
  const found = loaded.ok ? loaded.value.flatMap(({ warnings }) => warnings) : loaded.problems;
  return [...found].sort(compareProblems);
}
