import type { Verdict } from './verdict.ts';

/** The columns of a transition log (semantics section 4). Readers take them in any order. */
export const transitionColumns = [
  'Timestamp (UTC)',
  'Kind',
  'From',
  'To',
  'Decision',
  'Verdict',
  'Reason',
] as const;

export type TransitionColumn = (typeof transitionColumns)[number];

export type TransitionKind = 'advance' | 'rollback' | 'done';

/**
 * What `advance` or `rollback` did. Paths are relative to the root with `/`, lines count from 1, instants are RFC 3339
 * text.
 */
export interface TransitionReport {
  transition: TransitionKind;
  policy: { name: string; title: string; path: string; timezone: string };
  /** Phase ids; `to` is `done` at the end of the rollout. */
  from: string;
  to: string;
  at: string;
  /**
   * `recorded`: the row is kept; `finished`: the row of a step that was cut short stood there, and its flags are set
   * now; `not-go`: nothing was done, the verdict says why.
   */
  how: 'recorded' | 'finished' | 'not-go';
  /** Nothing was written: this is what would be. */
  dryRun: boolean;
  /** Where the row of the step stands. */
  row?: { path: string; line: number; text?: string };
  /** Where the verdict is kept, with the digest that names it. */
  stored?: { path: string; digest: string };
  reason?: string;
  /** The flags of the phase that is entered, in the order of the policy. */
  pins: readonly { path: string; value: string }[];
  /** Where the flags are set: by hand, or in the file that was named. */
  flags: { how: 'in-force' | 'to-be-set' } | { how: 'set'; file: string; changed: readonly string[] };
  /** What a writer that died had left in the log; it was taken out. */
  torn?: { line: number; text: string };
  /** Files that belong into one commit; none outside of a repository. */
  commit: readonly string[];
  /** What decided; a rollback judges nothing. */
  verdict?: Verdict;
}
