import { exitCodeOf } from '../model/exit.ts';
import { type Instant, parseInstant } from '../model/instant.ts';
import type { Decision, Outcome } from '../model/outcome.ts';
import type { GateReport, RuleReport, Verdict } from '../model/verdict.ts';

/** Where a rollout stands, as every form of `status` says it. What is not there is absent. */
export interface StatusFacts {
  policy: string;
  /** Of the next step: preflight, monitors and the next gate. */
  decision: Decision;
  /** What `soakgate check --gate preflight,monitors,next` would exit with. */
  exitCode: number;
  evaluatedAt: string;
  /** When the step can be taken if all goes well; absent if something open cannot be waited for. */
  earliest?: string;
  /** The same over the rules that time can open: not before this, whatever else is still needed. */
  notBefore?: string;
  /** Ids of open deciding rules that waiting does not help. */
  alsoNeeds: readonly string[];
  /** A phase id, `unknown` or `done`. */
  phase?: string;
  /** A phase id, or `done` in the last phase. */
  next?: string;
  drift: readonly string[];
  /** Ids of what is missing, in the order of what to do first. */
  todo: readonly string[];
  findings: number;
}

/** The command that decides what status tells. */
export const decidingCommand = 'soakgate check --gate preflight,monitors,next';

export function factsOf(verdict: Verdict): StatusFacts {
  const { phase, earliest } = verdict;
  const open = blocking(verdict);
  const notBefore = latest(open.flatMap((rule) => rule.earliest ?? []));
  const alsoNeeds = open.filter((rule) => rule.earliest === undefined).map((rule) => rule.id);
  const next = nextOf(verdict);
  return {
    policy: verdict.policy.name,
    decision: verdict.decision,
    exitCode: exitCodeOf(verdict),
    evaluatedAt: verdict.evaluatedAt,
    ...(earliest === undefined ? {} : { earliest }),
    ...(notBefore === undefined ? {} : { notBefore }),
    alsoNeeds: [...new Set(alsoNeeds)],
    ...(phase === undefined ? {} : { phase: phase.current }),
    ...(next === undefined ? {} : { next }),
    drift: phase?.drift ?? [],
    todo: missing(verdict).map((rule) => rule.id),
    findings: verdict.findings.length,
  };
}

/** The words of `advance`: the next phase, or `done` in the last. */
function nextOf({ phase }: Verdict): string | undefined {
  if (phase === undefined) return undefined;
  const last = phase.road.at(-1)?.id;
  return phase.next ?? (last !== undefined && phase.current === last ? 'done' : undefined);
}

export function deciding({ gates }: Verdict): readonly GateReport[] {
  return gates.filter((gate) => gate.role === 'decides');
}

/** The rules that keep the step from go. */
function blocking(verdict: Verdict): readonly RuleReport[] {
  return missing(verdict).filter((rule) => rule.severity === 'error');
}

const open: readonly Outcome[] = ['fail', 'unknown', 'pending'];

/**
 * What is missing, in the order of what to do first: what blocks before what only warns; fails, then what can be mended
 * now, then what nobody can mend yet, then what time brings, the soonest first.
 */
export function missing(verdict: Verdict): readonly RuleReport[] {
  const rules = deciding(verdict).flatMap((gate) => gate.rules);
  return rules
    .filter((rule) => open.includes(rule.outcome))
    .map((rule, index) => ({ rule, index }))
    .sort(
      (a, b) =>
        weight(a.rule) - weight(b.rule) ||
        opensAt(a.rule) - opensAt(b.rule) ||
        urgency(a.rule) - urgency(b.rule) ||
        a.index - b.index,
    )
    .map(({ rule }) => rule);
}

const severities = { error: 0, warning: 1, note: 2 } as const;
const classes: Readonly<Partial<Record<Outcome, number>>> = { fail: 0, unknown: 1, pending: 3 };

function weight(rule: RuleReport): number {
  const later = rule.outcome === 'unknown' && beyondReach.has(rule.code) ? 1 : 0;
  return severities[rule.severity] * 10 + (classes[rule.outcome] ?? 0) + later;
}

/** Unknowns that nothing the reader does today can mend. */
const beyondReach: ReadonlySet<string> = new Set(['collector.not-built', 'phase.not-last']);

/** Only what is pending stands in the order of time. */
function opensAt({ outcome, earliest }: RuleReport): Instant {
  return outcome === 'pending' && earliest !== undefined ? (parseInstant(earliest) ?? 0) : 0;
}

/** Commands that nobody ran are one step for many rules and no trouble: real unknowns come before them. */
function urgency({ code }: RuleReport): number {
  return code === 'command.not-run' ? 1 : 0;
}

function latest(times: readonly string[]): string | undefined {
  return [...times].sort((a, b) => (parseInstant(a) ?? 0) - (parseInstant(b) ?? 0)).at(-1);
}
