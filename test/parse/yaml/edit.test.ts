import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isObject, type Json } from '../../../src/model/json.ts';
import { pointTo } from '../../../src/model/pointer.ts';
import { addKeys } from '../../../src/parse/yaml/edit.ts';
import { loadYaml } from '../../../src/parse/yaml/load.ts';
import { basePolicy } from '../../analyze/base.ts';

const add = (text: string, pointer: string, key = 'bind', value = 'commit') =>
  addKeys(text, [{ pointer, key, value }]);

function valueOf(text: string): Json {
  const loaded = loadYaml(text, 'p.yaml');
  if (!loaded.ok) throw new Error(`${loaded.problems[0]?.message}\n${text}`);
  return loaded.value.value;
}

describe('a key is added', () => {
  test.each([
    ['a:\n  b: 1\nc: 2\n', 'a:\n  b: 1\n  bind: commit\nc: 2\n'],
    ['a:\n  b: 1 # why\n\n# of c\nc: 2\n', 'a:\n  b: 1 # why\n  bind: commit\n\n# of c\nc: 2\n'],
    ['a:\n  b: 1', 'a:\n  b: 1\n  bind: commit'],
    ['a: { b: 1 }\n', 'a: { b: 1, bind: commit }\n'],
    ['a: {b: 1}\n', 'a: {b: 1, bind: commit}\n'],
    ['a: {}\n', 'a: { bind: commit }\n'],
    ['a: { b: 1, } # why\n', 'a: { b: 1, bind: commit, } # why\n'],
    [
      'a:\n    b:\n        - x\n        - { y: 1 } # z\n',
      'a:\n    b:\n        - x\n        - { y: 1 } # z\n    bind: commit\n',
    ],
    ['a:\n  b: |\n    text\n\nc: 1\n', 'a:\n  b: |\n    text\n  bind: commit\n\nc: 1\n'],
    ['a:\n  b: |+\n    text\n\nc: 1\n', 'a:\n  b: |+\n    text\n\n  bind: commit\nc: 1\n'],
    ['a:\n  b: >-\n    text\n    more', 'a:\n  b: >-\n    text\n    more\n  bind: commit'],
    ['a:\r\n  b: 1\r\nc: 2\r\n', 'a:\r\n  b: 1\r\n  bind: commit\r\nc: 2\r\n'],
    ['\uFEFFa:\n  b: 1\n', '\uFEFFa:\n  b: 1\n  bind: commit\n'],
    ['a:\n  b: { x: 1,\n    y: 2 } # end\n', 'a:\n  b: { x: 1,\n    y: 2 } # end\n  bind: commit\n'],
    ['a:\n  bind: tree\n', 'a:\n  bind: tree\n'],
    ['a: [1]\n', 'a: [1]\n'],
    ['b: 1\n', 'b: 1\n'],
  ])('%j', (text, result) => {
    expect(add(text, '/a')).toBe(result);
    expect(add(result, '/a')).toBe(result);
  });

  test('several at once, in the order of their names', () => {
    const keys = [
      { pointer: '/a', key: 'maxAge', value: '24h' },
      { pointer: '/a/c', key: 'x', value: '[p, q]' },
      { pointer: '/a', key: 'bind', value: 'commit' },
    ];
    expect(addKeys('a:\n  c: {}\nd: 1\n', keys)).toBe(
      'a:\n  c: { x: [p, q] }\n  bind: commit\n  maxAge: 24h\nd: 1\n',
    );
  });
});

test('maps that end together take theirs from the inside out', () => {
  const keys = ['', '/a', '/a/b'].map((pointer) => ({ pointer, key: 'zz', value: '1' }));
  const text = 'a:\n  b:\n    c: 1\n';
  const edited = 'a:\n  b:\n    c: 1\n    zz: 1\n  zz: 1\nzz: 1\n';
  expect(addKeys(text, keys)).toBe(edited);
  expect(addKeys(text, keys.toReversed())).toBe(edited);
});

function maps(value: Json, pointer = ''): readonly string[] {
  const parts = Array.isArray(value)
    ? (value as readonly Json[]).flatMap((item, index) => maps(item, pointTo(pointer, index)))
    : isObject(value)
      ? Object.entries(value).flatMap(([key, item]) => maps(item, pointTo(pointer, key)))
      : [];
  return isObject(value) ? [pointer, ...parts] : parts;
}

test('in real policies any set of maps takes a key, all else stays, byte for byte', () => {
  const texts = [basePolicy, readFileSync('policies/production-hardening.yaml', 'utf8')];
  const found = texts.map((text) => maps(valueOf(text)));
  const choice = fc
    .nat(texts.length - 1)
    .chain((index) =>
      fc.tuple(fc.constant(index), fc.subarray([...(found[index] ?? [])], { minLength: 1, maxLength: 6 })),
    );
  fc.assert(
    fc.property(choice, ([index, pointers]) => {
      const text = texts[index] as string;
      const edited = addKeys(
        text,
        pointers.map((pointer) => ({ pointer, key: 'zz', value: 'added' })),
      );
      const without = edited
        .replaceAll(/^ *zz: added\n/gm, '')
        .replaceAll(', zz: added', '')
        .replaceAll('{ zz: added }', '{}');
      expect(without).toBe(text);
      const value = valueOf(edited);
      for (const pointer of pointers) {
        const at = pointer
          .split('/')
          .slice(1)
          .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
        const map = at.reduce<unknown>((part, step) => (part as Record<string, unknown>)[step], value);
        expect(map).toMatchObject({ zz: 'added' });
      }
    }),
    { numRuns: 30 },
  );
});
