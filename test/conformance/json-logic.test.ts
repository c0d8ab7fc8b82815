import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { evaluateLogic } from '../../src/logic/evaluate.ts';
import type { Json } from '../../src/model/json.ts';

type Case = readonly [rule: Json, data: Json, expected: Json];

const official = (
  JSON.parse(readFileSync('../shared/standards/json-logic/official/tests.json', 'utf8')) as (Case | string)[]
).filter((entry): entry is Case => typeof entry !== 'string');

/** Semantics section 1: what the official suite answers from nothing, Soakgate does not know. */
const unknown = [191, 192, 194, 195, 199, 207, 208, 209, 246, 249, 256, 260, 264, 268, 272, 276];

describe('official suite', () => {
  test('is whole', () => expect(official).toHaveLength(277));

  test.each(official.map((entry, index) => ({ index, entry })))('case $index', ({ index, entry }) => {
    const [rule, data, expected] = entry;
    const result = evaluateLogic(rule, data);
    if (unknown.includes(index)) expect(result.known).toBe(false);
    else expect(result).toStrictEqual({ known: true, value: expected });
  });
});
