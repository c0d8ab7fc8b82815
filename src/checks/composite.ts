import type { Check } from '../model/policy.ts';
import type { PartReport } from '../model/verdict.ts';
import { formatInstant, ceilSecond } from '../model/instant.ts';
import { bestOf, citesOf, worstOf } from './combine.ts';
import type { CheckContext, CheckMember, CheckOf, Judgement } from './context.ts';

/** How the parts of a composite are judged and said; given from outside, since parts may be of every kind. */
export interface Family {
  judge(check: Check, context: CheckContext): Judgement;
  words(check: Check): string;
}

/** `all`, `any` and `not` over checks of every kind (semantics section 3). */
export function composites(family: Family): { [K in 'all' | 'any' | 'not']: CheckMember<K> } {
  const judgeParts = (checks: readonly Check[], context: CheckContext) =>
    checks.map((check) => family.judge(check, context));
  const report = (
    checks: readonly Check[],
    parts: readonly Judgement[],
    judgement: Judgement,
  ): Judgement => ({
    ...judgement,
    parts: parts.map((part, index) => partReport(family.words(checks[index] as Check), part)),
  });
  return {
    all: {
      judge: (check, context) => {
        const parts = judgeParts(check.checks, context);
        return report(check.checks, parts, judgeAll(parts));
      },
      words: (check) => check.checks.map(family.words).join('; and '),
    },
    any: {
      judge: (check, context) => {
        const parts = judgeParts(check.checks, context);
        return report(check.checks, parts, judgeAny(parts));
      },
      words: (check) => check.checks.map(family.words).join('; or '),
    },
    not: {
      judge: (check: CheckOf<'not'>, context) => {
        const part = family.judge(check.check, { ...context, negated: true });
        return report([check.check], [part], judgeNot(part));
      },
      words: (check) => `it does not hold that ${family.words(check.check)}`,
    },
  };
}

/** The worst part decides; `earliest` is the greatest of the open parts, none if one of them has none. */
function judgeAll(parts: readonly Judgement[]): Judgement {
  const worst = worstOf(parts);
  const cause = causeOf(worst);
  const open = parts.filter((part) => part.outcome !== 'pass');
  if (open.length === 0) {
    const until = least(parts.map((part) => part.validUntil).filter((time) => time !== undefined));
    const message = `all ${parts.length} parts pass`;
    const ends = until === undefined ? {} : { validUntil: until };
    return { outcome: 'pass', code: 'composite.all', message, cites: citesOf(parts), ...ends };
  }
  const times = open.map((part) => part.earliest);
  const earliest = times.every((time) => time !== undefined) ? greatest(times) : undefined;
  // A part that only waits explains no failure: each part stands in the report with its own message.
  const message = messagesOf(open.filter((part) => part.outcome === worst.outcome));
  return { ...cause, message, cites: citesOf(open), ...(earliest === undefined ? {} : { earliest }) };
}

/** The best part decides; `earliest` is the least of the parts that have one. */
function judgeAny(parts: readonly Judgement[]): Judgement {
  const best = bestOf(parts);
  if (best.outcome === 'pass') {
    // A pass holds as long as its longest-lived passing part; a part without an end never ends.
    const ends = parts.filter((part) => part.outcome === 'pass').map((part) => part.validUntil);
    const until = ends.every((time) => time !== undefined) ? greatest(ends) : undefined;
    const valid = until === undefined ? {} : { validUntil: until };
    return { outcome: 'pass', code: 'composite.any', message: best.message, cites: best.cites, ...valid };
  }
  const earliest = least(parts.map((part) => part.earliest).filter((time) => time !== undefined));
  const message = messagesOf(parts);
  return {
    ...causeOf(best),
    message,
    cites: citesOf(parts),
    ...(earliest === undefined ? {} : { earliest }),
  };
}

/** Swaps pass and fail; pending and unknown are unknown. */
function judgeNot(part: Judgement): Judgement {
  const { message, cites } = part;
  if (part.outcome === 'pass') return { outcome: 'fail', code: 'composite.not', message, cites };
  if (part.outcome === 'fail') return { outcome: 'pass', code: 'composite.not', message, cites };
  return { outcome: 'unknown', code: part.code, message, cites };
}

/** What the deciding part says of the outcome, and what it says can be done. */
function causeOf({ outcome, code, todo }: Judgement): Pick<Judgement, 'outcome' | 'code' | 'todo'> {
  return { outcome, code, ...(todo === undefined ? {} : { todo }) };
}

function partReport(demand: string, part: Judgement): PartReport {
  return {
    demand,
    outcome: part.outcome,
    code: part.code,
    message: part.message,
    ...(part.observed === undefined ? {} : { observed: part.observed }),
    ...(part.required === undefined ? {} : { required: part.required }),
    ...(part.unit === undefined ? {} : { unit: part.unit }),
    ...(part.earliest === undefined ? {} : { earliest: formatInstant(ceilSecond(part.earliest)) }),
    cites: part.cites,
    // A metric is drawn from its part alone; days and spans have a screen of their own.
    ...(part.detail?.series === undefined ? {} : { detail: part.detail }),
  };
}

/** Parts that wait for the same thing say so once. */
function messagesOf(parts: readonly Judgement[]): string {
  return [...new Set(parts.map((part) => part.message))].join('; ');
}

function greatest(times: readonly number[]): number | undefined {
  return times.length === 0 ? undefined : Math.max(...times);
}

function least(times: readonly number[]): number | undefined {
  return times.length === 0 ? undefined : Math.min(...times);
}
