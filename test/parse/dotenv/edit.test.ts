import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDotenv } from '../../../src/parse/dotenv.ts';
import { setDotenv } from '../../../src/parse/dotenvEdit.ts';

const set = (text: string, values: Readonly<Record<string, string>>) => {
  const edited = setDotenv(text, new Map(Object.entries(values)));
  return edited.ok ? edited.value : edited.problems[0]?.code;
};

describe('setting variables in an env file', () => {
  const cases: readonly [name: string, before: string, value: string, after: string][] = [
    ['without quotes', 'MODE=a\n', 'b', 'MODE=b\n'],
    ['with a comment behind', 'MODE=a  # why\n', 'b', 'MODE=b  # why\n'],
    ['empty, with a comment behind', 'MODE= # why\n', 'b', 'MODE=b # why\n'],
    ['with blanks around', '  MODE =  a  \n', 'b', '  MODE =  b  \n'],
    ['in double quotes', 'MODE="a" # why\n', 'b', 'MODE="b" # why\n'],
    ['in single quotes', "MODE='a'\n", 'b', "MODE='b'\n"],
    ['in back quotes', 'MODE=`a`\n', 'b', 'MODE=`b`\n'],
    ['over several lines', 'MODE="a\nc"\nX=1\n', 'b', 'MODE="b"\nX=1\n'],
    ['exported', 'export MODE=a\n', 'b', 'export MODE=b\n'],
    ['with CRLF', 'X=1\r\nMODE=a\r\nY=2\r\n', 'b', 'X=1\r\nMODE=b\r\nY=2\r\n'],
    ['with a byte order mark', '\uFEFFMODE=a', 'b', '\uFEFFMODE=b'],
    ['set twice: the last counts', 'MODE=a\nMODE=c\n', 'b', 'MODE=a\nMODE=b\n'],
    ['in a comment only', '# MODE=a\n', 'b', '# MODE=a\nMODE=b\n'],
    ['missing', 'X=1\n', 'b', 'X=1\nMODE=b\n'],
    ['missing, without a last line end', 'X=1\r\nY=2', 'b', 'X=1\r\nY=2\r\nMODE=b\r\n'],
    ['missing where all are exported', 'export X=1\n', 'b', 'export X=1\nexport MODE=b\n'],
    ['missing in an empty file', '', 'b', 'MODE=b\n'],
    ['to a text that needs quotes', 'MODE=a # why\n', 'b #"\\$', 'MODE="b #\\"\\\\\\$" # why\n'],
    ['to a text that its quotes cannot hold', "MODE='a'\n", "it's", 'MODE="it\'s"\n'],
    ['to what it is', 'MODE = a\n', 'a', 'MODE = a\n'],
  ];
  it.each(cases)('%s', (_name, before, value, after) => {
    expect(set(before, { MODE: value })).toEqual({ text: after, changed: before === after ? [] : ['MODE'] });
  });

  it('refuses what would change something else: a quote that is not closed swallows the new line', () => {
    expect(set('X="open\n', { MODE: '#a' })).toBe('transition/env-file');
  });

  const text = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 8 }),
    fc.constantFrom('a"b', "'", '`', '#x', ' # ', '$'),
  );
  const line = fc.oneof(
    fc
      .tuple(fc.constantFrom('A', 'B', 'C'), fc.constantFrom('', '"', "'", '`'), text)
      .map(([name, quote, value]) => `${name}=${quote}${value}${quote}`),
    fc.constantFrom('# A=1', '', 'export B=2', 'no assignment', '  C = "x" # y'),
  );
  it('gives these values, all others as before, and every other line as it stood', () => {
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 6 }),
        fc.constantFrom('\n', '\r\n'),
        text,
        (lines, eol, value) => {
          const before = lines.join(eol);
          const edited = setDotenv(before, new Map([['A', value]]));
          if (!edited.ok) return;
          const after = parseDotenv(edited.value.text).variables;
          expect(after.get('A')?.value).toBe(value);
          for (const [name, one] of parseDotenv(before).variables)
            if (name !== 'A') expect(after.get(name)?.value).toBe(one.value);
          const kept = edited.value.text.split(/\r\n|\n/);
          for (const one of before.split(eol))
            if (one.startsWith('#') || one.startsWith('no ')) expect(kept).toContain(one);
        },
      ),
      { numRuns: 300 },
    );
  });
});
