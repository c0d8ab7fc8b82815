import { describe, expect, test } from 'vitest';
import { compileLogic } from '../../src/logic/compile.ts';
import { maxDepth, maxSize } from '../../src/logic/load.ts';
import type { Json } from '../../src/model/json.ts';

const m: Json = { var: 'm' };

/** `code pointer` of each problem. */
function problems(rule: Json, mode: 'policy' | 'data' = 'policy'): string[] {
  const result = compileLogic(rule, { mode });
  return result.ok ? [] : result.problems.map((problem) => `${problem.code} ${problem.pointer}`);
}

describe('what a policy refuses', () => {
  test.each<[string, Json, string[]]>([
    ['an operator that does not exist', { 'is-set': [m] }, ['logic/unknown-operator ']],
    ['log', { log: m }, ['logic/refused-operator ']],
    ['method', { method: [m, 'x'] }, ['logic/refused-operator ']],
    ['two operators in one object', { and: [{ '<': [m, 1], '>': [m, 0] }] }, ['logic/two-operators /and/0']],
    ['an empty object', { '!': [{}] }, ['logic/empty-object /!/0']],
    ['a computed path', { var: { cat: ['m', ''] } }, ['logic/computed-path ']],
    ['a path that is no text', { var: true }, ['logic/computed-path ']],
    ['a path into everything', { '!': [{ var: '' }] }, ['logic/path /!/0']],
    ['a default', { '<': [{ var: ['m', 0] }, 5] }, ['logic/default /</0']],
    ['a default inside an iteration', { all: [m, { var: ['x', true] }] }, ['logic/default /all/1']],
    ['computed keys of missing', { '!': { missing: { merge: ['a', m] } } }, ['logic/computed-path /!']],
    ['computed keys of missing_some', { '!': { missing_some: [1, m] } }, ['logic/computed-path /!']],
    ['missing with a list and more', { '!': { missing: [['a'], 'b'] } }, ['logic/arity /!']],
    ['if without else', { if: [m, true] }, ['logic/no-else ', 'logic/arity '].slice(1)],
    ['a chain without else', { if: [m, true, m, false] }, ['logic/no-else ']],
    ['?: without else', { '?:': [m, true, m, false] }, ['logic/no-else ']],
    [
      'a path that reduce does not offer',
      { reduce: [m, { '+': [{ var: 'n' }, 1] }, 0] },
      ['logic/path /reduce/1/+/0'],
    ],
    ['no evidence', { '==': [1, 1] }, ['logic/no-evidence ']],
    [
      'no evidence but elements of a literal list',
      { all: [[1, 2], { '>': [{ var: '' }, 0] }] },
      ['logic/no-evidence '],
    ],
    ['a bare literal', true, ['logic/no-evidence ']],
    ['a number that is not finite', { '<': [m, Number.NaN] }, ['logic/not-json /</1']],
    ['what is no JSON', { '<': [m, undefined as unknown as Json] }, ['logic/not-json /</1']],
    ['a Date', { '<': [m, new Date(0) as unknown as Json] }, ['logic/not-json /</1']],
    ['a hole in a list', { '<': [m, , 1] as unknown as Json }, ['logic/not-json /</1']],
    ['the key __proto__', JSON.parse('{"__proto__": [1]}') as Json, ['logic/unknown-operator ']],
    ['the key constructor', { constructor: [m] }, ['logic/unknown-operator ']],
    ['the key toString', { toString: [m] }, ['logic/unknown-operator ']],
    [
      'all problems at once, operands first',
      { and: [{ log: 1 }, { '<': [{ var: ['m', 0] }] }, {}] },
      ['logic/refused-operator /and/0', 'logic/default /and/1/</0', 'logic/empty-object /and/2'],
    ],
  ])('%s', (_, rule, expected) => expect(problems(rule)).toEqual(expected));

  test.each<[string, Json]>([
    ['==', [m]],
    ['==', [m, 1, 2]],
    ['===', [m]],
    ['!=', [m, 1, 2]],
    ['!==', [m]],
    ['<', [m]],
    ['<', [m, 1, 2, 3]],
    ['<=', [m]],
    ['>', [m, 1, 2]],
    ['>=', [m, 1, 2]],
    ['!', []],
    ['!', [m, 1]],
    ['!!', []],
    ['and', []],
    ['or', []],
    ['in', [m]],
    ['in', [m, [], 1]],
    ['+', []],
    ['-', []],
    ['-', [m, 1, 2]],
    ['*', []],
    ['/', [m]],
    ['/', [m, 1, 2]],
    ['%', [m]],
    ['min', []],
    ['max', []],
    ['cat', []],
    ['substr', [m]],
    ['substr', [m, 0, 1, 2]],
    ['merge', []],
    ['map', [m]],
    ['map', [m, 1, 2]],
    ['filter', [m]],
    ['reduce', [m]],
    ['reduce', [m, 1, 2, 3]],
    ['all', [m]],
    ['some', [m]],
    ['none', [m, 1, 2]],
    ['count', []],
    ['count', [m, 1]],
    ['missing', []],
    ['missing_some', [1]],
    ['var', []],
    ['if', [m]],
    ['if', []],
  ])('%s does not take %j', (name, operands) =>
    expect(problems({ [name]: operands })).toEqual(['logic/arity ']),
  );

  test('hints name what is near', () => {
    const hint = (rule: Json) => {
      const result = compileLogic(rule);
      return result.ok ? undefined : result.problems[0]?.hint;
    };
    expect(hint({ filtre: [m, true] })).toBe('did you mean `filter`?');
    expect(hint({ AND: [m] })).toBe('did you mean `and`?');
    expect(hint({ wholly: [m] })).toBeUndefined();
    expect(hint({ '<': [m, 1], '>': [m, 2] })).toBe('join them with `and`');
  });

  test('a user word is cut before it is shown', () => {
    const result = compileLogic({ ['x'.repeat(5000)]: m });
    expect(result.ok ? '' : result.problems[0]?.message.length).toBeLessThan(80);
  });
});

describe('limits', () => {
  const deep = (levels: number): Json => (levels === 1 ? m : { '!': deep(levels - 1) });
  const wide = (values: number): Json => ({
    or: [m, { in: [m, Array.from({ length: values - 7 }, () => 1)] }],
  });

  test('depth', () => {
    expect(problems(deep(maxDepth))).toEqual([]);
    expect(problems(deep(maxDepth + 1))).toEqual([`logic/depth ${'/!'.repeat(maxDepth)}`]);
    expect(problems(deep(5000))).toHaveLength(1);
  });

  test('size', () => {
    expect(problems(wide(maxSize))).toEqual([]);
    expect(problems(wide(maxSize + 1)).map((problem) => problem.split(' ')[0])).toEqual(['logic/size']);
    expect(problems(wide(200_000))).toHaveLength(1);
  });

  test('a rule that holds itself', () => {
    const loop: { and: unknown[] } = { and: [m] };
    loop.and.push(loop);
    expect(problems(loop as unknown as Json).map((problem) => problem.split(' ')[0])).toEqual([
      'logic/depth',
    ]);
  });
});

describe('what plain data allows', () => {
  test.each<[string, Json]>([
    ['a computed path', { var: { cat: ['m', ''] } }],
    ['a default', { var: ['m', 1] }],
    ['if without else', { if: [m, 1] }],
    ['an empty object', {}],
    ['no evidence', { '==': [1, 1] }],
    ['nothing to add', { '+': [] }],
  ])('%s', (_, rule) => expect(problems(rule, 'data')).toEqual([]));

  test.each<[string, Json]>([
    ['an unknown operator', { nope: [m] }],
    ['two operators', { '+': [1], '-': [1] }],
    ['log', { log: 1 }],
  ])('but not %s', (_, rule) => expect(problems(rule, 'data')).toHaveLength(1));
});
