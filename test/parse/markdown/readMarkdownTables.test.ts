import { describe, expect, it } from 'vitest';
import { caps } from '../../../src/parse/markdown/hostility.ts';
import { readMarkdownTables } from '../../../src/parse/markdown/readMarkdownTables.ts';

const table = (...rows: string[]) => ['# Log', '', '| a | b |', '| - | - |', ...rows, ''].join('\n');

describe('readMarkdownTables', () => {
  it('gives heading, lines, header and rows', () => {
    expect(readMarkdownTables(table('| 1 | `x` |', '| 2 |', '| 3 | y | z |'))).toEqual({
      tables: [
        {
          heading: 'Log',
          line: 3,
          header: ['a', 'b'],
          rows: [
            { line: 5, cells: ['1', 'x'], detached: false },
            { line: 6, cells: ['2', ''], detached: false },
            { line: 7, cells: ['3', 'y'], detached: false },
          ],
        },
      ],
      findings: [
        { code: 'log.malformed-row', message: 'the row has 1 cells, its header 2', line: 6 },
        { code: 'log.malformed-row', message: 'the row has 3 cells, its header 2', line: 7 },
      ],
    });
  });

  it('has no heading where there is none', () => {
    expect(readMarkdownTables('| a |\n| - |\n').tables).toEqual([
      { heading: undefined, line: 1, header: ['a'], rows: [] },
    ]);
    expect(readMarkdownTables('')).toEqual({ tables: [], findings: [] });
  });

  it.each<[string, string[], number[]]>([
    ['a blank line', ['| 1 | x |', '', '| 2 | y |'], [7]],
    ['a comment', ['| 1 | x |', '<!-- here -->', '| 2 | y |'], [7]],
    ['a list between', ['| 1 | x |', '', '- item', '', '| 2 | y |'], [9]],
    ['rich cells', ['| 1 | x |', '', '| 2 | [y](z) |'], [7]],
  ])('reads rows cut off by %s', (_name, rows, detached) => {
    const { tables, findings } = readMarkdownTables(table(...rows));
    expect(tables[0]?.rows.filter((row) => row.detached).map(({ line, cells }) => [line, cells])).toEqual(
      detached.map((line) => [line, ['2', 'y']]),
    );
    expect(findings.map(({ code, line }) => [code, line])).toEqual(
      detached.map((line) => ['log.detached-rows', line]),
    );
  });

  it('without outer pipes, rows cut off need the right number of cells', () => {
    const { tables } = readMarkdownTables('a | b\n--- | ---\n1 | x\n\n2 | y\nprose | with | pipes\n');
    expect(tables[0]?.rows.map(({ line, detached }) => [line, detached])).toEqual([
      [3, false],
      [5, true],
    ]);
  });

  it('says where a row belongs to no table, and where a merge conflict stands', () => {
    const text = table(
      '| 1 | x |',
      '<<<<<<< HEAD',
      '| 2 | y |',
      '=======',
      '>>>>>>> other',
      '',
      '## Notes',
      '',
      '| 3 | z |',
    );
    expect(readMarkdownTables(text).findings.map(({ code, line }) => `${code}:${line}`)).toEqual([
      'log.conflict-marker:6',
      'log.conflict-marker:8',
      'log.conflict-marker:9',
      'log.unknown-line:13',
    ]);
  });
});

describe('hostile input', () => {
  const size = 1 << 20;
  const shapes: [string, string][] = [
    ['pipes in one line', '|'.repeat(size)],
    ['pipes in lines', '|\n'.repeat(size / 2)],
    ['brackets', '['.repeat(size)],
    ['closing brackets', ']'.repeat(size)],
    ['closing brackets in a cell', `| a |\n| - |\n| ${']('.repeat(size / 2)} |\n`],
    ['backticks', '`'.repeat(size)],
    [
      'runs of backticks in a cell',
      `| a |\n| - |\n| ${Array.from({ length: 1400 }, (_, n) => '`'.repeat(n)).join('x')} |\n`,
    ],
    ['quotes', '>'.repeat(size)],
    ['lists', '- '.repeat(size / 2)],
    ['delimiters', `| a |\n${'|-'.repeat(size / 2)}`],
    ['stars', '*a'.repeat(size / 2)],
    ['openings of comments', 'a <!-- '.repeat(size / 7)],
    ['blank lines', '\n'.repeat(size)],
    ['spaces', ' '.repeat(size)],
    ['escapes', `| a |\n| - |\n| ${'\\'.repeat(size)} |\n`],
    ['a table and a list', `${table(...Array.from({ length: 60_000 }, (_, n) => `| ${n} | x |`))}\n- item\n`],
  ];

  it.each(shapes)('a megabyte of %s is read or refused in a moment', (_name, text) => {
    const start = process.cpuUsage();
    const { tables, findings } = readMarkdownTables(text);
    const { user, system } = process.cpuUsage(start);
    expect(user + system).toBeLessThan(4_000_000);
    expect(tables.length + findings.length + Number(!text.includes('|'))).toBeGreaterThan(0);
  });

  it.each<[string, string]>([
    ['size', 'a b\n\n- c\n\n'.repeat(caps.characters / 8)],
    ['nesting', `${'> '.repeat(caps.nesting + 1)}a`],
    ['brackets', `- ${']'.repeat(caps.brackets + 1)}`],
    ['emphasis', `- ${'*a'.repeat(caps.delimiters + 1)}`],
    ['runs', `- ${'*'.repeat(caps.run + 1)}`],
    ['comments', `- ${'<!'.repeat(caps.openings + 1)}`],
    ['underlines', 'a\n-\n'.repeat(caps.underlines + 1)],
  ])('beyond the cap of %s it says so', (_name, text) => {
    const { tables, findings } = readMarkdownTables(text);
    expect(tables).toEqual([]);
    expect(findings).toMatchObject([{ code: 'file.unparsable', line: expect.any(Number) }]);
  });
});
