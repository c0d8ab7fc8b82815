import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plain, plainAll, visibleJson, withoutCommands } from '../../src/report/escape.ts';
import { hostileText } from '../support/hostile.ts';

const shown = /^[^\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]*$/u;

describe('plain', () => {
  it.each([
    ['red \u001b[31mtext\u001b[0m', 'red <U+001B>[31mtext<U+001B>[0m'],
    ['title \u001b]0;owned\u0007', 'title <U+001B>]0;owned<U+0007>'],
    ['user\u202etxt.exe', 'user<U+202E>txt.exe'],
    ['zero\u200bwidth\ufeff', 'zero<U+200B>width<U+FEFF>'],
    ['two\nlines\r\nand\tmore\u2028here', 'two lines and more here'],
    ['c1 \u009b31m', 'c1 <U+009B>31m'],
    ['tag \u{e0041}', 'tag <U+E0041>'],
    ['filler \u3164 \u115f', 'filler <U+3164> <U+115F>'],
    ['half \ud800', 'half <U+D800>'],
    ['soft\u00adhyphen', 'soft<U+00AD>hyphen'],
    ['⚠\ufe0f Grüße 日本語 🚀', '⚠\ufe0f Grüße 日本語 🚀'],
  ])('shows %j as %j', (text, expected) => expect(plain(text)).toBe(expected));

  it('lets no control, bidi or format character through, and no line break', () => {
    fc.assert(
      fc.property(hostileText, (text) => shown.test(plain(text))),
      { numRuns: 2000 },
    );
  });

  it('leaves ordinary text as it is, and changes nothing twice', () => {
    fc.assert(fc.property(hostileText, (text) => plain(plain(text)) === plain(text)));
    fc.assert(fc.property(fc.stringMatching(/^[ -"$-~]*$/), (text) => plain(text) === text));
  });

  it('reaches every text and key of a value, and keeps `__proto__` a key', () => {
    const value = JSON.parse(
      '{"a":["\\u202e",{"k\\u0007":"\\u001b"}],"__proto__":{"x":"\\u0000"}}',
    ) as unknown;
    expect(JSON.stringify(plainAll(value))).toBe(
      '{"a":["<U+202E>",{"k<U+0007>":"<U+001B>"}],"__proto__":{"x":"<U+0000>"}}',
    );
    expect(({} as { x?: string }).x).toBeUndefined();
  });
});

describe('withoutCommands', () => {
  it.each([
    ['::set-output name=x::1', ': :set-output name=x::1'],
    ['a\n   ::error::x', 'a\n  : :error::x'],
    ['\u001b[1m  ::add-mask::x', '\u001b[1m : :add-mask::x'],
    ['x ##[group]y', 'x ## [group]y'],
    ['##vso[task.complete]', '## vso[task.complete]'],
    ['##teamcity[x]', '## teamcity[x]'],
    ['std::vector and a ## heading', 'std::vector and a ## heading'],
  ])('turns %j into %j', (text, expected) => expect(withoutCommands(text)).toBe(expected));

  it('leaves no line that a runner would obey', () => {
    const line = fc
      .array(fc.constantFrom(':', '::', '#', '##', '[', '##[', ' ', 'a', '\n', '\u001b[0m', 'vso['))
      .map((p) => p.join(''));
    fc.assert(
      fc.property(line, (text) => {
        const safe = withoutCommands(text);
        return !/^(?:[^\S\n]|\u001b\[0m)*::/m.test(safe) && !/##[A-Za-z]*\[/.test(safe);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('visibleJson', () => {
  it('reads back as the same value, and holds nothing that a terminal would hide', () => {
    fc.assert(
      fc.property(fc.dictionary(hostileText, fc.array(hostileText)), (value) => {
        const text = visibleJson(JSON.stringify(value, null, 2));
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        return text.split('\n').every((line) => shown.test(line)) && !/##[A-Za-z]*\[/.test(text);
      }),
      { numRuns: 1000 },
    );
  });
});

it('plainAll asks for no digest before it is asked itself, and makes it plain then', () => {
  let made = 0;
  const verdict = {
    evidence: [
      {
        get digest() {
          made++;
          return 'sha256:a\u202e';
        },
      },
    ],
  };
  const copy = plainAll(plainAll(verdict));
  expect(made).toBe(0);
  expect(JSON.stringify(copy)).toBe('{"evidence":[{"digest":"sha256:a<U+202E>"}]}');
});
