import { type Collection, type Comment, commentsOf, type Item, type Ruler, type Value } from './tree.ts';

/** Where something begins that a comment can stand above; `inner` is a value in a line below that of its key. */
interface Anchor {
  offset: number;
  item: Item;
  inner: boolean;
}

/** Gives each comment of the text to the part that it belongs to: what it stands above, behind, or at the end of. */
export function attachComments(root: Collection, ruler: Ruler): void {
  const anchors = anchorsOf(root, ruler);
  let index = 0;
  for (const { offset, text } of commentsOf(ruler.text)) {
    while ((anchors[index]?.offset ?? Number.POSITIVE_INFINITY) < offset) index++;
    const next = anchors[index];
    const last = anchors[index - 1]?.item;
    const comment = { text, blank: ruler.blankAbove(offset) };
    if (!ruler.beginsLine(offset) && last !== undefined) putBehind(last, offset, { comment, root });
    else putOwn({ comment, offset, column: ruler.columnOf(offset) }, { next, last, root });
  }
}

function anchorsOf(root: Collection, ruler: Ruler): readonly Anchor[] {
  const anchors: Anchor[] = [];
  const visit = (value: Value): void => {
    if (value.kind === 'text') return;
    for (const item of value.items) {
      anchors.push({ offset: item.from, item, inner: false });
      const { value: inside } = item;
      const below = inside.from > item.from && ruler.beginsLine(inside.from);
      if (below && (inside.kind === 'text' || inside.flow))
        anchors.push({ offset: inside.from, item, inner: true });
      visit(inside);
    }
  };
  visit(root);
  return anchors;
}

/** A comment behind a closing bracket belongs to what the brackets belong to. */
function putBehind(
  last: Item,
  offset: number,
  { comment, root }: { comment: Comment; root: Collection },
): void {
  let item: Item | undefined = last;
  while (item?.parent.flow && item.parent.to <= offset) item = item.parent.owner;
  if (!item) root.foot.push({ ...comment, blank: false });
  else {
    if (item.behind !== undefined) putAbove(item, item.behind);
    item.behind = comment.text;
  }
}

/** Adds a comment that stood inside or behind an item above it; an empty line stays before all that belongs together. */
export function putAbove(item: Item, text: string): void {
  item.leading.push({ text, blank: item.blank });
  item.blank = false;
}

interface Own {
  comment: Comment;
  offset: number;
  column: number;
}

function putOwn(
  { comment, offset, column }: Own,
  { next, last, root }: { next: Anchor | undefined; last: Item | undefined; root: Collection },
): void {
  const open = last && openFlow(last, offset);
  if (open) {
    if (next && next.offset < open.to) above(next, comment);
    else open.foot.push(comment);
    return;
  }
  if (next?.inner) {
    above(next, comment);
    return;
  }
  // Deeper than what follows: the end of something that is closed by then.
  if (column > (next?.item.column ?? -1)) {
    const around = next ? holders(next.item.parent) : [];
    const closed = (last ? closedHolders(last) : []).find(
      (one) => one.column <= column && !around.includes(one),
    );
    if (closed) {
      closed.foot.push(comment);
      return;
    }
  }
  if (next) above(next, comment);
  else root.foot.push(comment);
}

function above({ item, inner }: Anchor, comment: Comment): void {
  if (inner) putAbove(item, comment.text);
  else item.leading.push(comment);
}

/** The brackets that are open at an offset, the innermost. */
function openFlow(last: Item, offset: number): Collection | undefined {
  const own = last.value.kind === 'text' ? [] : [last.value];
  return [...own, ...holders(last.parent)].find(({ flow, from, to }) => flow && from < offset && offset < to);
}

/** A collection and those around it, from the inside out. */
function holders(collection: Collection): readonly Collection[] {
  const found: Collection[] = [];
  for (let at: Collection | undefined = collection; at; at = at.owner?.parent) found.push(at);
  return found;
}

function closedHolders(last: Item): readonly Collection[] {
  return holders(last.parent).filter(({ flow }) => !flow);
}
