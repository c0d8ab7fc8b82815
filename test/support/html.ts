import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5';

type Node = DefaultTreeAdapterTypes.ChildNode;

/** What our pages are made of once a forge has drawn them. */
const ours: ReadonlySet<string> = new Set(
  'a br code details summary h1 h2 h3 h4 li p pre strong table tbody td th thead tr ul ol hr em'.split(' '),
);
const attributes: Readonly<Record<string, readonly string[]>> = { a: ['href'], td: ['align'], th: ['align'] };

/** The comment by which a bot finds what it wrote before. */
const ownMarker = /^ soakgate:verdict [A-Za-z0-9. -]* $/;

/**
 * What an HTML parser finds on a page that is none of ours: foreign elements, comments, attributes, addresses that leave
 * the repository. The page is drawn with raw HTML let through, which no forge does.
 */
export function foreignInHtml(page: string): readonly string[] {
  const html = micromark(page, {
    allowDangerousHtml: true,
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  });
  return parseFragment(html).childNodes.flatMap(foreignIn);
}

function foreignIn(node: Node): readonly string[] {
  if (node.nodeName === '#text') return [];
  if (!('tagName' in node)) return 'data' in node && ownMarker.test(node.data) ? [] : [node.nodeName];
  const known = attributes[node.tagName] ?? [];
  const odd = node.attrs.filter(
    ({ name, value }) => !known.includes(name) || (name === 'href' && leaves(value)),
  );
  return [
    ...(ours.has(node.tagName) ? [] : [node.tagName]),
    ...odd.map(({ name, value }) => `${node.tagName} ${name}=${value}`),
    ...node.childNodes.flatMap(foreignIn),
  ];
}

/** Whether an address has a scheme or a host of its own. */
function leaves(address: string): boolean {
  return new URL(address, 'https://forge.example/docs/audits/page.md').host !== 'forge.example';
}
