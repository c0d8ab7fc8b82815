import {
  createMap,
  type Cursor,
  leave,
  listPart,
  type Part,
  plainPart,
  take,
  takeKey,
  takeQuoted,
} from './plain.ts';

const gap = /[ \n]*/y;
const plainScalar = /[A-Za-z0-9_$./(^<=+\u00A1-\uFFFF](?:[^\n,[\]{}:#]|:(?=[^\s,[\]{}])|(?<=\S)#)*/y;

/**
 * A list or map in brackets. It may reach over lines, each of which begins behind `margin`; a comment in it, a pair in a
 * list and a key without a value are beyond this reader.
 */
export function takeFlow(cursor: Cursor, margin: number): Part | undefined {
  const open = cursor.text[cursor.at];
  if (open !== '{' && open !== '[') return undefined;
  if (--cursor.depth < 0) leave();
  const part = open === '{' ? flowMap(cursor, margin) : flowList(cursor, margin);
  cursor.depth++;
  return part;
}

function flowMap(cursor: Cursor, margin: number): Part {
  const map = createMap(cursor.at);
  cursor.at++;
  skipGap(cursor, margin);
  if (cursor.text[cursor.at] === '}') cursor.at++;
  else {
    do {
      skipGap(cursor, margin);
      const key = takeKey(cursor) ?? leave();
      skipGap(cursor, margin);
      map.add(key, flowValue(cursor, margin));
    } while (hasNext(cursor, '}', margin));
  }
  return map.part();
}

function flowList(cursor: Cursor, margin: number): Part {
  const from = cursor.at;
  const parts: Part[] = [];
  cursor.at++;
  skipGap(cursor, margin);
  if (cursor.text[cursor.at] === ']') cursor.at++;
  else {
    do {
      skipGap(cursor, margin);
      parts.push(flowValue(cursor, margin));
    } while (hasNext(cursor, ']', margin));
  }
  return listPart(parts, from);
}

/** After a value: moves behind the comma or the closing bracket, and says which it was. */
function hasNext(cursor: Cursor, close: string, margin: number): boolean {
  skipGap(cursor, margin);
  const char = cursor.text[cursor.at];
  if (char !== ',' && char !== close) leave();
  cursor.at++;
  return char === ',';
}

function flowValue(cursor: Cursor, margin: number): Part {
  const inner = takeFlow(cursor, margin) ?? takeQuoted(cursor);
  if (inner) return inner;
  const from = cursor.at;
  const written = take(cursor, plainScalar) ?? leave();
  const text = written.trimEnd();
  cursor.at = from + text.length;
  return plainPart(text, from);
}

/** Blanks and line ends; whatever follows in a new line stands behind the margin. */
function skipGap(cursor: Cursor, margin: number): void {
  const blank = take(cursor, gap) ?? '';
  const line = blank.lastIndexOf('\n');
  if (line >= 0 && blank.length - line - 1 <= margin) leave();
}
