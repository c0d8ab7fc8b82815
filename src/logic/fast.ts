import type { Json } from '../model/json.ts';
import type { Plan, Run, Test } from './closure.ts';
import type { OperatorName } from './operators.ts';
import { isPlainKey } from './paths.ts';
import { type Call, literalItems, type Node, type Sight, staticPath } from './rule.ts';

/**
 * The fast tier: a predicate that only compares paths with literals becomes a decision list, walked by one loop without
 * a call for each operator. It answers only where every value it meets has the type of its literal, so that JavaScript's
 * operators are the table's; anything else, an unknown first of all, it leaves to the closures.
 */
interface Decision {
  path: string;
  test: Comparison;
  /** The literal, in the field of its type. */
  text: string;
  number: number;
  flag: boolean;
  texts: readonly string[];
  /** The decision that comes next, or the answer. */
  whenTrue: Next;
  whenFalse: Next;
}

type Next = Decision | boolean;

// Numbers, because a switch over them is one jump. Each compares values of one type, because a comparison that has only
// ever seen one type is one machine instruction.
const SameText = 0;
const AmongTexts = 1;
const Contains = 2;
const SameNumber = 3;
const Less = 4;
const AtMost = 5;
const SameFlag = 6;

type Comparison =
  | typeof SameText
  | typeof AmongTexts
  | typeof Contains
  | typeof SameNumber
  | typeof Less
  | typeof AtMost
  | typeof SameFlag;

interface Order {
  test: typeof SameNumber | typeof Less | typeof AtMost;
  /** The test has to fail: `>` is what `<=` is not. */
  contrary: boolean;
  /** The operator with its operands exchanged. */
  mirrored: OperatorName;
}

const orders: Readonly<Partial<Record<OperatorName, Order>>> = {
  '==': { test: SameNumber, contrary: false, mirrored: '==' },
  '===': { test: SameNumber, contrary: false, mirrored: '===' },
  '!=': { test: SameNumber, contrary: true, mirrored: '!=' },
  '!==': { test: SameNumber, contrary: true, mirrored: '!==' },
  '<': { test: Less, contrary: false, mirrored: '>' },
  '<=': { test: AtMost, contrary: false, mirrored: '>=' },
  '>': { test: AtMost, contrary: true, mirrored: '<' },
  '>=': { test: Less, contrary: true, mirrored: '<=' },
};

/**
 * The fast tier of a predicate before its closure, which is asked where the fast tier leaves the answer open; the
 * closure alone if the predicate does more than compare.
 */
export function withFastTier<T extends Run>(node: Node, plan: Plan, closure: T): T | Test {
  // Plain data may have prototypes of its own; `reduce` makes a new element each time.
  if (plan.mode === 'data' || plan.sight === 'fold' || plan.traced) return closure;
  const first = decide(node, { whenTrue: true, whenFalse: false, sight: plan.sight });
  if (first === undefined || typeof first === 'boolean') return closure;
  return plan.sight === 'evidence' ? walkReadings(first, closure) : walkElement(first, closure);
}

interface Ways {
  sight: Sight;
  whenTrue: Next;
  whenFalse: Next;
}

/** Where to begin so that a node's truth leads one way or the other; operands are laid from the last to the first. */
function decide(node: Node, ways: Ways): Next | undefined {
  if (node.kind !== 'call') return undefined;
  const { operator, operands } = node;
  const [only] = operands;
  if ((operator === '!!' || operator === '!') && only) {
    return decide(
      only,
      operator === '!!' ? ways : { ...ways, whenTrue: ways.whenFalse, whenFalse: ways.whenTrue },
    );
  }
  if (operator !== 'and' && operator !== 'or') return compare(node, ways);
  let next: Next | undefined = operator === 'and' ? ways.whenTrue : ways.whenFalse;
  for (const part of [...operands].reverse()) {
    if (next === undefined) return undefined;
    next = decide(part, operator === 'and' ? { ...ways, whenTrue: next } : { ...ways, whenFalse: next });
  }
  return next;
}

function compare(call: Call, ways: Ways): Decision | undefined {
  const [left, right] = call.operands;
  if (call.operator === 'var') return testOf(call, { test: SameFlag, flag: true }, ways);
  if (!left || !right || call.operands.length !== 2) return undefined;
  if (call.operator === 'in') return search(left, right, ways);
  const order = orders[call.operator];
  if (!order) return undefined;
  if (right.kind === 'literal') return against(left, right.value, order, ways);
  const mirrored = orders[order.mirrored];
  return left.kind === 'literal' && mirrored ? against(right, left.value, mirrored, ways) : undefined;
}

/** Texts and flags are compared for being the same; their order is left to the closures. */
function against(
  node: Node,
  literal: Json,
  { test, contrary }: Order,
  { sight, whenTrue, whenFalse }: Ways,
): Decision | undefined {
  const ways = contrary
    ? { sight, whenTrue: whenFalse, whenFalse: whenTrue }
    : { sight, whenTrue, whenFalse };
  if (typeof literal === 'number') return testOf(node, { test, number: literal }, ways);
  if (test !== SameNumber) return undefined;
  if (typeof literal === 'string') return testOf(node, { test: SameText, text: literal }, ways);
  return typeof literal === 'boolean' ? testOf(node, { test: SameFlag, flag: literal }, ways) : undefined;
}

function search(needle: Node, haystack: Node, ways: Ways): Decision | undefined {
  if (needle.kind === 'literal') {
    return typeof needle.value === 'string' && needle.value !== ''
      ? testOf(haystack, { test: Contains, text: needle.value }, ways)
      : undefined;
  }
  const texts = literalItems(haystack);
  return texts?.every((item) => typeof item === 'string')
    ? testOf(needle, { test: AmongTexts, texts }, ways)
    : undefined;
}

type Demand = Pick<Decision, 'test'> & Partial<Pick<Decision, 'text' | 'number' | 'flag' | 'texts'>>;

function testOf(
  node: Node,
  { test, text = '', number = 0, flag = false, texts = [] }: Demand,
  { sight, whenTrue, whenFalse }: Ways,
): Decision | undefined {
  const path = node.kind === 'call' && node.operator === 'var' ? staticPath(node) : undefined;
  if (path === undefined || (sight === 'evidence' ? path === '' : !isPlainKey(path))) return undefined;
  return { path, test, text, number, flag, texts, whenTrue, whenFalse };
}

function walkReadings<T extends Run>(first: Decision, closure: T): T {
  const walk: Run = (element, frame) => {
    let at: Next = first;
    do {
      const reading = frame.scope.read(at.path);
      if (!reading.known) return closure(element, frame);
      const next: Next | undefined = follow(at, reading.value);
      if (next === undefined) return closure(element, frame);
      at = next;
    } while (typeof at === 'object');
    return at;
  };
  return walk as T;
}

function walkElement<T extends Run>(first: Decision, closure: T): T & Pick<Test, 'passOver'> {
  const walk: Run = (element, frame) =>
    (frame.clean ? answer(first, element) : undefined) ?? closure(element, frame);
  const passOver: Test['passOver'] = (list, begin, usual, frame) => {
    let index = begin;
    if (frame.clean) while (index < list.length && answer(first, list[index]) === usual) index += 1;
    frame.steps -= index - begin;
    return index;
  };
  return Object.assign(walk as T, { passOver });
}

/** What the fast tier says of an element; undefined where it leaves the answer open. */
function answer(first: Decision, element: unknown): boolean | undefined {
  if (typeof element !== 'object' || element === null) return undefined;
  let at: Next | undefined = first;
  do at = follow(at, (element as Record<string, unknown>)[at.path]);
  while (typeof at === 'object');
  return at;
}

/** The way that a value leads; undefined if it has not the type of the literal. */
function follow(at: Decision, value: unknown): Next | undefined {
  switch (at.test) {
    case SameText:
      return typeof value === 'string' ? wayOf(at, value === at.text) : undefined;
    case AmongTexts:
      return typeof value === 'string' ? wayOf(at, among(at.texts, value)) : undefined;
    case Contains:
      return typeof value === 'string' ? wayOf(at, value.includes(at.text)) : undefined;
    case SameNumber:
      return isFiniteNumber(value) ? wayOf(at, value === at.number) : undefined;
    case Less:
      return isFiniteNumber(value) ? wayOf(at, value < at.number) : undefined;
    case AtMost:
      return isFiniteNumber(value) ? wayOf(at, value <= at.number) : undefined;
    case SameFlag:
      return typeof value === 'boolean' ? wayOf(at, value === at.flag) : undefined;
  }
}

function wayOf(at: Decision, holds: boolean): Next {
  return holds ? at.whenTrue : at.whenFalse;
}

function isFiniteNumber(value: unknown): value is number {
  // Only of a finite number the difference is 0.
  return typeof value === 'number' && value - value === 0;
}

function among(texts: readonly string[], value: string): boolean {
  for (let i = 0; i < texts.length; i += 1) if (texts[i] === value) return true;
  return false;
}
