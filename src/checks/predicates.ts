import type { PredicateReport, ReadReport } from '../model/explanation.ts';
import { isObject, type Json } from '../model/json.ts';
import type { Check, DocumentCheck, Rule } from '../model/policy.ts';
import type { ReasonCode } from '../model/reasons.ts';
import type { Citation } from '../model/verdict.ts';
import type { CheckContext, CheckOf } from './context.ts';
import { judgeCheck, wordsOf } from './index.ts';
import { rowPredicates } from './rowPredicates.ts';
import { shorten, tracePredicates } from './tracePredicates.ts';

/** The most predicates that an explanation holds. */
const most = 60;

/**
 * The predicates of a rule that hold no other, with the values that they saw: those of its `when`, then those of its
 * check. Of checks over rows the predicates of the rows that decided (`cites`).
 */
export function predicatesOf(
  rule: Rule,
  context: CheckContext,
  cites: readonly Citation[],
): readonly PredicateReport[] {
  const own = { ...context, allowEmpty: rule.allowEmpty };
  const when = rule.when === undefined ? [] : traced('when', rule.when, own, false);
  return [...when, ...inCheck(rule.check, own, cites)].slice(0, most);
}

function inCheck(
  check: Check,
  context: CheckContext,
  cites: readonly Citation[],
): readonly PredicateReport[] {
  switch (check.kind) {
    case 'expect':
      return inExpect(check, context);
    case 'assert':
      return traced('assert', check.logic, context, context.allowEmpty);
    case 'document':
      return inDocument(check, context);
    case 'streak':
    case 'soak':
    case 'quiet':
      return rowPredicates(check, context, cites);
    case 'metric':
      return [inMetric(check, context)];
    case 'passes':
      return [];
    case 'all':
    case 'any':
      return check.checks.flatMap((part, index) => numbered(inCheck(part, context, cites), index));
    case 'not':
      return numbered(inCheck(check.check, { ...context, negated: true }, cites), 0);
  }
}

function numbered(predicates: readonly PredicateReport[], index: number): readonly PredicateReport[] {
  const number = String(index + 1);
  return predicates.map((predicate) => ({
    ...predicate,
    part: predicate.part === undefined ? number : `${number}.${predicate.part}`,
  }));
}

/** Each path by itself, judged as the whole check is. */
function inExpect(check: CheckOf<'expect'>, context: CheckContext): readonly PredicateReport[] {
  return Object.entries(check.paths).map(([path, matcher]) => {
    const judgement = judgeCheck({ kind: 'expect', paths: { [path]: matcher } }, context);
    const { observed, required, code, message, cites, outcome } = judgement;
    const said = isObject(required) ? (required[path] as string) : '';
    const reading = context.read(path);
    const [from] = cites;
    const read: ReadReport = {
      path,
      ...(reading.known
        ? { value: shorten(reading.value) }
        : reading.code === 'evidence.hidden' && isObject(observed)
          ? { value: observed[path] as Json }
          : { unknown: { code: reading.code as ReasonCode, message: reading.message ?? message } }),
      ...(from ? { from } : {}),
    };
    const result = outcome === 'pass' ? 'true' : outcome === 'fail' ? 'false' : 'unknown';
    return { of: 'expect', says: `${path} ${said}`, result, reads: [read], ...whyOf(read, code) };
  });
}

/** A value that was read and cannot be compared is unknown for a reason of its own. */
function whyOf(read: ReadReport, code: ReasonCode): { reads?: readonly ReadReport[] } {
  return code === 'evidence.ill-typed' && read.unknown === undefined
    ? { reads: [{ ...read, unknown: { code } }] }
    : {};
}

function inDocument(check: DocumentCheck, context: CheckContext): readonly PredicateReport[] {
  const none = { sections: [], fields: [], tasksDone: false };
  const { date, ...rest } = check;
  const parts: readonly (readonly [string, DocumentCheck])[] = [
    ...check.sections.map((name) => [`section ${name}`, { ...rest, ...none, sections: [name] }] as const),
    ...check.fields.map((name) => [`field ${name}`, { ...rest, ...none, fields: [name] }] as const),
    ...(check.tasksDone ? [['tasks', { ...rest, ...none, tasksDone: true }] as const] : []),
    ...(date === undefined ? [] : [[`date ${date}`, { ...rest, ...none, date }] as const]),
  ];
  return parts.map(([says, part]) => {
    const { outcome, code, message, cites } = judgeCheck(part, context);
    const [from] = cites;
    const read: ReadReport = {
      path: check.of,
      ...(outcome === 'pass' ? { value: message } : { unknown: { code, message } }),
      ...(from ? { from } : {}),
    };
    return {
      of: 'document',
      says,
      result: outcome === 'pass' ? 'true' : outcome === 'fail' ? 'false' : 'unknown',
      reads: [read],
    };
  });
}

function inMetric(check: CheckOf<'metric'>, context: CheckContext): PredicateReport {
  const { outcome, code, message, observed, cites } = judgeCheck(check, context);
  const [from] = cites;
  const read: ReadReport = {
    path: check.of,
    ...(observed === undefined ? { unknown: { code, message } } : { value: observed }),
    ...(from ? { from } : {}),
  };
  const result = outcome === 'pass' ? 'true' : outcome === 'fail' ? 'false' : 'unknown';
  return { of: 'metric', says: wordsOf(check), result, reads: [read] };
}

function traced(
  of: string,
  logic: Json,
  context: CheckContext,
  allowEmpty: boolean,
): readonly PredicateReport[] {
  return tracePredicates(of, logic, { read: context.read }, allowEmpty);
}
