import type { Finding } from './evidence.ts';
import type { CheckOutcome, Outcome } from './outcome.ts';
import type { Problem } from './problem.ts';
import type { ReasonCode } from './reasons.ts';

/** What a row of checks can say. */
export type RecordResult = 'pass' | 'fail' | 'not-run';

/** What `record` did. Paths are relative to the root with `/`, lines count from 1, instants are RFC 3339 text. */
export interface RecordReport {
  record: string;
  policy: { name: string; path: string; timezone: string };
  /**
   * `created`: with the file; `present`: a row of the same run stands there already; `made`: the file without a row;
   * `there`: such a file was there already.
   */
  how: 'appended' | 'created' | 'present' | 'made' | 'there';
  /** Nothing was written: this is what would be. */
  dryRun: boolean;
  path: string;
  line?: number;
  /** The row as it stands in the file. */
  row?: string;
  at: string;
  cells: readonly { column: string; text: string }[];
  /** Absent for a record without a result. */
  result?: RecordResult;
  checks: readonly RecordCheck[];
  /** Names this run of the CI: the same is not written twice. */
  run?: string;
  /** What would have stopped the record without `--anyway`. */
  doubts: readonly Problem[];
  /** What a writer that died had left; it was taken out. */
  torn?: { line: number; text: string };
  findings: readonly Finding[];
  /** Rules that read the log, with what they say now. */
  rules: readonly RecordRule[];
  /** Whether the root lies in a git repository. */
  versioned: boolean;
}

export interface RecordCheck {
  id: string;
  outcome: CheckOutcome | 'not-run';
  code?: ReasonCode;
  message?: string;
}

export interface RecordRule {
  gate: string;
  id: string;
  /** Said of a part of the rule, since the whole hangs on more than logs. */
  part?: true;
  title: string;
  outcome: Outcome;
  message: string;
  earliest?: string;
}
