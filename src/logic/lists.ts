import {
  type Builder,
  type Frame,
  operand,
  outOfSteps,
  type Plan,
  type Run,
  spend,
  type Test,
} from './closure.ts';
import type { OperatorName } from './operators.ts';
import type { Call } from './rule.ts';
import {
  firstUnknown,
  isBarren,
  isDefinite,
  isUnknown,
  joinUnknown,
  madeList,
  makeUnknown,
  type Truth,
  type Unknown,
  unfit,
  type Value,
} from './value.ts';

type Name = Extract<OperatorName, 'merge' | 'map' | 'filter' | 'reduce' | 'all' | 'some' | 'none' | 'count'>;

function emptyList(operator: Name): Unknown {
  return makeUnknown({ code: 'logic.empty', message: `\`${operator}\` has nothing to look at` });
}

/** The source of an iteration. INVARIANT: an empty list is known only if the rule itself emptied it. */
function sourceList(value: Value, operator: Name): readonly unknown[] | Unknown {
  if (!Array.isArray(value)) return unfit(operator, value);
  return isBarren(value) ? emptyList(operator) : (value as readonly unknown[]);
}

const elementPlan = (plan: Plan): Plan => ({ ...plan, sight: 'element' });

const map: Builder = (call, plan) => {
  const source = plan.value(operand(call, 0), plan);
  const body = plan.value(operand(call, 1), elementPlan(plan));
  return (element, frame) => {
    const list = sourceList(source(element, frame), 'map');
    if (isUnknown(list)) return list;
    const made: Value[] = [];
    for (const item of list) {
      if (--frame.steps < 0) return outOfSteps();
      made.push(body(item, frame));
    }
    return madeList(made);
  };
};

const filter: Builder = (call, plan) => {
  const source = plan.value(operand(call, 0), plan);
  const { test, explain } = predicateOf(call, plan);
  return (element, frame) => {
    const list = sourceList(source(element, frame), 'filter');
    if (isUnknown(list)) return list;
    const witnesses = explain && new Map<unknown, Truth>();
    const kept: unknown[] = [];
    let unknown: Unknown | undefined;
    for (const item of list) {
      if (--frame.steps < 0) return outOfSteps();
      const truth = test(item, frame);
      if (truth === true) kept.push(item);
      else if (truth !== false) unknown = joinUnknown(unknown, truth);
      if (witnesses) summon(witnesses, item, truth);
    }
    witnesses?.forEach((_, item) => explain?.(item, frame));
    return unknown ?? madeList(kept);
  };
};

const reduce: Builder = (call, plan) => {
  const source = plan.value(operand(call, 0), plan);
  const body = plan.value(operand(call, 1), { ...plan, sight: 'fold' });
  const start = call.operands.length > 2 ? plan.value(operand(call, 2), plan) : () => null;
  return (element, frame) => {
    const list = sourceList(source(element, frame), 'reduce');
    if (isUnknown(list)) return list;
    let accumulator = start(element, frame);
    for (const current of list) {
      if (--frame.steps < 0) return outOfSteps();
      accumulator = body({ current, accumulator }, frame);
    }
    return accumulator;
  };
};

interface Predicate {
  test: Test;
  /** Judges an element once more, leaving its leaves in the trace. */
  explain: Test | undefined;
}

/** A trace judges the whole list without leaves and then explains a few witnesses: a million rows leave a handful. */
function predicateOf(call: Call, plan: Plan): Predicate {
  const body = operand(call, 1);
  const test = plan.truth(body, { ...elementPlan(plan), traced: false });
  return { test, explain: plan.traced ? plan.truth(body, elementPlan(plan)) : undefined };
}

/** Keeps the first elements that could not be judged and the first that could. */
function summon(witnesses: Map<unknown, Truth>, item: unknown, truth: Truth): void {
  const alike = [...witnesses.values()].filter((known) => isUnknown(known) === isUnknown(truth)).length;
  if (alike < (isUnknown(truth) ? 5 : 3)) witnesses.set(item, truth);
}

/** For tests that judge elements one by one. */
const stay: NonNullable<Test['passOver']> = (_list, begin) => begin;

/** Looks for an element with the decisive truth (Kleene). The trace shows that element, or else some witnesses. */
function quantify(
  list: readonly unknown[],
  { test, explain }: Predicate,
  decisive: boolean,
  frame: Frame,
): Truth {
  const witnesses = explain && new Map<unknown, Truth>();
  let unknown: Unknown | undefined;
  const passOver = explain ? stay : (test.passOver ?? stay);
  for (let index = 0; index < list.length; index += 1) {
    index = passOver(list, index, !decisive, frame);
    if (--frame.steps < 0) return outOfSteps();
    if (index === list.length) break;
    const item = list[index];
    const truth = test(item, frame);
    if (truth === decisive) {
      explain?.(item, frame);
      return truth;
    }
    if (typeof truth !== 'boolean') unknown = joinUnknown(unknown, truth);
    if (witnesses) summon(witnesses, item, truth);
  }
  witnesses?.forEach((_, item) => explain?.(item, frame));
  return unknown ?? !decisive;
}

function quantifier(
  operator: Name,
  decisive: boolean,
  answer: (found: boolean) => boolean,
  empty: boolean,
): Builder {
  return (call, plan) => {
    const source = plan.value(operand(call, 0), plan);
    const predicate = predicateOf(call, plan);
    return (element, frame) => {
      const list = source(element, frame);
      if (!Array.isArray(list)) return unfit(operator, list);
      if (list.length === 0) return plan.allowEmpty ? empty : emptyList(operator);
      const truth = quantify(list as unknown[], predicate, decisive, frame);
      return isUnknown(truth) ? truth : answer(truth);
    };
  };
}

/** Lists are taken apart, anything else is one element. It is empty by the rule's own doing only if its parts are. */
const merge: Builder = (call, plan) => {
  const runs = call.operands.map((node) => plan.value(node, plan));
  return (element, frame) => {
    const values = runs.map((run) => run(element, frame));
    const unknowns = values.filter(isUnknown);
    if (unknowns.length > 0) return unfit('merge', ...unknowns);
    for (const value of values) if (!spend(frame, value)) return outOfSteps();
    const elements = values.flatMap((value) => value);
    return values.some((value) => Array.isArray(value) && isBarren(value)) ? elements : madeList(elements);
  };
};

/** The number of elements that a `filter` keeps, without making the list of them. */
function countKept(call: Call, plan: Plan): Run {
  const source = plan.value(operand(call, 0), plan);
  const { test } = predicateOf(call, plan);
  const { passOver = stay } = test;
  return (element, frame) => {
    const list = sourceList(source(element, frame), 'filter');
    if (isUnknown(list)) return list;
    let kept = 0;
    let unknown: Unknown | undefined;
    let unknownElement: Unknown | undefined;
    for (let index = 0; index < list.length; ) {
      const begin = index;
      index = passOver(list, begin, true, frame);
      kept += index - begin;
      index = passOver(list, index, false, frame);
      if (--frame.steps < 0) return outOfSteps();
      if (index > begin) continue;
      const item = list[index];
      const truth = test(item, frame);
      if (isUnknown(truth)) unknown = joinUnknown(unknown, truth);
      else if (truth && !isDefinite(item)) unknownElement ??= firstUnknown([item]);
      else if (truth) kept += 1;
      index += 1;
    }
    return unknown ?? unknownElement ?? kept;
  };
}

const count: Builder = (call, plan) => {
  const counted = operand(call, 0);
  if (!plan.traced && counted.kind === 'call' && counted.operator === 'filter')
    return countKept(counted, plan);
  const source: Run = plan.value(counted, plan);
  return (element, frame) => {
    const list = source(element, frame);
    if (!Array.isArray(list)) return unfit('count', list);
    if (isBarren(list) && !plan.allowEmpty) return emptyList('count');
    return list.every(isDefinite) ? list.length : firstUnknown(list as unknown[]);
  };
};

export const lists: Readonly<Record<Name, Builder>> = {
  merge,
  map,
  filter,
  reduce,
  all: quantifier('all', false, (truth) => truth, false),
  some: quantifier('some', true, (truth) => truth, false),
  none: quantifier('none', true, (truth) => !truth, true),
  count,
};
