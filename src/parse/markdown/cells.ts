/**
 * Splits a table line into its cells as GFM does: an unescaped pipe ends a cell, also inside code; the outer pipes are
 * optional. Cells are trimmed of spaces and tabs and keep their markup.
 */
export function splitCells(source: string): string[] {
  const end = trimEnd(source, 0, source.length);
  let start = trimStart(source, 0, end);
  if (source.charCodeAt(start) === pipe) start++;
  const cells: string[] = [];
  for (let at = start; at < end; at++) {
    const code = source.charCodeAt(at);
    if (code === backslash) {
      const next = source.charCodeAt(at + 1);
      if (next === backslash || next === pipe) at++;
    } else if (code === pipe) {
      cells.push(trim(source, start, at));
      start = at + 1;
    }
  }
  // A lone pipe is a row with one empty cell.
  if (start < end || cells.length === 0) cells.push(trim(source, start, end));
  return cells;
}

/** True if the line ends with a pipe that is not escaped. */
export function isClosed(source: string): boolean {
  const end = trimEnd(source, 0, source.length);
  let slashes = 0;
  while (source.charCodeAt(end - 2 - slashes) === backslash) slashes++;
  return end > 0 && source.charCodeAt(end - 1) === pipe && slashes % 2 === 0;
}

const delimiterRow = /^\|(?:[ \t]*:?-+:?[ \t]*\|)+[ \t]*$/;
const delimiterLike = /^[|:\- \t]*$/;

/** True for a delimiter row with both outer pipes, the only form that the scanner takes. */
export function isDelimiterRow(source: string): boolean {
  return delimiterRow.test(source);
}

/** True for a line of pipes, dashes, colons and blanks alone: GFM may see a delimiter row in it. */
export function isDelimiterLike(source: string): boolean {
  return delimiterLike.test(source);
}

/** Cuts spaces and tabs off both ends; other white space is text in Markdown. */
export function trim(source: string, from: number, to: number): string {
  const end = trimEnd(source, from, to);
  return source.slice(trimStart(source, from, end), end);
}

function trimStart(source: string, from: number, to: number): number {
  let at = from;
  while (at < to && isBlankCode(source.charCodeAt(at))) at++;
  return at;
}

function trimEnd(source: string, from: number, to: number): number {
  let at = to;
  while (at > from && isBlankCode(source.charCodeAt(at - 1))) at--;
  return at;
}

function isBlankCode(code: number): boolean {
  return code === 32 || code === 9;
}

const pipe = 124;
const backslash = 92;
