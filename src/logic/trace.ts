import type { Origin } from '../model/reading.ts';
import { type Frame, operand, type Plan, type Run } from './closure.ts';
import type { OperatorName } from './operators.ts';
import { type Call, isIteration, type Node, staticKeys, staticPath } from './rule.ts';
import { isUnknown, placeOf, reasonsOf, type UnknownReason, type Value } from './value.ts';

/** What was seen of a value: a primitive itself, of a list or object its size alone. */
export type Seen =
  | { known: true; value: null | boolean | number | string }
  | { known: true; size: number }
  | { known: false; reasons: readonly UnknownReason[] };

/** A path that a leaf read, what it gave and where that came from. */
export type SeenPath = Seen & { path: string; from?: Origin };

/** A predicate that holds no other predicate: a comparison, a quantifier, or a value whose truth was asked. */
export interface Leaf {
  /** JSON Pointer into the rule. */
  pointer: string;
  operator: OperatorName;
  operands: readonly Seen[];
  reads: readonly SeenPath[];
  result: Seen;
}

/** The most leaves of one trace; those judged first are kept. */
export const maxLeaves = 200;

const quantifiers: ReadonlySet<OperatorName> = new Set(['all', 'some', 'none']);
const comparing: ReadonlySet<OperatorName> = new Set(['==', '!=', '===', '!==', '<', '<=', '>', '>=', 'in']);
const logical: ReadonlySet<OperatorName> = new Set(['and', 'or', 'if', '?:', '!', '!!']);

/**
 * Adds the recording of a leaf to a closure, if the call is one. `asked`: its truth is asked; what is a leaf wherever it
 * stands was recorded before, when its value was built.
 */
export function traceCall(call: Call, run: Run, plan: Plan, asked: boolean): Run {
  const { operator } = call;
  if (quantifiers.has(operator)) return asked ? run : record(call, run, plan, call.operands.slice(0, 1));
  if (comparing.has(operator)) {
    return asked ? run : record(call, plan.value(call, { ...plan, traced: false }), plan, call.operands);
  }
  if (!asked || logical.has(operator)) return run;
  return record(call, run, plan, []);
}

function record(call: Call, run: Run, plan: Plan, shown: readonly Node[]): Run {
  const untraced: Plan = { ...plan, traced: false };
  const operands = shown.map((node) => plan.value(node, untraced));
  const readers = variablesOf(call).map((variable) => pathSeer(variable, untraced));
  return (element, frame) => {
    const result = run(element, frame);
    if (frame.leaves === undefined || frame.leaves.length >= maxLeaves) return result;
    frame.leaves.push({
      pointer: call.pointer,
      operator: call.operator,
      operands: operands.map((see) => seen(see(element, frame))),
      reads: readers.flatMap((see) => see(element, frame)),
      result: seen(result),
    });
    return result;
  };
}

function seen(value: Value): Seen {
  if (isUnknown(value)) return { known: false, reasons: reasonsOf(value) };
  if (typeof value !== 'object' || value === null) return { known: true, value };
  return { known: true, size: Array.isArray(value) ? value.length : Object.keys(value).length };
}

/** The calls below (and with) a call that read a path, outside the bodies of iterations. */
function variablesOf(call: Call): readonly Call[] {
  if (call.operator === 'var' || call.operator === 'missing' || call.operator === 'missing_some')
    return [call];
  const inSight = isIteration(call.operator) ? [operand(call, 0)] : call.operands;
  return inSight.flatMap(variablesIn);
}

function variablesIn(node: Node): readonly Call[] {
  switch (node.kind) {
    case 'literal':
      return [];
    case 'list':
      return node.items.flatMap(variablesIn);
    case 'call':
      return variablesOf(node);
  }
}

type Seer = (element: unknown, frame: Frame) => readonly SeenPath[];

function pathSeer(call: Call, plan: Plan): Seer {
  const path = call.operator === 'var' ? staticPath(call) : undefined;
  const paths = path === undefined ? (call.operator === 'var' ? [] : (staticKeys(call) ?? [])) : [path];
  const readers = paths.map((name) => ({ name, run: plan.value(variable(name, call.pointer), plan) }));
  return (element, frame) =>
    readers.map(({ name, run }) => {
      const from = originOf(name, element, plan, frame);
      return { ...seen(run(element, frame)), path: name, ...(from === undefined ? {} : { from }) };
    });
}

function variable(path: string, pointer: string): Call {
  return { kind: 'call', operator: 'var', operands: [{ kind: 'literal', value: path, pointer }], pointer };
}

function originOf(path: string, element: unknown, plan: Plan, frame: Frame): Origin | undefined {
  if (plan.sight === 'evidence') return frame.scope.read(path).from;
  return placeOf(plan.sight === 'fold' ? (element as { current?: unknown }).current : element);
}
