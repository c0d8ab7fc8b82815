import { isMap, isScalar, isSeq, type ParsedNode } from 'yaml';
import { pointerSteps } from '../../model/pointer.ts';
import { keyName } from './visit.ts';

/** The node at a JSON Pointer with its key; if there is none, the deepest one on the way there, which is not `whole`. */
export function findNode(
  contents: ParsedNode | null,
  pointer: string,
): { node: ParsedNode | null; key?: ParsedNode; whole: boolean } {
  let node = contents;
  let key: ParsedNode | undefined;
  for (const step of pointerSteps(pointer)) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && keyName(item.key) === step);
      if (!pair) return { node, whole: false };
      key = pair.key;
      node = pair.value ?? key;
    } else if (isSeq(node) && node.items[Number(step)] !== undefined) {
      key = undefined;
      node = node.items[Number(step)] as ParsedNode;
    } else return { node, whole: false };
  }
  return key ? { node, key, whole: true } : { node, whole: true };
}
