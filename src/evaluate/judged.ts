import type { CheckContext, PhaseTimeline } from '../checks/context.ts';
import type { Evidence, Finding, Subject } from '../model/evidence.ts';
import type { Instant } from '../model/instant.ts';
import type { Decision } from '../model/outcome.ts';
import type { Policy, Waiver } from '../model/policy.ts';
import type { Gate } from './gates.ts';
import type { PinState } from './pins.ts';
import type { JudgedRule } from './rule.ts';
import type { Step } from './step.ts';

/** Everything a verdict depends on. The same input gives the same bytes. */
export interface Evaluation {
  policy: Policy;
  evidence: readonly Evidence[];
  /** The instant of evaluation; it is rounded up to whole seconds. */
  now: Instant;
  /** Whether `now` was chosen to look back; such a verdict never opens a gate. */
  asOf?: boolean;
  /** Names of gates, as in semantics section 3; without a choice preflight and monitors decide. */
  gates?: readonly string[];
  /** Names of gates to show beside those that decide; where gates are chosen, none by default. */
  outlook?: readonly string[];
  /** Judges a step of the rollout instead of a choice of gates (semantics section 4). */
  step?: Step;
  waivers?: readonly Waiver[];
  subject?: Subject;
  /** Version of the program. */
  version: string;
  /** Version of the time-zone data. */
  tzdata?: string;
}

/** A gate with its judged rules. */
export interface JudgedGate {
  gate: Gate;
  decision: Decision;
  rules: readonly JudgedRule[];
}

/** Everything that was judged, before it is written down. */
export interface Judged {
  input: Evaluation;
  now: Instant;
  decision: Decision;
  gates: readonly JudgedGate[];
  waivers: readonly Waiver[];
  timeline: PhaseTimeline;
  pins: PinState;
  context: CheckContext;
  findings: readonly Finding[];
}
