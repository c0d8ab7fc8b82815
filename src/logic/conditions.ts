import { type Builder, operand, type Run, type Test } from './closure.ts';
import type { OperatorName } from './operators.ts';
import type { Call } from './rule.ts';
import { isUnknown, joinUnknown, truthOf, type Unknown, type Value } from './value.ts';

/**
 * `and` and `or` where their value counts: every operand has to be known, since an unknown one could be what the
 * operator gives.
 */
function firstOrLast(decisive: boolean): Builder {
  return (call, plan) => {
    const runs = call.operands.map((node) => plan.value(node, plan));
    return (element, frame) => {
      let unknown: Unknown | undefined;
      let given: Value = null;
      let decided = false;
      for (const run of runs) {
        const value = run(element, frame);
        const truth = truthOf(value);
        if (isUnknown(truth)) unknown = joinUnknown(unknown, truth);
        if (!decided) given = value;
        decided ||= truth === decisive;
      }
      return unknown ?? given;
    };
  };
}

/** `and` and `or` where their truth counts: a known operand that decides does so beside unknown ones (Kleene). */
export function decidedByTruth(decisive: boolean): Builder {
  return (call, plan) => {
    const runs = call.operands.map((node) => plan.decide(node, plan));
    return (element, frame) => {
      let unknown: Unknown | undefined;
      let last: Value = null;
      for (const run of runs) {
        last = run(element, frame);
        const truth = typeof last === 'boolean' ? last : truthOf(last);
        if (truth === decisive) return last;
        if (typeof truth !== 'boolean') unknown = joinUnknown(unknown, truth);
      }
      return unknown ?? last;
    };
  };
}

/** A condition that is unknown makes the whole unknown, even if both branches agree. Without an else there is null. */
const choose: Builder = (call, plan) => {
  const branches: { when: Test; then: Run }[] = [];
  for (let i = 0; i + 1 < call.operands.length; i += 2) {
    branches.push({ when: plan.truth(operand(call, i), plan), then: plan.value(operand(call, i + 1), plan) });
  }
  const last =
    call.operands.length % 2 === 1 ? plan.value(operand(call, call.operands.length - 1), plan) : undefined;
  return (element, frame) => {
    for (const { when, then } of branches) {
      const truth = when(element, frame);
      if (truth === true) return then(element, frame);
      if (truth !== false) return truth;
    }
    return last ? last(element, frame) : null;
  };
};

const negate: Builder = (call, plan) => {
  const test = plan.truth(operand(call, 0), plan);
  return (element, frame) => {
    const truth = test(element, frame);
    return typeof truth === 'boolean' ? !truth : truth;
  };
};

const affirm: Builder = (call, plan) => plan.truth(operand(call, 0), plan);

type Name = Extract<OperatorName, 'if' | '?:' | 'and' | 'or' | '!' | '!!'>;

export const conditions: Readonly<Record<Name, Builder>> = {
  if: choose,
  '?:': choose,
  and: firstOrLast(false),
  or: firstOrLast(true),
  '!': negate,
  '!!': affirm,
};

/** Whether a call is decided by truth where truth is asked, and by which. */
export function decisiveTruth(call: Call): boolean | undefined {
  return call.operator === 'and' ? false : call.operator === 'or' ? true : undefined;
}
