import type { Baseline } from './baseline.ts';
import type { EvidenceKind, Subject } from './evidence.ts';
import type { Json } from './json.ts';
import type { CheckOutcome, Decision, Outcome, Severity } from './outcome.ts';
import type { Scalar } from './policy.ts';
import type { Place } from './problem.ts';
import type { ReasonCode } from './reasons.ts';

/**
 * The verdict as it is written (`schemas/verdict.schema.json`, spec section 8 and semantics section 11). Instants are
 * RFC 3339 text in whole seconds; paths are relative to the root with `/`; absent keys, no nulls. Readers ignore
 * fields they do not know.
 */
export interface Verdict {
  apiVersion: 'soakgate/v1';
  kind: 'Verdict';
  tool: { name: 'soakgate'; version: string };
  policy: {
    name: string;
    title: string;
    version: string;
    owner: string;
    timezone: string;
    digest: string;
    path: string;
    revision?: string;
  };
  subject: Subject & { artifacts: readonly { name: string; digest: string }[] };
  evaluatedAt: string;
  evidenceMode: 'live' | 'imported' | 'as-of';
  /** Whether rows of logs were dated by git. */
  dated: 'no' | 'yes';
  decision: Decision;
  /** One sentence: what decided. */
  message: string;
  /** Greatest over the open deciding `error` rules; absent if one of them has none. */
  earliest?: string;
  validUntil: string;
  /** Version of the time-zone data, unless the zone is UTC. */
  tzdata?: string;
  phase?: PhaseReport;
  inputs: readonly { name: string; value: string | number | boolean; origin: 'default' | 'option' }[];
  gates: readonly GateReport[];
  evidence: readonly EvidenceReport[];
  waivers: readonly WaiverReport[];
  findings: readonly FindingReport[];
  /** In the verdict of a transition into a phase: what its monitors compare with. */
  baselines?: readonly Baseline[];
}

export interface PhaseReport {
  /** A phase id, `unknown`, or `done`. */
  current: string;
  next?: string;
  since?: string;
  /** Names of flags that are unset or do not fit the phase in force by the transition log. */
  drift: readonly string[];
  /** The same flags with what they are; absent without any. */
  differs?: readonly Differs[];
  road: readonly {
    id: string;
    title: string;
    state: 'past' | 'current' | 'ahead';
    enteredAt?: string;
    by?: string;
  }[];
}

/** A flag that does not fit the phase in force by the transition log. */
export interface Differs {
  path: string;
  /** Absent if that phase does not pin it. */
  pinned?: Scalar;
  /** Absent if it is not set or cannot be read. */
  found?: Scalar;
}

export interface GateReport {
  /** `preflight`, `phase`, `monitors`, `monitors:ID`, `entry:ID`, `exit`. */
  id: string;
  role: 'decides' | 'outlook';
  decision: Decision;
  earliest?: string;
  /** Ids of open `error` rules that have no `earliest`. */
  alsoNeeds: readonly string[];
  /** Phases that must be passed before this gate's turn comes. */
  after?: readonly string[];
  rules: readonly RuleReport[];
}

export interface RuleReport {
  id: string;
  title: string;
  severity: Severity;
  outcome: Outcome;
  code: ReasonCode;
  message: string;
  /** The check in one sentence. */
  demand: string;
  /** What to do next; absent for pass and not-applicable. */
  todo?: string;
  observed?: Json;
  required?: Json;
  /** Unit of observed and required: `seconds`, `days`, `records`, `weeks`, `hours`. */
  unit?: string;
  earliest?: string;
  at: Place;
  cites: readonly Citation[];
  rationale?: string;
  remediation?: string;
  controls?: readonly string[];
  source?: string;
  detail?: Detail;
  waiver?: { id: string; outcome: CheckOutcome; code: ReasonCode; expires: string };
  /** Parts of `all`, `any` and `not`, in the order of the policy. */
  parts?: readonly PartReport[];
}

export interface PartReport {
  demand: string;
  outcome: CheckOutcome;
  code: ReasonCode;
  message: string;
  observed?: Json;
  required?: Json;
  unit?: string;
  earliest?: string;
  cites: readonly Citation[];
  /** Of metrics, so that each can be drawn. */
  detail?: Detail;
}

/** A place in the evidence that decided. */
export interface Citation {
  evidence: string;
  path?: string;
  line?: number;
  command?: readonly string[];
  query?: string;
  digest?: string;
}

/** Bounded data to draw a rule from the verdict alone. */
export interface Detail {
  /** Days of a streak, oldest first, at most 100. */
  days?: readonly { day: string; state: 'good' | 'bad' | 'missing' | 'untrusted' | 'today'; line?: number }[];
  /** Observed spans of a soak, oldest first, at most 50. */
  spans?: readonly { from: string; to: string; ended?: ReasonCode }[];
  /** Samples of a metric, oldest first, at most 300. */
  series?: readonly { at: string; value: number }[];
  bound?: number;
}

export interface EvidenceReport {
  id: string;
  kind: EvidenceKind;
  status: 'observed' | 'absent';
  origin?: 'live' | 'imported';
  code?: ReasonCode;
  message?: string;
  collectedAt?: string;
  digest?: string;
  path?: string;
  command?: readonly string[];
}

export interface WaiverReport {
  id: string;
  rule: string;
  path: string;
  owner: string;
  approver: string;
  reason: string;
  from: string;
  expires: string;
  state: 'used' | 'unused' | 'expired' | 'not-yet';
}

export interface FindingReport {
  code: ReasonCode;
  message: string;
  evidence: string;
  path?: string;
  line?: number;
}
