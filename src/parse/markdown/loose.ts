import { isDelimiterLike, splitCells } from './cells.ts';
import type { LooseLine } from './reading.ts';

/**
 * What a line with pipes outside of tables is to the last table of its section: a row that a blank line or comment cut
 * off; something that looks like a row but cannot be taken for one; or just prose.
 */
export type LooseKind = 'detached' | 'unknown' | 'prose';

export function judgeLoose(
  loose: LooseLine,
  table: { header: readonly string[]; closed: boolean } | undefined,
): LooseKind {
  if (conflictMarker.test(loose.source)) return 'unknown';
  const piped = /^ {0,3}\|/.test(loose.source);
  if (!table) return piped && loose.within === 'paragraph' ? 'unknown' : 'prose';
  if (loose.within === 'paragraph') {
    if (isDelimiterLike(loose.source)) return 'unknown';
    if (piped) return 'detached';
    if (!table.closed && hasCells(loose, table.header.length, table.header.length)) return 'detached';
  }
  return behindMarkers.test(loose.source) || hasCells(loose, table.header.length, Infinity)
    ? 'unknown'
    : 'prose';
}

const conflictMarker = /^(?:<{7}|={7}|>{7}|\|{7})(?: |$)/;

/** What `git merge` leaves behind. */
export function isConflictMarker(source: string): boolean {
  return conflictMarker.test(source);
}

/** A pipe first, behind markers of quotes, lists, comments and code. */
const behindMarkers = /^(?:[ \t>]|[-+*](?=[ \t])|[0-9]{1,9}[.)](?=[ \t])|<!--)*\|/;

function hasCells(loose: LooseLine, least: number, most: number): boolean {
  const count = splitCells(loose.source).length;
  return least > 1 && count >= least && count <= most;
}
