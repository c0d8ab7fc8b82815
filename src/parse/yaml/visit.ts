import { isAlias, isMap, isScalar, isSeq, type ParsedNode, type YAMLMap } from 'yaml';
import type { Json } from '../../model/json.ts';
import { looksNumeric, plainNumber } from './number.ts';
import type { Fault } from './scan.ts';

const forbidden: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

interface Reader {
  text: string;
  report(fault: Fault): void;
}

/** Turns a node into JSON on null prototypes and reports what a strict reader refuses. */
export function toJson(node: ParsedNode | null | undefined, reader: Reader): Json {
  if (isMap(node)) return mapToJson(node, reader);
  if (isSeq(node)) return node.items.map((item) => toJson(item as ParsedNode | null, reader));
  if (isAlias(node) || !isScalar(node)) return null;
  if (node.type === 'PLAIN' && looksNumeric(node.source)) {
    const number = plainNumber(node.source);
    if (number === undefined) reader.report(oddNumber(node.source, node.range[0]));
    return number ?? null;
  }
  const value = node.value;
  return typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number' ? value : null;
}

/** With `stringKeys` the text of every key is its value; a key that is not there is the empty text. */
export function keyName(key: { readonly value: unknown }): string {
  return typeof key.value === 'string' ? key.value : '';
}

function mapToJson(map: YAMLMap<ParsedNode, ParsedNode | null>, reader: Reader): Json {
  const value = Object.create(null) as Record<string, Json>;
  const seen = new Set<string>();
  for (const { key, value: item } of map.items) {
    // The composer reports keys that are no scalars.
    if (!isScalar(key)) continue;
    const name = keyName(key);
    const [from, to] = key.range;
    const fault = keyFault(name, seen) ?? lineFault(name, reader.text.slice(from, from + 1100), to - from);
    if (fault) reader.report({ ...fault, from, to });
    seen.add(name);
    const child = toJson(item, reader);
    if (!fault) value[name] = child;
  }
  return value;
}

function keyFault(name: string, seen: ReadonlySet<string>): Omit<Fault, 'from' | 'to'> | undefined {
  if (seen.has(name)) {
    return {
      code: 'yaml/duplicate-key',
      message: `the key \`${name}\` stands twice in one map`,
      hint: 'keep one of them',
    };
  }
  if (forbidden.has(name)) {
    return {
      code: 'yaml/forbidden-key',
      message: `the key \`${name}\` is not allowed`,
      hint: 'choose another name',
    };
  }
  if (name.trim() === '') {
    return { code: 'yaml/empty-key', message: 'a key is empty', hint: 'write a name before the `:`' };
  }
  return undefined;
}

/** A key and its `:` stand in one line: what reaches further is a slip, and readers differ over it. */
function lineFault(name: string, text: string, length: number): Omit<Fault, 'from' | 'to'> | undefined {
  const after = /^[ \t]*:?/.exec(text.slice(length))?.[0] ?? '';
  if (after.endsWith(':') && !text.slice(0, length).includes('\n')) return undefined;
  const message = `no \`:\` stands after the key \`${name}\` in its line`;
  return { code: 'yaml/key', message, hint: 'write key, `:` and a space in one line' };
}

function oddNumber(source: string, from: number): Fault {
  return {
    code: 'yaml/number',
    message: `\`${source}\` looks like a number, and not everybody reads it as the same one`,
    from,
    to: from + source.length,
    hint: `if it is a text write \`'${source}'\`, else plain decimal digits`,
  };
}
