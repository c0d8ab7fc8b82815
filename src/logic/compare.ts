import { type Builder, operand, type Run } from './closure.ts';
import type { OperatorName } from './operators.ts';
import { isUnknown, joinUnknown, numberOf, type Truth, unfit, type Value } from './value.ts';

type Comparison = (a: Value, b: Value) => Truth;

/** `==`: same types, or a number and a decimal-number string. */
function equal(a: Value, b: Value): Truth {
  if (typeof a === 'string' && typeof b === 'string') return a === b;
  if (typeof a === 'number' && typeof b === 'number') return a === b;
  if (typeof a === 'boolean' && typeof b === 'boolean') return a === b;
  const difference = mixed(a, b);
  return Number.isNaN(difference) ? unfit('==', a, b) : difference === 0;
}

/** `===`: primitives of different types are known to be unequal. */
function identical(a: Value, b: Value): Truth {
  return typeof a === 'object' || typeof b === 'object' ? unfit('===', a, b) : a === b;
}

/** Negative, 0 or positive for numbers with decimal-number strings; NaN if the two cannot be compared so. */
function mixed(a: Value, b: Value): number {
  const x = numberOf(a);
  const y = numberOf(b);
  if (!Number.isFinite(x) || !Number.isFinite(y)) return Number.NaN;
  return x < y ? -1 : x > y ? 1 : 0;
}

function less(a: Value, b: Value): Truth {
  if (typeof a === 'number' && typeof b === 'number') return a < b;
  if (typeof a === 'string' && typeof b === 'string') return a < b;
  const difference = mixed(a, b);
  return Number.isNaN(difference) ? unfit('<', a, b) : difference < 0;
}

function lessOrEqual(a: Value, b: Value): Truth {
  if (typeof a === 'number' && typeof b === 'number') return a <= b;
  if (typeof a === 'string' && typeof b === 'string') return a <= b;
  const difference = mixed(a, b);
  return Number.isNaN(difference) ? unfit('<=', a, b) : difference <= 0;
}

const contrary =
  (compare: Comparison): Comparison =>
  (a, b) => {
    const truth = compare(a, b);
    return typeof truth === 'boolean' ? !truth : truth;
  };

const swapped =
  (compare: Comparison): Comparison =>
  (a, b) =>
    compare(b, a);

function binary(compare: Comparison): Builder {
  return (call, plan) => {
    const left = plan.value(operand(call, 0), plan);
    const second = operand(call, 1);
    if (second.kind === 'literal') {
      const literal = second.value;
      return (element, frame) => compare(left(element, frame), literal);
    }
    const right = plan.value(second, plan);
    return (element, frame) => compare(left(element, frame), right(element, frame));
  };
}

/** Three operands are the conjunction of two comparisons: one that is known to be false decides. */
function chain(compare: Comparison): Builder {
  const pair = binary(compare);
  return (call, plan) => {
    if (call.operands.length === 2) return pair(call, plan);
    const [low, middle, high] = call.operands.map((node) => plan.value(node, plan)) as [Run, Run, Run];
    return (element, frame) => {
      const between = middle(element, frame);
      return both(compare(low(element, frame), between), compare(between, high(element, frame)));
    };
  };
}

function both(a: Truth, b: Truth): Truth {
  if (a === false || b === false) return false;
  if (isUnknown(a)) return isUnknown(b) ? joinUnknown(a, b) : a;
  return b;
}

type Name = Extract<OperatorName, '==' | '!=' | '===' | '!==' | '<' | '<=' | '>' | '>='>;

export const comparisons: Readonly<Record<Name, Builder>> = {
  '==': binary(equal),
  '!=': binary(contrary(equal)),
  '===': binary(identical),
  '!==': binary(contrary(identical)),
  '<': chain(less),
  '<=': chain(lessOrEqual),
  '>': binary(swapped(less)),
  '>=': binary(swapped(lessOrEqual)),
};
