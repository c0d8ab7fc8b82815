import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRedactor, redactJson } from '../../../src/collect/redact.ts';
import { forms } from './forms.ts';

const secrets = {
  token: 'canary-7f3Kq9Zt',
  punctuated: 'p@ss/w0rd?&<x>"y\'z\\n=+ %41;',
  unicode: 'gehe\u00efm-\u{1f511}-\u9375',
  spaced: 'correct horse+battery staple',
  lines: '-----BEGIN KEY-----\nMIIEvQIBADANBgkq\nhkiG9w0BAQEFAASC\n-----END KEY-----',
  long: Array.from({ length: 40 }, (_, i) => `part-${i}-${i * 7919}/`).join(''),
};

describe('every form of every secret is hidden', () => {
  for (const [kind, secret] of Object.entries(secrets)) {
    const redactor = createRedactor([secret, 'another-secret-0']);
    test.each(Object.entries(forms))(`${kind}, %s`, (_, form) => {
      const text = `one ${form(secret)} two`;
      expect(redactor.text(text)).toBe('one [redacted] two');
      const stream = redactor.stream();
      expect(Array.from(split(text), (unit) => stream.push(unit)).join('') + stream.end()).toBe(
        'one [redacted] two',
      );
    });
    test.each([0, 1, 2])(`${kind}, base64 and base64url at offset %i`, (offset) => {
      const whole = Buffer.from(`${'u'.repeat(offset)}${secret}`);
      for (const alphabet of ['base64', 'base64url'] as const) {
        const text = whole.toString(alphabet);
        const out = redactor.text(text);
        // All that is left: the characters of what stands before, the one in which both meet, and padding.
        expect(out).toBe(text.slice(0, [0, 2, 3][offset]) + '[redacted]' + (/=*$/.exec(text)?.[0] ?? ''));
        const inside = Buffer.concat([whole, Buffer.from('~~~')]).toString(alphabet);
        expect(redactor.text(inside)).toMatch(/^[\w+/-]{0,3}\[redacted\][\w+/-]{3,5}={0,2}$/);
      }
    });
  }

  test('25 forms beside base64 at three offsets and chunk borders', () => {
    expect(Object.keys(forms)).toHaveLength(25);
  });
});

describe('parts of a secret', () => {
  const redactor = createRedactor([secrets.lines, 'postgres://app:s3cr%40t-pw@db.example/x']);
  test.each(['MIIEvQIBADANBgkq', 'hkiG9w0BAQEFAASC'])('the line %s alone', (line) => {
    expect(redactor.text(`x ${line} y`)).toBe('x [redacted] y');
    expect(redactor.text(Buffer.from(line).toString('base64'))).toBe('[redacted]==');
  });
  test.each(['s3cr%40t-pw', 's3cr@t-pw'])('the password of a URL: %s', (password) => {
    expect(redactor.text(`login app ${password} ok`)).toBe('login app [redacted] ok');
  });
});

describe('short secrets', () => {
  const redactor = createRedactor(['abc', '7', '\u00e9!']);
  test.each([
    ['abc', '[redacted]'],
    ['x abc y', 'x [redacted] y'],
    ['abcd xabc abc_', 'abcd xabc abc_'],
    ['(abc)', '([redacted])'],
    ['17 7 77 7', '17 [redacted] 77 [redacted]'],
    ['caf\u00e9! \u00e9!', 'caf\u00e9! [redacted]'],
    ['\u00e9!x', '[redacted]x'],
  ])('%s', (text, expected) => {
    expect(redactor.text(text)).toBe(expected);
    const stream = redactor.stream();
    expect([...text].map((c) => stream.push(c)).join('') + stream.end()).toBe(expected);
  });
});

describe('what is no secret stays as it is', () => {
  test('without secrets nothing changes, and blank secrets are none', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => createRedactor(['', '  \n']).text(text) === text),
    );
  });
  test.each([
    '100% of &amp; and &#x41; \\u0041 \\\\',
    'canary-7f3Kq9Z',
    '\ud800 \udc00',
    '\u001b[31mred\u001b[0m',
  ])('%j', (text) => {
    expect(createRedactor(Object.values(secrets)).text(text)).toBe(text);
  });
  test('any text without the secret, in any pieces, comes back whole', () => {
    const redactor = createRedactor(['\u2622secret\u2622']);
    const piece = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('%', '&', '&#', '\\', '\\u', '\u001b[', 'secret', '\u2622', '\ud83d'),
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const stream = redactor.stream();
        const out = pieces.map((p) => stream.push(p)).join('') + stream.end();
        fc.pre(
          !pieces
            .join('')
            .replace(/[^\u2622a-z]/g, '')
            .includes('\u2622secret\u2622'),
        );
        expect(out).toBe(pieces.join(''));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('properties', () => {
  const odd = /[\s"'`+\\]/g;
  const word = fc
    .string({ unit: 'grapheme', minLength: 4, maxLength: 30 })
    .filter((s) => s.trim().length >= 4);
  test('a stream gives what a text gives, wherever the borders are', () => {
    fc.assert(
      fc.property(
        fc.array(word, { maxLength: 3 }),
        fc.array(fc.string()),
        fc.context(),
        (list, noise, context) => {
          const redactor = createRedactor(list);
          const pieces = noise.flatMap((n, i) => [n, list[i % Math.max(1, list.length)] ?? '', n.slice(1)]);
          const stream = redactor.stream();
          const out = pieces.map((p) => stream.push(p)).join('') + stream.end();
          context.log(JSON.stringify(pieces));
          expect(out).toBe(redactor.text(pieces.join('')));
        },
      ),
      { numRuns: 2000 },
    );
  });
  const survives = (secret: string, name: string): boolean => {
    const form = (forms[name] as (s: string) => string)(secret.trim());
    return createRedactor([secret]).text(`(${form})`).includes(form);
  };
  test('no random secret survives in any form', () => {
    const plain = word.filter((s) => s.replace(odd, '').length >= 4);
    fc.assert(
      fc.property(plain, fc.constantFrom(...Object.keys(forms)), (secret, name) => !survives(secret, name)),
      { numRuns: 3000 },
    );
  });
  test('a secret of little else than quotes, white space and plus signs survives in no escaped form', () => {
    const letters = fc.constantFrom('"', "'", '`', ' ', '+', '!');
    const strange = fc
      .string({ unit: letters, minLength: 4, maxLength: 9 })
      .filter((s) => s.trim().length >= 4);
    const escaped = Object.keys(forms).filter((name) => !/shell|doubled|twice|three|between/.test(name));
    fc.assert(
      fc.property(strange, fc.constantFrom(...escaped), (secret, name) => !survives(secret, name)),
      { numRuns: 2000 },
    );
  });
});

test('JSON: texts, keys and numbers', () => {
  const redactor = createRedactor(['hunter22', '31415926']);
  const value = JSON.parse(
    '{"a":["x hunter22"],"hunter22":1,"n":31415926,"t":true,"z":null,"__proto__":{"b":"hunter22"}}',
  );
  expect(JSON.stringify(redactJson(redactor, value))).toBe(
    '{"a":["x [redacted]"],"[redacted]":1,"n":"[redacted]","t":true,"z":null,"__proto__":{"b":"[redacted]"}}',
  );
});

describe('time and memory', () => {
  test.each([
    ['a text of one letter', 'a'.repeat(2_000_000), [`${'a'.repeat(500)}b`]],
    ['backslashes', '\\'.repeat(2_000_000), ['secret\\\\']],
    ['percent signs', '%25'.repeat(700_000), ['%25%25%25x']],
    ['a secret over and over', 'secret-1'.repeat(250_000), ['secret-1']],
    ['a long beginning', `secre${' '.repeat(2_000_000)}`, ['secret-1']],
  ])('%s takes linear time', (_, text, list) => {
    const redactor = createRedactor(list);
    const time = (n: number): number => {
      const start = performance.now();
      redactor.text(text.slice(0, n));
      return performance.now() - start;
    };
    time(text.length / 4);
    const quarter = Math.max(5, time(text.length / 4));
    expect(time(text.length) / quarter).toBeLessThan(12);
  });
  test('a secret of 100 kB is found', () => {
    const secret = Array.from({ length: 10_000 }, (_, i) => String(i * 7919).padStart(9, 'k')).join(' ');
    expect(createRedactor([secret]).text(`a ${Buffer.from(secret).toString('base64url')} b`)).toBe(
      'a [redacted] b',
    );
  });
});

/** UTF-16 units, so that borders also run through surrogate pairs. */
function split(text: string): string[] {
  return Array.from({ length: text.length }, (_, i) => text[i] as string);
}
