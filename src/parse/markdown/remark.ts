import type { Nodes, Parents, Root, Table, TableRow } from 'mdast';
import { toString as plain } from 'mdast-util-to-string';
import { remark } from 'remark';
import remarkGfm from 'remark-gfm';
import { isClosed, splitCells } from './cells.ts';
import { caps, hostility } from './hostility.ts';
import { isConflictMarker } from './loose.ts';
import { splitText, type SplitText } from './lines.ts';
import { plainText } from './plainText.ts';
import { proseText } from './proseText.ts';
import type { LooseLine, MarkdownReading, Refused, RowReading, TableReading } from './reading.ts';
import { shorten } from './shorten.ts';

/** What remark sees in a line; lines without a role are in code, comments, quotes, headings… */
type Role = TableReading | 'paragraph';

interface Work {
  split: SplitText;
  reading: MarkdownReading;
  /** By line number in the whole text. */
  roles: Map<number, Role>;
  /** The line in the whole text of a line that remark saw. */
  lineOf(line: number | undefined): number;
}

const parser = remark().use(remarkGfm);

/**
 * Reads a whole text by remark with GFM, the semantic reference. Slow (half a millisecond a table row), so it is the
 * fallback of the scanner, and long runs of rows are left out of what it sees; beyond the caps nothing is read at all.
 */
export function readWithRemark(text: string, leaveOut: typeof shorten = shorten): MarkdownReading | Refused {
  if (text.length > caps.text)
    return { refused: `more than ${caps.text} characters of irregular Markdown`, line: 1 };
  const split = splitText(text);
  const short = leaveOut(split.lines.map((line, index) => (index < split.frontMatterLines ? '' : line)));
  const hostile = hostility(short.lines);
  if (hostile) return { ...hostile, line: short.origin[hostile.line - 1] ?? 1 };
  try {
    return collect(parse(short.lines.join('\n')), split, short.origin);
  } catch (error) {
    if (error instanceof RangeError) return { refused: 'nested too deeply', line: 1 };
    throw error;
  }
}

/** The parser cuts a byte order mark off; the file's own is gone by now, so that one more is text. */
function parse(text: string): Root {
  return parser.parse(text.startsWith('\ufeff') ? `\ufeff${text}` : text);
}

/**
 * Reads single cells of rich markup, each distinct one once. A hostile cell, and every new one beyond the budget, keeps
 * its markup as text.
 */
export function createCellReader(): (raw: string) => string {
  const known = new Map<string, string>();
  let budget = caps.characters;
  return (raw) => {
    const before = plainText(raw, 'cell') ?? known.get(raw);
    if (before !== undefined) return before;
    budget -= raw.length;
    const text = budget < 0 || hostility([raw]) ? raw : readCell(raw);
    known.set(raw, text);
    return text;
  };
}

function readCell(raw: string): string {
  const table = parser.parse(`|x|\n|-|\n|${raw}|`).children[0];
  const cell = table?.type === 'table' ? table.children[1]?.children[0] : undefined;
  return cell ? plain(cell) : raw;
}

function collect(root: Root, split: SplitText, origin: readonly number[]): MarkdownReading {
  const { bom, eol, frontMatterLines } = split;
  const reading: MarkdownReading = {
    bom,
    eol,
    frontMatterLines,
    headings: [],
    tables: [],
    tasks: [],
    loose: [],
    blocks: [],
  };
  const lineOf = (line: number | undefined) => origin[(line ?? 1) - 1] ?? 1;
  const work: Work = { split, reading, roles: new Map(), lineOf };
  visit(root, [], (node, parents) => tell(work, node, parents));
  fillGaps(work, origin);
  reading.loose = looseLines(split, work.roles);
  return reading;
}

function tell(work: Work, node: Nodes, parents: readonly Parents[]): void {
  const { reading, lineOf } = work;
  const line = lineOf(node.position?.start.line);
  if (node.type === 'heading') {
    const last = lineOf(node.position?.end.line);
    reading.headings.push({ line, last, level: node.depth, text: plain(node) });
  }
  if (node.type === 'code') reading.blocks.push({ line, kind: 'code', lines: node.value.split('\n') });
  else if (node.type === 'paragraph') {
    if (parents.length === 1) mark(work, node, 'paragraph');
    reading.blocks.push({ line, kind: 'text', lines: proseText(node).split('\n') });
  } else if (node.type === 'table') {
    const table = readTable(work, node);
    reading.tables.push(table);
    mark(work, node, table);
  } else if (node.type === 'listItem' && typeof node.checked === 'boolean') {
    const text = node.children[0]?.type === 'paragraph' ? plain(node.children[0]) : '';
    const depth = parents.filter((parent) => parent.type === 'list').length - 1;
    reading.tasks.push({ line, checked: node.checked, depth, text });
  }
}

function visit(
  node: Nodes,
  parents: readonly Parents[],
  each: (node: Nodes, parents: readonly Parents[]) => void,
): void {
  each(node, parents);
  // The insides of these hold no blocks.
  if (node.type === 'table' || node.type === 'paragraph' || node.type === 'heading' || !('children' in node))
    return;
  const chain = [...parents, node];
  for (const child of node.children) visit(child, chain, each);
}

function mark(work: Work, node: Nodes, role: Role): void {
  const first = node.position?.start.line ?? 1;
  const last = node.position?.end.line ?? 0;
  for (let line = first; line <= last; line++) work.roles.set(work.lineOf(line), role);
}

function readTable(work: Work, node: Table): TableReading {
  const [header, ...rows] = node.children.map((row) => readRow(work, row));
  if (!header) throw new Error('a table without header');
  return { line: header.line, header: header.cells, closed: header.closed, rows };
}

function readRow({ split, lineOf }: Work, node: TableRow): RowReading {
  const line = lineOf(node.position?.start.line);
  const source = (split.lines[line - 1] ?? '').slice((node.position?.start.column ?? 1) - 1);
  const cells = node.children.map((cell) => plain(cell));
  return { line, cells, closed: isClosed(source), terminated: isTerminated(split, line), source };
}

/** Gives the lines that were left out the role of their neighbours, and tables their rows back. */
function fillGaps({ split, roles }: Work, origin: readonly number[]): void {
  const cellText = createCellReader();
  const grown = new Set<TableReading>();
  for (const [index, line] of origin.entries()) {
    const next = origin[index + 1] ?? line + 1;
    const role = roles.get(line);
    if (next === line + 1 || role === undefined) continue;
    if (role !== roles.get(next)) throw new Error('a gap between unlike lines');
    for (let at = line + 1; at < next; at++) {
      roles.set(at, role);
      if (role === 'paragraph') continue;
      const source = split.lines[at - 1] ?? '';
      role.rows.push({
        line: at,
        cells: splitCells(source).map(cellText),
        closed: true,
        terminated: true,
        source,
      });
      grown.add(role);
    }
  }
  for (const table of grown) table.rows.sort((a, b) => a.line - b.line);
}

function isTerminated(split: SplitText, line: number): boolean {
  return split.terminated || line < split.lines.length;
}

function looseLines(split: SplitText, roles: ReadonlyMap<number, Role>): LooseLine[] {
  const loose: LooseLine[] = [];
  for (const [index, source] of split.lines.entries()) {
    const line = index + 1;
    const role = roles.get(line) ?? 'other';
    if (line <= split.frontMatterLines || typeof role !== 'string') continue;
    if (!source.includes('|') && !isConflictMarker(source)) continue;
    loose.push({ line, source, terminated: isTerminated(split, line), within: role });
  }
  return loose;
}
