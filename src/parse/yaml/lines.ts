import type { Excerpt, Place } from '../../model/problem.ts';

/** An excerpt shows at most so much of a line. */
const widest = 160;

/** Finds lines and columns (from 1) of offsets in a text. */
export interface Lines {
  placeAt(offset: number): Place;
  /** The line of the place, marked from its column for `length` characters, at most to the end of the line. */
  excerpt(place: Place, length: number): Excerpt;
}

export function indexLines(text: string, path: string): Lines {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  const lineText = (line: number) => {
    const end = starts[line];
    return text.slice(starts[line - 1], end === undefined ? undefined : end - 1).replace(/\r$/, '');
  };
  return {
    placeAt(offset) {
      const line = lastAtMost(starts, Math.min(Math.max(0, offset), text.length));
      return { path, line: line + 1, column: offset - (starts[line] as number) + 1 };
    },
    excerpt: (place, length) => cut(lineText(place.line), place.column, length),
  };
}

/** Index of the last number that is not greater; the first is 0. */
function lastAtMost(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((sorted[middle] as number) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}

function cut(line: string, column: number, length: number): Excerpt {
  const from = column <= widest ? 0 : column - 1 - widest / 2;
  const text = line.slice(from, from + widest);
  const at = Math.min(column - from, text.length + 1);
  return { text, column: at, length: Math.max(1, Math.min(length, text.length - at + 1)) };
}
