/** Stands for any lines. */
const leftOut = '…';

/**
 * What a page should show instead: the same pieces between the `…`, as they come out now. A piece begins and ends at
 * the lines most like its own first and last, and takes the rest of a wrapped paragraph.
 */
export function refit(expected: readonly string[], actual: readonly string[]): readonly string[] {
  if (!expected.includes(leftOut)) return actual;
  let from = 0;
  const out: string[] = [];
  for (const piece of piecesOf(expected)) {
    if (piece.length === 0) {
      out.push(leftOut);
      continue;
    }
    const start = from + mostLike(piece[0]!, actual.slice(from));
    let end = start + (piece.length === 1 ? 0 : mostLike(piece.at(-1)!, actual.slice(start, start + 30)));
    while (/^ {16}\S/.test(actual[end + 1] ?? '')) end += 1;
    out.push(...actual.slice(start, end + 1));
    from = end + 1;
  }
  return out;
}

/** Pieces of lines, with an empty piece for each `…`. */
function piecesOf(expected: readonly string[]): readonly (readonly string[])[] {
  const pieces: string[][] = [];
  let open: string[] | undefined;
  for (const line of expected) {
    if (line === leftOut) {
      pieces.push([]);
      open = undefined;
    } else if (open) open.push(line);
    else pieces.push((open = [line]));
  }
  return pieces;
}

function mostLike(wanted: string, lines: readonly string[]): number {
  // Of lines that are alike the nearer one is meant.
  const scores = lines.map((line, index) => likeness(wanted, line) - index / 100);
  return Math.max(0, scores.indexOf(Math.max(...scores)));
}

function likeness(a: string, b: string): number {
  if (a === b) return 2;
  const words = a.trim().split(/\s+/);
  const others = new Set(b.trim().split(/\s+/));
  return words.filter((word) => others.has(word)).length / Math.max(words.length, others.size / 4);
}
