import { isDeepStrictEqual } from 'node:util';
import { readWithRemark } from '../../../src/parse/markdown/remark.ts';
import { scanMarkdown } from '../../../src/parse/markdown/scanMarkdown.ts';

/** A source of random numbers in [0, 1): a small generator with a seed, so that each document can be made again. */
export type Random = () => number;

export function seeded(seed: number): Random {
  let state = seed >>> 0 || 1;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export function pick<T>(random: Random, list: readonly T[]): T {
  return list[Math.floor(random() * list.length)] as T;
}

const plainCells = [
  'pass',
  'fail',
  'not-run',
  '2026-02-20T01:05:00Z',
  'AUTH_MODE',
  '',
  'a b',
  '12/12',
  '\u2705',
  '\u901a\u8fc7',
  'x_y',
  '#1',
  '-',
  ':',
  'a.b',
];
const simpleCells = [
  '`code`',
  '`a \\| b`',
  'a \\| b',
  '**pass**',
  '_x_',
  '~~no~~',
  'C:\\tmp',
  '\\*x',
  '5 * 3',
  '~5 min',
  'a & b',
  '1 < 2',
  '[x]',
  '[ ] y',
  '``a ` b``',
  '` `',
  '`',
  '\\',
  'http://a.b/c_d',
  'me@a.example',
  '*',
  '_',
  'x *',
  '\\\\',
  '\\`a`',
  '[a',
  ']',
];
const oddCells = [
  '*a* b',
  '[a](b)',
  '![alt](b)',
  '<br>',
  '&amp;',
  '&#42;',
  '`a | b`',
  '**a',
  '*a `b* c`',
  '__a_b__',
  '~a~ ~b',
  '<http://a.b>',
  'www.a.b/`c`',
  'a\tb',
  '\\\\|',
  '[^1]',
  '[a][b]',
  '**a b**c',
  'a<!-- b',
  '\u00a0',
  '\u2028',
  '*\u00a0a*',
  '"_a_"',
  '`a``b`',
  '**`a`**',
  '&copy',
  'x@y.z\\_a',
];
const prose = [
  'Some text',
  'Owner: kim  ',
  '**Status:** open',
  'Text with `code` and | pipe',
  'a\\',
  '2026 was a year',
  '12345 | 3',
  '(aside)',
  'caf\u00e9',
  'see AUTH_MODE',
];
const oddLines = [
  '- item',
  '- [ ] task',
  '* [x] done',
  '1. one',
  '1) one',
  '> quote',
  '    indented',
  ' | a | b |',
  '\t| a |',
  '```',
  '~~~',
  '<!-- comment -->',
  '<!--',
  '-->',
  '<div>',
  '---',
  '===',
  '***',
  '[a]: b',
  '[^1]: note',
  '   ',
  '\\# no',
  '#nothing',
  '####### seven',
  'a | b',
  '--- | ---',
  ':--',
  '| - |',
  '+ plus',
  '<<<<<<< HEAD',
  '=======',
  '>>>>>>> x',
  '2026. no',
  '123456789. x',
  '**',
  '** x',
  '-',
  '|',
  '||',
  '| |',
  'x|',
  '\u00a0',
  '&nbsp;',
  '_a_',
  '`x`',
  '\ufeff',
];
const headings = [
  '# Log',
  '## Entries',
  '## Notes ##',
  '### `code` here',
  '#',
  '## AUTH_MODE',
  '## a # b',
  '## a #b#',
  '## *x*',
  '## \\#',
  '##  spaced  ',
  '## 2026 #',
];

/** A document of tables, headings, prose and oddities; `oddness` 0 makes one that the scanner mostly accepts. */
export function randomDocument(random: Random, oddness: number): string {
  const lines: string[] = [];
  if (random() < 0.05) lines.push('---', 'title: x', pick(random, ['---', '--- ', '...']));
  const blocks = 1 + Math.floor(random() * 6);
  for (let block = 0; block < blocks; block++) {
    lines.push(...randomBlock(random, oddness));
    if (random() > oddness / 3) lines.push('');
  }
  const eol = pick(random, ['\n', '\n', '\n', '\r\n', random() < oddness / 10 ? '\r' : '\n']);
  const mixed = random() < 0.05;
  const text = lines.map((line) => line + (mixed && random() < 0.5 ? '\r\n' : eol)).join('');
  const whole = random() < 0.2 ? text.replace(/[\r\n]+$/, '') : text;
  return (random() < 0.03 ? '\ufeff' : '') + whole;
}

function randomBlock(random: Random, oddness: number): string[] {
  const kind = random();
  if (kind < 0.5) return randomTable(random, oddness);
  if (kind < 0.7) return [pick(random, headings)];
  if (kind < 0.85) return Array.from({ length: 1 + Math.floor(random() * 3) }, () => pick(random, prose));
  if (random() < oddness)
    return Array.from({ length: 1 + Math.floor(random() * 3) }, () => pick(random, oddLines));
  return Array.from({ length: 1 + Math.floor(random() * 3) }, () => randomRow(random, 2, oddness));
}

function randomTable(random: Random, oddness: number): string[] {
  const columns = 1 + Math.floor(random() * 4);
  const header = randomRow(random, columns, oddness / 4);
  const marks = Array.from({ length: random() < 0.95 ? columns : columns + 1 }, () =>
    pick(random, ['---', ':--', '-:', ':-:', '-']),
  );
  const delimiter = random() < oddness / 4 ? marks.join(' | ') : `| ${marks.join(' | ')} |`;
  const rows = Array.from({ length: Math.floor(random() * 6) }, () => {
    if (random() < oddness / 8) return pick(random, [...oddLines, ...prose]);
    if (random() < 0.05) return '';
    return randomRow(random, random() < 0.9 ? columns : columns + pick(random, [-1, 1]), oddness);
  });
  return [header, delimiter, ...rows];
}

function randomRow(random: Random, columns: number, oddness: number): string {
  const cells = Array.from({ length: columns }, () => randomCell(random, oddness));
  if (random() < oddness / 8) return cells.join(' | ');
  const pad = pick(random, [' ', ' ', ' ', '', '  ', '\t']);
  const end = random() < 0.95 ? '|' : '';
  return `|${cells.map((cell) => pad + cell + pad).join('|')}${end}${pick(random, ['', '', '', ' ', '\t'])}`;
}

function randomCell(random: Random, oddness: number): string {
  const kind = random();
  if (kind < oddness / 10) return pick(random, oddCells);
  if (kind < 0.15) return pick(random, simpleCells);
  if (kind < 0.2) return `${pick(random, plainCells)}${pick(random, ['', ' '])}${pick(random, simpleCells)}`;
  return pick(random, plainCells);
}

/** Repeats some rows of a document so often that its runs of rows are long. */
export function longer(random: Random, text: string): string {
  return text.replace(/^\|.*\|(\r?\n)/gm, (row, eol: string) =>
    random() < 0.2 ? row.repeat(4) + `| x |${eol}`.repeat(8) : row,
  );
}

/** Reads documents with both readers, and gathers those that they read differently. */
export function compareReaders(seed: number, count: number): { accepted: number; differences: string[] } {
  let accepted = 0;
  const differences: string[] = [];
  for (let number = 0; number < count; number++) {
    const oddness = [0, 0.2, 1][number % 3] as number;
    const text = randomDocument(seeded(seed * 1_000_003 + number), oddness);
    const blocks = number % 2 === 0;
    const scanned = scanMarkdown(text, { blocks });
    if ('refused' in scanned) continue;
    accepted++;
    const read = readWithRemark(text);
    const reference = blocks ? read : { ...read, blocks: [] };
    if (!isDeepStrictEqual(scanned, reference)) differences.push(text);
  }
  return { accepted, differences };
}
