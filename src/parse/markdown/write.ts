/** What a table cell can hold of a text: line ends and other control characters become blanks, the ends are trimmed. */
export function cellContent(text: string): string {
  return text
    .replace(broken, '\ufffd')
    .replace(control, ' ')
    .replace(/^ +| +$/g, '');
}

/**
 * Writes a text as the content of a table cell so that every reader of GFM gives `cellContent(text)` back. Only what
 * could be taken for markup is escaped, so that rows stay readable: `AUTH_MODE` and addresses stay as they are.
 */
export function escapeCell(text: string): string {
  const content = cellContent(text);
  const escaped = content.replace(markup, '\\$&');
  // A literal address would take escapes into itself, so where something is escaped it is broken up as well.
  return escaped === content ? content : escaped.replace(address, (found) => found.replace(/[:.@]/, '\\$&'));
}

/** A row of a table from the texts of its cells, without line end. */
export function formatRow(cells: readonly string[]): string {
  return `| ${cells.map(escapeCell).join(' | ')} |`;
}

/** Surrogates without their other half: no UTF-8 holds them. */
const broken = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const control = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g;
const markup = /[\\`*[\]<>~|]|&(?=[#A-Za-z])|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g;
const address = /:\/\/|www\.|@|mailto:|xmpp:/gi;
