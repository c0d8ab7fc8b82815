import fc from 'fast-check';
import { compileLogic } from '../../src/logic/compile.ts';
import { evaluateLogic } from '../../src/logic/evaluate.ts';
import { maxDepth } from '../../src/logic/load.ts';
import { operatorNames } from '../../src/logic/operators.ts';
import type { Json } from '../../src/model/json.ts';
import { reasons } from '../../src/model/reasons.ts';
import { scopeOver } from './oracle.ts';

/** Every own property of the prototypes that a careless reader could change. */
export function snapshot(): string {
  const prototypes = [
    Object.prototype,
    Array.prototype,
    String.prototype,
    Number.prototype,
    Boolean.prototype,
    Function.prototype,
  ];
  const describeAll = (value: object) =>
    Reflect.ownKeys(value).map((key) => {
      const { value: held, get, set, ...flags } = Object.getOwnPropertyDescriptor(value, key)!;
      return [String(key), typeof held, typeof get, typeof set, flags];
    });
  return JSON.stringify(prototypes.map(describeAll));
}

const path = fc.oneof(
  fc.constantFrom(
    '',
    'a',
    'a.b',
    '__proto__',
    'a.__proto__.x',
    'constructor.prototype',
    'toString',
    'xs.length',
    'xs.0',
    '__proto__.polluted',
    'polluted',
    'a.polluted',
    'xs.polluted',
  ),
  fc.string(),
);
const names = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom<string>(...operatorNames) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('log', 'method', '__proto__', 'constructor', '', 'hasOwnProperty'),
  },
);

/** Any JSON, most objects of which look like rules. */
const { rule: anyRule } = fc.letrec<{ rule: Json; operands: Json }>((tie) => ({
  rule: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'rule' },
    fc.oneof(
      fc.constant(null),
      fc.boolean(),
      fc.integer({ min: -5, max: 50 }),
      fc.string({ maxLength: 4 }),
      path.map((p): Json => ({ var: p })),
    ),
    fc.tuple(names, tie('operands')).map(([name, operands]) => fromEntry(name, operands)),
    fc.tuple(names, tie('rule')).map(([name, operand]) => fromEntry(name, operand)),
    fc.array(tie('rule'), { maxLength: 3 }),
    fc.dictionary(fc.string({ maxLength: 3 }), tie('rule'), { maxKeys: 3 }),
  ),
  operands: fc.array(tie('rule'), { maxLength: 4 }),
}));

function fromEntry(name: string, value: Json): Json {
  const made: Record<string, Json> = {};
  Object.defineProperty(made, name, { value, enumerable: true });
  return made;
}

export const randomData: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.anything({
    maxDepth: 3,
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSparseArray: true,
    withNullPrototype: true,
  }),
  fc.constant({ a: { b: 1 }, xs: [1, 2, 3] }),
);

/** Now and then so deep that it has to be refused for that alone. */
export const randomRule: fc.Arbitrary<Json> = fc.oneof(
  { weight: 19, arbitrary: anyRule },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.nat(2 * maxDepth), anyRule).map(([levels, inner]) => {
      return Array.from({ length: levels }).reduce<Json>((rule) => ({ '!': [rule] }), inner);
    }),
  },
);

/** Operators inside each other, as far as a rule is one. */
function depthOf(rule: Json): number {
  let depth = 0;
  for (let at: Json | undefined = rule; typeof at === 'object' && at !== null && '!' in at; depth += 1)
    at = (at as unknown as { '!': readonly Json[] })['!'][0];
  return depth;
}

/** How often something looked beyond an object's own properties for a name that rules ask for. */
export function prototypeReads(act: () => unknown): number {
  let reads = 0;
  const chain = Object.getOwnPropertyDescriptor(Object.prototype, '__proto__') as PropertyDescriptor;
  const count = {
    configurable: true,
    get: () => {
      reads += 1;
      return undefined;
    },
  };
  Object.defineProperty(Object.prototype, 'polluted', count);
  Object.defineProperty(Object.prototype, '__proto__', { ...chain, ...count });
  try {
    act();
  } finally {
    Reflect.deleteProperty(Object.prototype, 'polluted');
    Object.defineProperty(Object.prototype, '__proto__', chain);
  }
  return reads;
}

export interface Tally {
  refused: number;
  known: number;
  /** Milliseconds of the slowest rule. */
  slowest: number;
}

export const newTally = (): Tally => ({ refused: 0, known: 0, slowest: 0 });

/** What is wrong with how a rule and its data were taken (R34): a throw, an answer without a code, a prototype read. */
export function ruleFault(rule: Json, data: unknown, tally: Tally): string | undefined {
  const started = performance.now();
  let fault: string | undefined;
  const reads = prototypeReads(() => (fault = answerFault(rule, data, tally)));
  tally.slowest = Math.max(tally.slowest, performance.now() - started);
  return fault ?? (reads === 0 ? undefined : `${reads} reads of a prototype`);
}

function answerFault(rule: Json, data: unknown, tally: Tally): string | undefined {
  const answer = evaluateLogic(rule, data);
  if (answer.known) tally.known += 1;
  else if (answer.reasons.length === 0) return 'no reason';
  else {
    const uncoded = answer.reasons.find(({ code }) => !Object.hasOwn(reasons, code));
    if (uncoded) return `no reason code: ${uncoded.code}`;
  }
  const compiled = compileLogic(rule);
  if (compiled.ok) {
    compiled.compiled.trace(scopeOver(data));
    return depthOf(rule) > maxDepth ? `taken ${depthOf(rule)} levels deep` : undefined;
  }
  tally.refused += 1;
  const uncoded = compiled.problems.find(({ code }) => !/^logic\/[a-z-]+$/.test(code));
  if (compiled.problems.length === 0) return 'refused without a problem';
  return uncoded && `no problem code: ${uncoded.code}`;
}
