import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { evaluateLogic } from '../../src/logic/evaluate.ts';
import { referenceLogic } from '../../src/logic/reference.ts';
import type { Json } from '../../src/model/json.ts';
import { sameJson } from '../logic/oracle.ts';

const standards = '../shared/standards/json-logic';

interface Case {
  rule: Json;
  data?: Json;
  result?: Json;
  error?: { type: string };
}

/** By suite: equal, unknown, different. A case that expects an error is unknown if Soakgate gives no value. */
const counts: Readonly<Record<string, readonly [equal: number, unknown: number, different: number]>> = {
  'compat/compatible.json': [262, 16, 0],
  'compat/arithmetic/plus.json': [15, 17, 0],
  'compat/arithmetic/plus.extra.json': [0, 3, 0],
  'compat/arithmetic/multiply.json': [13, 12, 3],
  'compat/arithmetic/multiply.extra.json': [0, 3, 0],
  'compat/arithmetic/minus.json': [9, 13, 0],
  'compat/arithmetic/minus.extra.json': [0, 3, 0],
  'compat/arithmetic/divide.json': [4, 27, 0],
  'compat/arithmetic/divide.extra.json': [0, 3, 0],
  'compat/arithmetic/modulo.json': [9, 22, 0],
  'compat/arithmetic/modulo.extra.json': [0, 2, 0],
  'compat/comparison/greaterThan.json': [13, 22, 0],
  'compat/comparison/greaterThanEquals.json': [6, 22, 0],
  'compat/comparison/lessThan.json': [25, 20, 0],
  'compat/comparison/lessThanEquals.json': [7, 13, 0],
  'compat/comparison/softEquals.json': [17, 18, 0],
  'compat/comparison/softNotEquals.json': [17, 17, 0],
  'compat/comparison/strictEquals.json': [21, 10, 0],
  'compat/comparison/strictNotEquals.json': [21, 9, 0],
  'compat/control/and.json': [20, 4, 1],
  'compat/control/if.json': [38, 5, 1],
  'compat/control/or.json': [19, 4, 1],
  'compat/control/not.json': [20, 3, 0],
  'compat/control/doublebang.json': [20, 3, 0],
  'compat/string/in.json': [7, 1, 0],
  'compat/string/cat.json': [8, 1, 0],
  'compat/string/substr.json': [12, 0, 0],
  'compat/array/map.json': [9, 5, 0],
  'compat/array/filter.json': [8, 3, 1],
  'compat/array/reduce.json': [6, 3, 0],
  'compat/array/merge.json': [7, 1, 0],
  'compat/array/all.json': [9, 3, 0],
  'compat/array/some.json': [10, 3, 0],
  'compat/array/none.json': [9, 4, 0],
  'compat/truthiness.json': [9, 4, 0],
  'compat/additional.json': [0, 4, 0],
  'compat/coalesce.json': [0, 15, 0],
  'compat/chained.json': [2, 5, 0],
  'compat/iterators.extra.json': [0, 31, 3],
  'compat/exists.json': [0, 8, 0],
  'compat/scopes.json': [0, 4, 0],
  'compat/throw.json': [0, 3, 0],
  'compat/try.json': [0, 18, 0],
  'compat/try.extra.json': [0, 1, 0],
  'compat/val.json': [0, 13, 0],
  'compat/val.extra.json': [0, 3, 0],
  'compat/val-compat.json': [0, 60, 0],
  'compat/var.extra.json': [12, 0, 0],
  'engine/arithmetic/min.json': [10, 26, 6],
  'engine/arithmetic/max.json': [10, 26, 6],
  'engine/length.json': [0, 12, 0],
  'engine/preserve.json': [0, 14, 0],
  'engine/unknown-operators.json': [0, 5, 0],
  'engine/empty-objects.json': [2, 0, 0],
};

const sugar = 'one operand may stand without a list, as json-logic-js has it';
const kept = 'one operand of `*` stays as it is, as json-logic-js has it';
const decimal = 'a decimal-number string is a number, as json-logic-js has it';
const literal = 'null is a predicate that is never true, as json-logic-js has it';

/** Every case in which Soakgate gives another answer than the suite, with the reason. */
const differences: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  'compat/arithmetic/multiply.json': { 17: kept, 18: kept, 19: kept },
  'compat/control/and.json': { 21: sugar },
  'compat/control/if.json': { 39: sugar },
  'compat/control/or.json': { 17: sugar },
  'compat/array/filter.json': { 6: literal },
  'compat/iterators.extra.json': { 17: sugar, 18: sugar, 19: sugar },
  'engine/arithmetic/min.json': {
    15: decimal,
    16: decimal,
    17: decimal,
    18: decimal,
    19: decimal,
    20: decimal,
  },
  'engine/arithmetic/max.json': {
    15: decimal,
    16: decimal,
    17: decimal,
    18: decimal,
    19: decimal,
    20: decimal,
  },
};

function load(suite: string): Case[] {
  const path = suite
    .replace(/^compat/, 'compat-tables/suites')
    .replace(/^engine/, 'json-logic-engine/suites');
  const entries = JSON.parse(readFileSync(`${standards}/${path}`, 'utf8')) as (Case | string)[];
  return entries.filter((entry): entry is Case => typeof entry !== 'string');
}

function judge({ rule, data = null, result, error }: Case): 'equal' | 'unknown' | 'different' {
  const answer = evaluateLogic(rule, data);
  if (!answer.known) return 'unknown';
  return error === undefined && sameJson(answer.value, result) ? 'equal' : 'different';
}

test('every community suite is looked at', () => {
  const listed = JSON.parse(readFileSync(`${standards}/compat-tables/suites/index.json`, 'utf8')) as string[];
  const compat = Object.keys(counts).filter((suite) => suite.startsWith('compat/'));
  expect(compat).toEqual(listed.map((suite) => `compat/${suite}`));
  expect(Object.keys(counts).length - compat.length).toBe(6);
});

describe.each(Object.entries(counts))('%s', (suite, [equal, unknown, different]) => {
  const cases = load(suite);
  const judged = cases.map(judge);

  test(`${equal} equal, ${unknown} unknown, ${different} different`, () => {
    const count = (kind: string) => judged.filter((found) => found === kind).length;
    expect([count('equal'), count('unknown'), count('different')]).toEqual([equal, unknown, different]);
  });

  test('each difference is named, and is what json-logic-js answers', () => {
    const found = [...judged.keys()].filter((index) => judged[index] === 'different');
    expect(found).toEqual(Object.keys(differences[suite] ?? {}).map(Number));
    for (const index of found) {
      const { rule, data = null } = cases[index]!;
      const [ours, theirs] = [evaluateLogic(rule, data), referenceLogic(rule, data)];
      expect(ours.known && theirs.judged && sameJson(ours.value, theirs.value)).toBe(true);
    }
  });
});
