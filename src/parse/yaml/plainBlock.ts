import type { Json } from '../../model/json.ts';
import {
  beyond,
  createMap,
  type Cursor,
  leave,
  listPart,
  type Part,
  plainPart,
  take,
  takeKey,
  takeQuoted,
  textPart,
} from './plain.ts';
import { takeFlow } from './plainFlow.ts';
import type { YamlNode } from './node.ts';

/** What no plain text holds: controls, tabs, carriage returns, odd blanks, marks without width, and whatever comes in two units. */
const odd = /[^\n -~\u00A1-\u1FFF\u2010-\u2027\u2030-\u205E\u2070-\u2FFF\u3001-\uD7FF]|[ ]$|^(?:---|\.\.\.)/m;

const emptyLines = /(?: *(?:#.*)?\n)*/y;
const blanks = / +/y;
const indent = / */y;
const dash = /- (?! )/y;
const lineEnd = /(?: +#.*)?(?:\n|$)/y;
const blockHeader = /[|>]-?\n/y;
const plainScalar = /[A-Za-z0-9_$./(^<=+\u00A1-\uFFFF](?:[^\n:#]|:(?=\S)|(?<=\S)#)*/y;

/**
 * Reads the plain YAML that policies are written in: maps and lists by indentation, lists and maps in brackets, scalars
 * that end in their line, folded and literal texts without odd lines. Undefined is "ask the strict reader", whatever the
 * cause. INVARIANT: where it gives a value the strict reader finds nothing to refuse and gives the same value, with
 * the same places.
 */
export function readPlainYaml(text: string, depth: number): { value: Json; root: YamlNode } | undefined {
  if (odd.test(text)) return undefined;
  const cursor: Cursor = { text, at: 0, depth };
  try {
    const column = nextColumn(cursor);
    if (column !== 0 || isDash(cursor)) return undefined;
    const { value, node } = blockMap(cursor, 0);
    return cursor.at < text.length ? undefined : { value, root: node };
  } catch (error) {
    if (error === beyond) return undefined;
    throw error;
  }
}

/** Skips empty lines and comments, and gives the column of the next line's first character; -1 at the end. */
function nextColumn(cursor: Cursor): number {
  take(cursor, emptyLines);
  const column = widthHere(cursor);
  // The last line may be a comment without a line end.
  if (cursor.at + column >= cursor.text.length) return -1;
  return cursor.text[cursor.at + column] === '#' ? leave() : column;
}

function widthHere(cursor: Cursor): number {
  indent.lastIndex = cursor.at;
  return indent.exec(cursor.text)?.[0].length ?? 0;
}

function isDash(cursor: Cursor): boolean {
  return cursor.text[cursor.at] === '-';
}

/** A map whose keys stand at a column; the cursor stands at its first key. */
function blockMap(cursor: Cursor, column: number): Part {
  if (--cursor.depth < 0) leave();
  const map = createMap(cursor.at);
  for (;;) {
    const key = takeKey(cursor) ?? leave();
    map.add(key, valueOfKey(cursor, column));
    const next = nextColumn(cursor);
    if (next > column) leave();
    if (next < column) break;
    cursor.at += column;
  }
  cursor.depth++;
  return map.part();
}

/** What stands behind a key of a block map: in its line, or in the lines below. */
function valueOfKey(cursor: Cursor, column: number): Part {
  if (take(cursor, lineEnd) === undefined) {
    take(cursor, blanks);
    return inLine(cursor, column);
  }
  const inner = nextColumn(cursor);
  const start = cursor.at + inner;
  const isList = inner >= column && cursor.text.startsWith('- ', start);
  if (!isList && inner <= column) leave();
  cursor.at = start;
  return isList ? blockList(cursor, inner) : blockMap(cursor, inner);
}

/** A list whose dashes stand at a column; the cursor stands at the first one. */
function blockList(cursor: Cursor, column: number): Part {
  if (--cursor.depth < 0) leave();
  const from = cursor.at;
  const parts: Part[] = [];
  for (;;) {
    if (take(cursor, dash) === undefined) leave();
    parts.push(itemOf(cursor, column + 2));
    const next = nextColumn(cursor);
    if (next > column) leave();
    // A list may stand at the column of its key: what follows there without a dash is the next key.
    if (next < column || cursor.text[cursor.at + column] !== '-') break;
    cursor.at += column;
  }
  cursor.depth++;
  return listPart(parts, from);
}

function itemOf(cursor: Cursor, column: number): Part {
  const start = cursor.at;
  if (takeKey(cursor) === undefined) return inLine(cursor, column - 2);
  cursor.at = start;
  return blockMap(cursor, column);
}

/** A value that begins in the line of its key or dash; `margin` is the column that its further lines must go beyond. */
function inLine(cursor: Cursor, margin: number): Part {
  const from = cursor.at;
  const block = take(cursor, blockHeader);
  if (block !== undefined) return blockText(cursor, margin, { header: block, from });
  const part = takeFlow(cursor, margin) ?? takeQuoted(cursor) ?? takePlain(cursor);
  if (take(cursor, lineEnd) === undefined) leave();
  return part;
}

function takePlain(cursor: Cursor): Part {
  const from = cursor.at;
  const written = take(cursor, plainScalar) ?? leave();
  const text = written.trimEnd();
  cursor.at = from + text.length;
  return plainPart(text, from);
}

const emptyRows = /\n*/y;
const textLine = / *[^ \n].*(?:\n|$)/y;

/** A folded (`>`) or literal (`|`) text whose lines all begin at one column, with nothing empty between them. */
function blockText(cursor: Cursor, margin: number, { header, from }: { header: string; from: number }): Part {
  const lines: string[] = [];
  let column = 0;
  for (;;) {
    const start = cursor.at;
    const line = take(cursor, textLine);
    const width = line === undefined ? 0 : line.length - line.trimStart().length;
    if (line === undefined || width <= margin) {
      cursor.at = start;
      break;
    }
    column ||= width;
    if (width !== column) leave();
    lines.push(line.trim());
  }
  // Empty lines belong to the end of the text, or to its middle: whatever stands behind them at its column is text too.
  take(cursor, emptyRows);
  if (widthHere(cursor) > margin) leave();
  // Where no line end ends it there is more to know of its end.
  if (lines.length === 0 || cursor.text[cursor.at - 1] !== '\n') leave();
  const text = lines.join(header.startsWith('>') ? ' ' : '\n');
  return textPart(header.includes('-') ? text : `${text}\n`, from, cursor.at);
}
