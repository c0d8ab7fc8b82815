import { SaxesParser, type SaxesTagPlain } from 'saxes';

export interface Element {
  name: string;
  attributes: Readonly<Record<string, string>>;
  /** Its elements, and its texts that are not blank. */
  children: readonly (Element | string)[];
}

/** An XML document as a strict parser reads it; throws where it is not well-formed. */
function parse(text: string): Element {
  const root = { name: '', attributes: {}, children: [] as (Element | string)[] };
  const open = [root];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }: SaxesTagPlain) => {
    const element = { name, attributes, children: [] as (Element | string)[] };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on('closetag', () => open.pop());
  parser.on('text', (piece) => {
    if (piece.trim() !== '') open.at(-1)?.children.push(piece);
  });
  for (const event of ['comment', 'cdata', 'processinginstruction', 'doctype'] as const)
    parser.on(event, () => {
      throw new Error(`${event} in the document`);
    });
  parser.write(text).close();
  return root;
}

/** A document as lists of names, attributes and texts. */
export function treeOf(text: string): unknown {
  const bare = ({ name, attributes, children }: Element): unknown => [
    name,
    Object.entries(attributes),
    children.map((child) => (typeof child === 'string' ? child : bare(child))),
  ];
  return bare(parse(text));
}

/** All elements of a name, wherever they stand. */
export function elementsOf(text: string, name: string): readonly Element[] {
  const within = (element: Element): readonly Element[] => [
    ...(element.name === name ? [element] : []),
    ...element.children.flatMap((child) => (typeof child === 'string' ? [] : within(child))),
  ];
  return within(parse(text));
}
