import { CST, isMap, isScalar, isSeq, Lexer, type ParsedNode, type Scalar } from 'yaml';
import { scalarText } from './scalar.ts';

/** A comment in a line of its own, with its `#`. */
export interface Comment {
  text: string;
  /** Whether an empty line stands before it. */
  blank: boolean;
}

/** An entry of a map or an item of a list, with the comments that belong to it. */
export interface Item {
  /** As it is printed; undefined in lists. */
  key: string | undefined;
  name: string;
  value: Value;
  /** Offset of the key, or of the dash. */
  from: number;
  column: number;
  blank: boolean;
  leading: Comment[];
  /** The comment behind it, in its line. */
  behind: string | undefined;
  parent: Collection;
}

/** `lines` are those of a block text, without their indentation. */
export interface Text {
  kind: 'text';
  from: number;
  text: string;
  lines: readonly string[] | undefined;
}

export interface Collection {
  kind: 'map' | 'list';
  flow: boolean;
  from: number;
  to: number;
  column: number;
  items: Item[];
  /** Comments behind the last item. */
  foot: Comment[];
  owner: Item | undefined;
}

export type Value = Text | Collection;

/** Lines of a text, by offset. */
export interface Ruler {
  text: string;
  columnOf(offset: number): number;
  /** Whether nothing but blanks stands before it in its line. */
  beginsLine(offset: number): boolean;
  /** Whether the line above that of the offset is empty. */
  blankAbove(offset: number): boolean;
}

export function rulerOf(text: string): Ruler {
  const lineStart = (offset: number) => text.lastIndexOf('\n', offset - 1) + 1;
  const beginsLine = (offset: number) => text.slice(lineStart(offset), offset).trim() === '';
  return {
    text,
    beginsLine,
    columnOf: (offset) => offset - lineStart(offset),
    blankAbove(offset) {
      const start = lineStart(offset);
      return start > 0 && beginsLine(offset) && text.slice(lineStart(start - 1), start - 1).trim() === '';
    },
  };
}

/** The tree of a document that has loaded, without its comments. INVARIANT: its nodes have kept their tokens. */
export function treeOf(node: ParsedNode | null, ruler: Ruler): Value {
  return valueOf(node, undefined, ruler);
}

function valueOf(node: ParsedNode | null | undefined, owner: Item | undefined, ruler: Ruler): Value {
  const [from, to] = node?.range ?? [0, 0];
  if (!isMap(node) && !isSeq(node)) {
    const scalar = isScalar(node) ? node : undefined;
    return { kind: 'text', from, ...scalarText(scalar, ruler.text) };
  }
  const flow = node.flow === true;
  const kind = isMap(node) ? 'map' : 'list';
  const dashes = flow || isMap(node) ? [] : dashOffsets(node);
  const start = dashes[0] ?? from;
  const column = ruler.columnOf(start);
  const collection: Collection = { kind, flow, from, to, column, items: [], foot: [], owner };
  if (isMap(node)) {
    for (const { key, value } of node.items)
      addItem(collection, { key: key as Scalar.Parsed, value, from: key.range[0] }, ruler);
  } else {
    node.items.forEach((value, index) => {
      const at = dashes[index] ?? value.range[0];
      addItem(collection, { key: undefined, value: value, from: at }, ruler);
    });
  }
  return collection;
}

function addItem(
  parent: Collection,
  { key, value, from }: { key: Scalar.Parsed | undefined; value: ParsedNode | null; from: number },
  ruler: Ruler,
): void {
  const item: Item = {
    key: key && scalarText(key, ruler.text).text,
    name: typeof key?.value === 'string' ? key.value : '',
    value: { kind: 'text', from, text: '', lines: undefined },
    from,
    column: ruler.columnOf(from),
    blank: ruler.blankAbove(from),
    leading: [],
    behind: undefined,
    parent,
  };
  item.value = valueOf(value, item, ruler);
  parent.items.push(item);
}

function dashOffsets(node: { srcToken?: unknown }): readonly number[] {
  const token = node.srcToken as CST.BlockSequence | undefined;
  return (token?.items ?? []).flatMap(({ start }) =>
    start.flatMap((part) => (part.type === 'seq-item-ind' ? [part.offset] : [])),
  );
}

/** Every comment of a text with its offset, in order. */
export function commentsOf(text: string): readonly { offset: number; text: string }[] {
  const found: { offset: number; text: string }[] = [];
  let offset = 0;
  let isText = false;
  for (const lexeme of new Lexer().lex(text)) {
    if (!isText && lexeme.startsWith('#')) found.push({ offset, text: lexeme.trimEnd() });
    isText = lexeme === CST.SCALAR;
    // The lexer's own marks take no room in the text.
    if (lexeme !== CST.DOCUMENT && lexeme !== CST.FLOW_END && lexeme !== CST.SCALAR) offset += lexeme.length;
  }
  return found;
}
