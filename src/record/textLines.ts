/** One line of a text by its offsets: `end` is before its line end, `next` behind it. */
export interface TextLine {
  start: number;
  end: number;
  next: number;
}

/** Lines as the readers count them: LF, CRLF and a lone CR end a line; nothing follows a last line end. */
export function textLines(text: string): readonly TextLine[] {
  const lines: TextLine[] = [];
  let start = 0;
  for (const match of text.matchAll(/\r\n|\n|\r/g)) {
    lines.push({ start, end: match.index, next: match.index + match[0].length });
    start = match.index + match[0].length;
  }
  if (start < text.length) lines.push({ start, end: text.length, next: text.length });
  return lines;
}

/** The line end of a line, else that of the line before it, else LF. */
export function lineEndAt(text: string, lines: readonly TextLine[], index: number): string {
  for (let at = index; at >= 0; at--) {
    const line = lines[at];
    if (line && line.next > line.end) return text.slice(line.end, line.next);
  }
  return '\n';
}
