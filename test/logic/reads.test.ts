import { describe, expect, test } from 'vitest';
import { compileLogic } from '../../src/logic/compile.ts';
import type { RuleReads } from '../../src/logic/reads.ts';
import type { Json } from '../../src/model/json.ts';

function analysis(rule: Json): RuleReads {
  const result = compileLogic(rule);
  if (!result.ok) throw new Error(result.problems.map((problem) => problem.message).join('; '));
  return result.compiled.analysis;
}

const wants = (rule: Json) =>
  analysis(rule).evidence.map(({ path, wants: kinds }) => `${path}: ${kinds.join('|')}`);
const elements = (rule: Json) =>
  analysis(rule).elements.map(({ path, over }) => `${path} of ${over.join(', ')}`);
const v = (path: string): Json => ({ var: path });

describe('evidence', () => {
  test.each<[string, Json, string[]]>([
    ['a number by its literal', { '<': [v('m'), 5] }, ['m: number']],
    ['a text by its literal', { '==': ['x', v('s')] }, ['s: string']],
    ['a boolean by its literal', { '===': [v('b'), true] }, ['b: boolean']],
    ['two paths', { '==': [v('a'), v('b')] }, ['a: boolean|number|string', 'b: boolean|number|string']],
    ['two paths in order', { '<': [v('a'), v('b')] }, ['a: number|string', 'b: number|string']],
    ['arithmetic', { '>': [{ '/': [v('a'), v('b')] }, 1] }, ['a: number', 'b: number']],
    ['a needle', { in: [v('s'), ['x', 'y']] }, ['s: string']],
    ['a haystack', { in: ['x', v('l')] }, ['l: list|string']],
    ['a source', { all: [v('rows'), v('x')] }, ['rows: list']],
    ['a count', { '<': [{ count: v('rows') }, 3] }, ['rows: list']],
    ['a bare predicate', { '!': v('b') }, ['b: ']],
    [
      'texts',
      { '==': [{ cat: [v('a'), { substr: [v('b'), v('i')] }] }, 'x'] },
      ['a: boolean|number|string', 'b: boolean|number|string', 'i: number'],
    ],
    ['keys of missing', { '!': { missing: ['a', 'b'] } }, ['a: ', 'b: ']],
    ['keys of missing_some', { '!': { missing_some: [1, ['a', 'b']] } }, ['a: ', 'b: ']],
  ])('%s', (_, rule, expected) => expect(wants(rule)).toEqual(expected));

  test('literals that a value is compared with, and the place of the reading', () => {
    expect(analysis({ and: [{ in: [v('s'), ['x', 'y']] }, { '!=': [v('s'), 'z'] }] }).evidence).toEqual([
      { path: 's', pointer: '/and/0/in/0', wants: ['string'], literals: ['x', 'y'] },
      { path: 's', pointer: '/and/1/!=/0', wants: ['string'], literals: ['z'] },
    ]);
  });
});

describe('elements', () => {
  const passed: Json = { '==': [v('Checks'), 'pass'] };
  test.each<[string, Json, string[]]>([
    ['of a list', { all: [v('smoke'), passed] }, ['Checks of smoke']],
    [
      'of a filtered list',
      { some: [{ filter: [v('smoke'), passed] }, v('AUTH_MODE')] },
      ['Checks of smoke', 'AUTH_MODE of smoke'],
    ],
    ['of merged lists', { none: [{ merge: [v('b'), v('a')] }, v('x')] }, ['x of a, b']],
    [
      'of a mapped list',
      { all: [{ map: [v('smoke'), v('x')] }, { '>': [v(''), 1] }] },
      ['x of smoke', ' of '],
    ],
    [
      'in lists of lists',
      { all: [v('runs'), { some: [v('steps'), v('ok')] }] },
      ['steps of runs', 'ok of runs[].steps'],
    ],
    ['whole', { all: [v('xs'), { '<': [v(''), 3] }] }, [' of xs']],
    [
      'in reduce',
      { '<': [{ reduce: [v('rows'), { '+': [v('accumulator'), v('current.n')] }, 0] }, 9] },
      ['n of rows'],
    ],
    [
      'whole in reduce',
      { '<': [{ reduce: [v('xs'), { '+': [v('accumulator'), v('current')] }, 0] }, 9] },
      [' of xs'],
    ],
    ['missing keys', { none: [v('rows'), { '!!': { missing: ['a'] } }] }, ['a of rows']],
  ])('%s', (_, rule, expected) => expect(elements(rule)).toEqual(expected));
});

describe('results', () => {
  test.each<[Json, string]>([
    [{ '==': [v('a'), 1] }, 'boolean'],
    [{ '+': [v('a'), 1] }, 'number'],
    [v('a'), 'any'],
    [{ and: [{ '!': v('a') }, { '<': [v('a'), 1] }] }, 'boolean'],
    [{ and: [{ '!': v('a') }, v('a')] }, 'any'],
    [{ if: [v('a'), true, v('b'), { '!': v('a') }, false] }, 'boolean'],
    [{ if: [v('a'), 'x', 'y'] }, 'string'],
    [{ if: [v('a'), 'x', 1] }, 'any'],
    [{ filter: [v('a'), true] }, 'list'],
    [[v('a')], 'list'],
    [{ count: v('a') }, 'number'],
  ])('%j gives %s', (rule, kind) => expect(analysis(rule).result).toBe(kind));
});
