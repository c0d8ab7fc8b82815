import { resolve } from 'node:path';
import { loadPolicy } from '../analyze/load.ts';
import { sha256 } from '../collect/digest.ts';
import { type Collection, type CollectOptions, collectEvidence as collectFor } from '../collect/index.ts';
import { evaluate as evaluateAt } from '../evaluate/evaluate.ts';
import type { Evaluation } from '../evaluate/judged.ts';
import { treeWorkspace } from '../files/tree.ts';
import { version } from '../generated/version.js';
import type { Policy } from '../model/policy.ts';
import { ok, type Result } from '../model/problem.ts';
import type { Verdict } from '../model/verdict.ts';

export interface ParseOptions {
  /** As it stands in verdicts and problems; relative to the root, with `/`. */
  path?: string;
  /** Values of inputs, as text. */
  inputs?: Readonly<Record<string, string>>;
}

/**
 * Reads a policy from YAML 1.2 text of at most 64 kB.
 * @returns the policy, or every problem of the text with its place and a hint; never throws for what the text says
 */
export function parsePolicy(
  text: string,
  { path = 'policy.yaml', inputs = {} }: ParseOptions = {},
): Result<Policy> {
  const loaded = loadPolicy(text, { path, digest: () => sha256(text), inputs });
  return loaded.ok ? ok(loaded.value.policy) : loaded;
}

export interface LibraryCollectOptions
  extends Pick<
    CollectOptions,
    'envFiles' | 'evidenceFiles' | 'environment' | 'at' | 'onProgress' | 'signal'
  > {
  /** Where evidence paths start; default: the working folder of the process. */
  root?: string;
  /** Default: the environment of the process. */
  env?: Readonly<Record<string, string | undefined>>;
  /** Whether the policy's commands may run; default: no. */
  run?: boolean;
}

/**
 * Collects what the policy declares as evidence from a working tree. What cannot be seen is absent evidence with its
 * reason; only a file of the options that cannot be read is a problem.
 */
export function collectEvidence(
  policy: Policy,
  options: LibraryCollectOptions = {},
): Promise<Result<Collection>> {
  const { root: folder = '.', env = process.env, run = false, ...rest } = options;
  const root = resolve(folder);
  return collectFor(policy, {
    ...rest,
    root,
    cwd: root,
    env,
    run,
    workspace: treeWorkspace(root),
    clock: Date.now,
  });
}

/**
 * Holds evidence against a policy at one instant. Pure: the same input gives the same verdict, byte for byte.
 * @returns the verdict, or a problem for each gate name that the policy cannot have
 */
export function evaluate(input: Omit<Evaluation, 'version'>): Result<Verdict> {
  return evaluateAt({ ...input, version });
}
