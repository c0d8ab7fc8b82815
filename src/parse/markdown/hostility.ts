import type { Refused } from './reading.ts';

/**
 * Caps of what is sent to remark, whose time grows with the square of some counts and whose stack with the depth of
 * nesting. At the caps the worst shape found takes some seconds (bench/figures/markdown.ts measures it).
 */
export const caps = {
  /** Of the whole text, with rows that remark is spared. */
  text: 16 * 1024 * 1024,
  characters: 256 * 1024,
  /** Markers of quotes and lists before the text of one line. */
  nesting: 64,
  /** Characters in one run of `*`, `_` or `~`. */
  run: 500,
  /** Of one block, that is, between blank lines. */
  brackets: 2000,
  delimiters: 4000,
  openings: 500,
  /** Underlines that can make a heading of the text above, in the whole document. */
  underlines: 1000,
} as const;

/** Says why a text must not be sent to remark; undefined if it may. */
export function hostility(lines: readonly string[]): Refused | undefined {
  let characters = 0;
  let underlines = 0;
  let block = { brackets: 0, delimiters: 0, openings: 0 };
  for (const [index, line] of lines.entries()) {
    const refuse = (refused: string): Refused => ({ refused, line: index + 1 });
    characters += line.length + 1;
    if (characters > caps.characters)
      return refuse(`more than ${caps.characters} characters outside plain tables`);
    if (line.trim() === '') {
      block = { brackets: 0, delimiters: 0, openings: 0 };
      continue;
    }
    if (countNesting(line) > caps.nesting)
      return refuse(`more than ${caps.nesting} quotes and lists in each other`);
    if (/^[ \t]*(?:=+|-+)[ \t]*$/.test(line) && ++underlines > caps.underlines) {
      return refuse(`more than ${caps.underlines} underlines`);
    }
    if (longestRun(line) > caps.run) return refuse(`a run of more than ${caps.run} \`*\`, \`_\` or \`~\``);
    block.brackets += count(line, /[[\]]/g);
    block.delimiters += count(line, /[*_~]+/g);
    block.openings += count(line, /<[!?]/g);
    if (block.brackets > caps.brackets) return refuse(`more than ${caps.brackets} brackets in one block`);
    if (block.delimiters > caps.delimiters)
      return refuse(`more than ${caps.delimiters} marks of emphasis in one block`);
    if (block.openings > caps.openings)
      return refuse(`more than ${caps.openings} openings of comments in one block`);
  }
  return undefined;
}

function count(line: string, what: RegExp): number {
  return line.match(what)?.length ?? 0;
}

function longestRun(line: string): number {
  let longest = 0;
  for (const run of line.match(/[*_~]+/g) ?? []) longest = Math.max(longest, run.length);
  return longest;
}

function countNesting(line: string): number {
  const prefix = /^(?:[ \t>]|[-+*](?=[ \t])|[0-9]{1,9}[.)](?=[ \t]))*/.exec(line)?.[0] ?? '';
  return count(prefix, />|[-+*]|[0-9]+[.)]/g);
}
