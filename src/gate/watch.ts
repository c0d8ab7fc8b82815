import { dirname, resolve } from 'node:path';
import { changesBetween } from '../evaluate/changes.ts';
import { fingerprint } from '../files/fingerprint.ts';
import type { Decision } from '../model/outcome.ts';
import { type Duration, type Instant, parseInstant, second } from '../model/instant.ts';
import type { Policy } from '../model/policy.ts';
import type { Result } from '../model/problem.ts';
import type { Change, Round } from '../model/round.ts';
import type { Verdict } from '../model/verdict.ts';
import { type Checked, type CheckRequest, check } from './check.ts';
import { loadPolicies } from './policies.ts';

export interface WatchRequest extends CheckRequest {
  /** From one evaluation to the next, if nothing changes before. */
  interval: Duration;
  /** Ends when every verdict says so. */
  until?: Extract<Decision, 'go' | 'no-go'>;
  /** Ends after this long. */
  timeout?: Duration;
  /** Asked after each evaluation; true ends the watch. */
  act?(checked: readonly Checked[]): Promise<boolean>;
}

export interface WatchWorld {
  /** Ends after some milliseconds, or when the request's signal says so. */
  wait(duration: Duration): Promise<void>;
  onRound(round: Round): void;
}

/** How often it is looked whether a file has changed, and how long a change has to rest. */
const look: Duration = 2 * second;

/**
 * Judges again and again: at an interval, when a file that the policy reads has changed, and when time alone can bring a
 * pass. Gives what was judged last. Problems end it only at the first time: a policy that is being edited is waited for.
 */
export async function watch(request: WatchRequest, world: WatchWorld): Promise<Result<readonly Checked[]>> {
  const { clock, interval, timeout } = request;
  const deadline = timeout === undefined ? Number.POSITIVE_INFINITY : clock() + timeout;
  const loaded = await loadPolicies({ ...request, paths: request.policyPaths });
  if (!loaded.ok) return loaded;
  let paths = watchedPaths(loaded.value, request);
  let before: readonly Verdict[] | undefined;
  for (;;) {
    // What changes while it is judged is seen next, but for what commands write: they would never come to rest.
    const seen = request.run ? undefined : fingerprint(paths);
    const answer = await check(request);
    const verdicts = answer.ok ? answer.value.map(({ verdict }) => verdict) : undefined;
    if (answer.ok) paths = watchedPaths(answer.value, request);
    const at = clock();
    const first = before === undefined;
    const done =
      isAborted(request) || (first && !answer.ok) || at >= deadline || (await isOver(answer, request));
    const next = Math.min(deadline, dueAfter(at, interval, verdicts));
    world.onRound({
      at,
      ...(done ? {} : { next }),
      verdicts,
      problems: answer.ok ? [] : answer.problems,
      changes: before && verdicts ? changes(before, verdicts) : [],
    });
    if (done) return answer;
    before = verdicts ?? before;
    await rest({ request, world, paths, known: seen ?? fingerprint(paths), next });
    if (isAborted(request)) return answer;
  }
}

interface Rest {
  request: WatchRequest;
  world: WatchWorld;
  paths: readonly string[];
  known: string;
  next: Instant;
}

/** Waits for the next round: until it is due, or until a change has come to rest. */
async function rest({ request, world, paths, known, next }: Rest): Promise<void> {
  let before = known;
  for (let left = next - request.clock(); left > 0 && !isAborted(request); left = next - request.clock()) {
    await world.wait(Math.min(look, left));
    const now = fingerprint(paths);
    if (now !== known && now === before) return;
    before = now;
  }
}

async function isOver(answer: Result<readonly Checked[]>, { until, act }: WatchRequest): Promise<boolean> {
  if (!answer.ok) return false;
  if (act !== undefined && (await act(answer.value))) return true;
  return until !== undefined && answer.value.every(({ verdict }) => verdict.decision === until);
}

/** The interval, or sooner if time alone can bring a pass. */
function dueAfter(now: Instant, interval: Duration, verdicts: readonly Verdict[] | undefined): Instant {
  const rules = (verdicts ?? []).flatMap(({ gates }) => gates).flatMap((gate) => gate.rules);
  const times = rules
    .flatMap(({ earliest }) => parseInstant(earliest ?? '') ?? [])
    .filter((time) => time > now);
  return Math.min(now + interval, ...times);
}

function changes(before: readonly Verdict[], after: readonly Verdict[]): readonly Change[] {
  return after.flatMap((verdict) => {
    const old = before.find(({ policy }) => policy.name === verdict.policy.name);
    return old === undefined ? [] : changesBetween(old, verdict);
  });
}

/** Policies and files that are named, and the folders in which the policies' evidence, waivers and transitions lie. */
function watchedPaths(
  policies: readonly Pick<Checked, 'policy' | 'root'>[],
  request: WatchRequest,
): string[] {
  const { cwd, policyPaths, envFiles, evidenceFiles } = request;
  const named = [...policyPaths, ...envFiles, ...evidenceFiles].map((path) => resolve(cwd, path));
  const folders = policies.flatMap(({ policy, root }) =>
    foldersOf(policy).map((folder) => resolve(root, folder)),
  );
  return [...new Set([...named, ...folders])].sort();
}

function foldersOf(policy: Policy): readonly string[] {
  const patterns = [
    policy.path,
    policy.waivers,
    policy.transitions?.path,
    ...Object.values(policy.evidence).map((spec) => ('path' in spec ? spec.path : undefined)),
  ];
  return patterns.flatMap((pattern) => (pattern === undefined ? [] : [plainFolder(pattern)]));
}

/** The folder of a path or pattern, above the first part that is a pattern. */
function plainFolder(pattern: string): string {
  const cut = pattern.search(/[{*?[]/);
  return dirname(cut < 0 ? pattern : `${pattern.slice(0, cut)}x`);
}

/** Asked anew each time: it changes while files are read. */
function isAborted({ signal }: WatchRequest): boolean {
  return signal?.aborted === true;
}
