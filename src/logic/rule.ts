import type { Json } from '../model/json.ts';
import type { OperatorName } from './operators.ts';

/** A rule after reading: every object is a call of a known operator with as many operands as it takes. */
export type Node = Literal | List | Call;

export interface Literal {
  kind: 'literal';
  value: Json;
  pointer: string;
}

export interface List {
  kind: 'list';
  items: readonly Node[];
  pointer: string;
}

export interface Call {
  kind: 'call';
  operator: OperatorName;
  operands: readonly Node[];
  /** JSON Pointer (RFC 6901) to the object that holds the operator. */
  pointer: string;
}

/** `data` is JSON Logic as everybody writes it; `policy` refuses what can hide a missing fact. */
export type Mode = 'policy' | 'data';

/** What `var` sees: the evidence, the element of an iteration, or the two fields of `reduce`. */
export type Sight = 'evidence' | 'element' | 'fold';

const iterations: Readonly<Partial<Record<OperatorName, Sight>>> = {
  map: 'element',
  filter: 'element',
  all: 'element',
  some: 'element',
  none: 'element',
  reduce: 'fold',
};

/** What `var` sees inside operand number `index` of an operator that itself sees `sight`. */
export function sightOf(operator: OperatorName, index: number, sight: Sight): Sight {
  return index === 1 ? (iterations[operator] ?? sight) : sight;
}

export function isIteration(operator: OperatorName): boolean {
  return iterations[operator] !== undefined;
}

/** The path of a `var` that is written down in the rule; undefined if it is computed. '' is everything in sight. */
export function staticPath(call: Call): string | undefined {
  const path = call.operands[0];
  if (path === undefined) return '';
  if (path.kind !== 'literal') return undefined;
  const { value } = path;
  if (value === null) return '';
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

/** The keys of a `missing` or `missing_some` that are written down in the rule; undefined if any is computed. */
export function staticKeys(call: Call): readonly string[] | undefined {
  const first = call.operands[call.operator === 'missing_some' ? 1 : 0];
  const nodes =
    first?.kind === 'list' ? first.items : call.operator === 'missing' ? call.operands : undefined;
  const keys = nodes?.map((node) => (node.kind === 'literal' ? node.value : null));
  return keys?.every((key) => typeof key === 'string' || typeof key === 'number')
    ? keys.map(String)
    : undefined;
}

/** A literal list, if every item is a literal; undefined otherwise. */
export function literalItems(node: Node): readonly Json[] | undefined {
  if (node.kind !== 'list') return undefined;
  const values = node.items.map((item) => (item.kind === 'literal' ? item.value : undefined));
  return values.includes(undefined) ? undefined : (values as readonly Json[]);
}
