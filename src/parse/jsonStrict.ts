import type { Json } from '../model/json.ts';

/** A value, or the offset at which the text was refused and why. */
export type StrictReading = { ok: true; value: Json } | { ok: false; at: number; message: string };

/** Reads a JSON text character by character, so that whatever is refused is refused with its place. */
export function readStrictly(source: string, depth: number): StrictReading {
  const reader: Reader = { source, at: 0, depth };
  try {
    const value = readValue(reader, 0);
    skipBlank(reader);
    if (reader.at < source.length) refuse('text after the value');
    return { ok: true, value };
  } catch (error) {
    const message = error instanceof Error ? refusals.get(error) : undefined;
    if (message === undefined) throw error;
    return { ok: false, at: reader.at, message };
  }
}

interface Reader {
  source: string;
  at: number;
  depth: number;
}

const refusals = new WeakMap<Error, string>();

/** Carries a refusal out of the descent; it never leaves this file. */
function refuse(message: string): never {
  const error = new Error('refused');
  refusals.set(error, message);
  throw error;
}

function skipBlank(reader: Reader): void {
  for (; reader.at < reader.source.length; reader.at++) {
    const code = reader.source.charCodeAt(reader.at);
    if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return;
  }
}

function readValue(reader: Reader, level: number): Json {
  skipBlank(reader);
  switch (reader.source.charAt(reader.at)) {
    case '{':
      return readObject(reader, level + 1);
    case '[':
      return readList(reader, level + 1);
    case '"':
      return readText(reader);
    case 't':
      return readWord(reader, 'true', true);
    case 'f':
      return readWord(reader, 'false', false);
    case 'n':
      return readWord(reader, 'null', null);
    default:
      return readNumber(reader);
  }
}

function readWord(reader: Reader, word: string, value: Json): Json {
  if (!reader.source.startsWith(word, reader.at)) refuse('this is no JSON value');
  reader.at += word.length;
  return value;
}

const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

function readNumber(reader: Reader): number {
  number.lastIndex = reader.at;
  const match = number.exec(reader.source);
  if (!match) return refuse('this is no JSON value');
  const value = Number(match[0]);
  if (!Number.isFinite(value)) refuse('a number is too large');
  reader.at += match[0].length;
  return value;
}

// The text up to its closing quote; escapes are left to JSON.parse, which knows them all.
const textEnd = /["\\\u0000-\u001F]/g;
const loneSurrogate = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

function readText(reader: Reader): string {
  const start = reader.at;
  let escaped = false;
  for (let at = start + 1; ; ) {
    textEnd.lastIndex = at;
    const match = textEnd.exec(reader.source);
    if (!match) return refuse('a text does not end');
    if (match[0] === '"') {
      reader.at = match.index + 1;
      break;
    }
    if (match[0] !== '\\') return refuse('a text holds a control character');
    escaped = true;
    at = match.index + 2;
  }
  const raw = reader.source.slice(start, reader.at);
  const text = escaped ? unescape(raw) : raw.slice(1, -1);
  if (loneSurrogate.test(text)) refuse('a text holds half a character');
  return text;
}

function unescape(raw: string): string {
  try {
    return JSON.parse(raw) as string;
  } catch {
    return refuse('a text holds an escape that JSON does not know');
  }
}

function enter(reader: Reader, level: number): void {
  if (level > reader.depth) refuse(`values stand more than ${reader.depth} levels deep`);
  reader.at++;
  skipBlank(reader);
}

/** After a part: true if the next one follows, false if the closing bracket was read. */
function hasNext(reader: Reader, close: string): boolean {
  skipBlank(reader);
  const char = reader.source[reader.at];
  if (char !== ',' && char !== close) refuse(`\`,\` or \`${close}\` is due`);
  reader.at++;
  skipBlank(reader);
  return char === ',';
}

function readList(reader: Reader, level: number): Json {
  enter(reader, level);
  const list: Json[] = [];
  if (reader.source[reader.at] === ']') {
    reader.at++;
    return list;
  }
  do list.push(readValue(reader, level));
  while (hasNext(reader, ']'));
  return list;
}

function readObject(reader: Reader, level: number): Json {
  enter(reader, level);
  const object = Object.create(null) as Record<string, Json>;
  if (reader.source[reader.at] === '}') {
    reader.at++;
    return object;
  }
  do {
    if (reader.source[reader.at] !== '"') refuse('a name in quotes is due');
    const name = readText(reader);
    if (Object.hasOwn(object, name)) refuse('a name stands twice in one object');
    skipBlank(reader);
    if (reader.source[reader.at] !== ':') refuse('`:` is due');
    reader.at++;
    object[name] = readValue(reader, level);
  } while (hasNext(reader, '}'));
  return object;
}
