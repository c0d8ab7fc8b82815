import type { Baseline } from '../model/baseline.ts';
import type { Evidence, TransitionRow } from '../model/evidence.ts';
import type { Instant } from '../model/instant.ts';
import type { Json } from '../model/json.ts';
import type { LogContent } from '../model/log.ts';
import type { CheckOutcome } from '../model/outcome.ts';
import type { Check, CheckKind, Phase, Policy } from '../model/policy.ts';
import type { Reading } from '../model/reading.ts';
import type { ReasonCode } from '../model/reasons.ts';
import type { Citation, Detail, PartReport } from '../model/verdict.ts';
import type { JudgedLog } from './log.ts';

/** What a judge says of one check at one instant. */
export interface Judgement {
  outcome: CheckOutcome;
  code: ReasonCode;
  /** One sentence with what was observed, in lower case without a full stop. */
  message: string;
  observed?: Json;
  required?: Json;
  unit?: string;
  /** Semantics section 7. Always there for pending. */
  earliest?: Instant;
  cites: readonly Citation[];
  detail?: Detail;
  parts?: readonly PartReport[];
  /** A pass stops being one at this instant if nothing more is observed (staleness, age). */
  validUntil?: Instant;
  /** What to do, where it can be said better than by the reason code. */
  todo?: string;
}

/** Everything a judge may look at. It holds no clock: `now` is the instant of evaluation. */
export interface CheckContext {
  policy: Policy;
  now: Instant;
  /** The instant of evaluation, where `now` is earlier because logs are looked at as of then; else `now`. */
  instant: Instant;
  /** The phase whose own monitors are judged: they look at samples since it began. */
  monitored?: string;
  /** True when looking back: rows and evidence after `now` are out of view instead of findings. */
  asOf: boolean;
  allowEmpty: boolean;
  /** Set below a `not`, where a fail would pass: there a value that cannot be read is unknown. */
  negated?: boolean;
  /** Evidence by id; an id that nothing collected gives `absent`. Age, binding and origin are judged already. */
  evidence(id: string): Evidence;
  /** The log judged at `now` (order, future rows), made once; undefined if the evidence is absent or no log. */
  log(id: string): { content: LogContent; judged: JudgedLog } | undefined;
  /** The value at an evidence path (semantics section 9). */
  read(path: string): Reading;
  timeline: PhaseTimeline;
}

/** Which phase was in force when, by the transition log alone. */
export interface PhaseTimeline {
  phases: readonly Phase[];
  /** The phase in force now; `done` after the end; undefined on a policy without phases. */
  current?: string;
  /** When the phase in force began, if that can be told. */
  since?: Instant | undefined;
  /** When the newest row that moved the phase did so. */
  movedAt?: Instant | undefined;
  /** When the phase was last entered, if it was; for the first phase: when it began, if that can be told. */
  enteredAt(phase: string): Instant | undefined;
  /** Whether the phase was ever entered; the first phase always was. */
  wasEntered(phase: string): boolean;
  /** The phase in force at a time; before the first row it is the first phase. */
  inForceAt(time: Instant): string | undefined;
  /** What was measured before the phase was last advanced to; undefined if no transition into it kept anything. */
  baselines(phase: string): readonly Baseline[] | undefined;
  /** Trusted rows, in time order. */
  rows: readonly TransitionRow[];
  /** Why the transition log tells nothing, though it is there. Then no check that asks for phases can be judged. */
  unreadable?: { code: ReasonCode; message: string };
}

export type CheckOf<K extends CheckKind> = Extract<Check, { kind: K }>;

/** One member of the family: how a kind of check is judged and said in words. */
export interface CheckMember<K extends CheckKind> {
  judge(check: CheckOf<K>, context: CheckContext): Judgement;
  /** The demand in one sentence, lower case, without a full stop. */
  words(check: CheckOf<K>): string;
}
