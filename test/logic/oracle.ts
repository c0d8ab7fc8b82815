import type { compileForData, compileLogic, LogicScope, NotKnown } from '../../src/logic/compile.ts';
import type { evaluateLogic } from '../../src/logic/evaluate.ts';
import { referenceLogic, referenceTruth } from '../../src/logic/reference.ts';
import type { unknownValue } from '../../src/logic/value.ts';
import type { Json } from '../../src/model/json.ts';
import type { Pair } from './pairs.ts';
import { expectedOf, hole, U } from './three-valued.ts';

/** The logic that is put to the test: ours, or a copy with a planted fault. */
export interface LogicUnderTest {
  compileForData: typeof compileForData;
  compileLogic: typeof compileLogic;
  evaluateLogic: typeof evaluateLogic;
  unknownValue: typeof unknownValue;
}

export type Judged = { known: true; value: unknown } | NotKnown;

/** What is wrong with the logic's answers to a pair, in words; undefined if nothing is. */
export function findDifference(
  logic: LogicUnderTest,
  pair: Pair,
  thorough: boolean,
  note: (value: Judged) => void = () => {},
): string | undefined {
  const data = pair.sort === 'broken' ? fillHoles(pair.data, logic) : pair.data;
  const result = logic.compileForData(pair.rule);
  if (!result.ok) {
    // A mutated rule may hold too few operands; a well-typed one never does.
    return pair.sort === 'wild' ? undefined : `refused: ${result.problems[0]?.message ?? 'without a reason'}`;
  }
  const value = result.compiled.run(data);
  const truth = result.compiled.test(data);
  note(value);
  const expected = expectedOf(pair.rule, pair.data);
  return (
    against('value', value, expected.value) ??
    against('truth', truth, expected.truth) ??
    (pair.sort === 'typed' && !(value.known && truth.known)
      ? 'well-typed on total data, but unknown'
      : undefined) ??
    (pair.sort === 'broken' ? undefined : againstReference(pair.rule, data, { value, truth })) ??
    (pair.sort === 'broken' || thorough ? inPolicy(logic, pair, data, truth) : undefined) ??
    (thorough
      ? (overScope(logic, pair, data, { value, truth }) ?? allowingEmpty(logic, pair, data))
      : undefined)
  );
}

/** Exactly as the naive interpreter has it, unknown included. */
function against(what: string, judged: Judged, expected: unknown): string | undefined {
  if (!judged.known) {
    if (judged.reasons.length === 0) return `${what} is unknown without a reason`;
    return expected === U ? undefined : `${what} is unknown, the table says ${show(expected)}`;
  }
  if (expected === U) return `${what} is ${show(judged.value)}, the table says unknown`;
  return sameJson(judged.value, expected)
    ? undefined
    : `${what} is ${show(judged.value)}, the table says ${show(expected)}`;
}

/** Known answers on total data are those of json-logic-js. */
function againstReference(
  rule: Json,
  data: unknown,
  { value, truth }: { value: Judged; truth: Judged },
): string | undefined {
  if (!value.known && !truth.known) return undefined;
  const reference = referenceLogic(rule, data);
  // It throws over lists that are none (`missing_some`) and products of nothing, where Soakgate says unknown.
  if (!reference.judged) return undefined;
  if (value.known && !sameJson(value.value, reference.value)) {
    return `value is ${show(value.value)}, json-logic-js says ${show(reference.value)}`;
  }
  const theirs = referenceTruth(reference.value);
  return truth.known && truth.value !== theirs
    ? `truth is ${show(truth.value)}, json-logic-js says ${theirs}`
    : undefined;
}

/** As a rule of a policy, if it may be one: the fast tier works there alone. */
function inPolicy(logic: LogicUnderTest, pair: Pair, data: unknown, direct: Judged): string | undefined {
  const result = logic.compileLogic(pair.rule);
  if (!result.ok) return undefined;
  const truth = result.compiled.test(scopeOver(data));
  return sameAnswer(truth, direct) ? undefined : `truth in a policy is ${show(truth)}`;
}

/** The same rule, reading through a scope and traced, has to give the same answers. */
function overScope(
  logic: LogicUnderTest,
  pair: Pair,
  data: unknown,
  direct: { value: Judged; truth: Judged },
): string | undefined {
  const result = logic.compileLogic(pair.rule, { mode: 'data' });
  if (!result.ok) return 'refused over a scope';
  const scope = scopeOver(data);
  const { compiled } = result;
  if (!sameAnswer(compiled.run(scope), direct.value))
    return `value over a scope is ${show(compiled.run(scope))}`;
  if (!sameAnswer(compiled.test(scope), direct.truth))
    return `truth over a scope is ${show(compiled.test(scope))}`;
  if (!sameAnswer(compiled.trace(scope).result, direct.truth)) return 'the traced truth differs';
  const policy = logic.compileLogic(pair.rule);
  if (policy.ok && !sameAnswer(policy.compiled.trace(scope).result, direct.truth))
    return 'the truth traced in a policy differs';
  const evaluated = logic.evaluateLogic(pair.rule, data);
  return sameAnswer(evaluated, direct.value) ? undefined : `evaluateLogic says ${show(evaluated)}`;
}

function sameAnswer(a: Judged, b: Judged): boolean {
  return a.known && b.known ? sameJson(a.value, b.value) : a.known === b.known;
}

function allowingEmpty(logic: LogicUnderTest, pair: Pair, data: unknown): string | undefined {
  const result = logic.compileForData(pair.rule, { allowEmpty: true });
  if (!result.ok) return 'refused with allowEmpty';
  const value = result.compiled.run(data);
  const truth = result.compiled.test(data);
  const expected = expectedOf(pair.rule, pair.data, true);
  return (
    against('value with allowEmpty', value, expected.value) ??
    against('truth with allowEmpty', truth, expected.truth) ??
    (pair.sort === 'broken' ? undefined : againstReference(pair.rule, data, { value, truth }))
  );
}

function fillHoles(data: unknown, logic: LogicUnderTest): unknown {
  if (data === hole) return logic.unknownValue({ code: 'evidence.absent' });
  if (Array.isArray(data)) return data.map((item) => fillHoles(item, logic));
  if (typeof data !== 'object' || data === null || data instanceof Date) return data;
  return Object.fromEntries(Object.entries(data).map(([key, item]) => [key, fillHoles(item, logic)]));
}

/** Plain data as evidence: a path that leads nowhere was observed to be absent. */
export function scopeOver(data: unknown): LogicScope {
  return {
    read(path) {
      let at: unknown = data;
      for (const key of path === '' ? [] : path.split('.')) {
        if (at === null || at === undefined)
          return { known: false, code: 'evidence.absent', path, observed: true };
        const inside =
          typeof at === 'object' && Object.hasOwn(at, key) && !(Array.isArray(at) && key === 'length');
        if (['__proto__', 'constructor', 'prototype'].includes(key))
          return { known: false, code: 'logic.path', path };
        if (!inside && key in Object(at)) return { known: false, code: 'logic.path', path };
        if (typeof at === 'object' && !inside && isMarker(at)) return { known: true, value: at as Json };
        at = inside ? (at as Record<string, unknown>)[key] : undefined;
      }
      if (at === undefined) return { known: false, code: 'evidence.absent', path, observed: true };
      return { known: true, value: at as Json };
    },
  };
}

/** The marks of unknown elements are the only objects here that carry a symbol. */
function isMarker(value: object): boolean {
  return Object.getOwnPropertySymbols(value).length > 0;
}

/** Deep equality of JSON values; 0 and -0 are one number. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const keys = Object.keys(a);
  return (
    Array.isArray(a) === Array.isArray(b) &&
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && sameJson((a as never)[key], (b as never)[key]))
  );
}

export function show(value: unknown): string {
  if (value === U) return 'unknown';
  return (
    JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'bigint' ? 'bigint' : inner)) ??
    String(value)
  );
}
