import { collectEvidence } from '../collect/index.ts';
import type { Evaluation } from '../evaluate/judged.ts';
import type { Workspace } from '../files/workspace.ts';
import { version } from '../generated/version.js';
import { clockTolerance, formatInstant, type Instant } from '../model/instant.ts';
import type { Policy } from '../model/policy.ts';
import { compareProblems, compareText, ok, type Problem, problems, type Result } from '../model/problem.ts';
import type { Progress } from '../model/progress.ts';
import { type LoadedPolicy, loadPolicies } from './policies.ts';
import type { PolicyCache } from './policyCache.ts';

/** What the commands that judge need to know of the world, as the command line or a program says it. */
export interface GatherRequest {
  /** None means `policies/*.yaml`. */
  policyPaths: readonly string[];
  cwd: string;
  /** Default: the top level of the git repository of the policy, else its folder. */
  root?: string;
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
  /** What may stand in for reading a policy again; left out, each is read. */
  cache?: PolicyCache;
  env: Readonly<Record<string, string | undefined>>;
  clock(): Instant;
  onProgress?(event: Progress): void;
  signal?: AbortSignal;
}

/** A policy with all that its verdict depends on but the choice of gates, and where it looks for files. */
export interface Gathered {
  evaluation: Omit<Evaluation, 'gates' | 'outlook'>;
  policy: Policy;
  root: string;
  workspace: Workspace;
}

/**
 * Loads the policies and collects their evidence; sorted by policy name. What `refuse` says of the loaded policies
 * stops it before anything runs: a misspelt name must not cost twenty minutes of commands.
 */
export async function gather(
  request: GatherRequest,
  refuse: (policies: readonly Policy[]) => readonly Problem[] = () => [],
): Promise<Result<readonly Gathered[]>> {
  const late = refuseInstant(request);
  if (late) return problems(late);
  const loaded = await loadPolicies({ ...request, paths: request.policyPaths });
  if (!loaded.ok) return { ok: false, problems: [...loaded.problems].sort(compareProblems) };
  const refused = refuse(loaded.value.map(({ policy }) => policy));
  if (refused.length > 0) return problems(...refused);
  const gathered: Gathered[] = [];
  for (const one of loaded.value) {
    const evaluation = await collectFor(one, request);
    if (!evaluation.ok) return evaluation;
    const { policy, root, workspace } = one;
    gathered.push({ evaluation: evaluation.value, policy, root, workspace });
  }
  return ok(gathered.sort((a, b) => compareText(a.policy.name, b.policy.name)));
}

/** No policy can be judged in the future: there is no evidence of it. */
export function refuseInstant({ at, clock }: Pick<GatherRequest, 'at' | 'clock'>): Problem | undefined {
  if (at === undefined || at <= clock() + clockTolerance) return undefined;
  const message = `\`--at ${formatInstant(at)}\` lies ahead`;
  return {
    code: 'usage/future-instant',
    message,
    hint: 'evidence of the future cannot be looked at; leave out --at',
  };
}

/** All that the verdict of one policy depends on; of its evidence only what `only` names, if it is given. */
export async function collectFor(
  { policy, root, workspace, waivers }: LoadedPolicy,
  request: GatherRequest,
  only?: ReadonlySet<string>,
): Promise<Result<Gathered['evaluation']>> {
  const { at } = request;
  // Looking back, files of the tree count as seen at that instant; collectors refuse whatever has no past.
  const clock = at === undefined ? request.clock : () => at;
  const collected = await collectEvidence(policy, {
    ...{ ...request, root, workspace, clock },
    ...(only === undefined ? {} : { only }),
  });
  if (!collected.ok) return collected;
  const { evidence, subject, collectedAt } = collected.value;
  return ok({
    policy,
    evidence,
    subject,
    waivers,
    now: at ?? collectedAt,
    asOf: at !== undefined,
    version,
    ...(process.versions.tz === undefined ? {} : { tzdata: process.versions.tz }),
  });
}
