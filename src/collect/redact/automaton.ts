/**
 * Finds many byte patterns in one pass (Aho and Corasick, 1975). Children are linked lists and only the root has a full
 * row, so that a long secret costs a few bytes per byte and not a row of 256.
 */
export interface Automaton {
  /** Node reached from the root by each byte; 0 is the root itself. */
  root: Int32Array;
  child: Int32Array;
  sibling: Int32Array;
  byte: Uint8Array;
  fail: Int32Array;
  depth: Int32Array;
  /** Length of the longest pattern that ends at the node, 0 for none. */
  match: Int32Array;
  longest: number;
}

export function buildAutomaton(patterns: readonly Uint8Array[]): Automaton {
  const size = 1 + patterns.reduce((sum, pattern) => sum + pattern.length, 0);
  const automaton: Automaton = {
    root: new Int32Array(256),
    child: new Int32Array(size),
    sibling: new Int32Array(size),
    byte: new Uint8Array(size),
    fail: new Int32Array(size),
    depth: new Int32Array(size),
    match: new Int32Array(size),
    longest: patterns.reduce((most, pattern) => Math.max(most, pattern.length), 0),
  };
  let count = 1;
  for (const pattern of patterns) {
    let node = 0;
    for (const byte of pattern)
      node = childOf(automaton, node, byte) || addChild(automaton, node, byte, count++);
    automaton.match[node] = pattern.length;
  }
  linkFailures(automaton);
  return automaton;
}

/** The node after one more byte. */
export function step(automaton: Automaton, from: number, byte: number): number {
  let node = from;
  while (node !== 0) {
    const child = childOf(automaton, node, byte);
    if (child !== 0) return child;
    node = automaton.fail[node] as number;
  }
  return automaton.root[byte] as number;
}

function childOf(automaton: Automaton, node: number, byte: number): number {
  if (node === 0) return automaton.root[byte] as number;
  let child = automaton.child[node] as number;
  while (child !== 0 && automaton.byte[child] !== byte) child = automaton.sibling[child] as number;
  return child;
}

function addChild(automaton: Automaton, parent: number, byte: number, node: number): number {
  automaton.byte[node] = byte;
  automaton.depth[node] = (automaton.depth[parent] as number) + 1;
  automaton.sibling[node] = automaton.child[parent] as number;
  automaton.child[parent] = node;
  if (parent === 0) automaton.root[byte] = node;
  return node;
}

/** Breadth first, so that a node's failure link is known before its children ask for it. */
function linkFailures(automaton: Automaton): void {
  const queue: number[] = [0];
  for (let head = 0; head < queue.length; head++) {
    const parent = queue[head] as number;
    for (let node = automaton.child[parent] as number; node !== 0; node = automaton.sibling[node] as number) {
      queue.push(node);
      if (parent === 0) continue;
      const fail = step(automaton, automaton.fail[parent] as number, automaton.byte[node] as number);
      automaton.fail[node] = fail;
      automaton.match[node] = Math.max(automaton.match[node] as number, automaton.match[fail] as number);
    }
  }
}
