import type { Json } from '../model/json.ts';
import { compareText } from '../model/problem.ts';
import { type Kind, type OperatorName, operators } from './operators.ts';
import {
  type Call,
  isIteration,
  literalItems,
  type Node,
  type Sight,
  sightOf,
  staticKeys,
  staticPath,
} from './rule.ts';

/** What an operator does with a value it reads. */
export interface Use {
  /** The types it can judge; empty if it takes any. */
  wants: readonly Kind[];
  /** The literals that the value is compared with for equality or sought among; for checks against `oneOf`. */
  literals: readonly Json[];
}

/** A path of the evidence (of the row, in a predicate over rows) that a rule reads. */
export interface EvidenceRead extends Use {
  path: string;
  /** JSON Pointer to the `var` or `missing`. */
  pointer: string;
}

/** A path inside an element of an iteration; '' is the element itself. */
export interface ElementRead extends EvidenceRead {
  /**
   * The lists that the element may come from: an evidence path such as `smoke`, or, inside an iteration, the path of
   * the outer list, `[]` and the path in its element (`runs[].steps`). Empty if the list is computed (`map`, `missing`).
   */
  over: readonly string[];
}

export interface RuleReads {
  evidence: readonly EvidenceRead[];
  elements: readonly ElementRead[];
  /** The type of the rule's result, if the rule alone tells it. */
  result: Kind;
}

interface View {
  sight: Sight;
  over: readonly string[];
}

const anything: Use = { wants: [], literals: [] };

/** Everything a rule reads, in the order of writing. */
export function readsOf(node: Node): RuleReads {
  const evidence: EvidenceRead[] = [];
  const elements: ElementRead[] = [];
  const visit = (at: Node, view: View, use: Use): void => {
    if (at.kind === 'list') for (const item of at.items) visit(item, view, anything);
    if (at.kind !== 'call') return;
    for (const path of pathsRead(at)) {
      const read = { path, pointer: at.pointer, ...use };
      if (view.sight === 'evidence') evidence.push(read);
      else if (view.sight === 'element') elements.push({ ...read, over: view.over });
      else if (isCurrent(path))
        elements.push({ ...read, path: path.slice('current.'.length), over: view.over });
    }
    at.operands.forEach((child, index) => visit(child, viewOf(at, index, view), useOf(at, index)));
  };
  visit(node, { sight: 'evidence', over: [] }, anything);
  return { evidence, elements, result: kindOfNode(node) };
}

function isCurrent(path: string): boolean {
  return path === 'current' || path.startsWith('current.');
}

function pathsRead(call: Call): readonly string[] {
  if (call.operator === 'missing' || call.operator === 'missing_some') return staticKeys(call) ?? [];
  const path = call.operator === 'var' ? staticPath(call) : undefined;
  return path === undefined ? [] : [path];
}

function viewOf(call: Call, index: number, view: View): View {
  if (index !== 1 || !isIteration(call.operator)) return view;
  return { sight: sightOf(call.operator, 1, view.sight), over: listsOf(call.operands[0], view) };
}

/** The evidence lists whose elements a node gives, sorted; empty if it makes elements of its own. */
function listsOf(node: Node | undefined, view: View): readonly string[] {
  if (node?.kind !== 'call') return [];
  const { operator, operands } = node;
  if (operator === 'filter') return listsOf(operands[0], view);
  if (operator === 'merge')
    return [...new Set(operands.flatMap((part) => listsOf(part, view)))].sort(compareText);
  const path = operator === 'var' ? staticPath(node) : undefined;
  if (path === undefined) return [];
  if (view.sight === 'evidence') return [path];
  if (view.sight === 'fold' && !isCurrent(path)) return [];
  const inner = view.sight === 'fold' ? path.slice('current.'.length) : path;
  return view.over.map((list) => `${list}[]${inner === '' ? '' : `.${inner}`}`);
}

const numeric: readonly OperatorName[] = ['+', '-', '*', '/', '%', 'min', 'max'];
const equality: readonly OperatorName[] = ['==', '!=', '===', '!=='];
const ordering: readonly OperatorName[] = ['<', '<=', '>', '>='];

function useOf(call: Call, index: number): Use {
  const { operator } = call;
  if (numeric.includes(operator)) return { wants: ['number'], literals: [] };
  if (equality.includes(operator)) return equalityUse(call, index);
  if (ordering.includes(operator)) return orderingUse(call, index);
  if (operator === 'in')
    return index === 0 ? needleUse(call.operands[1]) : { wants: ['list', 'string'], literals: [] };
  if ((isIteration(operator) || operator === 'count') && index === 0)
    return { wants: ['list'], literals: [] };
  if (operator === 'cat' || (operator === 'substr' && index === 0))
    return { wants: primitives, literals: [] };
  return operator === 'substr' ? { wants: ['number'], literals: [] } : anything;
}

const primitives: readonly Kind[] = ['boolean', 'number', 'string'];

function equalityUse(call: Call, index: number): Use {
  const literals = literalsOf(call.operands.filter((_, i) => i !== index));
  return { wants: literals.length === 0 ? primitives : kindsOf(literals), literals };
}

function orderingUse(call: Call, index: number): Use {
  const literals = literalsOf(call.operands.filter((_, i) => i !== index));
  return { wants: literals.length === 0 ? ['number', 'string'] : kindsOf(literals), literals: [] };
}

function needleUse(haystack: Node | undefined): Use {
  const literals = (haystack && literalItems(haystack)) ?? [];
  const inText = haystack?.kind === 'literal' && typeof haystack.value === 'string';
  return { wants: inText ? ['string'] : kindsOf(literals), literals };
}

function literalsOf(nodes: readonly Node[]): readonly Json[] {
  return nodes.flatMap((node) => (node.kind === 'literal' ? [node.value] : []));
}

function kindsOf(values: readonly Json[]): readonly Kind[] {
  return [...new Set(values.map(kindOfJson))].sort(compareText);
}

function kindOfJson(value: Json): Kind {
  if (value === null) return 'any';
  if (Array.isArray(value)) return 'list';
  return typeof value as 'boolean' | 'number' | 'string' | 'object';
}

/** The type of a node's value if that can be told; where branches or operands differ it is `any`. */
function kindOfNode(node: Node): Kind {
  if (node.kind === 'literal') return kindOfJson(node.value);
  if (node.kind === 'list') return 'list';
  const { operator, operands } = node;
  if (operator === 'and' || operator === 'or') return commonKind(operands);
  if (operator === 'if' || operator === '?:') {
    return commonKind(operands.filter((_, i) => i % 2 === 1 || i === operands.length - 1));
  }
  return operators[operator].gives;
}

function commonKind(nodes: readonly Node[]): Kind {
  const [kind = 'any', ...rest] = new Set(nodes.map(kindOfNode));
  return rest.length === 0 ? kind : 'any';
}
