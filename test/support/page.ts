import type { Nodes, PhrasingContent, Root, RootContent } from 'mdast';
import { toString as textOf } from 'mdast-util-to-string';
import { remark } from 'remark';
import remarkGfm from 'remark-gfm';

const parser = remark().use(remarkGfm);

export const parsePage = (text: string): Root => parser.parse(text);

/** A block of a page with its text as a reader sees it: a heading, a line of a paragraph, a table with its cells. */
export type Block = readonly [kind: string, ...texts: readonly (string | readonly string[])[]];

export function blocksOf(tree: Root): readonly Block[] {
  return tree.children.flatMap(blockOf).filter((block) => block[0] !== 'line' || block[1] !== '');
}

function blockOf(node: RootContent): readonly Block[] {
  if (node.type === 'heading') return [[`h${node.depth}`, bare(textOf(node))]];
  if (node.type === 'table')
    return [['table', ...node.children.map((row) => row.children.map((cell) => bare(textOf(cell))))]];
  if (node.type !== 'paragraph') return [[node.type, bare(textOf(node))]];
  return linesOf(node.children).map((line) => ['line', bare(line.map((part) => textOf(part)).join(''))]);
}

/** The lines of a paragraph, which hard breaks part. */
function linesOf(children: readonly PhrasingContent[]): readonly (readonly PhrasingContent[])[] {
  const lines: PhrasingContent[][] = [[]];
  for (const child of children) {
    if (child.type === 'break') lines.push([]);
    else lines.at(-1)?.push(child);
  }
  return lines;
}

/** Backticks become code and white space is one space: what a page may change about a text, and nothing else. */
export const bare = (text: string): string => text.replaceAll('`', '').replace(/\s+/g, ' ').trim();

function nodesOf(node: Nodes): readonly Nodes[] {
  return 'children' in node ? [node, ...node.children.flatMap((child) => nodesOf(child))] : [node];
}

/** The HTML that we write ourselves: folds whose summaries are our own words and numbers, and the marker of a comment. */
const ownHtml =
  /^(?:<details><summary>[A-Z][A-Za-z0-9 ,:;-]*<\/summary>|<\/details>|<!-- soakgate:verdict [A-Za-z0-9. -]* -->)$/;

/** Kinds that a text must never become. */
const markup =
  /^(linkReference|image|imageReference|html|emphasis|strong|delete|footnoteReference|footnoteDefinition|definition)$/;
/** What a forge makes of text by itself, behind every escape: mentions, references, addresses, commits, emoji. */
const selfMade =
  /(?:^|[^\w`])@\w|:\/\/|www\.|(?:^|[^&\w])[#!]\d|GH-\d|\b[0-9a-f]{7,40}\b|:(?=[\w+-]*[a-z])[\w+-]+:|:[+-]1:/i;

/** What on a page is neither text nor a link; where links lead is for `linksOf` to tell. */
export function foreignIn(tree: Nodes): readonly string[] {
  return nodesOf(tree).flatMap((node) => {
    if (node.type === 'html' && ownHtml.test(node.value)) return [];
    if (markup.test(node.type)) return [node.type];
    return node.type === 'text' && selfMade.test(node.value) ? [`text ${node.value}`] : [];
  });
}

export function linksOf(tree: Nodes): readonly string[] {
  return nodesOf(tree).flatMap((node) => (node.type === 'link' ? [node.url] : []));
}
