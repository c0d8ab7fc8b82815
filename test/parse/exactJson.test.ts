import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readExact, writeExact } from '../../src/parse/exactJson.ts';

const bare = (entries: Readonly<Record<string, unknown>>): unknown =>
  Object.assign(Object.create(null) as object, entries);

/** Data as policies hold it: with and without prototypes, inside each other. */
const data = fc.letrec<{ any: unknown }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 5 },
    fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => n + 0),
      fc.boolean(),
      fc.constant(null),
    ),
    fc.array(tie('any'), { maxLength: 4 }),
    fc.dictionary(fc.string(), tie('any'), { maxKeys: 4, noNullPrototype: true }),
    fc
      .dictionary(fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor')), tie('any'), {
        maxKeys: 4,
      })
      .map((entries) => bareOf(entries)),
  ),
})).any;

function bareOf(entries: Readonly<Record<string, unknown>>): unknown {
  const map = Object.create(null) as Record<string, unknown>;
  for (const key of Object.keys(entries)) map[key] = entries[key];
  return map;
}

describe('JSON that keeps prototypes', () => {
  it('what was written comes back exactly, or is not written', () => {
    let written = 0;
    fc.assert(
      fc.property(data, (value) => {
        const text = writeExact(value);
        if (text === undefined) return;
        written++;
        expect(isDeepStrictEqual(readExact(text), value)).toBe(true);
      }),
      { numRuns: 1000 },
    );
    expect(written).toBeGreaterThan(900);
  });

  it('an object without prototype stays one, and its keys mean no more than themselves', () => {
    const back = readExact(writeExact(bare({ a: bare({ b: [1, { c: 2 }] }) })) ?? '') as Record<
      string,
      object
    >;
    expect(Object.getPrototypeOf(back)).toBeNull();
    expect(back['constructor']).toBeUndefined();
    expect(Object.getPrototypeOf(back['a'])).toBeNull();
  });

  it.each([
    ['undefined in an object', { a: undefined }],
    ['a hole in a list', [, 1]],
    ['NaN', NaN],
    ['infinity', [Infinity]],
    ['minus zero', { a: -0 }],
    ['an instance of a class', { a: new Date(0) }],
    ['a function', () => 1],
    ['a big integer', [1n]],
    ['an own `__proto__` of an ordinary object', JSON.parse('{ "__proto__": { "a": 1 } }') as unknown],
  ])('%s is not written', (_, value) => expect(writeExact(value)).toBeUndefined());
});
