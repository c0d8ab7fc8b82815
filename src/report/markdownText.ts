/**
 * Text from outside as Markdown that renders as that text and nothing else (R39): no link, image, mention, reference,
 * emphasis or HTML. What stands between backticks in our messages becomes code; what GitHub would link by itself
 * (addresses, mentions, numbers of issues) becomes code as well, since no escape stops it.
 */
export function inline(text: string): string {
  const parts = text.split('`');
  return parts
    .map((part, index) => (index % 2 === 1 && index < parts.length - 1 ? codeText(part) : words(part)))
    .join('');
}

/**
 * A code span; backticks and edges of the text cannot end it. A pipe behind a backslash stands between two spans: in a
 * table the two backslashes before it would be taken for a pair.
 */
export function codeText(text: string): string {
  const cut = text.indexOf('\\|');
  return cut < 0 ? span(text) : `${span(text.slice(0, cut + 1))}|${codeText(text.slice(cut + 2))}`;
}

function span(text: string): string {
  if (text === '') return '';
  const runs = text.match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(0, ...runs.map((run) => run.length)) + 1);
  const padded = /^`|`$|^ .* $/.test(text) ? ` ${text} ` : text;
  return `${fence}${padded}${fence}`;
}

/** INVARIANT: in a table GFM splits at every pipe that no backslash escapes, in code as well. */
export function tableCell(markdown: string): string {
  return markdown.replaceAll('|', '\\|');
}

const linked = /\S*(?:@|:\/\/|www\.|#\d|GH-\d|\b[0-9a-f]{7,64}\b)\S*/gi;

function words(text: string): string {
  let out = '';
  let last = 0;
  for (const match of text.matchAll(linked)) {
    out += escaped(text.slice(last, match.index)) + codeText(match[0]);
    last = match.index + match[0].length;
  }
  return out + escaped(text.slice(last));
}

function escaped(text: string): string {
  return text
    .replace(/[\\*_{}[\]()#+!<>~&$]/g, '\\$&')
    .replace(/^(\s*)([-=:])/, '$1\\$2')
    .replace(/^(\s*\d+)([.)])/, '$1\\$2');
}
