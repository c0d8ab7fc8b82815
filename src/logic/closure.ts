import type { Reading } from '../model/reading.ts';
import type { Call, Mode, Node, Sight } from './rule.ts';
import type { Leaf } from './trace.ts';
import { makeUnknown, type Truth, type Unknown, type Value } from './value.ts';

/** What a rule looks at. `read` is asked for whole paths such as `flags.AUTH_MODE` or, for a log's row, a column. */
export interface LogicScope {
  read(path: string): Reading;
}

/** What one run carries along. */
export interface Frame {
  readonly scope: LogicScope;
  /** Steps that are left; a step is an element of a list or 64 characters of text. */
  steps: number;
  /** Whether the prototypes of objects and lists are as JavaScript made it, as far as reading can tell. */
  readonly clean: boolean;
  /** Leaf predicates in the order of judging; undefined unless the run is traced. */
  leaves: Leaf[] | undefined;
}

/** A compiled node. `element` is what `var` sees inside an iteration. */
export type Run = (element: unknown, frame: Frame) => Value;
export interface Test {
  (element: unknown, frame: Frame): Truth;
  /**
   * Where such a test can judge many elements in one loop: the index of the first, from `begin` on, for which it does
   * not simply say `usual`, or the length of the list. The elements passed over are known, and their steps are spent.
   */
  passOver?: (list: readonly unknown[], begin: number, usual: boolean, frame: Frame) => number;
}

/** How a node is compiled. */
export interface Plan {
  mode: Mode;
  /** `evidence` reads through the scope, the others read the element. */
  sight: Sight;
  /** Empty lists may be quantified over and counted. */
  allowEmpty: boolean;
  traced: boolean;
  /** The closure for a node in a place where its value counts. */
  value(node: Node, plan: Plan): Run;
  /** The same where only the truth of the value counts: there `and` and `or` are decided by the operands that are known. */
  decide(node: Node, plan: Plan): Run;
  truth(node: Node, plan: Plan): Test;
}

export type Builder = (call: Call, plan: Plan) => Run;

/** Steps of one run: a million rows under a few predicates, but not a list of lists of lists (R34). */
export const maxSteps = 10_000_000;

function isClean(): boolean {
  // Walks Object.prototype as well. No loop over elements: any enumerable property is one too many.
  // eslint-disable-next-line @typescript-eslint/no-for-in-array -- the inherited properties are the point
  for (const _ in Array.prototype) return false;
  return true;
}

/** `iterates`: whether the rule looks into elements at all, and so has to know that no prototype was tampered with. */
export function newFrame(scope: LogicScope, iterates: boolean, leaves?: Leaf[]): Frame {
  return { scope, steps: maxSteps, clean: iterates && isClean(), leaves };
}

/** Takes the cost of making or searching a text or list from the budget; false once it is used up. */
export function spend(frame: Frame, value: Value): boolean {
  if (typeof value === 'string') frame.steps -= value.length >> 6;
  else if (Array.isArray(value)) frame.steps -= value.length;
  return frame.steps >= 0;
}

export function outOfSteps(): Unknown {
  return makeUnknown({ code: 'logic.budget', message: 'the rule takes too many steps' });
}

/** An operand that the loader has counted. */
export function operand(call: Call, index: number): Node {
  const node = call.operands[index];
  if (node === undefined) throw new Error(`${call.operator} at ${call.pointer} has no operand ${index}`);
  return node;
}
