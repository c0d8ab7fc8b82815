import { createCellReader, readWithRemark } from './remark.ts';
import { scanMarkdown } from './scanMarkdown.ts';
import { gatherTables, type MarkdownTables } from './tables.ts';

/**
 * Reads all tables of a Markdown text, tolerant of rows that a blank line cut off. Lines count from 1; cells are plain
 * text without markup. A text beyond the caps of the reader has no tables and the finding `file.unparsable`.
 */
export function readMarkdownTables(text: string): MarkdownTables {
  const scanned = scanMarkdown(text);
  const reading = 'refused' in scanned ? readWithRemark(text) : scanned;
  if ('refused' in reading) {
    return {
      tables: [],
      findings: [{ code: 'file.unparsable', message: reading.refused, line: reading.line }],
    };
  }
  return gatherTables(reading, createCellReader());
}
