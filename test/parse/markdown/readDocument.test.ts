import { describe, expect, it } from 'vitest';
import { readDocument, readDocumentFile } from '../../../src/parse/markdown/readDocument.ts';

async function read(text: string) {
  const reading = await readDocumentFile('docs/a.md', text);
  if (reading.status !== 'read') throw new Error(JSON.stringify(reading));
  return reading;
}

const texts = (fields: Readonly<Record<string, { text: string }>>) =>
  Object.fromEntries(Object.entries(fields).map(([name, { text }]) => [name, text]));

describe('fields', () => {
  it.each<[string, string, Record<string, string>]>([
    [
      'lines with two blanks',
      '# A\n\nStatus: Active  \nApplies To: `api`, `worker`  \n',
      { Status: 'Active', 'Applies To': '`api`, `worker`'.replaceAll('`', '') },
    ],
    ['bold keys', '# A\n\n**Status:** Active\n**Owner**: kim\n', { Status: 'Active', Owner: 'kim' }],
    [
      'items of a list',
      '# A\n\n- **Owner:** kim\n- Date: 2026-02-20\n',
      { Owner: 'kim', Date: '2026-02-20' },
    ],
    ['an empty one', '# A\n\nStatus:\n', { Status: '' }],
    ['none below the first section', '# A\n\nStatus: x\n\n## B\n\nOther: y\n', { Status: 'x' }],
    [
      'no code, comments or tables',
      '# A\n\n```\nStatus: x\n```\n\n<!-- Owner: y -->\n\n| Key: a |\n| - |\n',
      {},
    ],
    [
      'front matter',
      '---\ntitle: "A \\"b\\""\nn: 3 # note\nq: \'it\'\'s\'\nlist: [a]\nmap:\n  k: v\nempty:\nlink: a: b\n---\n# A\n',
      { title: 'A "b"', n: '3', q: "it's" },
    ],
    ['names that objects have', '# A\n\nconstructor: x\ntoString: y\n', { constructor: 'x', toString: 'y' }],
  ])('%s', async (_name, text, fields) => {
    expect(texts((await read(text)).content.fields)).toEqual(fields);
  });

  it('front matter wins, and a difference is a finding', async () => {
    const { content, findings } = await read(
      '---\nStatus: open\n---\n\n# A\n\nStatus: closed\nStatus: open\n',
    );
    expect(content.fields).toEqual({ Status: { text: 'open', line: 2 } });
    expect(findings).toEqual([
      {
        code: 'document.conflicting-field',
        message: 'the field `Status` differs from that in line 2',
        path: 'docs/a.md',
        line: 7,
      },
    ]);
  });
});

describe('sections and tasks', () => {
  it('holds the plain text up to the next heading of its level', async () => {
    const { content } = await read(
      '# A\n\none\n\n## B\n\ntwo *x*\n\n### C\n\n> three\n\n## D\n\n<!-- write here -->\n\n# E\n\n| a | b |\n| - | - |\n| 1 | `2` |\n',
    );
    expect(texts(content.sections)).toEqual({
      A: 'one\ntwo x\nthree',
      B: 'two x\nthree',
      C: 'three',
      D: '',
      E: '1 | 2',
    });
    expect(content.sections['D']?.line).toBe(13);
  });

  it('a table without rows and a section without text hold nothing', async () => {
    const { content } = await read('# A\n\n| a |\n| - |\n\n## B\n\n### C\n');
    expect(texts(content.sections)).toEqual({ A: '', B: '', C: '' });
  });

  it('of two sections of one name the first with text counts', async () => {
    const { content } = await read('## A\n\n## A\n\ntext\n\n## A\n\nmore\n');
    expect(content.sections).toEqual({ A: { text: 'text', line: 3 } });
  });

  it('tasks by line', async () => {
    const { content } = await read('# A\n\n- [x] done\n- [ ] open\n  - [X] child\n- [-] none\n');
    expect(content.tasks).toEqual({ open: [4], done: [3, 5] });
  });
});

describe('which reader', () => {
  it('the scanner suffices for plain documents', () => {
    expect(readDocument('a.md', '# A\n\nStatus: x\n\n## B\n\ntext\n').status).toBe('read');
    expect(readDocument('a.md', '# A\n\n- item\n')).toEqual({ status: 'needs-rich', path: 'a.md', line: 3 });
  });

  it('a document beyond the caps is absent', async () => {
    expect(await readDocumentFile('a.md', `${'> '.repeat(99)}a\n`)).toMatchObject({
      status: 'absent',
      code: 'file.unparsable',
      line: 1,
    });
  });
});
