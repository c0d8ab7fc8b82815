import { trim } from './cells.ts';

/** What the scanner takes a line for; `other` is everything it leaves to remark. */
export type LineKind = 'blank' | 'heading' | 'text' | 'pipe' | 'other';

/** INVARIANT: a line of kind `text` neither begins nor changes any block but a paragraph, wherever it stands. */
export function lineKind(source: string): LineKind {
  if (strange.test(source)) return 'other';
  switch (source.charAt(0)) {
    case '':
      return 'blank';
    case ' ':
    case '\t':
      return blank.test(source) ? 'blank' : 'other';
    case '|':
      return 'pipe';
    case '#':
      return heading.test(source) ? 'heading' : 'other';
    default:
      return text.test(source) ? 'text' : 'other';
  }
}

/** A line end of its own in CommonMark, and a character that parsers replace. */
const strange = /[\r\0]/;
const blank = /^[ \t]*$/;
const heading = /^#{1,6}(?:[ \t]|$)/;
/** Letters, numbers that begin no list, and bold words. */
const text = /^(?:[A-Za-z("'$%@/.,;?\u0080-\uffff]|[0-9]{1,9}(?:[^0-9.)]|$)|\*\*[A-Za-z0-9])/;

export function headingLevel(source: string): number {
  return /^#*/.exec(source)?.[0].length ?? 0;
}

/** The text of an ATX heading with its markup, without opening and closing number signs. */
export function headingSource(source: string): string {
  const inner = trim(source, headingLevel(source), source.length);
  let end = inner.length;
  while (inner.charAt(end - 1) === '#') end--;
  if (end === inner.length || (end > 0 && !/[ \t]/.test(inner.charAt(end - 1)))) return inner;
  return trim(inner, 0, end);
}

const fence = /^---[ \t]*$/;

/** The line before and after YAML front matter. */
export function isFrontMatterFence(source: string): boolean {
  return fence.test(source);
}
