import type { CheckOutcome, Outcome } from './outcome.ts';
import type { ReasonCode } from './reasons.ts';
import type { FindingReport, Verdict } from './verdict.ts';

/** What `soakgate streak` tells of one log; no verdict. Instants are RFC 3339 text, absent keys stay absent. */
export interface StreakView {
  apiVersion: 'soakgate/v1';
  kind: 'Streak';
  policy: Pick<Verdict['policy'], 'name' | 'title' | 'version' | 'timezone' | 'path'>;
  evaluatedAt: string;
  evidenceMode: 'live' | 'as-of';
  /** A log, a view of it (`smoke.strict`), or a rule whose streaks were asked for. */
  asked: string;
  log: string;
  /** Why nothing is known of the log; absent if it was read. */
  absent?: { code: ReasonCode; message: string };
  /** Rows of the whole log, whatever they are worth. */
  rows: number;
  newest?: { at: string; path: string; line: number };
  /** In the order of the rollout. */
  streaks: readonly StreakReport[];
  /** Streaks that see the same days share a calendar. */
  calendars: readonly Calendar[];
  findings: readonly FindingReport[];
}

export interface StreakReport {
  rule: string;
  title: string;
  gate: string;
  /** The streak is a part of the rule's `all`, `any` or `not`; its outcome is not the rule's. */
  part: boolean;
  /** As the policy names it: `smoke.strict`. */
  of: string;
  per: 'day' | 'record' | 'hour' | 'week';
  outcome: Outcome | CheckOutcome;
  code: ReasonCode;
  message: string;
  demand: string;
  observed: number;
  required: number;
  unit: string;
  earliest?: string;
  todo?: string;
  /** What ends the streak, in words. */
  resets: readonly string[];
  due?: Due;
  /** Index into `calendars`. */
  calendar?: number;
}

/**
 * What the day, hour, week or record of now still needs. `record`: one good record in [from, before). `done`: nothing;
 * the next is due in [from, before). `lost`: nothing can help before `from`.
 */
export interface Due {
  what: 'record' | 'done' | 'lost';
  /** The word for a record that counts: `strict`, `good`. */
  adjective: string;
  from?: string;
  before?: string;
}

/** Days from a Monday to today, in the policy's zone. */
export interface Calendar {
  /** What a good day means: `pass` as the streaks see it, or only that something was `recorded`. */
  good: 'pass' | 'recorded';
  days: readonly CalendarDay[];
}

export interface CalendarDay {
  /** `2026-02-24`. */
  day: string;
  /** The worst that stands on the day; `not-run`: records that do not count. */
  state: 'pass' | 'fail' | 'not-run' | 'untrusted' | 'none';
}
