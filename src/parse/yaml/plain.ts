import type { Json } from '../../model/json.ts';
import { forbiddenKeys } from './forbidden.ts';
import type { YamlEntry, YamlNode } from './node.ts';
import { plainNumber, looksNumeric } from './number.ts';

/** A value and the node it was read from. */
export interface Part {
  value: Json;
  node: YamlNode;
}

/** A text that is read, and how far. */
export interface Cursor {
  text: string;
  at: number;
  /** Lists and maps that may still be entered. */
  depth: number;
}

/**
 * The text goes beyond what the plain reader knows. Thrown by `leave` and caught by `readPlainYaml`: nothing is said of
 * what was found, since the strict reader looks at the whole text then.
 */
export const beyond = new Error('beyond plain YAML');

export function leave(): never {
  throw beyond;
}

/** Reads what the pattern (sticky) finds here and moves behind it; undefined, and no move, if it finds nothing. */
export function take(cursor: Cursor, pattern: RegExp): string | undefined {
  pattern.lastIndex = cursor.at;
  const found = pattern.exec(cursor.text)?.[0];
  if (found !== undefined) cursor.at += found.length;
  return found;
}

// A letter or digit begins whatever is plain; other beginnings may mean something.
const plainKey = /[A-Za-z0-9_$](?:[A-Za-z0-9_$./()-]| (?=[A-Za-z0-9_$./()-])){0,200}(?=:(?: |$))/my;
const quotedKey = /'[^'\n]{1,200}'(?=:(?: |$))/my;
const word = /null|true|false|~/i;

/** A key with its colon and the blank behind it. */
export function takeKey(cursor: Cursor): Omit<YamlEntry, 'value'> | undefined {
  const from = cursor.at;
  const plain = take(cursor, plainKey);
  const written = plain ?? take(cursor, quotedKey);
  if (written === undefined) return undefined;
  const name = plain ?? written.slice(1, -1);
  if (forbiddenKeys.has(name) || name.trim() === '' || (plain !== undefined && isWord(name))) leave();
  const key = { from, to: cursor.at };
  cursor.at++;
  return { name, key };
}

function isWord(text: string): boolean {
  return text.length < 6 && word.test(text);
}

const single = /'(?:[^'\n]|'')*'/y;
const double = /"[^"\\\n]*"/y;

/** A text in quotes that ends in its line; escapes are beyond this reader. */
export function takeQuoted(cursor: Cursor): Part | undefined {
  const from = cursor.at;
  const written = take(cursor, single);
  if (written !== undefined) return textPart(written.slice(1, -1).replaceAll("''", "'"), from, cursor.at);
  const other = take(cursor, double);
  return other === undefined ? undefined : textPart(other.slice(1, -1), from, cursor.at);
}

export function textPart(text: string, from: number, to: number): Part {
  return { value: text, node: { kind: 'scalar', source: text, from, to } };
}

/** The value of a scalar that stands without quotes, by the core schema. */
export function plainPart(source: string, from: number): Part {
  const node: YamlNode = { kind: 'scalar', source, from, to: from + source.length };
  if (looksNumeric(source)) return { value: plainNumber(source) ?? leave(), node };
  if (!isWord(source)) return { value: source, node };
  if (source !== 'true' && source !== 'false') leave();
  return { value: source === 'true', node };
}

/** Collects the entries of a map on a null prototype, each name once. */
export function createMap(from: number): {
  add(key: Omit<YamlEntry, 'value'>, part: Part): void;
  part(): Part;
} {
  const value = Object.create(null) as Record<string, Json>;
  const entries: YamlEntry[] = [];
  return {
    add(key, part) {
      if (Object.hasOwn(value, key.name)) leave();
      value[key.name] = part.value;
      entries.push({ ...key, value: part.node });
    },
    part: () => ({ value, node: { kind: 'map', from, entries } }),
  };
}

export function listPart(parts: readonly Part[], from: number): Part {
  return {
    value: parts.map(({ value }) => value),
    node: { kind: 'list', from, items: parts.map(({ node }) => node) },
  };
}
