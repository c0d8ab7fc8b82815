import type { CheckContext, Judgement } from '../checks/context.ts';
import { judgeCheck, wordsOf } from '../checks/index.ts';
import { compileLogic } from '../logic/compile.ts';
import type { Duration, Instant } from '../model/instant.ts';
import { ceilSecond, formatInstant, formatSecond } from '../model/instant.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Rule, Waiver } from '../model/policy.ts';
import { reasonOf } from '../model/reasonOf.ts';
import type { ReasonCode } from '../model/reasons.ts';
import type { RuleReport } from '../model/verdict.ts';
import { appliesTo } from './waivers.ts';

/** A rule judged at one instant, with what later summaries need. */
export interface JudgedRule {
  report: RuleReport;
  earliest?: Instant;
  /** When a pass or waiver of this rule ends by itself. */
  validUntil?: Instant;
}

type Verdictless = Omit<Judgement, 'outcome'> & { outcome: Outcome };

/** Judges one rule: first its `when`, then its check, then its waivers. */
export function judgeRule(rule: Rule, context: CheckContext, waivers: readonly Waiver[]): JudgedRule {
  const used = new Set<string>();
  const own = watching({ ...context, allowEmpty: rule.allowEmpty }, used);
  const beside = judgeWhen(rule, own);
  const judgement = beside ?? judgeCheck(rule.check, own);
  const { outcome } = judgement;
  // A waiver is about the demand. Were it to cover a `when` that cannot be judged, losing evidence could turn a rule that
  // is not applicable into one that is waived, and a gate in which nothing was judged into go.
  const waiver =
    beside || outcome === 'pass'
      ? undefined
      : waivers.find((candidate) => appliesTo(candidate, rule.id, outcome, context.now));
  const open = !waiver && outcome !== 'pass' && outcome !== 'not-applicable';
  const until = waiver
    ? waiver.expires
    : outcome === 'pass'
      ? least([judgement.validUntil, ...[...used].map((id) => ageBound(id, context))])
      : undefined;
  return {
    report: reportOf(rule, judgement, waiver),
    ...(open && judgement.earliest !== undefined ? { earliest: ceilSecond(judgement.earliest) } : {}),
    ...(until === undefined ? {} : { validUntil: until }),
  };
}

/** Undefined if the rule applies. */
function judgeWhen(rule: Rule, context: CheckContext): Verdictless | undefined {
  if (rule.when === undefined) return undefined;
  const logic = compileLogic(rule.when, { mode: 'policy' });
  if (!logic.ok) throw new Error(`policy loaded with bad logic in rule ${rule.id}`);
  const answer = logic.compiled.test({ read: context.read });
  if (answer.known) {
    if (answer.value) return undefined;
    return { outcome: 'not-applicable', code: 'not-applicable', message: 'its `when` is false', cites: [] };
  }
  const reason = answer.reasons[0];
  const message = `its \`when\` cannot be judged: ${reason?.message ?? `\`${reason?.path ?? 'a value'}\` is unknown`}`;
  return { outcome: 'unknown', code: (reason?.code ?? 'evidence.null') as ReasonCode, message, cites: [] };
}

/** The same context, noting which evidence was looked at. */
function watching(context: CheckContext, used: Set<string>): CheckContext {
  const note = (id: string) => used.add(id.split('.', 1)[0] as string);
  return {
    ...context,
    evidence: (id) => {
      note(id);
      return context.evidence(id);
    },
    log: (id) => {
      note(id);
      return context.log(id);
    },
    read: (path) => {
      note(path);
      return context.read(path);
    },
  };
}

function ageBound(id: string, context: CheckContext): Instant | undefined {
  const maxAge: Duration | undefined = context.policy.evidence[id]?.maxAge;
  const item = context.evidence(id);
  return maxAge === undefined || item.status === 'absent' ? undefined : item.collectedAt + maxAge;
}

function least(times: readonly (Instant | undefined)[]): Instant | undefined {
  const known = times.filter((time) => time !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}

/** A judgement of a rule that the evaluator brings itself; no waiver covers it. */
export function judgedBuiltIn(rule: Rule, judgement: Judgement): JudgedRule {
  const { earliest } = judgement;
  return {
    report: { ...reportOf(rule, judgement, undefined), demand: lowerFirst(rule.title) },
    ...(earliest === undefined ? {} : { earliest: ceilSecond(earliest) }),
  };
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function reportOf(rule: Rule, judgement: Verdictless, waiver: Waiver | undefined): RuleReport {
  const outcome = waiver ? 'waived' : judgement.outcome;
  const open = outcome === 'fail' || outcome === 'pending' || outcome === 'unknown';
  const { observed, required, unit, detail, parts, earliest } = judgement;
  return {
    id: rule.id,
    title: rule.title,
    severity: rule.severity,
    outcome,
    code: judgement.code,
    message: judgement.message,
    demand: wordsOf(rule.check),
    ...(open ? { todo: judgement.todo ?? reasonOf(judgement.code).todo } : {}),
    ...(observed === undefined ? {} : { observed }),
    ...(required === undefined ? {} : { required }),
    ...(unit === undefined ? {} : { unit }),
    ...(open && earliest !== undefined ? { earliest: formatInstant(ceilSecond(earliest)) } : {}),
    at: rule.at,
    cites: judgement.cites,
    ...(rule.rationale === undefined ? {} : { rationale: rule.rationale }),
    ...(rule.remediation === undefined ? {} : { remediation: rule.remediation }),
    ...(rule.controls.length === 0 ? {} : { controls: rule.controls }),
    ...(rule.source === undefined ? {} : { source: rule.source }),
    ...(detail === undefined ? {} : { detail }),
    ...(waiver ? { waiver: waived(waiver, judgement) } : {}),
    ...(parts === undefined ? {} : { parts }),
  };
}

function waived(waiver: Waiver, judgement: Verdictless): NonNullable<RuleReport['waiver']> {
  const outcome = judgement.outcome as 'fail' | 'pending' | 'unknown';
  return { id: waiver.id, outcome, code: judgement.code, expires: formatSecond(waiver.expires) };
}
