import { once } from '../model/once.ts';

/** Layout of plain text in columns. Only text that went through `plain` may come here. */

// East Asian wide and fullwidth letters, and emoji, take two columns (UAX 11; blocks, not single characters).
const wide = once(
  () =>
    /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{18aff}\u{1b000}-\u{1b2ff}\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]/u,
);
const combining = once(() => /[\p{Mn}\p{Me}]/u);
// Latin letters and the signs that pages are drawn with, none of them wide or combining: told first, since patterns over
// all of Unicode take a millisecond to build.
const oneColumn = /^[ -\u02ff\u2010-\u20cf\u2100-\u2bff]*$/;

/** Number of terminal columns that a text takes. */
export function columns(text: string): number {
  if (oneColumn.test(text)) return text.length;
  let sum = 0;
  for (const char of text) sum += charColumns(char);
  return sum;
}

function charColumns(char: string): number {
  if (oneColumn.test(char)) return 1;
  return combining().test(char) ? 0 : wide().test(char) ? 2 : 1;
}

/** The text with spaces behind it up to a number of columns. */
export function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - columns(text)));
}

/** Breaks a text into lines of at most `width` columns, at spaces (not at `glue`) where there are any; never empty. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/ +/).filter((part) => part !== '')) {
    const joined = line === '' ? word : `${line} ${word}`;
    if (columns(joined) <= width) {
      line = joined;
      continue;
    }
    if (line !== '') lines.push(line);
    const pieces = chop(word, width);
    lines.push(...pieces.slice(0, -1));
    line = pieces.at(-1) ?? '';
  }
  return line === '' && lines.length > 0 ? lines : [...lines, line];
}

/** Cuts a word that is longer than a line; a path is cut behind a slash where that leaves no short rest. */
function chop(word: string, width: number): readonly string[] {
  if (columns(word) <= width) return [word];
  const pieces: string[] = [];
  let piece = '';
  let used = 0;
  for (const char of word) {
    const more = charColumns(char);
    if (used + more > width && piece !== '') {
      const slash = piece.lastIndexOf('/') + 1;
      const cut = slash > piece.length / 2 ? slash : piece.length;
      pieces.push(piece.slice(0, cut));
      piece = piece.slice(cut);
      used = columns(piece);
    }
    piece += char;
    used += more;
  }
  return [...pieces, piece];
}

/** A text cut to a number of columns, with `…` (or `...`) where something is left out. */
export function clip(text: string, width: number, ellipsis: string): string {
  if (columns(text) <= width) return text;
  let out = '';
  let used = columns(ellipsis);
  for (const char of text) {
    used += charColumns(char);
    if (used > width) break;
    out += char;
  }
  return out + ellipsis;
}
