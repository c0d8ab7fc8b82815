import { isFrontMatterFence } from './lineKind.ts';
import type { Eol } from './reading.ts';

/** A text in lines, as CommonMark counts them: LF, CRLF and a lone CR end a line. */
export interface SplitText {
  bom: boolean;
  eol: Eol;
  lines: string[];
  /** The last line has a line end; it is then not followed by an empty line. */
  terminated: boolean;
  /** 0 if there is none, or if it is never closed. */
  frontMatterLines: number;
}

export function splitText(whole: string): SplitText {
  const bom = whole.startsWith('\ufeff');
  const text = bom ? whole.slice(1) : whole;
  const lines = text.split(/\r\n|\n|\r/);
  const terminated = lines.at(-1) === '';
  if (terminated) lines.pop();
  return { bom, eol: lineEnds(text), lines, terminated, frontMatterLines: countFrontMatter(lines) };
}

export function lineEnds(text: string): Eol {
  const crlf = text.includes('\r\n');
  const lf = /(?:^|[^\r])\n/.test(text);
  const cr = /\r(?!\n)/.test(text);
  if (Number(crlf) + Number(lf) + Number(cr) > 1) return 'mixed';
  return crlf ? 'crlf' : lf ? 'lf' : cr ? 'cr' : 'none';
}

function countFrontMatter(lines: readonly string[]): number {
  if (lines[0] === undefined || !isFrontMatterFence(lines[0])) return 0;
  return lines.findIndex((line, index) => index > 0 && isFrontMatterFence(line)) + 1;
}
