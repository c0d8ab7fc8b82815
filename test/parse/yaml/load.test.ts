import { describe, expect, test } from 'vitest';
import { loadYaml, policyLimit } from '../../../src/parse/yaml/load.ts';

const load = (text: string) => loadYaml(text, 'p.yaml');
const told = (text: string) => {
  const result = load(text);
  return result.ok ? [] : result.problems.map((p) => `${p.code} ${p.at?.line}:${p.at?.column}`);
};
const nest = (open: string, depth: number) => open.repeat(depth);

describe('what is accepted', () => {
  test.each<[string, unknown]>([
    ['a: 1', { a: 1 }],
    ['a: -0', { a: 0 }],
    ['a: 1.50', { a: 1.5 }],
    ['a: 9007199254740991', { a: Number.MAX_SAFE_INTEGER }],
    ["a: '0123456'", { a: '0123456' }],
    ['a: "12e4567"', { a: '12e4567' }],
    ['a: 2026-02-24', { a: '2026-02-24' }],
    ['a: 1.0.0', { a: '1.0.0' }],
    ['a: 3f785ee', { a: '3f785ee' }],
    ['a: yes\nb: no\nc: on', { a: 'yes', b: 'no', c: 'on' }],
    ['a: true\nb: ~\nc:', { a: true, b: null, c: null }],
    ['- 1\n- [a, {b: c}]', [1, ['a', { b: 'c' }]]],
    ['\uFEFFa: 1\r\nb: 2\r\n', { a: 1, b: 2 }],
    ['a: |\n  *no alias\n  &no anchor\n', { a: '*no alias\n&no anchor\n' }],
    ['a: "\\u0041\\n"', { a: 'A\n' }],
    ['---\na: 1\n...\n', { a: 1 }],
    ['<<: 1', { '<<': 1 }],
    ['1: a\ntrue: b\nnull: c', { '1': 'a', true: 'b', null: 'c' }],
    ['{ a: 1, b: [2, 3] }', { a: 1, b: [2, 3] }],
  ])('%j', (text, value) => {
    const result = load(text);
    expect(result.ok ? JSON.parse(JSON.stringify(result.value.value)) : result.problems).toEqual(value);
  });

  test('objects have no prototype, so that nothing is found in them that was not written', () => {
    const result = load('a: { b: 1 }');
    const value = result.ok ? (result.value.value as { a: object }) : undefined;
    expect(Object.getPrototypeOf(value)).toBe(null);
    expect(Object.getPrototypeOf(value?.a)).toBe(null);
  });
});

describe('what is refused', () => {
  test.each<[string, ...string[]]>([
    ['', 'yaml/empty 1:1'],
    ['# only a comment\n', 'yaml/empty 1:1'],
    ['a: 1\nb: \0', 'yaml/not-text 2:4'],
    ['\x89PNG\r\n\x1a\n', 'yaml/not-text 2:1'],
    ['a: \uFFFD', 'yaml/not-text 1:4'],
    ['a: 1\rb: 2', 'yaml/not-text 1:5'],
    ['a: 1\na: 2', 'yaml/duplicate-key 2:1'],
    ['1: a\n"1": b', 'yaml/duplicate-key 2:1'],
    ['{ a: 1, \'a\': 2, "a": 3 }', 'yaml/duplicate-key 1:9', 'yaml/duplicate-key 1:17'],
    ['a: &x 1', 'yaml/anchor 1:4'],
    ['a: &x 1\nb: *x', 'yaml/anchor 1:4', 'yaml/alias 2:4'],
    ['a: !t 1\nb: !!str 2', 'yaml/tag 1:4', 'yaml/tag 2:4'],
    ['%YAML 1.1\n---\na: 1', 'yaml/directive 1:1'],
    ['%TAG ! x\n---\na: 1', 'yaml/directive 1:1'],
    ['a: 1\n---\nb: 2', 'yaml/second-document 2:1'],
    ['a: 1\n...\n---\n', 'yaml/second-document 3:1'],
    ['__proto__: 1', 'yaml/forbidden-key 1:1'],
    ['a: { constructor: 1, prototype: 2 }', 'yaml/forbidden-key 1:6', 'yaml/forbidden-key 1:22'],
    [': 1', 'yaml/empty-key 1:1'],
    ['a: 0123456\nb: 12e4567', 'yaml/number 1:4', 'yaml/number 2:4'],
    [
      'a: [.inf, 0x1F, 1_000, +5, 1e3, 9007199254740993]',
      ...[5, 11, 17, 24, 28, 33].map((c) => `yaml/number 1:${c}`),
    ],
    ['? [a]\n: b', 'yaml/explicit-key 1:1', 'yaml/syntax 1:3'],
    ['[a]: b', 'yaml/syntax 1:1'],
    ['? a\n: b', 'yaml/explicit-key 1:1'],
    ['a: 1\nb\n  : c', 'yaml/key 2:1'],
    ['{ a, b: 1 }', 'yaml/key 1:3'],
    ['{ "a\n  b": 1 }', 'yaml/key 1:3'],
    ['a: 1\nb', 'yaml/syntax 2:1'],
    ['a: \uFEFF1', 'yaml/not-text 1:4'],
    ['a: \ud83d', 'yaml/not-text 1:4'],
    ['a:\n\t- b', 'yaml/syntax 2:1'],
    ["a: 'x", 'yaml/syntax 1:6'],
    ['a: b: c', 'yaml/syntax 1:4'],
    ['a: [1, 2', 'yaml/syntax 1:9'],
    ['{ path: docs/{yyyy}.md }', 'yaml/syntax 1:14'],
    ['a: "\\q"', 'yaml/syntax 1:5'],
    ['a: @x', 'yaml/syntax 1:4'],
  ])('%j', (text, ...problems) => {
    expect(told(text)).toEqual(problems);
  });

  test('more than the limit, counted in UTF-8', () => {
    const text = `a: '${'é'.repeat(policyLimit / 2)}'`;
    expect(told(text)).toEqual(['yaml/too-large 1:1']);
    expect(loadYaml(text, 'p.yaml', { bytes: 2 * policyLimit }).ok).toBe(true);
    expect(loadYaml('a: "😀é"', 'p.yaml', { bytes: 11 }).ok).toBe(true);
    expect(loadYaml('a: "😀é"', 'p.yaml', { bytes: 10 }).ok).toBe(false);
  });

  test.each([
    ['[', ']', ''],
    ['{ a: ', '}', '1'],
    ['- ', '', '1'],
    ['- a: ', '', '1', 50],
  ])('more than 100 levels of %j', (open, close, inner, levels = 100) => {
    const text = (depth: number) => nest(open, depth) + inner + nest(close, depth);
    if (open !== '- a: ') expect(told(text(levels))).toEqual([]);
    expect(told(text(levels + 1))[0]).toMatch(/yaml\/(too-deep|syntax)/);
  });

  test('problems of a file at most a hundred', () => {
    expect(told('a: &x 1\n'.repeat(500)).length).toBeLessThanOrEqual(100);
  });
});

describe('places', () => {
  const text = "a:\n  - b: 'x y'\n    c/d: [1, 22]\né: 1\n";
  const result = load(text);
  const source = result.ok ? result.value : undefined;

  test.each([
    ['', 1, 1, 1, 1],
    ['/a', 2, 3, 1, 1],
    ['/a/0', 2, 5, 2, 5],
    ['/a/0/b', 2, 8, 2, 5],
    ['/a/0/c~1d/1', 3, 14, 3, 14],
    ['/a/0/nothing/there', 2, 5, 2, 5],
    ['/é', 4, 4, 4, 1],
  ])('of %j: value %i:%i, key %i:%i', (pointer, line, column, keyLine, keyColumn) => {
    expect(source?.placeOf(pointer)).toEqual({ path: 'p.yaml', line, column });
    expect(source?.keyPlaceOf(pointer)).toEqual({ path: 'p.yaml', line: keyLine, column: keyColumn });
  });

  test('marks are as long as the scalar', () => {
    expect(source?.spotOf('/a/0/b', false).excerpt).toEqual({ text: "  - b: 'x y'", column: 8, length: 5 });
    expect(source?.spotOf('/a/0/b', true).excerpt).toEqual({ text: "  - b: 'x y'", column: 5, length: 1 });
    expect(source?.sourceOf('/a/0/c~1d/1')).toBe('22');
    expect(source?.sourceOf('/a')).toBe(undefined);
  });

  test('of a long line the excerpt is a part with the mark in it', () => {
    const long = load(`a: ['${'x'.repeat(500)}', 0123]`);
    const [problem] = long.ok ? [] : long.problems;
    const { text: part = '', column = 0, length = 0 } = problem?.excerpt ?? {};
    expect(part.length).toBeLessThanOrEqual(160);
    expect(part.slice(column - 1, column - 1 + length)).toBe('0123');
    expect(problem?.at?.column).toBe(509);
  });
});
