import { isMap, isScalar, isSeq, type ParsedNode } from 'yaml';
import { pointerSteps } from '../../model/pointer.ts';
import { keyName } from './visit.ts';

type Pair = { key: ParsedNode; value: ParsedNode | null };

/** The node of the `yaml` package at a JSON Pointer; undefined if there is none. */
export function findParsed(contents: ParsedNode | null, pointer: string): ParsedNode | undefined {
  let node: ParsedNode | null | undefined = contents;
  for (const step of pointerSteps(pointer)) {
    if (isMap(node)) {
      const pair: Pair | undefined = node.items.find(
        (item) => isScalar(item.key) && keyName(item.key) === step,
      );
      node = pair?.value ?? pair?.key;
    } else node = isSeq(node) ? node.items[Number(step)] : undefined;
  }
  return node ?? undefined;
}
