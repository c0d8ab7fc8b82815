import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readPlainYaml } from '../../../src/parse/yaml/plainBlock.ts';
import { compareYaml, compareYamlReaders } from './plainTexts.ts';

const shipped = readFileSync('policies/production-hardening.yaml', 'utf8');

describe('the plain reader of YAML', () => {
  it('gives what the strict one gives, or leaves the text to it', () => {
    const { accepted, documents, differences } = compareYamlReaders(20260224, 500, [shipped]);
    expect(differences).toEqual([]);
    // Texts that are nearly plain are what differences would be found among.
    expect(accepted / documents).toBeGreaterThan(0.1);
    expect(accepted / documents).toBeLessThan(0.5);
  });

  it('reads the shipped policy', () => expect(compareYaml(shipped)).toBe('same'));

  it.each([
    ['a map', 'a: 1\nb: two\n'],
    ['maps in maps', 'a:\n  b:\n    c: d\n'],
    ['a list', 'a:\n  - b\n  - c\n'],
    ['a list at the column of its key', 'a:\n- b\n- c\nd: e\n'],
    ['maps in a list', 'a:\n  - b: 1\n    c: 2\n  - b: 3\n'],
    ['brackets', 'a: { b: [c, 1, true], d: {} }\n'],
    ['brackets over lines', 'a: { b: c,\n     d: [\n      e ] }\n'],
    ['quotes', `a: 'it''s'\n'b c': "d: e # f"\n`],
    ['a folded text', 'a: >-\n  b\n  c\n\nd: e\n'],
    ['a literal text', 'a: |\n  b: c\n  # d\ne: f\n'],
    ['comments', '# a\nb: c # d\n  # e\nf:   g\n\n# h\n'],
    ['no line end', 'a: b'],
  ])('reads %s', (_, text) => expect(compareYaml(text)).toBe('same'));

  it.each([
    ['an anchor', 'a: &b c\n'],
    ['a tag', 'a: !b c\n'],
    ['a key twice', 'a: 1\na: 2\n'],
    ['a key of the prototype', '__proto__: 1\n'],
    ['a number that readers differ over', 'a: 012\n'],
    ['nothing', 'a:\n'],
    ['null', 'a: null\n'],
    ['a scalar over two lines', 'a: b\n  c\n'],
    ['a text with an empty line', 'a: >-\n  b\n\n  c\n'],
    ['a text with a line further in', 'a: |\n  b\n    c\n'],
    ['a colon in a scalar', 'a: b: c\n'],
    ['an escape', 'a: "\\n"\n'],
    ['a tab', 'a:\tb\n'],
    ['a carriage return', 'a: b\r\n'],
    ['a second document', 'a: b\n---\nc: d\n'],
    ['a bracket at the margin', 'a: [\n b\n]\n'],
    ['a pair in a list', 'a: [b: c]\n'],
    ['no break space', 'a: b\u00a0c\n'],
    ['too much depth', `a: ${'['.repeat(101)}${']'.repeat(101)}\n`],
    ['no map', '- a\n'],
    ['an empty text', ''],
  ])('leaves %s to the strict one', (_, text) => expect(readPlainYaml(text, 100)).toBeUndefined());

  it('takes as long as the text, whatever stands in it', () => {
    const parts = [
      'a ',
      "'",
      '"',
      ': ',
      '[',
      '{',
      '- ',
      '# ',
      '  ',
      '\n',
      'a: ',
      'a,',
      ' #',
      ':',
      '>-\n',
      '\n\n',
      'a: [',
      '- a: ',
    ];
    for (const part of parts) {
      for (const before of ['', 'a: ', "a: '", 'a: [', 'a: >-\n ']) {
        const begin = performance.now();
        readPlainYaml(before + part.repeat(200_000 / part.length), 100);
        expect(performance.now() - begin).toBeLessThan(2000);
      }
    }
  });
});
