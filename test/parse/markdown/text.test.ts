import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isClosed, splitCells } from '../../../src/parse/markdown/cells.ts';
import { plainText } from '../../../src/parse/markdown/plainText.ts';
import { createCellReader, readWithRemark } from '../../../src/parse/markdown/remark.ts';
import { decodeUtf8 } from '../../../src/parse/markdown/utf8.ts';
import { cellContent, escapeCell, formatRow } from '../../../src/parse/markdown/write.ts';

const marks = [
  '\\',
  '`',
  '*',
  '_',
  '[',
  ']',
  '<',
  '>',
  '&',
  '~',
  '|',
  '!',
  '(',
  ')',
  ':',
  '/',
  '.',
  '@',
  '#',
  '-',
  '"',
  "'",
  ' ',
  '\t',
  'a',
  'B',
  '1',
  'www.',
  'http://',
  'amp;',
  '\u00a0',
  '\u00e9',
  '\u2705',
  '\ud83d\ude00',
];
const marked = fc.array(fc.constantFrom(...marks), { maxLength: 14 }).map((parts) => parts.join(''));

/** What remark finds in a table of one row. */
function rowByRemark(line: string): string[] {
  const reading = readWithRemark(`|x|\n|-|\n${line}\n`);
  if ('refused' in reading) throw new Error(reading.refused);
  return reading.tables[0]?.rows[0]?.cells ?? [];
}

describe('splitCells', () => {
  it.each<[string, string[]]>([
    ['| a | b |', ['a', 'b']],
    ['a | b', ['a', 'b']],
    ['| a \\| b | `c|d` |', ['a \\| b', '`c', 'd`']],
    ['| a \\\\| b |', ['a \\\\', 'b']],
    ['|  |\t|', ['', '']],
    ['|', ['']],
    ['||', ['']],
    ['| a', ['a']],
    ['| \u00a0 |', ['\u00a0']],
  ])('%s', (line, cells) => {
    expect(splitCells(line)).toEqual(cells);
  });

  it('finds as many cells as remark', () => {
    fc.assert(
      fc.property(marked, (text) => {
        expect(splitCells(`|${text}|`)).toHaveLength(rowByRemark(`|${text}|`).length);
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['| a |', true],
    ['| a | \t', true],
    ['| a \\|', false],
    ['| a \\\\|', true],
    ['| a', false],
    ['', false],
  ])('isClosed %s', (line, closed) => {
    expect(isClosed(line)).toBe(closed);
  });
});

describe('plainText', () => {
  it.each<[string, string | undefined]>([
    ['AUTH_MODE', 'AUTH_MODE'],
    ['**pass**', 'pass'],
    ['`a \\| b`', 'a | b'],
    ['``a ` b``', 'a ` b'],
    ['` a `', 'a'],
    ['`a', '`a'],
    ['C:\\tmp\\*', 'C:\\tmp*'],
    ['5 * 3', '5 * 3'],
    ['a < b & c', 'a < b & c'],
    ['~5 min', '~5 min'],
    ['[x]', '[x]'],
    ['[a](b)', undefined],
    ['*a* b', undefined],
    ['<br>', undefined],
    ['&amp;', undefined],
    ['`'.repeat(10) + ' x'.repeat(3), '`'.repeat(10) + ' x'.repeat(3)],
  ])('%s', (raw, text) => {
    expect(plainText(raw, 'cell')).toBe(text);
  });

  it('says what remark says, wherever it says something', () => {
    let told = 0;
    fc.assert(
      fc.property(marked, (text) => {
        const [raw = ''] = splitCells(`|${text}|`);
        const plain = plainText(raw, 'cell');
        if (plain === undefined) return;
        told++;
        expect(plain).toBe(rowByRemark(`|${text}|`)[0]);
      }),
      { numRuns: 1500 },
    );
    expect(told).toBeGreaterThan(400);
  });
});

describe('createCellReader', () => {
  it('reads rich cells, and leaves hostile ones as they are', () => {
    const read = createCellReader();
    expect(read('[a](b) *c* &amp; ![d](e) <br>')).toBe('a c & d <br>');
    const hostile = ']('.repeat(5000);
    expect(read(hostile)).toBe(hostile);
  });
});

describe('decodeUtf8', () => {
  it('gives what Buffer gives, for text and for any bytes', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc
        .array(
          fc.constantFrom(
            0x41,
            0x80,
            0xbf,
            0xc2,
            0xe0,
            0xa0,
            0x9f,
            0xed,
            0xef,
            0xbf,
            0xf0,
            0x90,
            0x8f,
            0xf4,
            0xff,
          ),
          { maxLength: 12 },
        )
        .map((list) => Uint8Array.from(list)),
      fc.string({ unit: 'binary' }).map((text) => Buffer.from(text)),
    );
    fc.assert(
      fc.property(bytes, (list) => {
        expect(decodeUtf8(Buffer.from(list).toString('latin1'))).toBe(Buffer.from(list).toString('utf8'));
      }),
      { numRuns: 1500 },
    );
  });
});

describe('writing cells', () => {
  const read = (line: string) => rowByRemark(line);

  it.each([
    ['AUTH_MODE', 'AUTH_MODE'],
    ['https://a.example/b_c', 'https://a.example/b_c'],
    ['a|b', 'a\\|b'],
    ['two\nlines', 'two lines'],
    ['*x*', '\\*x\\*'],
    [' x ', 'x'],
    ['a & b', 'a & b'],
    ['&amp;', '\\&amp;'],
  ])('%s', (text, written) => {
    expect(escapeCell(text)).toBe(written);
  });

  it('gives the content back, by remark and by the fast reader', () => {
    const text = fc.oneof(marked, fc.string({ unit: 'binary', maxLength: 20 }), fc.string({ maxLength: 20 }));
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), (texts) => {
        const line = formatRow(texts);
        expect(line).not.toMatch(/[\r\n]/);
        expect(read(line)).toEqual(texts.map(cellContent));
        for (const [index, raw] of splitCells(line).entries()) {
          expect([undefined, cellContent(texts[index] ?? '')]).toContain(plainText(raw, 'cell'));
        }
      }),
      { numRuns: 1500 },
    );
  });
});
