import type { Json } from './json.ts';
import type { Place } from './problem.ts';
import type { ReasonCode } from './reasons.ts';
import type { Citation, EvidenceReport, RuleReport, Verdict } from './verdict.ts';

/** What `soakgate explain` tells: a rule in words with its last outcome, or the meaning of a code. */
export type Explanation = RuleExplanation | CodeExplanation;

export interface RuleExplanation {
  apiVersion: 'soakgate/v1';
  kind: 'Explanation';
  of: 'rule';
  policy: Pick<Verdict['policy'], 'name' | 'title' | 'version' | 'timezone' | 'path'>;
  evaluatedAt: string;
  evidenceMode: Verdict['evidenceMode'];
  gate: {
    id: string;
    /** When the gate counts, in words. */
    means: string;
    /** What it does in a bare `check` now; `aside`: it takes no part. */
    role: 'decides' | 'outlook' | 'aside';
    after?: readonly string[];
  };
  rule: RuleReport;
  /** The condition of the rule in words. */
  when?: string;
  /** What makes a pass end or come later, in words. */
  resets: readonly string[];
  predicates: readonly PredicateReport[];
  sources: readonly SourceReport[];
}

/** One predicate that holds no other, and the values it saw. */
export interface PredicateReport {
  /** What it is part of: `when`, `assert`, `expect`, `document`, `metric`; of rows `where`, `view`, `good`, `breach`, `incident`. */
  of: string;
  /** Number of the part in `all`, `any` and `not`, from 1; `2.1` is the first part of the second. */
  part?: string;
  says: string;
  result: 'true' | 'false' | 'unknown';
  /** The row that it was asked of. */
  row?: Citation;
  reads: readonly ReadReport[];
}

/** What a path gave. Secrets are never in it: their collector does not keep them. */
export interface ReadReport {
  path: string;
  /** A primitive value, or the number of elements of a list. */
  value?: Json;
  elements?: number;
  /** Why there is no value. */
  unknown?: { code: ReasonCode; message?: string };
  from?: Citation;
}

/** Evidence that a rule reads. */
export interface SourceReport extends EvidenceReport {
  description?: string;
  /** Where the policy declares it; the transition log is declared apart. */
  at?: Place;
  /** What the collector looks at, in words. */
  looksAt: string;
  cites: readonly Citation[];
}

export interface CodeExplanation {
  apiVersion: 'soakgate/v1';
  kind: 'Explanation';
  /** `reason`: outcomes and findings carry it. `problem`: a mistake in a policy, a waiver or a command line. */
  of: 'reason' | 'problem';
  code: string;
  meaning: string;
  /** Which checks, evidence or files give it. */
  givenBy: string;
  todo: string;
}
