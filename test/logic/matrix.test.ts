import { describe, expect, test } from 'vitest';
import { compileLogic } from '../../src/logic/compile.ts';
import { evaluateLogic } from '../../src/logic/evaluate.ts';
import { referenceLogic, referenceTruth } from '../../src/logic/reference.ts';
import type { Json } from '../../src/model/json.ts';
import { brokenData, kinds, shapes, typedScope } from './matrix.ts';

const cases = Object.entries(shapes).flatMap(([shape, rule]) =>
  Object.entries(kinds).map(([kind, value]) => ({ shape, kind, rule, value })),
);
const sound = { m: 3, s: 'pass', x: 1, a: 2, b: 2, list: [1, 2], rows: [{ v: 3 }] };

function passes(rule: Json, data: Record<string, unknown>): boolean {
  const result = compileLogic(rule);
  if (!result.ok) throw new Error(result.problems[0]?.message);
  const truth = result.compiled.test(typedScope(data));
  return truth.known && truth.value;
}

describe('the matrix of broken evidence', () => {
  test('has 15 shapes and 10 kinds', () => expect(cases).toHaveLength(150));

  test.each(cases)('$shape over $kind does not pass', ({ rule, value }) => {
    expect(passes(rule, brokenData(value))).toBe(false);
  });

  test('each shape but two passes over sound evidence, so the matrix can tell', () => {
    const shut = Object.entries(shapes).filter(([, rule]) => !passes(rule, sound));
    // 3 > 5 and !1 are false on sound evidence; their contraries are in the matrix as well.
    expect(shut.map(([shape]) => shape)).toEqual(['m > c', '!x']);
  });

  test('json-logic-js opens 84 of the 150', () => {
    const open = cases.filter(({ rule, value }) => {
      const result = referenceLogic(rule, brokenData(value));
      return result.judged && referenceTruth(result.value);
    });
    expect(open).toHaveLength(84);
  });

  test('without declared types even three-valued logic opens some: types are half of the defence', () => {
    const open = cases.filter(({ rule, value }) => {
      const result = evaluateLogic(rule, brokenData(value));
      return result.known && referenceTruth(result.value);
    });
    expect(open.map(({ shape, kind }) => `${shape} ${kind}`)).toMatchInlineSnapshot(`
      [
        "s != lit """,
        "s != lit "n/a"",
        "s != lit "NaN"",
        "!x """,
        "!x []",
        "!x false",
        "!!x {}",
        "!!x "n/a"",
        "!!x "NaN"",
        "!!x an error object",
        "!in(s, list) """,
        "!in(s, list) []",
        "!in(s, list) {}",
        "!in(s, list) "n/a"",
        "!in(s, list) "NaN"",
        "!in(s, list) false",
        "!in(s, list) an error object",
        "a == b """,
        "a == b "n/a"",
        "a == b "NaN"",
        "a == b false",
      ]
    `);
  });
});
