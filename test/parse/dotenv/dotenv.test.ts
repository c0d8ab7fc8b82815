import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDotenv } from '../../../src/parse/dotenv.ts';

function valuesOf(text: string): Record<string, string> {
  return Object.fromEntries([...parseDotenv(text).variables].map(([name, { value }]) => [name, value]));
}

describe('parseDotenv', () => {
  const cases: readonly [string, string, Record<string, string>][] = [
    ['plain', 'A=1\nB=two words\n', { A: '1', B: 'two words' }],
    ['blanks around', '  A =  1  \n', { A: '1' }],
    ['export', 'export A=1\n', { A: '1' }],
    ['comments', '# no\nA=1 # yes\nB=a#b\nC=#c\nD= # d\n', { A: '1', B: 'a#b', C: '#c', D: '' }],
    ['empty', 'A=\nB=""\n', { A: '', B: '' }],
    ['single quotes', "A='a # b \\n $X'  # c\n", { A: 'a # b \\n $X' }],
    ['back quotes', 'A=`it\'s "so"`\n', { A: 'it\'s "so"' }],
    ['double quotes', 'A="a # b\\n\\t\\"\\\\\\$X\\q"\n', { A: 'a # b\n\t"\\$X\\q' }],
    ['several lines', 'A="one\ntwo\n  three"\nB=2\n', { A: 'one\ntwo\n  three', B: '2' }],
    ['no interpolation', 'A=$B\nC=${D:-e}\n', { A: '$B', C: '${D:-e}' }],
    ['CRLF and BOM', '\uFEFFA=1\r\nB="x\r\ny"\r\n', { A: '1', B: 'x\ny' }],
    ['equals in the value', 'A=b=c==\n', { A: 'b=c==' }],
    ['the last counts', 'A=1\nA=2\n', { A: '2' }],
    [
      'names of objects',
      '__proto__=1\nconstructor=2\n',
      Object.fromEntries([
        ['__proto__', '1'],
        ['constructor', '2'],
      ]),
    ],
    ['no line end', 'A=1', { A: '1' }],
  ];
  it.each(cases)('%s', (_, text, values) => expect(valuesOf(text)).toEqual(values));

  const malformed: readonly [string, string, Record<string, string>, number][] = [
    ['no equals', 'A\nB=1\n', { B: '1' }, 1],
    ['a bad name', '1A=x\nB=1\n', { B: '1' }, 1],
    ['text after the quote', 'B=1\nA="x"y\n', { B: '1' }, 2],
    ['an open quote', "A='x\nB=1\n", { B: '1' }, 1],
    ['an open double quote', 'B=1\nA="x\n', { B: '1' }, 2],
  ];
  it.each(malformed)('says that a line cannot be read: %s', (_, text, values, line) => {
    expect(valuesOf(text)).toEqual(values);
    expect(parseDotenv(text).findings).toMatchObject([{ code: 'dotenv.malformed-line', line }]);
  });

  it('says which line no longer counts, and no value', () => {
    expect(parseDotenv('A=one\n\nexport A=two\n').findings).toEqual([
      { code: 'dotenv.duplicate', message: '`A` is set again; line 1 no longer counts', line: 3 },
    ]);
  });

  it('tells the line of each value', () => {
    expect(parseDotenv('\nA="x\ny"\nB=1\n').variables.get('B')).toEqual({ value: '1', line: 4 });
  });

  it('reads back any value that is written in double quotes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (value, other) => {
        const plain = value.replace(/\r\n?/g, '\n');
        const quoted = plain.replace(/[\\"$]/g, '\\$&');
        const text = `A="${quoted}"\nB='${other.replace(/['\r\n]/g, '')}'\n`;
        expect(valuesOf(text)).toEqual({ A: plain, B: other.replace(/['\r\n]/g, '') });
      }),
    );
  });

  it('never throws, and accounts for every line that is not blank', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[A-C=#"'` \\$x]{0,8}$/)), (lines) => {
        const { variables, findings } = parseDotenv(lines.join('\n'));
        for (const { line } of [...variables.values(), ...findings])
          expect(line).toBeLessThanOrEqual(lines.length);
      }),
    );
  });
});
