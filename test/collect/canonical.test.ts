import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digestOf, sha256 } from '../../src/collect/digest.ts';
import { canonicalJson } from '../../src/model/canonical.ts';

describe('canonicalJson', () => {
  const cases: readonly [unknown, string][] = [
    [null, 'null'],
    [[true, false], '[true,false]'],
    // RFC 8785, section 3.2.2.3 and appendix B.
    [
      [333333333.33333329, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      '[333333333.3333333,1e+30,4.5,0.002,1e-27]',
    ],
    [
      [0, -0, 5e-324, 1.7976931348623157e308, 9007199254740992, 295147905179352830000],
      '[0,0,5e-324,1.7976931348623157e+308,9007199254740992,295147905179352830000]',
    ],
    // Section 3.2.2.2.
    ['\u20ac$\u000f\u000aA\'B"\\"/', '"€$\\u000f\\nA\'B\\"\\\\\\"/"'],
    // Section 3.2.3: by UTF-16 code unit, so the astral character comes before U+FB33.
    [
      { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\u{1f600}': 5, '\u0080': 6, ö: 7 },
      '{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}',
    ],
    [{ b: undefined, a: { d: 1, c: [] } }, '{"a":{"c":[],"d":1}}'],
  ];
  it.each(cases)('%j', (value, text) => expect(canonicalJson(value)).toBe(text));

  it.each([Number.NaN, Number.POSITIVE_INFINITY, '\ud800', { '\udc00': 1 }, undefined, 1n, () => 1])(
    'refuses what JSON cannot hold',
    (value) => {
      expect(() => canonicalJson(value)).toThrow();
    },
  );

  it('keeps every value, whatever the order of keys', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        fc.pre(!/\\ud[89a-f]/i.test(text));
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(text));
        expect(canonicalJson(reversed(value))).toBe(canonicalJson(value));
      }),
    );
  });
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, reversed(item)]),
  );
}

describe('digests', () => {
  it('are SHA-256 in hex', () => {
    expect(sha256('abc')).toBe('sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(digestOf({ type: 'value', value: 1 })).toBe(sha256('{"type":"value","value":1}'));
  });
});
