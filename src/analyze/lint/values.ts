import { lookUpPath } from '../../model/paths.ts';
import type { EvidenceSpec, Matcher, Scalar } from '../../model/policy.ts';
import { parseDate, parseInstant, day } from '../../model/instant.ts';

/** The values that something demands. `except` and `any` stand for what is too many to list. */
export type Values =
  | { is: 'any' }
  | { is: 'among'; values: readonly Scalar[] }
  | { is: 'except'; values: readonly Scalar[] }
  /** Numbers, or instants in milliseconds; `open` bounds do not belong to it. */
  | { is: 'range'; low: number; high: number; openLow: boolean; openHigh: boolean };

export const anyValue: Values = { is: 'any' };

export function among(...values: readonly Scalar[]): Values {
  return { is: 'among', values };
}

export function range(low: number, high: number, open = false): Values {
  return { is: 'range', low, high, openLow: open, openHigh: open };
}

/** What both demand. Where that cannot be told exactly it is taken too wide, so that nothing is called impossible that is not. */
export function meet(a: Values, b: Values): Values {
  if (a.is === 'any') return b;
  if (b.is === 'any') return a;
  if (a.is === 'among') return { is: 'among', values: a.values.filter((value) => holds(b, value)) };
  if (b.is === 'among') return meet(b, a);
  if (a.is === 'except') return b.is === 'except' ? { is: 'except', values: [...a.values, ...b.values] } : b;
  if (b.is === 'except') return a;
  return {
    is: 'range',
    low: Math.max(a.low, b.low),
    high: Math.min(a.high, b.high),
    openLow: a.low === b.low ? a.openLow || b.openLow : a.low > b.low ? a.openLow : b.openLow,
    openHigh: a.high === b.high ? a.openHigh || b.openHigh : a.high < b.high ? a.openHigh : b.openHigh,
  };
}

/** Whether no value at all fits. */
export function isNone(values: Values): boolean {
  switch (values.is) {
    case 'any':
    case 'except':
      return false;
    case 'among':
      return values.values.length === 0;
    case 'range':
      return values.low > values.high || (values.low === values.high && (values.openLow || values.openHigh));
  }
}

function holds(values: Values, value: Scalar): boolean {
  switch (values.is) {
    case 'any':
      return true;
    case 'among':
      return values.values.some((one) => same(one, value));
    case 'except':
      return !values.values.some((one) => same(one, value));
    case 'range': {
      const at = typeof value === 'number' ? value : Number.NaN;
      // A text in a range of times is not judged here.
      if (Number.isNaN(at)) return true;
      const above = values.openLow ? at > values.low : at >= values.low;
      return above && (values.openHigh ? at < values.high : at <= values.high);
    }
  }
}

/** Logic compares a number with a text of digits as numbers, so `5` and `'5'` are not called different. */
function same(a: Scalar, b: Scalar): boolean {
  return String(a) === String(b);
}

/** What a matcher demands. */
export function valuesOf(matcher: Matcher): Values {
  switch (matcher.is) {
    case 'equals':
      return among(matcher.value);
    case 'oneOf':
      return among(...matcher.values);
    case 'atLeast':
      return range(matcher.bound, Number.POSITIVE_INFINITY);
    case 'atMost':
      return range(Number.NEGATIVE_INFINITY, matcher.bound);
    case 'between':
      return range(matcher.low, matcher.high);
    case 'before':
      return range(Number.NEGATIVE_INFINITY, instantOf(matcher.instant), true);
    case 'after':
      return range(instantOf(matcher.instant), Number.POSITIVE_INFINITY, true);
    case 'not': {
      const inner = valuesOf(matcher.matcher);
      return inner.is === 'among' ? { is: 'except', values: inner.values } : anyValue;
    }
    case 'set':
    case 'matches':
    case 'contains':
    case 'startsWith':
    case 'version':
    case 'format':
      return anyValue;
  }
}

/** INVARIANT: loading made sure that it is an instant or a date (in UTC). */
function instantOf(text: string): number {
  return parseInstant(text) ?? (parseDate(text) ?? 0) * day;
}

/** The values that a path can have at all: those of its `oneOf`. Others are absent. */
export function declaredValues(evidence: Readonly<Record<string, EvidenceSpec>>, path: string): Values {
  const found = lookUpPath(evidence, path);
  const oneOf = found.found && found.type.is === 'value' ? found.type.oneOf : undefined;
  return oneOf === undefined ? anyValue : among(...oneOf);
}

/** The values in a sentence. */
export function inWords(values: Values): string {
  switch (values.is) {
    case 'any':
      return 'anything';
    case 'among':
      return values.values.map((value) => `\`${value}\``).join(' or ') || 'nothing';
    case 'except':
      return `not ${values.values.map((value) => `\`${value}\``).join(' nor ')}`;
    case 'range':
      if (values.low === Number.NEGATIVE_INFINITY)
        return `${values.openHigh ? 'below' : 'at most'} ${values.high}`;
      if (values.high === Number.POSITIVE_INFINITY)
        return `${values.openLow ? 'above' : 'at least'} ${values.low}`;
      return `between ${values.low} and ${values.high}`;
  }
}
