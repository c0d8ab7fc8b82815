import { collectEvidence, type CollectOptions, createContext } from '../collect/index.ts';
import { readEnvFiles } from '../collect/variables.ts';
import { lastChange } from '../files/history.ts';
import { findRepository, prefixOf } from '../files/repository.ts';
import { pathOfDay, seriesMatcher } from '../files/series.ts';
import { dayOf, formatDay } from '../model/calendar.ts';
import { clockTolerance, type Duration, formatInstant, type Instant } from '../model/instant.ts';
import type { Phase } from '../model/policy.ts';
import { ok, type Problem, problems, type Result } from '../model/problem.ts';
import type { Verdict } from '../model/verdict.ts';
import type { TransitionColumn, TransitionKind, TransitionReport } from '../model/transition.ts';
import type { TransitionFile } from '../record/transition.ts';
import { type FlagFile, planFlags } from './flags.ts';
import type { GatherRequest } from './gather.ts';
import { type LoadedPolicy, loadPolicies } from './policies.ts';
import { type Course, courseOf, phaseOf, type Turn } from './turn.ts';

/** One step of the rollout, as the command line or a program asks for it. */
export interface TransitionRequest extends Omit<GatherRequest, 'at'> {
  /** A phase id; for `advance` also `done`. */
  to: string;
  reason?: string;
  dryRun: boolean;
  /** An env file in which the flags of the phase are set with the row. */
  writeEnv?: string;
  /** How long to wait for other writers of the transition log. */
  wait: Duration;
}

/** `refused`: nothing was begun. `lost`: something was to be written and is not, or not all of it. */
export type TransitionAnswer =
  | { how: 'told'; report: TransitionReport }
  | { how: 'refused' | 'lost'; problems: readonly Problem[] };

/** What is known of a step before the world is asked. */
export interface Ground<R extends TransitionRequest = TransitionRequest> {
  request: R;
  loaded: LoadedPolicy;
  /** Undefined for `done`. */
  phase: Phase | undefined;
  flags: FlagFile | undefined;
  /** The file of the transition log that a row would go to now. */
  file: TransitionFile;
  /** Hides secrets in texts that are kept. */
  redact(text: string): string;
}

/** Loads the one policy that is meant, and finds what does not hang on its log. */
export async function prepare<R extends TransitionRequest>(request: R): Promise<Result<Ground<R>>> {
  const chosen = await choosePolicy(request);
  if (!chosen.ok) return chosen;
  const loaded = chosen.value;
  const { policy, root } = loaded;
  const phase = phaseOf(policy, request.to);
  const { writeEnv: path, cwd } = request;
  if (path !== undefined && request.to === 'done') return problems(noFlags);
  const flags = path === undefined || !phase ? ok(undefined) : planFlags({ policy, phase, path, cwd, root });
  if (!flags.ok) return flags;
  const options = collectOptions({ request, loaded });
  const envFiles = readEnvFiles(options.envFiles ?? [], options);
  if (!envFiles.ok) return envFiles;
  const { redactor } = createContext(policy, options, envFiles.value);
  const file = fileOf(request, loaded);
  return ok({ request, loaded, phase, flags: flags.value, file, redact: redactor.text });
}

const noFlags: Problem = {
  code: 'transition/no-flags',
  message: 'the end of a rollout sets no flags',
  hint: 'leave out --write-env',
};

async function choosePolicy(request: TransitionRequest): Promise<Result<LoadedPolicy>> {
  const loaded = await loadPolicies({ ...request, paths: request.policyPaths });
  if (!loaded.ok) return loaded;
  const able = loaded.value.filter(({ policy }) => policy.phases && policy.transitions);
  const [only, ...others] = able;
  if (only && others.length === 0) return ok(only);
  if (!only)
    return problems({
      code: 'transition/no-phases',
      message: 'the policy declares no phases, so there is no step to take',
      hint: 'declare `phases:` and `transitions:` in it, or name another policy',
    });
  return problems({
    code: 'usage/one-policy',
    message: `${able.length} policies have phases, and a step is one of one rollout`,
    hint: `name the policy, such as ${only.policy.path}`,
  });
}

export function collectOptions({ request, loaded }: Pick<Ground, 'request' | 'loaded'>): CollectOptions {
  const { root, workspace } = loaded;
  return { ...request, root, workspace, run: false };
}

/** The year of the log is that of the moment at which somebody sets out to write. */
function fileOf({ clock, wait }: TransitionRequest, { policy, root }: LoadedPolicy): TransitionFile {
  const pattern = policy.transitions?.path ?? '';
  const path = pathOfDay(pattern, formatDay(dayOf(policy.timezone, clock())));
  const date = seriesMatcher(pattern)(path)?.date ?? '';
  return {
    root,
    path,
    zone: policy.timezone,
    title: `${policy.title}: transitions${date === '' ? '' : ` ${date}`}`,
    fields: [['Policy', policy.name]],
    wait,
  };
}

/** What the transition log says at this moment; nothing else is looked at. */
export async function readCourse(ground: Pick<Ground, 'request' | 'loaded'>): Promise<Result<Course>> {
  const { evidenceFiles: _, ...options } = collectOptions(ground);
  const { policy } = ground.loaded;
  const collected = await collectEvidence(policy, { ...options, only: new Set() });
  return collected.ok ? ok(courseOf(policy, collected.value.evidence)) : collected;
}

/** The time of a row: never before that of another one, or it would not be read behind it. */
export function timeOfRow(course: Course, now: Instant): Instant {
  return Math.max(now, ...course.rows.map((row) => row.time));
}

/** A step judged now cannot be recorded behind a row that claims to be of the future. */
export function refuseFuture(course: Course, now: Instant): Problem | undefined {
  const row = course.rows.at(-1);
  if (!row || row.time <= now + clockTolerance) return undefined;
  return {
    code: 'transition/future-row',
    message: `the newest transition, ${row.path}:${row.line}, is of ${formatInstant(row.time)}, and it is ${formatInstant(now)}`,
    hint: 'look at the clock of this machine, and at that row',
  };
}

/** A step that was judged. */
export interface JudgedStep {
  turn: Turn;
  verdict: Verdict;
  /** The time of its row. */
  at: number;
}

export interface RowFacts {
  kind: TransitionKind;
  from: string;
  to: string;
  at: Instant;
  /** `sha256:` digest of the verdict that granted it. */
  verdict?: string;
  reason: string | undefined;
}

export function cellsOf(
  { redact }: Pick<Ground, 'redact'>,
  { kind, from, to, at, verdict, reason }: RowFacts,
): Readonly<Record<TransitionColumn, string>> {
  return {
    'Timestamp (UTC)': formatInstant(at),
    Kind: kind,
    From: from,
    To: to,
    Decision: verdict === undefined ? '' : 'go',
    Verdict: verdict ?? '',
    Reason: redact(reason ?? ''),
  };
}

/** What every report of a step says. */
export function baseReport(
  { loaded, request, phase, redact }: Ground,
  { kind, from, to, at }: Pick<RowFacts, 'kind' | 'from' | 'to' | 'at'>,
): Omit<TransitionReport, 'how' | 'flags'> {
  const { name, title, path, timezone } = loaded.policy;
  const { dryRun, reason } = request;
  return {
    transition: kind,
    policy: { name, title, path, timezone },
    ...{ from, to, at: formatInstant(at), dryRun, commit: [] },
    pins: Object.entries(phase?.pins ?? {}).map(([pin, value]) => ({ path: pin, value: String(value) })),
    ...(reason === undefined ? {} : { reason: redact(reason) }),
  };
}

/** Files to be committed together. An env file is one of them only where git keeps it already: it may hold secrets. */
export function filesToCommit(
  { loaded: { root } }: Pick<Ground, 'loaded'>,
  own: readonly string[],
  flagFile: string | undefined,
): readonly string[] {
  const repository = findRepository(root);
  if (!repository) return [];
  const prefix = prefixOf(repository, root) ?? '';
  const inTop = (path: string) => (prefix === '' ? path : `${prefix}/${path}`);
  const isKept = flagFile !== undefined && lastChange(repository.topLevel, inTop(flagFile))?.tracked === true;
  return isKept ? [...own, flagFile] : own;
}
