import type { Baseline } from './baseline.ts';
import type { Duration, Instant } from './instant.ts';
import type { Json } from './json.ts';
import type { LogContent } from './log.ts';
import type { ReasonCode } from './reasons.ts';

export type EvidenceKind =
  | 'env'
  | 'dotenv'
  | 'command'
  | 'log'
  | 'document'
  | 'file'
  | 'junit'
  | 'ctrf'
  | 'sarif'
  | 'git'
  | 'prometheus'
  | 'http'
  | 'metrics-text'
  | 'github-checks'
  | 'attestation'
  | 'transitions';

/** Where evidence came from. Paths are relative to the root, with `/`. */
export interface Source {
  path?: string;
  line?: number;
  command?: readonly string[];
  query?: string;
}

/** What evidence is about. */
export interface Subject {
  repository?: string;
  /** Full hexadecimal commit name. */
  commit?: string;
  branch?: string;
  environment?: string;
}

/** Something wrong with evidence itself; the log or file it stands in may still be readable. */
export interface Finding {
  code: ReasonCode;
  message: string;
  evidence: string;
  path?: string;
  line?: number;
}

interface Item {
  id: string;
  kind: EvidenceKind;
  collectedAt: Instant;
  source: Source;
  subject?: Subject;
  findings: readonly Finding[];
}

/** Evidence that a collector saw. */
export interface Observed extends Item {
  status: 'observed';
  origin: 'live' | 'imported';
  content: Content;
  /** `sha256:` over the RFC 8785 form of the content; no secret takes part in it. */
  digest: string;
}

/** Evidence that a collector could not see, with the named reason why. */
export interface Absent extends Item {
  status: 'absent';
  code: ReasonCode;
  message: string;
}

export type Evidence = Observed | Absent;

export type Content =
  | VariablesContent
  | CommandContent
  | TestsContent
  | LogContent
  | DocumentContent
  | ValueContent
  | TransitionsContent
  | GitContent
  | SamplesContent;

/** `env` and `dotenv`: every declared variable has an entry. */
export interface VariablesContent {
  type: 'variables';
  variables: Readonly<Record<string, Variable>>;
}

/**
 * One declared variable. Values are kept only for variables with `oneOf` or `show: true` (R22); of all others only
 * presence and whether the declared format holds.
 */
export type Variable =
  | { state: 'value'; value: string | number | boolean; line?: number }
  | { state: 'present'; format?: 'holds' | 'broken'; length: 'short' | 'medium' | 'long'; line?: number }
  | { state: 'unset'; code: 'env.unset' | 'env.blank' | 'env.placeholder'; line?: number }
  | { state: 'ill-typed'; expected: string; line?: number };

/** A command that ran to its end by itself. Killed, timed out or flooding commands are absent evidence. */
export interface CommandContent {
  type: 'command';
  argv: readonly string[];
  exitCode: number;
  /** Whole seconds, rounded up. */
  seconds: number;
  /** Kept tail of the output, redacted. */
  stdout: string;
  stderr: string;
  /** Parsed standard output where `output: json` is declared. */
  json?: Json;
  /** Results written by this very run where `results:` is declared. */
  tests?: TestResults | { missing: ReasonCode; message: string };
}

export interface TestsContent {
  type: 'tests';
  tests: TestResults;
}

/** Counts of one test-result file. `passed + failed + skipped = total`; errors count as failed. */
export interface TestResults {
  format: 'junit' | 'ctrf' | 'sarif';
  path: string;
  total: number;
  passed: number;
  failed: number;
  skipped: number;
  /** Names of the first failures (at most 20), redacted. */
  failures: readonly string[];
}

/** A Markdown document read for its fields, sections and task lists. */
export interface DocumentContent {
  type: 'document';
  path: string;
  /** Header lines `Key: value` and front matter, by name. */
  fields: Readonly<Record<string, { text: string; line: number }>>;
  /** By heading text; `text` is the plain text up to the next heading of the same or a higher level. */
  sections: Readonly<Record<string, { text: string; line: number }>>;
  tasks: { open: readonly number[]; done: readonly number[] };
}

/** `file`: the value at the pointer or the capture of the pattern. */
export interface ValueContent {
  type: 'value';
  value: Json;
  line?: number;
}

export interface GitContent {
  type: 'git';
  commit: string;
  branch?: string;
  dirty: boolean;
  committedAt: Instant;
}

/**
 * `prometheus`, `http`, `metrics-text`: the samples of one series over the span that the policy's rules need. A source
 * that tells only what is now (`metrics-text`) gives one sample.
 */
export interface SamplesContent {
  type: 'samples';
  /** Distance at which samples are due. */
  step: Duration;
  /** The span that was asked for: samples at `from` and at `to` belong to it. */
  from: Instant;
  to: Instant;
  /** In time order, no time twice. A sample without a value was no finite number (NaN, infinity). */
  samples: readonly { time: Instant; value?: number }[];
}

/** The transition log with the verdicts stored beside it (semantics section 4). */
export interface TransitionsContent {
  type: 'transitions';
  path: string;
  rows: readonly TransitionRow[];
}

/** `from` and `to` are phase ids; `to` is `done` for the row that ends the rollout. */
export interface TransitionRow {
  path: string;
  line: number;
  time: Instant;
  kind: 'advance' | 'rollback' | 'done';
  from: string;
  to: string;
  decision: string;
  /** `sha256:` digest of the stored verdict file; empty for a rollback. */
  verdict: string;
  reason: string;
  /** Absent if the row can be trusted. */
  untrusted?: ReasonCode;
  /** What the stored verdict keeps for the monitors of the phase that was entered; of a trusted row only. */
  baselines?: readonly Baseline[];
}

/**
 * Evidence as `collect --output` writes it and `--evidence` reads it (`schemas/evidence.schema.json`). Instants are
 * RFC 3339 text. Logs and the transition log are never in it: they are files of the tree and are read where they are
 * judged.
 */
export interface EvidenceFile {
  apiVersion: 'soakgate/v1';
  kind: 'Evidence';
  tool: { name: 'soakgate'; version: string };
  policy: { name: string; digest: string };
  subject: Subject;
  collectedAt: string;
  /** Sorted by id. */
  evidence: readonly EvidenceFileItem[];
}

export type EvidenceFileItem =
  | (Omit<Observed, 'collectedAt'> & { collectedAt: string })
  | (Omit<Absent, 'collectedAt'> & { collectedAt: string });
