import type { LogicScope } from '../../src/logic/compile.ts';
import { maxDepth, maxSize } from '../../src/logic/load.ts';
import type { Json } from '../../src/model/json.ts';
import type { LogicUnderTest } from './oracle.ts';

/** Laws that random pairs over plain data cannot see: refusals, limits, scopes, prototypes. `true` if the law holds. */
export const laws: Readonly<Record<string, (logic: LogicUnderTest) => boolean>> = {
  ...refusals(),
  [`depth ${maxDepth} is allowed`]: (logic) => logic.compileLogic(deep(maxDepth)).ok,
  [`depth ${maxDepth + 1} is refused`]: (logic) => refusedFor(logic, deep(maxDepth + 1), 'logic/depth'),
  [`size ${maxSize} is allowed`]: (logic) => logic.compileLogic(wide(maxSize)).ok,
  [`size ${maxSize + 1} is refused`]: (logic) => refusedFor(logic, wide(maxSize + 1), 'logic/size'),
  'three operands make a chain': (logic) => logic.compileLogic({ '<': [0, { var: 'm' }, 9] }).ok,
  'missing lists what was observed to be absent': (logic) =>
    testOver(logic, { '!!': { missing: ['gone'] } }, observed) === true,
  'missing over what nobody observed is unknown': (logic) =>
    testOver(logic, { '!!': { missing: ['gone'] } }, unobserved) === undefined,
  'a default does not stand in for what nobody observed': (logic) => {
    const result = logic.compileLogic({ '==': [{ var: ['gone', 1] }, 1] }, { mode: 'data' });
    return result.ok && !result.compiled.test(unobserved).known;
  },
  'a default stands in for what was observed to be absent': (logic) => {
    const result = logic.compileLogic({ '==': [{ var: ['gone', 1] }, 1] }, { mode: 'data' });
    return result.ok && result.compiled.test(observed).known;
  },
  'a default of null is no value': (logic) => !logic.evaluateLogic({ var: ['gone', null] }, {}).known,
  'a column with a dot is found': (logic) =>
    testOver(
      logic,
      { all: [{ var: 'rows' }, { '==': [{ var: 'Resp. time' }, 3] }] },
      rows({ 'Resp. time': 3 }),
    ) === true,
  'a null element is not looked into': (logic) =>
    testOver(logic, { some: [{ var: 'rows' }, { '!!': { missing: ['a'] } }] }, rows(null)) === undefined,
  'an inherited property is no data': (logic) =>
    !logic.evaluateLogic({ var: 'secret' }, Object.create({ secret: 'x' })).known,
  'a forbidden path is unknown even where it is an own property': (logic) =>
    !logic.evaluateLogic({ var: 'prototype' }, { prototype: 1 }).known,
  'a polluted prototype of objects opens nothing': (logic) => {
    Object.defineProperty(Object.prototype, 'polluted', {
      value: 'pass',
      enumerable: true,
      configurable: true,
    });
    try {
      return testOver(logic, polluted, rows({ a: 1 })) === undefined;
    } finally {
      Reflect.deleteProperty(Object.prototype, 'polluted');
    }
  },
  'a polluted prototype of lists opens nothing': (logic) => {
    Object.defineProperty(Array.prototype, 'polluted', {
      value: 'pass',
      enumerable: true,
      configurable: true,
    });
    try {
      return testOver(logic, polluted, rows([1])) === undefined;
    } finally {
      Reflect.deleteProperty(Array.prototype, 'polluted');
    }
  },
  'a boolean has no order': (logic) =>
    testOver(
      logic,
      { '<': [{ var: 'rows' }, true] },
      { read: (path) => ({ known: true, value: false, from: { evidence: path } }) },
    ) === undefined,
};

const polluted: Json = { all: [{ var: 'rows' }, { '==': [{ var: 'polluted' }, 'pass'] }] };

/** The name of a law that does not hold; a law that throws does not hold. */
export function brokenLaw(logic: LogicUnderTest): string | undefined {
  return Object.keys(laws).find((name) => {
    try {
      return laws[name]?.(logic) !== true;
    } catch {
      return true;
    }
  });
}

const observed: LogicScope = { read: (path) => ({ known: false, code: 'env.unset', path, observed: true }) };
const unobserved: LogicScope = { read: (path) => ({ known: false, code: 'evidence.stale', path }) };
const rows = (row: Json): LogicScope => ({ read: () => ({ known: true, value: [row] }) });

function testOver(logic: LogicUnderTest, rule: Json, scope: LogicScope): boolean | undefined {
  const result = logic.compileLogic(rule);
  if (!result.ok) throw new Error(result.problems[0]?.message);
  const truth = result.compiled.test(scope);
  return truth.known ? truth.value : undefined;
}

function deep(levels: number): Json {
  return levels === 1 ? { var: 'm' } : { '!': deep(levels - 1) };
}

function wide(values: number): Json {
  return { or: [{ var: 'm' }, { in: [{ var: 'm' }, Array.from({ length: values - 7 }, () => 1)] }] };
}

function refusedFor(logic: LogicUnderTest, rule: Json, code: string): boolean {
  const result = logic.compileLogic(rule);
  return !result.ok && result.problems.every((problem) => problem.code === code);
}

/** One rule for each thing that a policy refuses. */
function refusals(): Record<string, (logic: LogicUnderTest) => boolean> {
  const m: Json = { var: 'm' };
  const refused: readonly (readonly [code: string, rule: Json])[] = [
    ['unknown-operator', { nope: m }],
    ['refused-operator', { log: m }],
    ['two-operators', { '<': [m, 1], '>': [m, 0] }],
    ['empty-object', { '!': [{}] }],
    ['computed-path', { var: { cat: ['m', ''] } }],
    ['computed-path', { '!': { missing: { merge: ['a', m] } } }],
    ['arity', { '!': { missing: [['a'], 'b'] } }],
    ['arity', { '==': [m] }],
    ['arity', { '==': [m, 1, 2] }],
    ['default', { '<': [{ var: ['m', 0] }, 5] }],
    ['no-else', { if: [m, true, m, false] }],
    ['path', { '!': [{ var: '' }] }],
    ['path', { reduce: [m, { '+': [{ var: 'n' }, 1] }, 0] }],
    ['no-evidence', { '==': [1, 1] }],
    ['not-json', { '<': [m, Number.NaN] }],
  ];
  return Object.fromEntries(
    refused.map(([code, rule], i) => [
      `${i} is refused: ${code}`,
      (logic: LogicUnderTest) => refusedFor(logic, rule, `logic/${code}`),
    ]),
  );
}
