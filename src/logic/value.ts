import type { Json } from '../model/json.ts';
import type { Origin } from '../model/reading.ts';

const unknownTag: unique symbol = Symbol('unknown');
const placeTag: unique symbol = Symbol('place');

/** Why something is not known. `message` names types, never values, so that no secret can stand in it. */
export interface UnknownReason {
  /** A code of `model/reasons.ts`. */
  code: string;
  path?: string;
  message?: string;
  from?: Origin;
}

/** The third truth value, with at most `maxReasons` reasons. Made here alone: no JSON text can forge the tag. */
export interface Unknown {
  readonly [unknownTag]: readonly UnknownReason[];
}

type Composite = readonly unknown[] | { readonly [key: string]: unknown };

/**
 * What a closure gives: an ordinary JavaScript value, so that primitives cost no allocation, or an `Unknown`.
 * INVARIANT: numbers are finite; an object holds no unknown; elements of an array are raw and are admitted when used.
 */
export type Value = null | boolean | number | string | Composite | Unknown;

/** What a predicate gives. */
export type Truth = boolean | Unknown;

const maxReasons = 8;
const maxDepth = 64;
const maxNodes = 1_000_000;

/**
 * Empty lists that a rule itself made. Any other empty list was delivered by evidence and proves nothing. Each is a
 * list of its own, because `in` finds lists by identity, as the reference does.
 */
const emptied = new WeakSet<readonly unknown[]>();

/** Gives a list that a rule made, noting the rule as its maker if it is empty. */
export function madeList(elements: readonly unknown[]): readonly unknown[] {
  if (elements.length === 0) emptied.add(elements);
  return elements;
}

/** Whether a list without elements says nothing, because it came from evidence. */
export function isBarren(list: readonly unknown[]): boolean {
  return list.length === 0 && !emptied.has(list);
}

export function makeUnknown(reason: UnknownReason): Unknown {
  return { [unknownTag]: [reason] };
}

/**
 * An element, cell or field of a reading that is not known, such as a row that cannot be trusted. Typed as JSON so that
 * it can stand inside rows and lists; it must reach nothing but the logic.
 */
export function unknownValue(reason: UnknownReason): Json {
  return { [unknownTag]: [reason] } as unknown as Json;
}

export function isUnknown(value: unknown): value is Unknown {
  return typeof value === 'object' && value !== null && (value as Partial<Unknown>)[unknownTag] !== undefined;
}

export function reasonsOf(value: Unknown): readonly UnknownReason[] {
  return value[unknownTag];
}

/** Both, without repeating a reason. Bounded, so that a million unknown rows cost no more than a few. */
export function joinUnknown(a: Unknown | undefined, b: Unknown): Unknown {
  if (a === undefined || a === b) return b;
  const reasons = [...a[unknownTag]];
  for (const reason of b[unknownTag]) {
    if (reasons.length >= maxReasons) break;
    if (!reasons.some((known) => sameReason(known, reason))) reasons.push(reason);
  }
  return reasons.length === a[unknownTag].length ? a : { [unknownTag]: reasons };
}

function sameReason(a: UnknownReason, b: UnknownReason): boolean {
  return (
    a.code === b.code &&
    a.path === b.path &&
    a.message === b.message &&
    a.from?.evidence === b.from?.evidence &&
    a.from?.path === b.from?.path &&
    a.from?.line === b.from?.line
  );
}

/** Notes on an element of a list, such as a log's row, where it came from, so that a trace can cite it. */
export function placed<T extends object>(element: T, from: Origin): T {
  Object.defineProperty(element, placeTag, { value: from, enumerable: false });
  return element;
}

export function placeOf(element: unknown): Origin | undefined {
  return typeof element === 'object' && element !== null
    ? (element as { [placeTag]?: Origin })[placeTag]
    : undefined;
}

/** Takes a raw value in: what is null, not finite, no JSON, or an object that holds such a thing, is unknown. */
export function admit(raw: unknown, path: string): Value {
  if (typeof raw === 'string' || typeof raw === 'boolean') return raw;
  // Only of a finite number this is 0.
  if (typeof raw === 'number' && raw - raw === 0) return raw;
  return admitOther(raw, path);
}

function admitOther(raw: unknown, path: string): Value {
  switch (typeof raw) {
    case 'string':
    case 'boolean':
      return raw;
    case 'number':
      return Number.isFinite(raw) ? raw : makeUnknown({ code: 'logic.not-finite', path });
    case 'object':
      if (Array.isArray(raw)) return raw as readonly unknown[];
      return (raw === null ? undefined : admitObject(raw)) ?? hiddenUnknown(raw, path) ?? (raw as Composite);
    case 'bigint':
    case 'function':
    case 'symbol':
    case 'undefined':
      return makeUnknown({ code: raw === undefined ? 'evidence.absent' : 'logic.not-json', path });
  }
}

function admitObject(raw: object): Unknown | undefined {
  return isUnknown(raw) ? raw : undefined;
}

/** The first unknown inside a value, in key order, or undefined. Depth and size are bounded. */
export function hiddenUnknown(raw: unknown, path: string): Unknown | undefined {
  const budget = { nodes: maxNodes };
  const search = (value: unknown, depth: number): Unknown | undefined => {
    budget.nodes -= 1;
    if (depth > maxDepth || budget.nodes < 0) return makeUnknown({ code: 'logic.budget', path });
    if (value === null) return makeUnknown({ code: 'evidence.null', path });
    if (typeof value !== 'object') {
      const admitted = admit(value, path);
      return isUnknown(admitted) ? admitted : undefined;
    }
    if (isUnknown(value)) return value;
    if (!Array.isArray(value) && !isPlain(value)) return makeUnknown({ code: 'logic.not-json', path });
    // By index, not by `some` or `Object.values`: a hole in a list is an unknown too.
    const keys: readonly (string | number)[] = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
    for (const key of keys) {
      const found = search((value as Record<string | number, unknown>)[key], depth + 1);
      if (found) return found;
    }
    return undefined;
  };
  return search(raw, 0);
}

/** An object literal of this or another realm, or one without prototype; no Date, Map or instance of a class. */
export function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** Whether an element of a list is itself known; what an object holds inside is not looked at. */
export function isDefinite(element: unknown): boolean {
  switch (typeof element) {
    case 'string':
    case 'boolean':
      return true;
    case 'number':
      return Number.isFinite(element);
    case 'object':
      return element !== null && !isUnknown(element);
    case 'bigint':
    case 'function':
    case 'symbol':
    case 'undefined':
      return false;
  }
}

/** JSON Logic's truth: "", 0, null and [] are false. A list of which no element is known may be empty: unknown. */
export function truthOf(value: Value): Truth {
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'object') return value !== '' && value !== 0;
  if (value === null) return false;
  if (Array.isArray(value)) return truthOfList(value as readonly unknown[]);
  return isUnknown(value) ? value : true;
}

function truthOfList(list: readonly unknown[]): Truth {
  if (list.length === 0) return false;
  return list.some(isDefinite) ? true : firstUnknown(list);
}

/** The unknown of the first element that is not known, whatever its shape. */
export function firstUnknown(list: readonly unknown[]): Unknown {
  const element = list.find((candidate) => !isDefinite(candidate));
  const admitted = element === null || element === undefined ? undefined : admit(element, '');
  return admitted !== undefined && isUnknown(admitted) ? admitted : makeUnknown({ code: 'evidence.null' });
}

const decimalNumber = /^-?\d+(?:\.\d+)?$/;

/** The number of a number or of a decimal-number string such as `-12.50`; NaN for everything else (no exponent, no hex). */
export function numberOf(value: Value): number {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && decimalNumber.test(value) ? Number(value) : Number.NaN;
}

/** A word for the type of a value, for messages. */
export function kindOf(value: Value): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (isUnknown(value)) return 'an unknown';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/** The unknown operands joined, or, if all are known, the reason that their types do not fit. */
export function unfit(operator: string, ...operands: readonly Value[]): Unknown {
  let joined: Unknown | undefined;
  for (const operand of operands) if (isUnknown(operand)) joined = joinUnknown(joined, operand);
  if (joined) return joined;
  const message = `\`${operator}\` cannot judge ${operands.map(kindOf).join(' and ')}`;
  return makeUnknown({ code: 'logic.type', message });
}
