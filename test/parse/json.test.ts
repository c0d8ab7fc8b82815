import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJson } from '../../src/parse/json.ts';

/** As JSON.parse gives it, for comparison: objects of ours have no prototype. */
function plain(text: string): unknown {
  const read = parseJson(text);
  return read.ok ? JSON.parse(JSON.stringify(read.value)) : read;
}

describe('parseJson', () => {
  it('reads what JSON.parse reads', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), fc.nat(4), (text, indent) => {
        fc.pre(!/\\ud[89a-f]/i.test(text));
        const spaced = JSON.stringify(JSON.parse(text), null, indent);
        expect(plain(spaced)).toEqual(JSON.parse(spaced));
      }),
    );
  });

  it('refuses what JSON.parse refuses', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom(...'{}[]",:0123-+.eEtrufalsn \\\u0000\n'.split('')),
          maxLength: 12,
        }),
        (text) => {
          let theirs = true;
          try {
            JSON.parse(text);
          } catch {
            theirs = false;
          }
          const ours = parseJson(text).ok;
          // Stricter only where two names or a number beyond the finite stand in it, which such short texts can hold too.
          if (ours) expect(theirs).toBe(true);
          else if (theirs) expect(text).toMatch(/\d[eE]|"[^"]*".*"[^"]*"/s);
        },
      ),
      { numRuns: 3000 },
    );
  });

  const refused: readonly [string, number][] = [
    ['', 1],
    ['{"a":1,\n"a":2}', 2],
    ['[1e400]', 1],
    ['"\\ud800"', 1],
    ['"\\x"', 1],
    ['"a\nb"', 1],
    ['[1]\n\n2', 3],
    ['{"a" 1}', 1],
    ['[1,]', 1],
    ['{a:1}', 1],
    ['NaN', 1],
    ["'a'", 1],
    ['01', 1],
    [`${'['.repeat(65)}${']'.repeat(65)}`, 1],
    ['['.repeat(1_000_000), 1],
  ];
  it.each(refused.map(([text, line]) => [text.slice(0, 40), text, line] as const))(
    'refuses %j',
    (_, text, line) => {
      const read = parseJson(text);
      expect(read).toMatchObject({ ok: false, line });
    },
  );

  it('takes names of the prototype as names', () => {
    const read = parseJson('{"__proto__":{"polluted":1},"constructor":2}');
    if (!read.ok) throw new Error('refused');
    expect(Object.getPrototypeOf(read.value)).toBeNull();
    expect(Object.keys(read.value as object)).toEqual(['__proto__', 'constructor']);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it.each([
    ['', 1],
    ['/a', 2],
    ['/a/0', 3],
    ['/a/1/b~1c', 4],
    ['/a/2', undefined],
    ['/none', undefined],
    ['/a/00', undefined],
  ])('tells the line of %j', (pointer, line) => {
    const read = parseJson('{\n  "a": [\n    1,\n    {"b/c": true}\n  ]\n}');
    expect(read.ok && read.lineOf(pointer)).toBe(line);
  });

  it('reads a large file in reasonable time', () => {
    const text = JSON.stringify(
      Array.from({ length: 40_000 }, (_, id) => ({ id, name: `name ${id}`, tags: ['a', 'b\\"'] })),
    );
    const begin = performance.now();
    expect(parseJson(text).ok).toBe(true);
    expect(performance.now() - begin).toBeLessThan(2000);
  });
});
