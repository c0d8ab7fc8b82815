import type { Json } from '../model/json.ts';
import type { Plan, Run, Test } from './closure.ts';
import type { OperatorName } from './operators.ts';
import { isPlainKey } from './paths.ts';
import { type Call, literalItems, type Node, type Sight, staticPath } from './rule.ts';
import { isDefinite } from './value.ts';

/**
 * The fast tier: a predicate that only compares paths with literals becomes a decision list, walked by one loop without
 * a call for each operator. It answers only where every value it meets has the type of its literal, so that JavaScript's
 * operators are the table's; anything else, an unknown first of all, it leaves to the closures.
 */
interface Decision {
  path: string;
  test: Comparison;
  /** `typeof` of the literal: what the value has to be. */
  type: string;
  literal: Primitive;
  list: readonly Json[];
  /** The decision that comes next, or the answer. */
  whenTrue: Next;
  whenFalse: Next;
  /** The way of the literal itself. */
  whenSame: Next;
}

type Next = Decision | boolean;

type Primitive = string | number | boolean;

// Numbers, because a switch over them is one jump.
const Equal = 0;
const Unequal = 1;
const Less = 2;
const AtMost = 3;
const More = 4;
const AtLeast = 5;
const Among = 6;
const Contains = 7;
const Holds = 8;

type Comparison =
  | typeof Equal
  | typeof Unequal
  | typeof Less
  | typeof AtMost
  | typeof More
  | typeof AtLeast
  | typeof Among
  | typeof Contains
  | typeof Holds;

const tests: Readonly<Partial<Record<OperatorName, readonly [test: Comparison, mirrored: Comparison]>>> = {
  '==': [Equal, Equal],
  '===': [Equal, Equal],
  '!=': [Unequal, Unequal],
  '!==': [Unequal, Unequal],
  '<': [Less, More],
  '<=': [AtMost, AtLeast],
  '>': [More, Less],
  '>=': [AtLeast, AtMost],
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
  if (call.operator === 'var') return withLiteral(call, Holds, true, ways);
  if (!left || !right || call.operands.length !== 2) return undefined;
  if (call.operator === 'in') return search(left, right, ways);
  const pair = tests[call.operator];
  if (!pair) return undefined;
  if (right.kind === 'literal') return withLiteral(left, pair[0], right.value, ways);
  return left.kind === 'literal' ? withLiteral(right, pair[1], left.value, ways) : undefined;
}

function search(needle: Node, haystack: Node, ways: Ways): Decision | undefined {
  if (needle.kind === 'literal') {
    return typeof needle.value === 'string' && needle.value !== ''
      ? withLiteral(haystack, Contains, needle.value, ways)
      : undefined;
  }
  const list = literalItems(haystack);
  // One type, so that one look at the value tells whether its element can be in the list.
  if (!list?.every((item) => isDefinite(item) && typeof item === typeof list[0])) return undefined;
  const found = withLiteral(needle, Among, list[0] ?? null, ways);
  return found && { ...found, list };
}

const orderless: ReadonlySet<Comparison> = new Set([Equal, Unequal, Among, Holds]);
/** Tests that a value does not stand against itself. */
const strict: ReadonlySet<Comparison> = new Set([Unequal, Less, More]);

function withLiteral(node: Node, test: Comparison, literal: Json, ways: Ways): Decision | undefined {
  const path = node.kind === 'call' && node.operator === 'var' ? staticPath(node) : undefined;
  if (path === undefined || (ways.sight === 'evidence' ? path === '' : !isPlainKey(path))) return undefined;
  if (typeof literal === 'object' || (typeof literal === 'boolean' && !orderless.has(test))) return undefined;
  const { whenTrue, whenFalse } = ways;
  const whenSame = strict.has(test) ? whenFalse : whenTrue;
  return { path, test, type: typeof literal, literal, list: [], whenTrue, whenFalse, whenSame };
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

function walkElement<T extends Run>(first: Decision, closure: T): T {
  const walk: Run = (element, frame) => {
    if (!frame.clean || typeof element !== 'object' || element === null) return closure(element, frame);
    let at: Next = first;
    do {
      const next: Next | undefined = follow(at, (element as Record<string, unknown>)[at.path]);
      if (next === undefined) return closure(element, frame);
      at = next;
    } while (typeof at === 'object');
    return at;
  };
  return walk as T;
}

/** The way that a value leads; undefined if it has not the type of the literal. */
function follow(at: Decision, value: unknown): Next | undefined {
  // What is identical to a literal has its type and is finite: no need to look.
  if (value === at.literal) return at.whenSame;
  // Only of a number that is not finite the difference is not 0.
  if (typeof value !== at.type || (typeof value === 'number' && value - value !== 0)) return undefined;
  return holds(at, value as Primitive) ? at.whenTrue : at.whenFalse;
}

function holds(at: Decision, value: Primitive): boolean {
  const { literal } = at;
  switch (at.test) {
    case Equal:
      return value === literal;
    case Unequal:
      return value !== literal;
    case Less:
      return value < literal;
    case AtMost:
      return value <= literal;
    case More:
      return value > literal;
    case AtLeast:
      return value >= literal;
    case Among:
      return at.list.includes(value);
    case Contains:
      return (value as string).includes(literal as string);
    case Holds:
      return value as boolean;
  }
}
