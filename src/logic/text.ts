import { type Builder, operand, outOfSteps, spend } from './closure.ts';
import type { OperatorName } from './operators.ts';
import { literalItems } from './rule.ts';
import { firstUnknown, isDefinite, isUnknown, type Truth, unfit, type Value } from './value.ts';

/** Longest text that `cat` makes, in UTF-16 code units. */
const maxText = 1_000_000;

function findIn(needle: Value, haystack: Value): Truth {
  if (needle === null || isUnknown(needle)) return unfit('in', needle, haystack);
  if (typeof haystack === 'string') {
    // "" is in every text, so finding it proves nothing.
    return typeof needle === 'string' && needle !== ''
      ? haystack.includes(needle)
      : unfit('in', needle, haystack);
  }
  return Array.isArray(haystack) ? findInList(needle, haystack) : unfit('in', needle, haystack);
}

function findInList(needle: Value, list: readonly unknown[]): Truth {
  if (list.includes(needle)) return true;
  return list.every(isDefinite) ? false : firstUnknown(list);
}

const findElement: Builder = (call, plan) => {
  const needle = plan.value(operand(call, 0), plan);
  const list = literalItems(operand(call, 1));
  if (list?.every(isDefinite)) {
    return (element, frame) => {
      const sought = needle(element, frame);
      return sought === null || isUnknown(sought) ? unfit('in', sought) : list.includes(sought as never);
    };
  }
  const haystack = plan.value(operand(call, 1), plan);
  return (element, frame) => {
    const sought = needle(element, frame);
    const place = haystack(element, frame);
    return spend(frame, place) ? findIn(sought, place) : outOfSteps();
  };
};

const concatenate: Builder = (call, plan) => {
  const runs = call.operands.map((node) => plan.value(node, plan));
  return (element, frame) => {
    const values = runs.map((run) => run(element, frame));
    const strangers = values.filter((value) => typeof value === 'object');
    if (strangers.length > 0) return unfit('cat', ...strangers);
    const text = values.map(String).join('');
    return spend(frame, text) && text.length <= maxText ? text : outOfSteps();
  };
};

const cut: Builder = (call, plan) => {
  const runs = call.operands.map((node) => plan.value(node, plan));
  return (element, frame) => {
    const values = runs.map((run) => run(element, frame));
    const strangers = values.filter((value, i) =>
      i === 0 ? typeof value === 'object' : !Number.isInteger(value),
    );
    if (strangers.length > 0) return unfit('substr', ...strangers);
    const [source, start, length] = values as [string | number | boolean, number, number?];
    return substring(String(source), start, length);
  };
};

/** A negative start counts from the end; a negative length leaves that many characters out at the end. */
function substring(text: string, start: number, length: number | undefined): string {
  const from = start < 0 ? Math.max(text.length + start, 0) : start;
  if (length === undefined) return text.slice(from);
  return length < 0
    ? text.slice(from, Math.max(text.length + length, from))
    : text.slice(from, from + length);
}

type Name = Extract<OperatorName, 'in' | 'cat' | 'substr'>;

export const texts: Readonly<Record<Name, Builder>> = { in: findElement, cat: concatenate, substr: cut };
