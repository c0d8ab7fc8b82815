import { resolve } from 'node:path';
import type { Evidence, EvidenceFile, Subject } from '../model/evidence.ts';
import type { Instant } from '../model/instant.ts';
import type { CommandSpec, EvidenceSpec, Policy } from '../model/policy.ts';
import { compareText, ok, type Result } from '../model/problem.ts';
import type { Progress } from '../model/progress.ts';
import type { Workspace } from '../files/workspace.ts';
import type { CollectContext, Collected } from './collector.ts';
import { collectOne } from './collectors.ts';
import { finish } from './finish.ts';
import { viewGit } from './gitView.ts';
import { ownFileMatcher } from './ownFiles.ts';
import { redactorOf } from './redactor.ts';
import { gatherSecrets } from './secrets.ts';
import { settle } from './settle.ts';
import { type EnvFile, gatherVariables, readEnvFiles, shownPath } from './variables.ts';

export interface CollectOptions {
  workspace: Workspace;
  /** Absolute path of the root, where commands run and git is asked. */
  root: string;
  /** What paths given by the user are relative to. */
  cwd: string;
  env: Readonly<Record<string, string | undefined>>;
  /** Files given by `--env-file`. They win over `env`, a later one over an earlier. */
  envFiles?: readonly string[];
  /** Files given by `--evidence`. */
  evidenceFiles?: readonly string[];
  /** Files that this run writes: they do not make the tree dirty. */
  outputFiles?: readonly string[];
  /** Whether the policy's commands may run. */
  run: boolean;
  clock(): Instant;
  /** Looks back at an instant. */
  at?: Instant;
  environment?: string;
  /** The commit whose files `workspace` holds, where it is not the working tree. */
  commit?: string;
  /** Ids of evidence to collect; all if left out. */
  only?: ReadonlySet<string>;
  /** Most commands at once; by default as many as there are processors. */
  parallel?: number;
  onProgress?(event: Progress): void;
  signal?: AbortSignal;
}

export interface Collection {
  /** Sorted by id. */
  evidence: readonly Evidence[];
  subject: Subject;
  /** The instant at which all collection had ended. */
  collectedAt: Instant;
}

/**
 * Collects the evidence that a policy declares. A file of the command line that cannot be read is a problem; evidence
 * that cannot be read is absent, with its reason. Nothing but the policy's commands is run, and those only with `run`.
 */
export async function collectEvidence(policy: Policy, options: CollectOptions): Promise<Result<Collection>> {
  const envFiles = readEnvFiles(options.envFiles ?? [], options);
  const imports = await readImports(options);
  if (!envFiles.ok || !imports.ok) {
    return {
      ok: false,
      problems: [...(envFiles.ok ? [] : envFiles.problems), ...(imports.ok ? [] : imports.problems)],
    };
  }
  const context = createContext(policy, options, envFiles.value);
  const wanted = Object.entries(policy.evidence).filter(([id]) => options.only?.has(id) ?? true);
  const collected = await collectAll(wanted, context, options);
  const transitions = await collectTransitions(context);
  const collectedAt = options.clock();
  const live = [...collected.map((one) => settle(one, context)), ...transitions];
  const evidence: Evidence[] = [];
  for (const item of live) {
    const spec = policy.evidence[item.id];
    evidence.push(
      spec
        ? await finish(item, spec, { context, imports: imports.value, instant: options.at ?? collectedAt })
        : item,
    );
  }
  evidence.sort((a, b) => compareText(a.id, b.id));
  return ok({ evidence, subject: context.git.subject, collectedAt });
}

async function readImports({
  evidenceFiles = [],
  cwd,
}: CollectOptions): Promise<Result<readonly EvidenceFile[]>> {
  if (evidenceFiles.length === 0) return ok([]);
  return (await import('./readEvidenceFiles.ts')).readEvidenceFiles(evidenceFiles, cwd);
}

/** What collectors look at; nothing is collected yet. */
export function createContext(
  policy: Policy,
  options: CollectOptions,
  envFiles: readonly EnvFile[],
): CollectContext {
  const { workspace, root, cwd, env, clock, at, environment, commit } = options;
  const named = [...(options.evidenceFiles ?? []), ...(options.outputFiles ?? [])];
  const isOwn = ownFileMatcher(
    policy,
    named.map((path) => shownPath(resolve(cwd, path), root)),
  );
  const past = at === undefined ? {} : { at };
  const secrets = gatherSecrets({ policy, env, envFiles, workspace });
  return {
    policy,
    workspace,
    root,
    variables: gatherVariables(env, envFiles, workspace),
    redactor: redactorOf(secrets),
    hasSecrets: secrets.length > 0,
    git: viewGit({
      root,
      env,
      isOwn,
      ...past,
      ...(environment === undefined ? {} : { environment }),
      ...(commit === undefined ? {} : { commit }),
    }),
    now: clock,
    ...past,
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  };
}

interface Gathered {
  id: string;
  spec: EvidenceSpec;
  collected: Collected;
  readAt: Instant;
}

/**
 * Commands first, as one batch; then servers, several at once, since they are waited for; then all else, so that files
 * are read as near to the instant as can be.
 */
async function collectAll(
  wanted: readonly (readonly [string, EvidenceSpec])[],
  context: CollectContext,
  options: CollectOptions,
): Promise<readonly Gathered[]> {
  const commands = wanted.flatMap(([id, spec]) => (spec.kind === 'command' ? [{ id, spec }] : []));
  const results = await runAll(commands, context, options);
  const answers = await askServers(wanted, context);
  const gathered: Gathered[] = [];
  for (const [id, spec] of wanted) {
    const answer = answers.get(id);
    const collected = results.get(id) ?? answer?.collected ?? (await collectOne(id, spec, context));
    const madeAt = collected.ok && spec.kind === 'command' ? collected.madeAt : undefined;
    gathered.push({ id, spec, collected, readAt: madeAt ?? answer?.readAt ?? context.now() });
  }
  return gathered;
}

/** Requests that are on their way at once. */
const mostRequests = 8;

async function askServers(
  wanted: readonly (readonly [string, EvidenceSpec])[],
  context: CollectContext,
): Promise<ReadonlyMap<string, { collected: Collected; readAt: Instant }>> {
  const waiting = wanted.filter(([, spec]) => 'server' in spec);
  const answers = new Map<string, { collected: Collected; readAt: Instant }>();
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const collected = await collectOne(next[0], next[1], context);
      answers.set(next[0], { collected, readAt: context.now() });
    }
  };
  await Promise.all(Array.from({ length: Math.min(mostRequests, waiting.length) }, work));
  return answers;
}

async function runAll(
  commands: readonly { id: string; spec: CommandSpec & EvidenceSpec }[],
  context: CollectContext,
  options: CollectOptions,
): Promise<ReadonlyMap<string, Collected>> {
  if (!options.run || options.at !== undefined || commands.length === 0) return new Map();
  // What the tree was when the commands began is what they are about; what they write comes after.
  if (commands.some(({ spec }) => spec.bind === 'commit')) context.git.changes();
  const { runAll: run } = await import('./commands.ts');
  return run(commands, context, {
    ...(options.parallel === undefined ? {} : { parallel: options.parallel }),
    baseEnv: options.env,
    onProgress: options.onProgress ?? (() => undefined),
    signal: options.signal ?? new AbortController().signal,
  });
}

/** The transition log is evidence of every policy that names one. */
async function collectTransitions(context: CollectContext): Promise<readonly Evidence[]> {
  if (!context.policy.transitions) return [];
  const { collectTransitions: collect } = await import('./transitions.ts');
  return [await collect(context.policy.transitions.path, context)];
}
