import { type Builder, operand } from './closure.ts';
import type { OperatorName } from './operators.ts';
import { makeUnknown, numberOf, type Unknown, unfit, type Value } from './value.ts';

type Name = Extract<OperatorName, '+' | '-' | '*' | '/' | '%' | 'min' | 'max'>;

/** Why a calculation has no finite result: an operand that is no number, or the calculation itself. */
function unfinished(operator: Name, ...operands: readonly Value[]): Unknown {
  if (operands.length === 0)
    return makeUnknown({ code: 'logic.type', message: `\`${operator}\` has no operand` });
  const strangers = operands.filter((value) => !Number.isFinite(numberOf(value)));
  if (strangers.length > 0) return unfit(operator, ...strangers);
  return makeUnknown({ code: 'logic.not-finite', message: `\`${operator}\` gives no finite number` });
}

/** An operator over two numbers. An operand that is no number makes the result NaN, which is then explained. */
function binary(operator: Name, calculate: (a: number, b: number) => number): Builder {
  return (call, plan) => {
    const left = plan.value(operand(call, 0), plan);
    const right = plan.value(operand(call, 1), plan);
    return (element, frame) => {
      const a = left(element, frame);
      const b = right(element, frame);
      const result =
        typeof a === 'number' && typeof b === 'number'
          ? calculate(a, b)
          : calculate(numberOf(a), numberOf(b));
      return Number.isFinite(result) ? result : unfinished(operator, a, b);
    };
  };
}

/** An operator that folds any number of operands, from left to right as the reference does. */
function folding(operator: Name, calculate: (a: number, b: number) => number): Builder {
  const pair = binary(operator, calculate);
  return (call, plan) => {
    if (call.operands.length === 2) return pair(call, plan);
    const runs = call.operands.map((node) => plan.value(node, plan));
    return (element, frame) => {
      const values = runs.map((run) => run(element, frame));
      // No operand gives NaN, and NaN is contagious in `+`, `*`, Math.min and Math.max.
      const [first = Number.NaN, ...rest] = values.map(numberOf);
      const result = rest.reduce((a, b) => calculate(a, b), first);
      return Number.isFinite(result) ? result : unfinished(operator, ...values);
    };
  };
}

/** An operator over one number, of which nothing but a number or a decimal-number string is left as it is. */
function unary(operator: Name, calculate: (value: Value) => Value): Builder {
  return (call, plan) => {
    const run = plan.value(operand(call, 0), plan);
    return (element, frame) => {
      const value = run(element, frame);
      return Number.isFinite(numberOf(value)) ? calculate(value) : unfinished(operator, value);
    };
  };
}

/** Chooses by the number of operands. */
function byCount(one: Builder, more: Builder): Builder {
  return (call, plan) => (call.operands.length === 1 ? one : more)(call, plan);
}

const nothing: Builder = (call) => () => unfinished(call.operator as Name);
const subtract = binary('-', (a, b) => a - b);

export const calculations: Readonly<Record<Name, Builder>> = {
  '+': folding('+', (a, b) => a + b),
  '-': byCount(
    unary('-', (value) => -numberOf(value)),
    (call, plan) => (call.operands.length === 0 ? nothing : subtract)(call, plan),
  ),
  // One operand stays as it is: a decimal-number string stays a string, as the reference has it.
  '*': byCount(
    unary('*', (value) => value),
    folding('*', (a, b) => a * b),
  ),
  '/': binary('/', (a, b) => a / b),
  '%': binary('%', (a, b) => a % b),
  min: folding('min', (a, b) => Math.min(a, b)),
  max: folding('max', (a, b) => Math.max(a, b)),
};
