/** Where a part of a file stands: offsets in its text, `to` behind its last character. */
export interface Span {
  from: number;
  to: number;
}

/** A part of a YAML file and where it stands; lists and maps are marked by their beginning alone. */
export type YamlNode =
  | ({ kind: 'scalar'; source: string } & Span)
  | { kind: 'list'; from: number; items: readonly (YamlNode | undefined)[] }
  | { kind: 'map'; from: number; entries: readonly YamlEntry[] };

export interface YamlEntry {
  name: string;
  key: Span;
  value: YamlNode;
}

/** The node at the end of a way with its key, or the deepest one on the way there. */
export function findNode(
  root: YamlNode,
  steps: readonly string[],
): { node: YamlNode; key?: Span; whole: boolean } {
  let node = root;
  let key: Span | undefined;
  for (const step of steps) {
    if (node.kind === 'map') {
      const entry = node.entries.find(({ name }) => name === step);
      if (!entry) return { node, whole: false };
      key = entry.key;
      node = entry.value;
    } else {
      const item = node.kind === 'list' ? node.items[Number(step)] : undefined;
      if (!item) return { node, whole: false };
      key = undefined;
      node = item;
    }
  }
  return key ? { node, key, whole: true } : { node, whole: true };
}
