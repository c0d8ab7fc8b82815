/**
 * A second, naive reading of semantics section 1: the table as a tree-walking interpreter over plain data. It shares
 * no code with `src/logic`, gives no reasons and does not care for speed; the differential test holds the two together.
 */

/** Stands in generated data for an element that is not known, such as a row that cannot be trusted. */
export const hole: object = Object.freeze({});

/** The third value. */
export const U = Symbol('unknown');

const own = (container: object, key: string): boolean => Object.prototype.hasOwnProperty.call(container, key);
const isList = Array.isArray;
const isThing = (v: any): boolean => v === null || typeof v === 'object';
const isNumber = (v: any): v is number => typeof v === 'number' && v - v === 0;
const decimal = /^-?[0-9]+(\.[0-9]+)?$/;

/** A number, or the number that a decimal-number string writes; otherwise nothing. */
const toNumber = (v: any): number | undefined =>
  isNumber(v)
    ? v
    : typeof v === 'string' && decimal.test(v) && isNumber(parseFloat(v))
      ? parseFloat(v)
      : undefined;

/** Empty lists that the rule itself made. */
let made = new WeakSet<object>();
const make = (list: any[]): any[] => {
  if (list.length === 0) made.add(list);
  return list;
};

/** Whether a raw value of the data is unknown; a list never is as a whole. */
function lacks(raw: any): boolean {
  if (elementLacks(raw)) return true;
  if (isList(raw) || typeof raw !== 'object') return false;
  if (![null, Object.prototype].includes(Object.getPrototypeOf(raw))) return true;
  return Object.values(raw).some(lacksDeeply);
}

function lacksDeeply(raw: any): boolean {
  return isList(raw) ? [...raw].some(lacksDeeply) : lacks(raw);
}

/** Whether an element of a list is unknown, whatever an object holds inside. */
function elementLacks(raw: any): boolean {
  if (raw === hole || raw === U || raw === null) return true;
  return typeof raw === 'number' ? !isNumber(raw) : !['string', 'boolean', 'object'].includes(typeof raw);
}

function truth(v: any): any {
  if (v === U) return U;
  if (isList(v)) return v.length === 0 ? false : v.every(elementLacks) ? U : true;
  return Boolean(v);
}

/** `absent` is what a path gives that leads nowhere. */
const absent = Symbol('absent');

function walk(data: any, path: string): any {
  let at = data;
  for (const key of path === '' ? [] : path.split('.')) {
    if (['__proto__', 'constructor', 'prototype'].includes(key)) return U;
    if (at === U || at === hole) return U;
    if (at === null || at === undefined) return absent;
    if (typeof at !== 'object') return (Object(at) as object)[key as never] === undefined ? absent : U;
    if (isList(at) && key === 'length') return U;
    if (!own(at, key)) return at[key] === undefined ? absent : U;
    at = at[key];
  }
  return at === undefined ? absent : at;
}

function readVar(operands: any[], data: any): any {
  const path = operands.length === 0 ? '' : ask(operands[0], data);
  if (path === U || typeof path === 'boolean' || (isThing(path) && path !== null)) return U;
  const raw = walk(data, path === null ? '' : `${path}`);
  if (raw === absent) return operands.length < 2 || operands[1] === null ? U : ask(operands[1], data);
  return raw === U || lacks(raw) ? U : raw;
}

function listMissing(keys: any[], data: any): any {
  const found: any[] = [];
  for (const key of keys) {
    if (typeof key !== 'string' && typeof key !== 'number') return U;
    const raw = walk(data, String(key));
    if (raw === absent || raw === null || raw === '') found.push(key);
    else if (raw === U || elementLacks(raw)) return U;
  }
  return make(found);
}

function compare(op: string, a: any, b: any): any {
  if (a === U || b === U || isThing(a) || isThing(b)) return U;
  if (op === '===') return a === b;
  if (op === '!==') return a !== b;
  let [x, y] = [a, b];
  if (typeof a !== typeof b) {
    [x, y] = [toNumber(a), toNumber(b)];
    if (x === undefined || y === undefined) return U;
  }
  if (op === '==') return x === y;
  if (op === '!=') return x !== y;
  if (typeof x === 'boolean') return U;
  if (op === '<') return x < y;
  if (op === '<=') return x <= y;
  return op === '>' ? x > y : x >= y;
}

/** Kleene's conjunction of truths; with `or` given, the disjunction. */
function kleene(truths: any[], decisive: boolean): any {
  if (truths.includes(decisive)) return decisive;
  return truths.includes(U) ? U : !decisive;
}

function find(needle: any, hay: any): any {
  if (needle === U || needle === null || hay === U) return U;
  if (typeof hay === 'string')
    return typeof needle !== 'string' || needle === '' ? U : hay.indexOf(needle) >= 0;
  if (!isList(hay)) return U;
  if (hay.indexOf(needle) >= 0) return true;
  return hay.some(elementLacks) ? U : false;
}

function calculate(op: string, operands: any[]): any {
  const numbers = operands.map(toNumber);
  if (numbers.length === 0 || numbers.includes(undefined)) return U;
  if (op === '*' && operands.length === 1) return operands[0];
  const [first, second] = numbers as number[];
  const fold = (f: (a: number, b: number) => number) => (numbers as number[]).reduce(f);
  let result: number;
  if (op === '+') result = fold((a, b) => a + b);
  else if (op === '*') result = fold((a, b) => a * b);
  else if (op === 'min') result = fold((a, b) => (b < a ? b : a));
  else if (op === 'max') result = fold((a, b) => (b > a ? b : a));
  else if (op === '-') result = second === undefined ? 0 - first! : first! - second;
  else result = op === '/' ? first! / second! : first! % second!;
  return isNumber(result) ? result : U;
}

function cut([source, from, length]: any[], count: number): any {
  if (source === U || isThing(source) || !Number.isInteger(from)) return U;
  if (count > 2 && !Number.isInteger(length)) return U;
  const letters = String(source).split('');
  const rest = letters.splice(from);
  if (count > 2) rest.splice(length < 0 ? Math.max(rest.length + length, 0) : length);
  return rest.join('');
}

function iterate(op: string, [source, body, start]: any[], data: any, allowEmpty: boolean): any {
  const list = ask(source, data);
  if (!isList(list)) return U;
  const known = list.length > 0 || made.has(list);
  const test = (element: any) => truth(ask(body, element, true));
  switch (op) {
    case 'map':
      return known ? make(list.map((element) => ask(body, element))) : U;
    case 'filter': {
      const truths = list.map(test);
      return !known || truths.includes(U) ? U : make(list.filter((_, i) => truths[i]));
    }
    case 'reduce':
      if (!known) return U;
      return list.reduce(
        (accumulator, current) =>
          ask(body, {
            current: current === U ? hole : current,
            accumulator: accumulator === U ? hole : accumulator,
          }),
        start === undefined ? null : ask(start, data),
      );
    case 'count':
      if (!known && !allowEmpty) return U;
      return list.some(elementLacks) ? U : list.length;
  }
  if (list.length === 0) return allowEmpty ? op === 'none' : U;
  const answer = kleene(list.map(test), op !== 'all');
  return op === 'none' && answer !== U ? !answer : answer;
}

let emptyAllowed = false;

/** The value of a rule. `byTruth`: only its truth is asked, so that `and` and `or` may be decided by known operands. */
function ask(rule: any, data: any, byTruth = false): any {
  if (isList(rule)) return make(rule.map((item) => ask(item, data)));
  if (rule === null || typeof rule !== 'object' || Object.keys(rule).length === 0) return rule;
  const op = Object.keys(rule)[0]!;
  const operands: any[] = isList(rule[op]) ? rule[op] : [rule[op]];
  // Inside an iteration an unknown element may have come from a `map`.
  const seen = data === U ? hole : data;
  if (op === 'var') return readVar(operands, seen);
  if (['map', 'filter', 'reduce', 'all', 'some', 'none', 'count'].includes(op)) {
    return iterate(op, operands, seen, emptyAllowed);
  }
  if (op === 'and' || op === 'or') return join(operands, seen, op === 'or', byTruth);
  if (op === 'if' || op === '?:') return choose(operands, seen);
  if (op === '!' || op === '!!') {
    const t = truth(ask(operands[0], seen, true));
    return t === U ? U : op === '!' ? !t : t;
  }
  return apply(
    op,
    operands.map((operand) => ask(operand, seen)),
    seen,
  );
}

function join(operands: any[], data: any, decisive: boolean, byTruth: boolean): any {
  const values = operands.map((operand) => ask(operand, data, byTruth));
  const truths = values.map(truth);
  const first = truths.indexOf(decisive);
  if (byTruth) return first >= 0 ? values[first] : truths.includes(U) ? U : values.at(-1);
  return truths.includes(U) ? U : first >= 0 ? values[first] : values.at(-1);
}

function choose(operands: any[], data: any): any {
  for (let i = 0; i + 1 < operands.length; i += 2) {
    const t = truth(ask(operands[i], data, true));
    if (t === U) return U;
    if (t) return ask(operands[i + 1], data);
  }
  return operands.length % 2 === 1 ? ask(operands.at(-1), data) : null;
}

function apply(op: string, v: any[], data: any): any {
  if (op === 'in') return find(v[0], v[1]);
  if (op === 'substr') return cut(v, v.length);
  if (op === 'cat') return v.some((e) => e === U || isThing(e)) ? U : v.reduce((a, b) => a + String(b), '');
  if (op === 'merge') return mergeAll(v);
  if (op === 'missing')
    return isList(v[0]) ? (v.length > 1 ? U : listMissing(v[0], data)) : listMissing(v, data);
  if (op === 'missing_some') {
    const need = toNumber(v[0]);
    if (need === undefined || !isList(v[1])) return U;
    const list = listMissing(v[1], data);
    return list === U ? U : v[1].length - list.length >= need ? make([]) : list;
  }
  if (['+', '-', '*', '/', '%', 'min', 'max'].includes(op)) return calculate(op, v);
  return v.length === 3
    ? kleene([compare(op, v[0], v[1]), compare(op, v[1], v[2])], false)
    : compare(op, v[0], v[1]);
}

function mergeAll(v: any[]): any {
  if (v.includes(U)) return U;
  const joined = v.flat(1);
  return v.some((e) => isList(e) && e.length === 0 && !made.has(e)) ? joined : make(joined);
}

/** Whether a result is not wholly known: null stands for itself at the top, for nothing inside. */
function holdsUnknown(v: any): boolean {
  return v !== null && (isList(v) ? [...v].some(lacksDeeply) : lacks(v));
}

export interface Expected {
  /** The value of the rule, or U. */
  value: any;
  /** Its truth where truth is asked at the top, or U. */
  truth: any;
}

export function expectedOf(rule: any, data: any, allowEmpty = false): Expected {
  made = new WeakSet();
  emptyAllowed = allowEmpty;
  const value = ask(rule, data);
  return { value: holdsUnknown(value) ? U : value, truth: truth(ask(rule, data, true)) };
}
