import type { Instant } from './instant.ts';
import type { Decision, Outcome } from './outcome.ts';
import type { Problem } from './problem.ts';
import type { Verdict } from './verdict.ts';

/** One evaluation of `watch`. */
export interface Round {
  at: Instant;
  /** When the next one is due at the latest; absent in the last. */
  next?: Instant;
  /** Undefined if this time the policies could not be judged; then `problems` says why. */
  verdicts: readonly Verdict[] | undefined;
  problems: readonly Problem[];
  /** Since the last round that could be judged; nothing in the first. */
  changes: readonly Change[];
}

/** What is different between two verdicts of one policy. Absent `from` or `to`: it was or is not there. */
export type Change = { policy: string } & (
  | { what: 'decision'; from: Decision; to: Decision }
  | { what: 'phase'; from?: string; to?: string }
  | { what: 'rule'; gate: string; rule: string; from?: Outcome; to?: Outcome }
);
