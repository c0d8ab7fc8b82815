import { isDelimiterLike } from './cells.ts';

/** Lines for remark with long runs of rows left out, and where each came from. */
export interface Shortened {
  lines: string[];
  /** For each kept line its number in the whole text, from 1. */
  origin: number[];
}

/**
 * Leaves out the insides of long runs of plain rows (`| … |` at column 0). After the first such line of a run every
 * further one is to GFM what the one before it was: row, paragraph, code or comment; so the structure of the whole
 * follows from that of the short text. INVARIANT: a left-out line can neither end nor begin a block, so it holds no `<`
 * or `>`, is no delimiter row, and the three lines on each side of a gap are of its kind. Only running text (paragraphs,
 * underlined headings) lacks the lines.
 */
export function shorten(lines: readonly string[]): Shortened {
  const short: Shortened = { lines: [], origin: [] };
  // Only remark knows what a definition elsewhere makes of brackets.
  const plainRow = lines.some((line) => line.includes(']:')) ? /^\|[^<>\0[]*\|$/ : /^\|[^<>\0]*\|$/;
  const isPlainRow = (line: string) => plainRow.test(line) && !isDelimiterLike(line);
  for (let from = 0; from < lines.length; ) {
    let to = from;
    while (to < lines.length && isPlainRow(lines[to] as string)) to++;
    const long = to - from > 2 * margin;
    for (let at = from; at < Math.max(to, from + 1); at++) {
      if (long && at === from + margin) at = to - margin;
      short.lines.push(lines[at] as string);
      short.origin.push(at + 1);
    }
    from = Math.max(to, from + 1);
  }
  return short;
}

const margin = 3;
