import type { Json } from '../model/json.ts';
import { pointerSteps } from '../model/pointer.ts';

/** A JSON text read strictly, or where and why it was refused. No text of the file is part of the message. */
export type JsonReading =
  | {
      ok: true;
      value: Json;
      /** Where the value at the pointer begins that was asked for, if there is one. */
      line?: number;
    }
  | { ok: false; line: number; message: string };

export interface JsonLimits {
  /** Greatest number of lists and objects inside each other. */
  depth?: number;
  /** The value whose line is asked for (RFC 6901). Lines of all values would cost more memory than the values. */
  pointer?: string;
}

/**
 * Reads RFC 8259 JSON with what the RFC leaves open decided for safety: a name that stands twice in one object is
 * refused (readers differ on which counts), as are numbers beyond the finite, lone surrogates and great depth. Objects
 * have no prototype, so `__proto__` is a name like any other.
 */
export function parseJson(text: string, { depth = 64, pointer }: JsonLimits = {}): JsonReading {
  const source = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const reader: Reader = { source, at: 0, depth, found: undefined };
  try {
    const value = readValue(reader, 0, pointer === undefined ? undefined : pointerSteps(pointer));
    skipBlank(reader);
    if (reader.at < source.length) refuse('text after the value');
    return { ok: true, value, ...(reader.found === undefined ? {} : { line: lineAt(source, reader.found) }) };
  } catch (error) {
    const message = error instanceof Error ? refusals.get(error) : undefined;
    if (message === undefined) throw error;
    return { ok: false, line: lineAt(source, reader.at), message };
  }
}

/** The steps that are left to the value asked for; undefined where it does not lie. */
type Steps = readonly string[] | undefined;

function stepInto(steps: Steps, name: string): Steps {
  return steps?.[0] === name ? steps.slice(1) : undefined;
}

interface Reader {
  source: string;
  at: number;
  depth: number;
  /** Offset of the value asked for. */
  found: number | undefined;
}

const refusals = new WeakMap<Error, string>();

/** Carries a refusal out of the descent; it never leaves this file. */
function refuse(message: string): never {
  const error = new Error('refused');
  refusals.set(error, message);
  throw error;
}

function lineAt(source: string, offset: number): number {
  let line = 1;
  for (let i = source.indexOf('\n'); i >= 0 && i < offset; i = source.indexOf('\n', i + 1)) line++;
  return line;
}

function skipBlank(reader: Reader): void {
  for (; reader.at < reader.source.length; reader.at++) {
    const code = reader.source.charCodeAt(reader.at);
    if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return;
  }
}

function readValue(reader: Reader, level: number, steps: Steps): Json {
  skipBlank(reader);
  if (steps?.length === 0) reader.found = reader.at;
  switch (reader.source.charAt(reader.at)) {
    case '{':
      return readObject(reader, level + 1, steps);
    case '[':
      return readList(reader, level + 1, steps);
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

function readList(reader: Reader, level: number, steps: Steps): Json {
  enter(reader, level);
  const list: Json[] = [];
  if (reader.source[reader.at] === ']') {
    reader.at++;
    return list;
  }
  do list.push(readValue(reader, level, steps && stepInto(steps, String(list.length))));
  while (hasNext(reader, ']'));
  return list;
}

function readObject(reader: Reader, level: number, steps: Steps): Json {
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
    object[name] = readValue(reader, level, stepInto(steps, name));
  } while (hasNext(reader, '}'));
  return object;
}
