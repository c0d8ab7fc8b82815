import { collectEvidence } from '../collect/index.ts';
import type { Workspace } from '../files/workspace.ts';
import { evaluate } from '../evaluate/evaluate.ts';
import { selectGates } from '../evaluate/gates.ts';
import { version } from '../generated/version.js';
import { clockTolerance, formatInstant, type Instant } from '../model/instant.ts';
import type { Policy } from '../model/policy.ts';
import { compareProblems, compareText, ok, type Problem, problems, type Result } from '../model/problem.ts';
import type { Progress } from '../model/progress.ts';
import type { Verdict } from '../model/verdict.ts';
import { type LoadedPolicy, loadPolicies } from './policies.ts';

/** One question to the gate, as the command line or a program asks it. */
export interface CheckRequest {
  /** None means `policies/*.yaml`. */
  policyPaths: readonly string[];
  cwd: string;
  /** Default: the top level of the git repository of the policy, else its folder. */
  root?: string;
  /** Names as in semantics section 3. */
  gates?: readonly string[];
  /** Whether the policy's commands may run. */
  run: boolean;
  envFiles: readonly string[];
  inputs: Readonly<Record<string, string>>;
  /** Looks back at an instant; such a verdict never opens a gate. */
  at?: Instant;
  evidenceFiles: readonly string[];
  /** Files that this run writes: they do not make the tree dirty. */
  outputFiles: readonly string[];
  environment?: string;
  env: Readonly<Record<string, string | undefined>>;
  clock(): Instant;
  onProgress?(event: Progress): void;
  signal?: AbortSignal;
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
  const refused = refuseInstant(request);
  if (refused) return problems(refused);
  const loaded = loadPolicies({ ...request, paths: request.policyPaths });
  if (!loaded.ok) return { ok: false, problems: [...loaded.problems].sort(compareProblems) };
  // Gates are looked at before anything runs: a misspelt name must not cost twenty minutes of commands.
  const unknown = loaded.value.flatMap(({ policy }) => {
    const selected = selectGates(policy, request.gates, undefined);
    return selected.ok ? [] : selected.problems;
  });
  if (unknown.length > 0) return problems(...unknown);
  const checked: Checked[] = [];
  for (const policy of loaded.value) {
    const verdict = await judge(policy, request);
    if (!verdict.ok) return verdict;
    const { policy: judged, root, workspace } = policy;
    checked.push({ verdict: verdict.value, policy: judged, root, workspace });
  }
  return ok(checked.sort((a, b) => compareText(a.policy.name, b.policy.name)));
}

/** No policy can be judged in the future: there is no evidence of it. */
export function refuseInstant({ at, clock }: Pick<CheckRequest, 'at' | 'clock'>): Problem | undefined {
  if (at === undefined || at <= clock() + clockTolerance) return undefined;
  const message = `\`--at ${formatInstant(at)}\` lies ahead`;
  return {
    code: 'usage/future-instant',
    message,
    hint: 'evidence of the future cannot be looked at; leave out --at',
  };
}

async function judge(loaded: LoadedPolicy, request: CheckRequest): Promise<Result<Verdict>> {
  const { policy, root, workspace, waivers } = loaded;
  const { at } = request;
  // Looking back, files of the tree count as seen at that instant; collectors refuse whatever has no past.
  const clock = at === undefined ? request.clock : () => at;
  const collected = await collectEvidence(policy, { ...request, root, workspace, clock });
  if (!collected.ok) return collected;
  const { evidence, subject, collectedAt } = collected.value;
  return evaluate({
    policy,
    evidence,
    subject,
    waivers,
    now: request.at ?? collectedAt,
    asOf: request.at !== undefined,
    version,
    ...(request.gates ? { gates: request.gates } : {}),
    ...(process.versions.tz === undefined ? {} : { tzdata: process.versions.tz }),
  });
}
