import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findInJson } from '../../src/parse/jsonPlace.ts';
import { readQuickly } from '../../src/parse/jsonQuick.ts';
import { readStrictly } from '../../src/parse/jsonStrict.ts';

const depth = 6;

const word = fc.constantFrom(
  ...['""', '"a"', '"a:b"', '"\\""', '"\\\\"', '"\\u0061"', '"__proto__"', '"1"', '"é\u2028"'],
);
const odd = fc.constantFrom(
  ...['"\\ud83d\\ude00"', '"\\udead"', '"\ud800"', '1e999', '-0', '1E5', '01', 'nul'],
);
const scalar = fc.oneof(
  { weight: 6, arbitrary: word },
  { weight: 3, arbitrary: fc.constantFrom('0', '-1.5', 'true', 'null') },
  { weight: 1, arbitrary: odd },
);
const blank = fc.constantFrom('', '', '', ' ', '\n\t', '\r\n');

/** JSON texts with few names, so that some stand twice, and with what only one of the readers might take. */
const { text: jsonText } = fc.letrec<{ text: string }>((tie) => ({
  text: fc.oneof(
    { maxDepth: depth, depthSize: 'small' },
    fc.tuple(blank, scalar, blank).map((parts) => parts.join('')),
    fc
      .tuple(fc.array(tie('text'), { maxLength: 4 }), blank)
      .map(([parts, gap]) => `${gap}[${parts.join(',')}]`),
    fc
      .tuple(fc.array(fc.tuple(fc.oneof(word, word, scalar), blank, tie('text')), { maxLength: 4 }), blank)
      .map(
        ([parts, gap]) => `{${gap}${parts.map((part) => `${part[0]}${part[1]}:${part[2]}`).join(',')}}${gap}`,
      ),
  ),
}));

describe('the quick reader of JSON', () => {
  it('gives what the strict one gives, or nothing', () => {
    const seen = { quick: 0, refused: 0 };
    fc.assert(
      fc.property(jsonText, (source) => {
        const strict = readStrictly(source, depth);
        const quick = readQuickly(source, depth);
        if (!strict.ok) {
          seen.refused++;
          expect(quick).toBeUndefined();
        }
        if (quick === undefined) return;
        seen.quick++;
        expect(strict).toStrictEqual({ ok: true, value: quick });
      }),
      { numRuns: 5000 },
    );
    expect(seen.quick).toBeGreaterThan(1000);
    expect(seen.refused).toBeGreaterThan(500);
  });

  it.each([
    ['a name twice', '{"a":1,"a":1}'],
    ['a name twice, written in two ways', '{"a":1,"\\u0061":1}'],
    ['a number beyond the finite', '[1e999]'],
    ['half a character', '["\\udead"]'],
    ['half a character as it is', '["\udead"]'],
    ['a level too many', '[[[[[[[0]]]]]]]'],
    ['a text of many escapes', `["${'\\n'.repeat(3_000_000)}"`],
  ])('leaves %s to the strict one', (_, source) => {
    expect(readQuickly(source, depth)).toBeUndefined();
    expect(readStrictly(source, depth).ok).toBe(false);
  });
});

/** Every value with the steps that lead to it. */
function stepsInto(value: unknown, way: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [way];
  return [way, ...Object.entries(value).flatMap(([name, item]) => stepsInto(item, [...way, name]))];
}

describe('findInJson', () => {
  it('finds each value where it stands, and no other', () => {
    fc.assert(
      fc.property(jsonText, (source) => {
        const read = readStrictly(source, depth);
        if (!read.ok) return;
        for (const steps of stepsInto(read.value)) {
          const value = steps.reduce<unknown>(
            (holder, name) => (holder as Record<string, unknown>)[name],
            read.value,
          );
          const rest = source.slice(findInJson(source, steps));
          expect(rest).not.toMatch(/^\s/);
          // The value is the longest beginning of the rest that the strict reader takes.
          const ends = Array.from({ length: rest.length }, (_, at) =>
            readStrictly(rest.slice(0, rest.length - at), 9),
          );
          expect(ends.find(({ ok }) => ok)).toStrictEqual({ ok: true, value });
          expect(findInJson(source, [...steps, 'none'])).toBeUndefined();
        }
      }),
      { numRuns: 300 },
    );
  });

  it('reads past texts of any length', () => {
    const long = '\\"'.repeat(3_000_000);
    expect(findInJson(`{"a":"${long}","b":1}`, ['b'])).toBe(long.length + 12);
  });
});
