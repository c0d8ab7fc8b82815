import { putAbove } from './attach.ts';
import type { Collection, Comment, Item, Value } from './tree.ts';

/** Lists and maps in brackets stay in one line if it is no longer than this; so do the checks of the shipped policy. */
const width = 150;

/** The lines of the items of a collection, in block style. */
export function printItems(collection: Collection, indent: string): readonly string[] {
  const lines: string[] = [];
  for (const item of collection.items) {
    const printed = collection.kind === 'map' ? entry(item, indent) : dashed(item, indent);
    lines.push(...printComments(item.leading, indent), ...(item.blank ? [''] : []), ...printed);
  }
  lines.push(...printComments(collection.foot, indent));
  // Nothing is empty at the beginning of anything.
  return lines[0] === '' ? lines.slice(1) : lines;
}

export function printComments(comments: readonly Comment[], indent: string): readonly string[] {
  return comments.flatMap(({ text, blank }) => (blank ? ['', indent + text] : [indent + text]));
}

function entry(item: Item, indent: string): readonly string[] {
  const head = `${indent}${item.key ?? ''}:`;
  const { value } = item;
  if (value.kind !== 'text' && isBlock(value, head.length + 1))
    return [behind(head, item), ...printItems(value, `${indent}  `)];
  return inLine(head, item, `${indent}  `);
}

function dashed(item: Item, indent: string): readonly string[] {
  const head = `${indent}-`;
  const { value } = item;
  if (value.kind === 'text' || !isBlock(value, head.length + 1)) return inLine(head, item, `${indent}  `);
  const [first = '', ...rest] = printItems(value, `${indent}  `);
  return [`${head} ${first.trimStart()}`, ...rest];
}

function inLine(head: string, item: Item, indent: string): readonly string[] {
  const { value } = item;
  if (value.kind !== 'text') return [behind(`${head} ${flow(value) ?? ''}`, item)];
  const lines = (value.lines ?? []).map((line) => (line === '' ? '' : indent + line));
  return [behind(`${head} ${value.text}`, item), ...lines];
}

function behind(line: string, item: Item): string {
  return item.behind === undefined ? line : `${line} ${item.behind}`;
}

/** Whether a collection is printed over lines when it would begin at a column. */
function isBlock(value: Collection, column: number): boolean {
  if (value.items.length === 0) return false;
  if (!value.flow) return true;
  const line = flow(value);
  return line === undefined || column + line.length > width;
}

/** A value in one line; undefined if a comment stands in it. */
function flow(value: Value): string | undefined {
  if (value.kind === 'text') return value.text;
  if (value.foot.length > 0) return undefined;
  const parts = value.items.map((item) => {
    const inner = item.leading.length > 0 || item.behind !== undefined ? undefined : flow(item.value);
    return inner === undefined || item.key === undefined ? inner : `${item.key}: ${inner}`;
  });
  if (parts.includes(undefined)) return undefined;
  if (value.kind === 'list') return `[${parts.join(', ')}]`;
  return parts.length === 0 ? '{}' : `{ ${parts.join(', ')} }`;
}

/**
 * Moves comments to where they can stand: above a dash what would come between it and its first key, above the owner
 * what stands in empty brackets. INVARIANT: the depth by which a part will be indented is known here and in printing.
 */
export function settle(collection: Collection, indent: string): void {
  for (const item of collection.items) {
    const { value } = item;
    if (value.kind === 'text') continue;
    if (value.items.length === 0) for (const { text } of value.foot.splice(0)) putAbove(item, text);
    settle(value, `${indent}  `);
    const head = indent.length + (item.key === undefined ? 2 : item.key.length + 2);
    const [first] = value.items;
    if (item.key !== undefined || !first || !isBlock(value, head)) continue;
    if (item.behind !== undefined) putAbove(item, item.behind);
    item.behind = undefined;
    const [top, ...more] = first.leading.splice(0);
    if (top) putAbove(item, top.text);
    item.leading.push(...more);
    first.blank = false;
  }
}
