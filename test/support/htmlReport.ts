import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import { bare } from './page.ts';

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;

/** Everything that the page may consist of, for a parser as for a browser: each element with its attributes. */
export const allowed: Readonly<Record<string, readonly string[]>> = {
  html: ['lang'],
  head: [],
  meta: ['charset', 'http-equiv', 'content', 'name'],
  title: ['id'],
  style: [],
  body: [],
  a: ['class', 'href'],
  ol: ['class'],
  li: ['class', 'aria-current'],
  header: ['class'],
  nav: ['aria-label'],
  main: ['id'],
  footer: [],
  article: ['aria-labelledby'],
  section: ['class', 'id', 'aria-labelledby'],
  details: ['open'],
  table: ['class'],
  caption: ['class'],
  tr: ['id'],
  th: ['scope', 'class'],
  td: ['class', 'data-label'],
  span: ['class', 'aria-hidden'],
  time: ['datetime'],
  svg: ['class', 'viewBox', 'aria-hidden', 'aria-labelledby', 'focusable', 'role', 'preserveAspectRatio'],
  desc: ['id'],
  path: ['class', 'd'],
  line: ['class', 'x1', 'x2', 'y1', 'y2'],
  rect: ['class', 'x', 'y', 'width', 'height'],
  circle: ['class', 'cx', 'cy', 'r'],
  text: ['class', 'x', 'y', 'text-anchor'],
  ...Object.fromEntries(['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((name) => [name, ['class', 'id']])),
  ...Object.fromEntries('p div dl dt dd ul summary thead tbody'.split(' ').map((name) => [name, ['class']])),
  ...Object.fromEntries('code strong figure figcaption'.split(' ').map((name) => [name, ['class']])),
};

function nodesIn(node: Node): readonly Node[] {
  return 'childNodes' in node ? [node, ...node.childNodes.flatMap(nodesIn)] : [node];
}

const isElement = (node: Node): node is Element => 'tagName' in node;

export function elementsIn(page: string): readonly Element[] {
  return elementsWithin(parse(page));
}

export function elementsWithin(node: Node): readonly Element[] {
  return nodesIn(node).filter(isElement);
}

export function attributeOf(element: Element, name: string): string | undefined {
  return element.attrs.find((attribute) => attribute.name === name)?.value;
}

export function textIn(node: Node): string {
  return nodesIn(node)
    .map((one) => ('value' in one && one.nodeName === '#text' ? one.value : ''))
    .join('');
}

/** What an HTML parser finds on a report that is none of ours: elements, attributes, comments, links that lead away. */
export function foreignInReport(page: string): readonly string[] {
  const nodes = nodesIn(parse(page));
  const elements = nodes.filter(isElement);
  const ids = elements.map((element) => attributeOf(element, 'id')).filter((id) => id !== undefined);
  const twice = ids.filter((id, index) => ids.indexOf(id) !== index);
  const astray = elements.flatMap((element) => {
    const href = attributeOf(element, 'href');
    return href === undefined || (href.startsWith('#') && ids.includes(href.slice(1)))
      ? []
      : [`href ${href}`];
  });
  const odd = elements.flatMap(({ tagName, attrs }) => {
    const known = allowed[tagName];
    if (known === undefined) return [tagName];
    return attrs.filter(({ name }) => !known.includes(name)).map(({ name }) => `${tagName} ${name}`);
  });
  const comments = nodes.filter(({ nodeName }) => nodeName === '#comment').map(() => 'comment');
  return [...odd, ...comments, ...astray, ...twice.map((id) => `id ${id} twice`)];
}

/** They stand within a line of text; all else begins a line of its own. */
const inLine = new Set(['span', 'strong', 'code', 'time', 'a', '#text']);

/** The lines of a report as a reader sees them. */
export function linesIn(page: string): readonly string[] {
  const flat = (node: Node): string => {
    if (node.nodeName === '#text') return 'value' in node ? node.value.replaceAll('\u0000', '') : '';
    if (node.nodeName === 'style' || !('childNodes' in node)) return '';
    const text = node.childNodes.map(flat).join('');
    return inLine.has(node.nodeName) ? text : `\u0000${text}\u0000`;
  };
  return flat(parse(page))
    .split('\u0000')
    .map(bare)
    .filter((line) => line !== '');
}
