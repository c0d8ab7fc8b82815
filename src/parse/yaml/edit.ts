import { isMap, type ParsedNode, type YAMLMap } from 'yaml';
import { pointTo } from '../../model/pointer.ts';
import { compareText } from '../../model/problem.ts';
import { compose } from './compose.ts';
import { findNode } from './find.ts';

/** A key for a map that lacks it; the value is YAML in flow style. */
export interface KeyToAdd {
  /** JSON Pointer to the map. */
  pointer: string;
  key: string;
  value: string;
}

interface Insertion {
  offset: number;
  text: string;
  /** How deep the map lies. */
  depth: number;
}

/**
 * Adds keys at the end of maps and leaves every other byte as it is. Keys that are there already, and pointers that
 * lead to no map, change nothing. INVARIANT: the text has loaded before.
 */
export function addKeys(text: string, keys: readonly KeyToAdd[]): string {
  const mark = text.startsWith('\uFEFF') ? 1 : 0;
  const source = text.slice(mark);
  const contents = compose(source, 100).doc?.contents ?? null;
  const newline = source.includes('\r\n') ? '\r\n' : '\n';
  const sorted = [...keys].sort((a, b) => compareText(a.key, b.key));
  const insertions = sorted.flatMap((key): readonly Insertion[] => {
    const { node, whole } = findNode(contents, key.pointer);
    if (!whole || !isMap(node) || findNode(contents, pointTo(key.pointer, key.key)).whole) return [];
    return [{ ...insertion({ source, newline }, node, key), depth: key.pointer.split('/').length }];
  });
  let result = source;
  // From the end to the beginning, so that offsets stay true; what is put in last at one offset stands first there, and
  // that has to be what belongs to the innermost of the maps that end together.
  const order = insertions.reverse().sort((a, b) => b.offset - a.offset || a.depth - b.depth);
  for (const { offset, text: added } of order)
    result = result.slice(0, offset) + added + result.slice(offset);
  return text.slice(0, mark) + result;
}

type Map = YAMLMap<ParsedNode, ParsedNode | null> & { range: [number, number, number] };

function insertion(
  { source, newline }: { source: string; newline: string },
  map: Map,
  { key, value }: KeyToAdd,
): Omit<Insertion, 'depth'> {
  const last = map.items.at(-1);
  const end = (last?.value ?? last?.key)?.range[1] ?? map.range[0] + 1;
  if (map.flow === true) {
    if (last) return { offset: end, text: `, ${key}: ${value}` };
    return { offset: end, text: ` ${key}: ${value} ` };
  }
  const first = map.items[0]?.key;
  const from = first?.range[0] ?? 0;
  const indent = ' '.repeat(from - (source.lastIndexOf('\n', from - 1) + 1));
  const line = `${indent}${key}: ${value}`;
  // A block of text ends with its last line; anything else where its line does, behind a comment.
  if (source[end - 1] === '\n') return { offset: end, text: `${line}${newline}` };
  const stop = source.indexOf('\n', end);
  const offset = stop < 0 ? source.length : source[stop - 1] === '\r' ? stop - 1 : stop;
  return { offset, text: `${newline}${line}` };
}
