import type { Content, Finding, Source } from '../model/evidence.ts';
import type { Instant } from '../model/instant.ts';
import type { EvidenceBase, KindSpec, Policy } from '../model/policy.ts';
import type { ReasonCode } from '../model/reasons.ts';
import type { FileFailure, Workspace } from '../files/workspace.ts';
import type { GitView } from './gitView.ts';
import type { Samples } from './samples.ts';
import type { Redactor } from './redact.ts';

/** What a collector may look at. */
export interface CollectContext {
  policy: Policy;
  workspace: Workspace;
  /** Absolute path of the root. */
  root: string;
  variables: Variables;
  /** When looking back: the instant looked at. */
  at?: Instant;
  now(): Instant;
  redactor: Redactor;
  /** False if there is nothing to redact. */
  hasSecrets: boolean;
  git: GitView;
  /** Ends requests that are still on their way. */
  signal?: AbortSignal;
}

/** Environment variables as the gate sees them: those of the process, and over them those of `--env-file`. */
export interface Variables {
  get(name: string): { value: string; line?: number } | undefined;
  /** The example files that belong to the environment, read when they are first asked for. */
  samples(): Samples;
  /** The one `--env-file`, if there is one alone; lines are lines of it. */
  path?: string;
  findings: readonly Omit<Finding, 'evidence'>[];
}

/** What a collector saw, or the named reason why it could not. */
export type Collected = Seen | Unseen;

export interface Seen {
  ok: true;
  content: Content;
  source: Source;
  findings: readonly Omit<Finding, 'evidence'>[];
  /** When the evidence was made, where it is older than its reading; ages count from here. */
  madeAt?: Instant;
  /** The commit that the evidence itself names. */
  commit?: string;
}

export interface Unseen {
  ok: false;
  code: ReasonCode;
  message: string;
  source: Source;
  findings?: readonly Omit<Finding, 'evidence'>[];
}

/** The specification of a kind; some kinds share one. */
export type SpecOf<K extends KindSpec['kind']> = EvidenceBase & MemberOf<KindSpec, K> & { kind: K };

type MemberOf<S, K> = S extends { kind: infer Kinds } ? (K extends Kinds ? S : never) : never;

export type Collector<K extends KindSpec['kind']> = (
  spec: SpecOf<K>,
  context: CollectContext,
  id: string,
) => Collected | Promise<Collected>;

export function unseen(code: ReasonCode, message: string, source: Source = {}): Unseen {
  return { ok: false, code, message, source };
}

export function unreadable(failure: FileFailure, path: string): Unseen {
  return { ok: false, code: failure.code, message: failure.message, source: { path } };
}
