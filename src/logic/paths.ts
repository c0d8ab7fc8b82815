import type { Reading } from '../model/reading.ts';
import { type Builder, type Frame, operand, type Plan, type Run } from './closure.ts';
import type { OperatorName } from './operators.ts';
import { staticPath } from './rule.ts';
import {
  admit,
  isDefinite,
  isUnknown,
  joinUnknown,
  madeList,
  makeUnknown,
  numberOf,
  placeOf,
  type UnknownReason,
  type Unknown,
  unfit,
  type Value,
} from './value.ts';

/** Properties that are no data, whatever an object says. */
const forbidden: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** Whether a path is one key of an object, which the element's own properties or nothing can answer. */
export function isPlainKey(path: string): boolean {
  return path !== '' && path !== 'length' && !path.includes('.') && !forbidden.has(path);
}

function notOwn(path: string): Unknown {
  return makeUnknown({ code: 'logic.path', path });
}

/** One step down by own property. Undefined: there is nothing. Unknown: there is something that is no data. */
function stepInto(container: unknown, key: string, path: string): unknown {
  if (container === null || container === undefined) return undefined;
  if (typeof container !== 'object') return key in Object(container) ? notOwn(path) : undefined;
  if (Array.isArray(container) && key === 'length') return notOwn(path);
  if (Object.hasOwn(container, key)) return (container as Record<string, unknown>)[key];
  if (isUnknown(container)) return container;
  return key in container ? notOwn(path) : undefined;
}

type Lookup = (element: unknown) => unknown;

/**
 * Finds a path inside an element. Dots separate; in a policy an element that has the whole text as a key is asked for
 * that first, so that a column named `Resp. time` can be read.
 */
function lookup(path: string, plan: Plan): Lookup {
  if (path === '') return (element) => element;
  const keys = path.split('.');
  if (keys.some((key) => forbidden.has(key))) return () => notOwn(path);
  const [only] = keys;
  if (only !== undefined && keys.length === 1) return (element) => stepInto(element, only, path);
  const down: Lookup = (element) => {
    let at = element;
    for (const key of keys) at = stepInto(at, key, path);
    return at;
  };
  if (plan.mode === 'data') return down;
  return (element) => (isKeyOf(element, path) ? stepInto(element, path, path) : down(element));
}

function isKeyOf(element: unknown, key: string): boolean {
  return typeof element === 'object' && element !== null && Object.hasOwn(element, key);
}

function unknownReading(reading: Reading & { known: false }): Unknown {
  const { code, path, message, from } = reading;
  const reason: UnknownReason = { code, path };
  if (message !== undefined) reason.message = message;
  if (from !== undefined) reason.from = from;
  return makeUnknown(reason);
}

/** Reads one path where a `var` stands; `otherwise` is its default, for what is absent alone. */
function pathReader(path: string, plan: Plan, otherwise: Run | undefined): Run {
  if (plan.sight === 'evidence') {
    return (element, frame) => {
      const reading = frame.scope.read(path);
      if (reading.known) return admit(reading.value, path);
      return reading.observed === true && otherwise ? otherwise(element, frame) : unknownReading(reading);
    };
  }
  return elementReader(path, plan, otherwise);
}

function elementReader(path: string, plan: Plan, otherwise: Run | undefined): Run {
  const find = lookup(path, plan);
  const read: Run = (element, frame) => {
    const raw = find(element);
    if (raw !== undefined) return admit(raw, path);
    return otherwise ? otherwise(element, frame) : absent(element, path);
  };
  if (plan.mode === 'data' || !isPlainKey(path)) return read;
  // A primitive of an element of evidence, without a call and without asking whether it is the element's own: elements
  // have no prototype but Object.prototype, which holds no primitive, and `frame.clean` knows that it still holds none.
  return (element, frame) => {
    if (frame.clean && typeof element === 'object' && element !== null) {
      const cell = (element as Record<string, unknown>)[path];
      if (typeof cell === 'string' || typeof cell === 'boolean' || Number.isFinite(cell))
        return cell as Value;
    }
    return read(element, frame);
  };
}

function absent(element: unknown, path: string): Unknown {
  const from = placeOf(element);
  return makeUnknown({ code: 'evidence.absent', path, ...(from === undefined ? {} : { from }) });
}

const readVariable: Builder = (call, plan) => {
  const fallback = call.operands[1];
  // A default of null would make a known value of what is not there.
  const useful = fallback !== undefined && !(fallback.kind === 'literal' && fallback.value === null);
  const otherwise = useful ? plan.value(fallback, plan) : undefined;
  const path = staticPath(call);
  if (path !== undefined) return pathReader(path, plan, otherwise);
  const computed = plan.value(operand(call, 0), plan);
  return (element, frame) => {
    const value = computed(element, frame);
    if (value !== null && typeof value !== 'string' && typeof value !== 'number') return unfit('var', value);
    return pathReader(value === null ? '' : String(value), plan, otherwise)(element, frame);
  };
};

/** Whether a key is missing: absent, null or "". Unknown if nobody looked. */
function isMissing(key: string, element: unknown, plan: Plan, frame: Frame): boolean | Unknown {
  if (plan.sight === 'evidence') {
    const reading = frame.scope.read(key);
    if (!reading.known) return reading.observed === true ? true : unknownReading(reading);
    return isBlank(reading.value, key);
  }
  // INVARIANT: only the data as a whole, never an element of a policy's evidence, may be null and looked into.
  if (plan.mode === 'policy' && (element === null || element === undefined)) return absent(element, key);
  return isBlank(lookup(key, plan)(element), key);
}

function isBlank(raw: unknown, path: string): boolean | Unknown {
  if (raw === undefined || raw === null || raw === '') return true;
  if (isDefinite(raw)) return false;
  const admitted = admit(raw, path);
  return isUnknown(admitted) ? admitted : false;
}

function listMissing(keys: readonly unknown[], element: unknown, plan: Plan, frame: Frame): Value {
  let unknown: Unknown | undefined;
  const missing: unknown[] = [];
  for (const key of keys) {
    if (typeof key !== 'string' && typeof key !== 'number') return unfit('missing', admit(key, ''));
    const truth = isMissing(String(key), element, plan, frame);
    if (isUnknown(truth)) unknown = joinUnknown(unknown, truth);
    else if (truth) missing.push(key);
  }
  return unknown ?? madeList(missing);
}

const findMissing: Builder = (call, plan) => {
  const runs = call.operands.map((node) => plan.value(node, plan));
  return (element, frame) => {
    const values = runs.map((run) => run(element, frame));
    const [first] = values;
    if (!Array.isArray(first)) return listMissing(values, element, plan, frame);
    // The reference looks at the first list alone; what it would pass over in silence is not known.
    return values.length > 1
      ? unfit('missing', ...values)
      : listMissing(first as unknown[], element, plan, frame);
  };
};

const findMissingSome: Builder = (call, plan) => {
  const needed = plan.value(operand(call, 0), plan);
  const options = plan.value(operand(call, 1), plan);
  return (element, frame) => {
    const need = needed(element, frame);
    const keys = options(element, frame);
    if (!Number.isFinite(numberOf(need)) || !Array.isArray(keys)) return unfit('missing_some', need, keys);
    const missing = listMissing(keys as unknown[], element, plan, frame);
    if (!Array.isArray(missing)) return missing;
    return keys.length - missing.length >= numberOf(need) ? madeList([]) : missing;
  };
};

type Name = Extract<OperatorName, 'var' | 'missing' | 'missing_some'>;

export const paths: Readonly<Record<Name, Builder>> = {
  var: readVariable,
  missing: findMissing,
  missing_some: findMissingSome,
};
