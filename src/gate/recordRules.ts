import { collectEvidence, type CollectOptions } from '../collect/index.ts';
import { evaluate } from '../evaluate/evaluate.ts';
import { allRules } from '../evaluate/gates.ts';
import { version } from '../generated/version.js';
import type { Finding } from '../model/evidence.ts';
import type { Check, Policy } from '../model/policy.ts';
import type { RecordRule } from '../model/record.ts';
import type { RuleReport } from '../model/verdict.ts';

/** What the rules over a log say now, and what is odd about it. */
export interface LogOutlook {
  rules: readonly RecordRule[];
  findings: readonly Finding[];
}

/** Reads the log again, as `check` would, and gives the rules that hang on logs alone and on this one. */
export async function lookAtRules(
  policy: Policy,
  log: string,
  options: Omit<CollectOptions, 'only' | 'run'>,
): Promise<LogOutlook> {
  const logs = Object.entries(policy.evidence).flatMap(([id, spec]) => (spec.kind === 'log' ? [id] : []));
  const pins = (policy.phases ?? []).flatMap((phase) => Object.keys(phase.pins));
  const only = new Set([...logs, ...pins.map((path) => path.split('.', 1)[0] ?? '')]);
  const collected = await collectEvidence(policy, { ...options, run: false, only });
  if (!collected.ok) return { rules: [], findings: [] };
  const { evidence, subject, collectedAt } = collected.value;
  const verdict = evaluate({ policy, evidence, subject, now: collectedAt, version });
  if (!verdict.ok) return { rules: [], findings: [] };
  const { gates, findings } = verdict.value;
  const checks = new Map(allRules(policy).map(({ gate, rule }) => [`${gate} ${rule.id}`, rule.check]));
  const rules = gates.flatMap((gate) =>
    gate.rules.flatMap((rule) => told(checks.get(`${gate.id} ${rule.id}`), { gate: gate.id, rule, log })),
  );
  return { rules, findings: findings.filter(({ evidence: id }) => id === log) };
}

/** A rule over the log, or those parts of it that are: a metric beside them is not known while a row is written. */
function told(
  check: Check | undefined,
  { gate, rule, log }: { gate: string; rule: RuleReport; log: string },
): readonly RecordRule[] {
  if (check === undefined) return [];
  const { id, title, parts = [] } = rule;
  const whole = hangsOn(check, log);
  const inside = !whole && check.kind === 'all' ? check.checks : [];
  const said = whole ? [rule] : parts.filter((_, index) => inside[index] && hangsOn(inside[index], log));
  return said
    .filter(({ code }) => !code.endsWith('.not-begun'))
    .map(({ outcome, message, earliest }) => ({
      ...{ gate, id, title, outcome, message },
      ...(whole ? {} : { part: true }),
      ...(earliest === undefined ? {} : { earliest }),
    }));
}

/** Whether a check reads this log, and nothing but logs. */
function hangsOn(check: Check, log: string): boolean {
  const read = logsOf(check);
  return read?.includes(log) ?? false;
}

/** Undefined if the check reads something that is no log. */
function logsOf(check: Check): readonly string[] | undefined {
  switch (check.kind) {
    case 'streak':
    case 'soak':
      return [check.of.log];
    case 'quiet':
      return [check.of.log, check.heartbeat.log];
    case 'all':
    case 'any': {
      const parts = check.checks.map(logsOf);
      return parts.every((part) => part !== undefined) ? parts.flat() : undefined;
    }
    case 'not':
      return logsOf(check.check);
    case 'expect':
    case 'assert':
    case 'passes':
    case 'metric':
    case 'document':
      return undefined;
  }
}
