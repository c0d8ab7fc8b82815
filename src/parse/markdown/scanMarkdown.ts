import { isClosed, splitCells, trim } from './cells.ts';
import { lineEnds } from './lines.ts';
import { plainText } from './plainText.ts';
import type { MarkdownReading, Refused, RowReading, TableReading } from './reading.ts';
import { createScanner, type ScanSink } from './scan.ts';

/** Reads a text by the scanner; refused if it is not of the strict form that the scanner knows. */
export function scanMarkdown(
  text: string,
  wanted: { blocks: boolean } = { blocks: false },
): MarkdownReading | Refused {
  const bom = text.startsWith('\ufeff');
  const eol = lineEnds(text);
  const reading: MarkdownReading = {
    bom,
    eol,
    frontMatterLines: 0,
    headings: [],
    tables: [],
    tasks: [],
    loose: [],
    blocks: [],
  };
  const sink = sinkInto(reading);
  const scanner = createScanner(wanted.blocks ? withBlocks(sink, reading) : sink, '\ufeff');
  scanner.push({ text });
  const result = scanner.end();
  if (!result.accepted) return { refused: 'not of the strict form', line: result.line };
  reading.frontMatterLines = result.frontMatterLines;
  for (const block of reading.blocks) {
    const plain = plainText(block.lines.map((line) => trim(line, 0, line.length)).join('\n'), 'paragraph');
    if (plain === undefined) return { refused: 'not of the strict form', line: block.line };
    block.lines = plain.split('\n');
  }
  return reading;
}

function sinkInto(reading: MarkdownReading): ScanSink {
  let table: TableReading | undefined;
  return {
    heading(line, level, source) {
      const text = plainText(source, 'heading');
      if (text === undefined) return false;
      reading.headings.push({ line, last: line, level, text });
      return true;
    },
    table(line, source) {
      const row = readRow(line, source, true);
      if (!row) return false;
      table = { line, header: row.cells, closed: row.closed, rows: [] };
      reading.tables.push(table);
      return true;
    },
    row(line, source, terminated) {
      const row = readRow(line, source, terminated);
      if (row) table?.rows.push(row);
      return row !== undefined;
    },
    loose(line, source, terminated) {
      if (source.startsWith('|') && !readRow(line, source, terminated)) return false;
      reading.loose.push({ line, source, terminated, within: 'paragraph' });
      return true;
    },
  };
}

/** Gathers the lines of paragraphs too; a line belongs to the paragraph whose last line is the one before it. */
function withBlocks(sink: ScanSink, reading: MarkdownReading): ScanSink {
  let next = 0;
  const add = (line: number, source: string) => {
    const last = reading.blocks.at(-1);
    if (last && next === line) last.lines.push(source);
    else reading.blocks.push({ line, kind: 'text', lines: [source] });
    next = line + 1;
  };
  return {
    ...sink,
    text: add,
    loose(line, source, terminated) {
      if (source.startsWith('|')) add(line, source);
      return sink.loose(line, source, terminated);
    },
  };
}

function readRow(line: number, source: string, terminated: boolean): RowReading | undefined {
  const cells: string[] = [];
  for (const raw of splitCells(source)) {
    const cell = plainText(raw, 'cell');
    if (cell === undefined) return undefined;
    cells.push(cell);
  }
  return { line, cells, closed: isClosed(source), terminated, source };
}
