import { formatEvidenceFile } from '../collect/evidenceFile.ts';
import { collectEvidence } from '../collect/index.ts';
import { version } from '../generated/version.js';
import { ok, problems, type Result } from '../model/problem.ts';
import type { CheckRequest } from './check.ts';
import { loadPolicies } from './policies.ts';

/** What `collect` needs of a `check`: no gates. */
export type CollectRequest = Omit<CheckRequest, 'gates'>;

/** Collects the evidence of one policy and gives the text of an evidence file. */
export async function collect(request: CollectRequest): Promise<Result<string>> {
  const loaded = await loadPolicies({ ...request, paths: request.policyPaths });
  if (!loaded.ok) return loaded;
  const [only, ...others] = loaded.value;
  if (!only || others.length > 0) {
    const message = `${loaded.value.length} policies were found, and an evidence file is about one`;
    return problems({ code: 'usage/one-policy', message, hint: 'name the policy: soakgate collect POLICY' });
  }
  const { policy, root, workspace } = only;
  const collected = await collectEvidence(policy, { ...request, root, workspace });
  return collected.ok ? ok(formatEvidenceFile({ ...collected.value, policy, version })) : collected;
}
