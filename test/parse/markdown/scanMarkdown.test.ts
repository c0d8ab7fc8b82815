import { describe, expect, it } from 'vitest';
import { readWithRemark } from '../../../src/parse/markdown/remark.ts';
import { scanMarkdown } from '../../../src/parse/markdown/scanMarkdown.ts';
import { shorten } from '../../../src/parse/markdown/shorten.ts';
import { compareReaders, longer, randomDocument, seeded } from './randomDocument.ts';

describe('the scanner against remark', () => {
  it('gives what remark gives on 5,000 random documents, wherever it accepts', () => {
    const { accepted, differences } = compareReaders(1, 5000);
    expect(differences).toEqual([]);
    expect(accepted).toBeGreaterThan(1500);
  });

  it.each([
    ['a list', '- item\n'],
    ['a setext heading', 'Title\n===\n'],
    ['a quote', '> quote\n'],
    ['a fence', '```\n| a |\n```\n'],
    ['HTML', '<!-- note -->\n'],
    ['a definition', '[a]: b\n'],
    ['indented text', '    code\n'],
    ['a table after a paragraph', 'Text\n| a |\n| - |\n'],
    ['a table without outer pipes', 'a | b\n--- | ---\n1 | 2\n'],
    ['text right after a row', '| a |\n| - |\n| 1 |\ntext\n'],
    ['a lone CR', 'a\rb\n'],
    ['NUL', 'a\0b\n'],
    ['a cell of rich markup', '| a |\n| - |\n| [x](y) |\n'],
    ['front matter that never ends', '---\ntitle: x\n'],
  ])('refuses %s', (_name, text) => {
    expect(scanMarkdown(text)).toMatchObject({ refused: expect.any(String) });
  });

  it('cuts one byte order mark off, as remark does; a second one is text', () => {
    for (const text of ['\ufeff# Log\n', '\ufeff\ufeff\n\n## Log\n', '\ufeff\ufeff# Log\n']) {
      expect(scanMarkdown(text, { blocks: true }), JSON.stringify(text)).toEqual(readWithRemark(text));
    }
  });

  it('names the line that it refused', () => {
    expect(scanMarkdown('# Log\n\ntext\n\n- item\n')).toMatchObject({ line: 5 });
  });
});

describe('leaving out the insides of long runs of rows', () => {
  it('changes nothing that remark finds in 150 random documents', () => {
    for (let number = 0; number < 150; number++) {
      const random = seeded(7_000_000 + number);
      const text = longer(random, randomDocument(random, 1));
      const whole = (lines: readonly string[]) => ({
        lines: [...lines],
        origin: lines.map((_, index) => index + 1),
      });
      expect(withoutBlocks(readWithRemark(text)), text).toEqual(withoutBlocks(readWithRemark(text, whole)));
    }
  });

  it('leaves out most of a long table', () => {
    const lines = ['| a |', '| - |', ...Array.from({ length: 1000 }, (_, row) => `| ${row} |`)];
    expect(shorten(lines).lines.length).toBeLessThan(12);
  });
});

/** Running text lacks the rows that were left out: in paragraphs, in headings underlined, in items that go on. */
function withoutBlocks(reading: ReturnType<typeof readWithRemark>): object {
  if ('refused' in reading) return reading;
  const first = <T extends { text: string }>(item: T) => ({ ...item, text: item.text.split('\n')[0] });
  return { ...reading, blocks: [], headings: reading.headings.map(first), tasks: reading.tasks.map(first) };
}
