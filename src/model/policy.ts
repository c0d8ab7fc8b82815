import type { Duration, Instant } from './instant.ts';
import type { Json } from './json.ts';
import type { Severity } from './outcome.ts';
import type { Place } from './problem.ts';

/**
 * A policy as the evaluator takes it: validated, durations in milliseconds, inputs replaced, every rule with its place.
 * The YAML form is `schemas/policy.schema.json`; names here are the same names.
 */
export interface Policy {
  path: string;
  /** `sha256:` over the bytes of the file. */
  digest: string;
  name: string;
  title: string;
  version: string;
  owner: string;
  description?: string;
  appliesTo: readonly string[];
  /** IANA name. Calendar days are counted here. */
  timezone: string;
  inputs: readonly InputValue[];
  /** By id, in the order of the file. */
  evidence: Readonly<Record<string, EvidenceSpec>>;
  preflight?: readonly Rule[];
  monitors?: readonly Rule[];
  phases?: readonly Phase[];
  exit?: readonly Rule[];
  /** Times in which no phase is entered and the rollout does not end. */
  freeze?: readonly FreezeWindow[];
  records: Readonly<Record<string, RecordSpec>>;
  transitions?: { path: string };
  reports: Readonly<Record<string, ReportSpec>>;
  waivers?: string;
}

export interface InputValue {
  name: string;
  type: 'duration' | 'number' | 'string' | 'boolean';
  /** As written: durations as text (`24h`). */
  value: string | number | boolean;
  origin: 'default' | 'option';
}

/** A time in which nothing advances: once, or again and again. */
export type FreezeWindow = FreezeOnce | RecurringFreeze;

/** From `from` until just before `until`. */
export interface FreezeOnce {
  kind: 'once';
  at: Place;
  from: Instant;
  until: Instant;
  reason: string;
}

export interface RecurringFreeze {
  kind: 'recurring';
  at: Place;
  /** The local time of the policy's zone at which it begins for the first time; its fields taken as UTC. */
  first: number;
  /** The days on which it begins, by RFC 5545. */
  rrule: string;
  /** How long each lasts, in elapsed time. */
  for: Duration;
  reason: string;
}

export interface Phase {
  id: string;
  title: string;
  at: Place;
  /** Evidence path (`flags.AUTH_MODE`) to the value that this phase has. */
  pins: Readonly<Record<string, string | number | boolean>>;
  /** How long the phase may be in force. */
  deadline?: Duration;
  entry?: readonly Rule[];
  monitors?: readonly Rule[];
}

export interface Rule {
  id: string;
  title: string;
  severity: Severity;
  at: Place;
  check: Check;
  /** JSON Logic; false makes the rule not applicable, unknown makes it unknown. */
  when?: Json;
  allowEmpty: boolean;
  rationale?: string;
  remediation?: string;
  controls: readonly string[];
  source?: string;
}

export type Check =
  | { kind: 'expect'; paths: Readonly<Record<string, Matcher>> }
  | { kind: 'assert'; logic: Json }
  | { kind: 'passes'; of: string }
  | StreakCheck
  | SoakCheck
  | QuietCheck
  | MetricCheck
  | DocumentCheck
  | { kind: 'all'; checks: readonly Check[] }
  | { kind: 'any'; checks: readonly Check[] }
  | { kind: 'not'; check: Check };

export type CheckKind = Check['kind'];

export type Scalar = string | number | boolean;

/** One demand on one value. `set` and literals are written plainly; everything else is an object with one key. */
export type Matcher =
  | { is: 'set' }
  | { is: 'equals'; value: Scalar }
  | { is: 'oneOf'; values: readonly Scalar[] }
  | { is: 'atLeast'; bound: number }
  | { is: 'atMost'; bound: number }
  | { is: 'between'; low: number; high: number }
  | { is: 'matches'; pattern: string }
  | { is: 'contains'; text: string }
  | { is: 'startsWith'; text: string }
  /** Instants as RFC 3339 text. */
  | { is: 'before'; instant: string }
  | { is: 'after'; instant: string }
  /** A range in the syntax of npm's semver. */
  | { is: 'version'; range: string }
  | { is: 'format'; format: Format }
  | { is: 'not'; matcher: Matcher };

export type Format =
  | 'uri'
  | 'https-uri'
  | 'hostname'
  | 'email'
  | 'uuid'
  | 'sha256'
  | 'git-commit'
  | 'date'
  | 'date-time'
  | 'semver';

/** A log, optionally restricted to a named view: `smoke` or `smoke.strict`. */
export interface LogRef {
  log: string;
  view?: string;
}

export interface StreakCheck {
  kind: 'streak';
  of: LogRef;
  /** A phase id, or `in-force`: the phase that the transition log has in force at the row's time. */
  phase?: string;
  per: 'day' | 'record' | 'hour' | 'week';
  where?: Json;
  good?: Json;
  atLeast: number;
  /** `per: record` only. */
  minGap?: Duration;
  maxGap?: Duration;
  /** Pin path to column, where a column's name is not the last segment of the path. */
  columns: Readonly<Record<string, string>>;
}

export interface SoakCheck {
  kind: 'soak';
  of: LogRef;
  phase: string;
  for: Duration;
  maxGap: Duration;
  where?: Json;
  breach?: Json;
  columns: Readonly<Record<string, string>>;
}

export interface QuietCheck {
  kind: 'quiet';
  of: LogRef;
  within: Duration;
  /** Which rows are incidents; every row if left out. */
  incident?: Json;
  heartbeat: LogRef;
  maxGap: Duration;
}

export type MetricBound = number | { times: number; baseline: Duration; floor: number };

export interface MetricCheck {
  kind: 'metric';
  of: string;
  within: Duration;
  /**
   * `max`, `min`, `avg`, `last`, `sum`, `count` or `pNN` (nearest rank); or `each`: every sample is held against the
   * bound, a number, by itself.
   */
  stat: string;
  bound: { is: 'atMost' | 'atLeast'; value: MetricBound };
  /** 0 < c <= 1. */
  minCoverage: number;
  /** `stat: each` only: so many samples of the window may break the bound; 0 if left out. */
  failureLimit?: number;
  /** `stat: each` only: so many of the newest samples must keep the bound, one right after the other. */
  consecutiveSuccessLimit?: number;
}

export interface DocumentCheck {
  kind: 'document';
  of: string;
  /** Headings whose sections must hold text. */
  sections: readonly string[];
  /** Names of fields that must hold text. */
  fields: readonly string[];
  /** Every task is ticked, and there is one. */
  tasksDone: boolean;
  /** Name of a field that holds a date between the phase's start and now. */
  date?: string;
}

export type ValueType = 'string' | 'number' | 'boolean' | 'time' | 'version';

export interface VariableSpec {
  type: ValueType;
  oneOf?: readonly string[];
  format?: Format;
  secret: boolean;
  show: boolean;
  placeholderAllowed: boolean;
}

export type ColumnSpec = { type: ValueType; oneOf?: readonly string[] };

export interface EvidenceBase {
  at: Place;
  bind?: 'commit';
  maxAge?: Duration;
  branch?: string;
  description?: string;
}

export type EvidenceSpec = EvidenceBase & KindSpec;

export type KindSpec =
  | { kind: 'env'; variables: Readonly<Record<string, VariableSpec>> }
  | { kind: 'dotenv'; path: string; variables: Readonly<Record<string, VariableSpec>> }
  | CommandSpec
  | LogSpec
  /** `time` names the field that tells when the document was written: its age counts from there. */
  | { kind: 'document'; path: string; time?: string }
  | FileSpec
  | { kind: 'junit' | 'ctrf' | 'sarif'; path: string }
  | { kind: 'git' }
  | PrometheusSpec
  | HttpSpec
  | MetricsTextSpec
  | { kind: 'github-checks' | 'attestation'; settings: Json };

export interface CommandSpec {
  kind: 'command';
  run: readonly string[];
  /** Relative to the root. */
  cwd?: string;
  timeout: Duration;
  results?: { format: 'junit' | 'ctrf' | 'sarif'; path: string };
  protects: readonly string[];
  output: 'text' | 'json';
  /** Names of further variables that the command may see. */
  env: readonly string[];
  serial: boolean;
}

export interface LogSpec {
  kind: 'log';
  /** With `{yyyy}`, `{MM}`, `{dd}`: all files that match are one series. */
  path: string;
  /** The heading over the table. */
  table: string;
  time: { column: string; zone?: string; kind: 'instant' | 'date' };
  columns: Readonly<Record<string, ColumnSpec>>;
  /** By name: JSON Logic over a row. */
  views: Readonly<Record<string, Json>>;
  order: 'oldest-first' | 'newest-first';
  dated: 'required' | 'optional';
  tolerance: Duration;
}

export interface FileSpec {
  kind: 'file';
  path: string;
  format: 'json' | 'yaml' | 'toml' | 'text';
  /** RFC 6901, for json, yaml and toml. */
  pointer?: string;
  /** RE2 with exactly one capture, for text. */
  pattern?: string;
  type: ValueType;
  oneOf?: readonly string[];
}

/** A text of the policy, or the environment variable that holds it. */
export type Named = { is: 'text'; text: string } | { is: 'variable'; name: string };

/** How a server is asked. Secrets are named by the variables that hold them. */
export interface ServerSpec {
  url: Named;
  /** Variable with a bearer token. */
  token?: string;
  /** `password` is a variable. */
  basic?: { user: Named; password: string };
  /** Name of a header to the variable with its value. */
  headers: Readonly<Record<string, string>>;
  tls?: TlsSpec;
  /** For everything together: retries, redirects, the whole answer. */
  timeout: Duration;
  /** How often at most a request is repeated. */
  retries: number;
}

/** Files are PEM: paths in the root, or anywhere where a variable names them. */
export interface TlsSpec {
  /** Authorities that count instead of those of the machine. */
  ca?: Named;
  certificate?: Named;
  key?: Named;
  /** The name that the certificate has to be for, where it is not that of the URL. */
  serverName?: string;
}

/** How several series become one: instant by instant. */
export type Reducer = 'sum' | 'max' | 'min' | 'avg';

export interface PrometheusSpec {
  kind: 'prometheus';
  server: ServerSpec;
  step: Duration;
  query: string;
  /** Only the value of now is asked for. */
  instant: boolean;
  reduce?: Reducer;
}

/** JSON Pointers: to the list of samples, and inside of each to its time and its value. */
export interface HttpSpec {
  kind: 'http';
  server: ServerSpec;
  step: Duration;
  samples: string;
  time: string;
  value: string;
}

/** Comes from a server or from a file; the checks of a policy see to it that it is one of them. */
export interface MetricsTextSpec {
  kind: 'metrics-text';
  server?: ServerSpec;
  path?: string;
  step: Duration;
  name: string;
  labels: Readonly<Record<string, string>>;
  reduce?: Reducer;
}

/** What `soakgate record` writes. */
export interface RecordSpec {
  log: string;
  /** Evidence ids that `passes` may read. */
  checks: readonly string[];
  /** Column to `$now`, `$result`, `$summary`, `$input`, or an evidence path. */
  cells: Readonly<Record<string, string>>;
}

export interface ReportSpec {
  format: string;
  path: string;
}

/** A dated, approved, expiring exception (semantics section 10). */
export interface Waiver {
  id: string;
  path: string;
  at: Place;
  policy: string;
  rule: string;
  outcomes: readonly ('fail' | 'unknown' | 'pending')[];
  owner: string;
  approver: string;
  reason: string;
  /** Instants; a bare date is the start of that day in the policy's zone. */
  from: number;
  expires: number;
  /** Environment that the waiver is limited to. */
  environment?: string;
}
