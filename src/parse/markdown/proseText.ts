import type { Nodes } from 'mdast';

/** The plain text of inline nodes, with line ends where the source has them; HTML stays, images are their description. */
export function proseText(node: Nodes): string {
  if (node.type === 'break') return '\n';
  if ('alt' in node) return node.alt ?? '';
  if ('children' in node) return node.children.map(proseText).join('');
  return 'value' in node ? node.value : '';
}
