import type { Instant } from '../../model/instant.ts';
import type { Json } from '../../model/json.ts';
import type { Severity } from '../../model/outcome.ts';
import type { Policy, Waiver } from '../../model/policy.ts';

/** A policy that loads without error, with what else lints may look at. */
export interface Facts {
  policy: Policy;
  /** The file as it was written: `{ input: name }` still stands there. */
  document: Json;
  waivers: readonly Waiver[];
  now: Instant;
  /** The line that something stands in, by JSON Pointer into the policy. */
  lineOf(pointer: string): number;
}

/**
 * One key that a map of the policy lacks. INVARIANT: adding it can turn no rule into pass and no decision into go; it
 * can only demand more or keep less.
 */
export interface Fix {
  /** JSON Pointer to the map. */
  pointer: string;
  key: string;
  /** As YAML in flow style. */
  value: string;
}

/** One place at which a lint has something to say. */
export interface Finding {
  /** Lower case, no full stop, the user's words in backticks. */
  message: string;
  /** JSON Pointer into the policy, or into the waiver that is named. */
  pointer: string;
  atKey?: boolean;
  /** Where there is more to say than the lint's own `fix`. */
  hint?: string;
  /** Id of the waiver that the pointer leads into. */
  waiver?: string;
  fix?: Fix;
}

/** What a policy may say and should not: the language allows it, and it rarely means what its author meant. */
export interface Lint {
  severity: Severity;
  /** What is wrong, in one sentence for the page of lints. */
  summary: string;
  /** The way out: the hint of a finding. */
  fix: string;
  /** Parts of a policy (a whole waiver where it says `kind: Waiver`) in which it finds something. */
  example: string;
  /** The same, mended. */
  mended: string;
  judge(facts: Facts): readonly Finding[];
}
