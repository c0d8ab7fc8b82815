/**
 * Text from outside as Markdown that renders as that text and nothing else (R39): no link, image, mention, reference,
 * emphasis or HTML. What stands between backticks in our messages becomes code; what forges link or draw by themselves
 * (addresses, mentions, numbers of issues, commits, emoji) becomes code as well, since no escape stops that.
 */
export function inline(text: string): string {
  const ticked = text.split('`');
  const parts = merged(
    ticked.map((part, index) => ({ code: index % 2 === 1 && index < ticked.length - 1, text: part })),
  );
  return merged(parts.flatMap((part) => (part.code ? [part] : words(part.text))))
    .map((part) => (part.code ? codeText(part.text) : escaped(part.text)))
    .join('');
}

interface Part {
  code: boolean;
  text: string;
}

/**
 * INVARIANT: two parts of one kind never meet. Two code spans would melt into one with their ticks inside, and two
 * texts that a lone tick held apart could be a reference together (`#` and `12`).
 */
function merged(parts: readonly Part[]): readonly Part[] {
  const out: Part[] = [];
  for (const { code, text } of parts) {
    const last = out.at(-1);
    if (text === '') continue;
    if (last?.code === code) last.text += text;
    else out.push({ code, text });
  }
  return out;
}

const selfMade = /@|:\/\/|www\.|[#!]\d|GH-\d|\b[0-9a-f]{7,64}\b|:(?=[\w+-]*[a-z])[\w+-]+:|:[+-]1:/i;

function words(text: string): readonly Part[] {
  return text.split(/(\s+)/).map((word) => ({ code: selfMade.test(word), text: word }));
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

/**
 * Text as a link to a line of a file, for a page that is kept at `page`; both are relative to the root. Only the text
 * where the path could lead out of the root. INVARIANT: whatever the path, the address is relative and has no scheme.
 */
export function linked(text: string, to: { path: string; line?: number | undefined }, page: string): string {
  const target = to.path.split('/');
  const folder = page.split('/').slice(0, -1);
  if (text === '' || ![...target, ...folder].every(isName)) return text;
  const above = folder.findIndex((name, index) => target[index] !== name || index === target.length - 1);
  const shared = above < 0 ? folder.length : above;
  const steps = [...folder.slice(shared).map(() => '..'), ...target.slice(shared).map(encoded)];
  // Forges draw Markdown instead of showing its lines, unless they are asked for the plain file.
  const plain = to.line !== undefined && /\.md$/i.test(to.path) ? '?plain=1' : '';
  return `[${text}](${steps.join('/')}${plain}${to.line === undefined ? '' : `#L${to.line}`})`;
}

function isName(part: string): boolean {
  return part !== '' && part !== '.' && part !== '..';
}

function encoded(name: string): string {
  return encodeURIComponent(name).replace(
    /[!'()*~_]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** INVARIANT: in a table GFM splits at every pipe that no backslash escapes, in code as well. */
export function tableCell(markdown: string): string {
  return markdown.replaceAll('|', '\\|');
}

function escaped(text: string): string {
  return text
    .replace(/[\\*_{}[\]()#+!<>~&$]/g, '\\$&')
    .replace(/^(\s*)([-=:])/, '$1\\$2')
    .replace(/^(\s*\d+)([.)])/, '$1\\$2');
}
