import type { Policy } from '../model/policy.ts';
import { compareProblems, ok, type Result } from '../model/problem.ts';
import { type PolicyOptions, parsePolicyForm } from '../parse/policy/parse.ts';
import type { YamlSource } from '../parse/yaml/load.ts';
import { crossCheck } from './crosscheck/index.ts';

export type { PolicyOptions } from '../parse/policy/parse.ts';

/** A policy that may be evaluated, and the file it came from for whoever looks further (`lint`). */
export interface CheckedPolicy {
  policy: Policy;
  source: YamlSource;
}

/**
 * Reads a policy and holds its parts against each other. Fails with every problem of the file: each is an error, and
 * what may be right but rarely is stands in `lint/`. Never throws, whatever the text.
 */
export function loadPolicy(text: string, options: PolicyOptions): Result<CheckedPolicy> {
  const { parsed, problems } = parsePolicyForm(text, options);
  if (!parsed) return { ok: false, problems };
  const found = [...crossCheck(parsed)].sort(compareProblems);
  return found.length > 0
    ? { ok: false, problems: found }
    : ok({ policy: parsed.policy, source: parsed.source });
}
