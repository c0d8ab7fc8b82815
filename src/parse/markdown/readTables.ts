import { plainText } from './plainText.ts';
import { scanMarkdown } from './scanMarkdown.ts';
import { gatherTables, type MarkdownTables } from './tables.ts';

/** Reads all tables of a text; the full Markdown reader is loaded only if the fast one does not take the file. */
export async function readTables(text: string): Promise<MarkdownTables> {
  const scanned = scanMarkdown(text);
  let plain = !('refused' in scanned);
  if (!('refused' in scanned)) {
    const tables = gatherTables(scanned, (raw) => {
      const cell = plainText(raw, 'cell');
      if (cell === undefined) plain = false;
      return cell ?? '';
    });
    if (plain) return tables;
  }
  return (await import('./readMarkdownTables.ts')).readMarkdownTables(text);
}
