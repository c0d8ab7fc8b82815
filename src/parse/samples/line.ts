import { readValue } from './number.ts';

/** The two text formats differ in what stands between the parts of a line. */
export type TextFormat = 'prometheus' | 'openmetrics';

/** One line with a sample. */
export interface Point {
  name: string;
  labels: ReadonlyMap<string, string>;
  value?: number;
  /** The timestamp as it is written, in the unit of the format. */
  time?: string;
  /** OpenMetrics only. */
  exemplar: boolean;
}

interface Cursor {
  readonly text: string;
  readonly format: TextFormat;
  at: number;
}

const metricName = /[a-zA-Z_:][a-zA-Z0-9_:]*/y;
const labelName = /[a-zA-Z_][a-zA-Z0-9_]*/y;
const quoted = /"[^"\\]*(?:\\[^][^"\\]*)*"/y;
const word = /[^ \t]+/y;
const blanks = /[ \t]*/y;
const parting = /[ \t]+/y;
const oneBlank = / /y;

/** Label names and values of an exemplar together, in code points (OpenMetrics 1.0). */
const longestExemplar = 128;

/** Reads a sample line without its line end; undefined if the format does not know such a line. */
export function readPoint(text: string, format: TextFormat): Point | undefined {
  const cursor: Cursor = { text, format, at: 0 };
  const name = take(cursor, metricName);
  if (name === undefined) return undefined;
  gap(cursor);
  const labelled = text[cursor.at] === '{';
  const labels = labelled ? readLabels(cursor) : new Map<string, string>();
  if (!labels || !isParted(cursor, labelled ? undefined : name.length)) return undefined;
  const value = readValue(take(cursor, word) ?? '');
  if (!value) return undefined;
  const rest = format === 'openmetrics' ? readRest(cursor) : readTime(cursor);
  return rest && { name, labels, ...value, ...rest };
}

function take(cursor: Cursor, pattern: RegExp): string | undefined {
  pattern.lastIndex = cursor.at;
  const found = pattern.exec(cursor.text)?.[0];
  if (found !== undefined) cursor.at += found.length;
  return found;
}

function eat(cursor: Cursor, character: string): boolean {
  if (cursor.text[cursor.at] !== character) return false;
  cursor.at++;
  return true;
}

/** Blanks, where the format allows for any. */
function gap(cursor: Cursor): void {
  if (cursor.format === 'prometheus') take(cursor, blanks);
}

/** Whether the value stands apart from the name; only the older format lets it follow the bracket at once. */
function isParted(cursor: Cursor, nameEnd: number | undefined): boolean {
  if (cursor.format === 'openmetrics') return take(cursor, oneBlank) !== undefined;
  gap(cursor);
  return cursor.at !== nameEnd;
}

function isAtEnd({ text, at }: Cursor): boolean {
  return at === text.length;
}

function readLabels(cursor: Cursor): ReadonlyMap<string, string> | undefined {
  const labels = new Map<string, string>();
  eat(cursor, '{');
  gap(cursor);
  while (!eat(cursor, '}')) {
    if (labels.size > 0) {
      if (!eat(cursor, ',')) return undefined;
      gap(cursor);
      if (cursor.format === 'prometheus' && eat(cursor, '}')) break;
    }
    const name = take(cursor, labelName);
    gap(cursor);
    const equals = eat(cursor, '=');
    gap(cursor);
    const value = unquote(take(cursor, quoted), cursor.format);
    if (name === undefined || !equals || value === undefined || labels.has(name) || name === '__name__')
      return undefined;
    labels.set(name, value);
    gap(cursor);
  }
  return labels;
}

/** Both know `\\`, `\"` and `\n`; of other pairs OpenMetrics keeps both characters and the older format knows none. */
function unquote(text: string | undefined, format: TextFormat): string | undefined {
  if (text === undefined) return undefined;
  const inner = text.slice(1, -1);
  const pairs = inner.match(/\\[^]/g) ?? [];
  if (format === 'prometheus' && !pairs.every((pair) => '\\"n'.includes(pair.charAt(1)))) return undefined;
  return inner.replace(/\\([\\"n])/g, (_, character: string) => (character === 'n' ? '\n' : character));
}

type Rest = Pick<Point, 'time' | 'exemplar'>;

/** What follows the value in the older format: whole milliseconds, or nothing. */
function readTime(cursor: Cursor): Rest | undefined {
  take(cursor, parting);
  if (isAtEnd(cursor)) return { exemplar: false };
  const time = take(cursor, word) ?? '';
  take(cursor, blanks);
  return /^[+-]?[0-9]{1,19}$/.test(time) && isAtEnd(cursor) ? { time, exemplar: false } : undefined;
}

/** What follows the value in OpenMetrics: seconds, an exemplar, both or nothing. */
function readRest(cursor: Cursor): Rest | undefined {
  if (isAtEnd(cursor)) return { exemplar: false };
  if (!eat(cursor, ' ')) return undefined;
  const time = cursor.text[cursor.at] === '#' ? undefined : take(cursor, word);
  const timed = time === undefined ? {} : { time };
  if (time !== undefined) {
    if (!isSeconds(time)) return undefined;
    if (isAtEnd(cursor)) return { ...timed, exemplar: false };
    if (!eat(cursor, ' ')) return undefined;
  }
  return readExemplar(cursor) ? { ...timed, exemplar: true } : undefined;
}

function readExemplar(cursor: Cursor): boolean {
  if (!eat(cursor, '#') || !eat(cursor, ' ') || cursor.text[cursor.at] !== '{') return false;
  const labels = readLabels(cursor);
  if (!labels || !eat(cursor, ' ')) return false;
  const length = [...labels].reduce((sum, [name, value]) => sum + [...name].length + [...value].length, 0);
  if (length > longestExemplar || !readValue(take(cursor, word) ?? '')) return false;
  if (isAtEnd(cursor)) return true;
  return eat(cursor, ' ') && isSeconds(take(cursor, word) ?? '') && isAtEnd(cursor);
}

function isSeconds(text: string): boolean {
  return readValue(text)?.value !== undefined;
}
