import { exitCodeOf, worstExit } from '../model/exit.ts';
import { worstDecision } from '../model/outcome.ts';
import type { Verdict } from '../model/verdict.ts';
import { plainAll } from './escape.ts';
import { byPolicy } from './sorted.ts';
import { factsOf } from './status-facts.ts';

/**
 * `name=value` lines for scripts, safe to `eval` in a POSIX shell. What is absent is empty. Of several policies the
 * names without a number hold the worst, so that a script that knows of one policy only is never told too much; each
 * policy follows with its number behind every name.
 */
export function statusEnv(verdicts: readonly Verdict[]): string {
  const each = byPolicy(verdicts).map((verdict) => linesOf(plainAll(verdict)));
  const [only] = each;
  if (only !== undefined && each.length === 1) return written(only, '');
  const numbered = each.map((lines, index) => written(lines, `_${index + 1}`));
  return [written(worstOf(verdicts, only ?? []), ''), ...numbered].join('');
}

type Lines = readonly (readonly [name: string, value: string])[];

function linesOf(verdict: Verdict): Lines {
  const facts = factsOf(verdict);
  return [
    ['policy', facts.policy],
    ['decision', facts.decision],
    ['exit_code', String(facts.exitCode)],
    ['earliest', facts.earliest ?? ''],
    ['not_before', facts.notBefore ?? ''],
    ['also_needs', facts.alsoNeeds.join(',')],
    ['phase', facts.phase ?? ''],
    ['next', facts.next ?? ''],
    ['drift', facts.drift.join(',')],
    ['findings', String(facts.findings)],
    ['evaluated_at', facts.evaluatedAt],
  ];
}

/** Every name is there, so that none keeps the value of an earlier run; what several policies cannot share is empty. */
function worstOf(verdicts: readonly Verdict[], names: Lines): Lines {
  const shared: Readonly<Record<string, string>> = {
    decision: worstDecision(verdicts.map(({ decision }) => decision)),
    exit_code: String(worstExit(verdicts.map(exitCodeOf))),
    findings: String(verdicts.reduce((sum, { findings }) => sum + findings.length, 0)),
  };
  return [
    ['policies', String(verdicts.length)],
    ...names.map(([name]) => [name, shared[name] ?? ''] as const),
  ];
}

function written(lines: Lines, end: string): string {
  return lines.map(([name, value]) => `${name}${end}=${quoted(value)}\n`).join('');
}

/** Ids, numbers and instants need no quotes; whatever else there may be stands in single ones. */
function quoted(value: string): string {
  return /^[A-Za-z0-9_.,:+-]*$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`;
}
