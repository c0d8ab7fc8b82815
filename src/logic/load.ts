import { isObject, type Json } from '../model/json.ts';
import { nearest } from '../model/nearest.ts';
import { isOperator, type OperatorName, operatorNames, operators, refusedOperators } from './operators.ts';
import {
  type Call,
  type List,
  type Mode,
  type Node,
  type Sight,
  sightOf,
  staticKeys,
  staticPath,
} from './rule.ts';
import { isPlain } from './value.ts';

/** Something wrong with a rule. The caller adds the place: `pointer` is a JSON Pointer into the rule. */
export interface LogicProblem {
  code: `logic/${string}`;
  pointer: string;
  message: string;
  hint?: string;
}

/** Levels of operators and lists (R34). */
export const maxDepth = 32;
/** Values in one rule, operators included. */
export const maxSize = 5_000;

interface Reader {
  mode: Mode;
  size: number;
  problems: LogicProblem[];
}

interface Position {
  pointer: string;
  depth: number;
  sight: Sight;
}

/** Reads JSON as a rule and gathers every problem. The node is whole only if there is none. */
export function loadRule(rule: unknown, mode: Mode): { node: Node; problems: readonly LogicProblem[] } {
  const reader: Reader = { mode, size: 0, problems: [] };
  const node = loadNode(reader, rule, { pointer: '', depth: 1, sight: 'evidence' });
  return { node, problems: reader.problems };
}

function loadNode(reader: Reader, raw: unknown, at: Position): Node {
  const { pointer } = at;
  reader.size += 1;
  if (reader.size > maxSize)
    return refuseOnce(reader, pointer, 'size', `the rule has more than ${maxSize} values`);
  if (typeof raw !== 'object' || raw === null) return loadLiteral(reader, raw, pointer);
  if (at.depth > maxDepth)
    return refuseOnce(reader, pointer, 'depth', `the rule is deeper than ${maxDepth} levels`);
  if (Array.isArray(raw)) {
    return {
      kind: 'list',
      items: loadAll(reader, raw as unknown[], { ...at, depth: at.depth + 1 }),
      pointer,
    };
  }
  return isObject(raw) && isPlain(raw) ? loadObject(reader, raw, at) : refuseValue(reader, pointer);
}

function loadLiteral(reader: Reader, raw: unknown, pointer: string): Node {
  const fits = raw === null || typeof raw === 'string' || typeof raw === 'boolean' || Number.isFinite(raw);
  return fits ? { kind: 'literal', value: raw as Json, pointer } : refuseValue(reader, pointer);
}

function loadAll(reader: Reader, items: readonly unknown[], at: Position): Node[] {
  const nodes: Node[] = [];
  // By index: a hole in an array is read as undefined and refused, where `map` would leave a hole.
  for (let i = 0; i < items.length && reader.size <= maxSize; i++) {
    nodes.push(
      loadNode(reader, items[i], { pointer: `${at.pointer}/${i}`, depth: at.depth, sight: at.sight }),
    );
  }
  return nodes;
}

function loadObject(reader: Reader, raw: { readonly [key: string]: unknown }, at: Position): Node {
  const { pointer } = at;
  const keys = Object.keys(raw);
  const [name] = keys;
  if (name === undefined) {
    if (reader.mode === 'data') return { kind: 'literal', value: {}, pointer };
    return refuse(reader, pointer, 'empty-object', 'an empty object is no rule');
  }
  if (keys.length > 1) {
    const message = `one object holds ${keys.length} operators: ${keys.slice(0, 4).map(quote).join(', ')}`;
    return refuse(reader, pointer, 'two-operators', message, 'join them with `and`');
  }
  if (!isOperator(name)) return refuseOperator(reader, pointer, name);
  return loadCall(reader, { operator: name, value: raw[name] }, at);
}

function loadCall(reader: Reader, raw: { operator: OperatorName; value: unknown }, at: Position): Node {
  const { operator, value } = raw;
  const pointer = at.pointer + tokens[operator];
  const before = reader.problems.length;
  const operands: Node[] = [];
  const listed = Array.isArray(value);
  const raws = listed ? (value as unknown[]) : [value];
  for (let i = 0; i < raws.length && reader.size <= maxSize; i++) {
    const sight = sightOf(operator, i, at.sight);
    operands.push(
      loadNode(reader, raws[i], {
        pointer: listed ? `${pointer}/${i}` : pointer,
        depth: at.depth + 1,
        sight,
      }),
    );
  }
  const call: Call = { kind: 'call', operator, operands, pointer: at.pointer };
  // Problems of an operand come first; a call with a bad operand would only repeat them in other words.
  if (reader.problems.length === before) checkCall(reader, call, at);
  return call;
}

function checkCall(reader: Reader, call: Call, at: Position): void {
  if (!checkArity(reader, call)) return;
  if (call.operator === 'var') checkVar(reader, call, at);
  if (call.operator === 'missing' || call.operator === 'missing_some') checkMissing(reader, call);
  if (call.operator === 'if' || call.operator === '?:') checkElse(reader, call);
}

function checkArity(reader: Reader, call: Call): boolean {
  const arity: { min: number; max: number; policy?: number } = operators[call.operator].arity;
  const min = reader.mode === 'policy' ? (arity.policy ?? arity.min) : arity.min;
  const count = call.operands.length;
  if (count >= min && count <= arity.max) return true;
  const range =
    arity.max === min ? `${min}` : arity.max === Infinity ? `at least ${min}` : `${min} to ${arity.max}`;
  refuse(reader, call.pointer, 'arity', `\`${call.operator}\` takes ${range} operands, not ${count}`);
  return false;
}

function checkElse(reader: Reader, call: Call): void {
  if (reader.mode === 'data' || call.operands.length % 2 === 1) return;
  refuse(
    reader,
    call.pointer,
    'no-else',
    `\`${call.operator}\` has no else`,
    'add what holds if no condition is true',
  );
}

function checkMissing(reader: Reader, call: Call): void {
  const { operator, operands, pointer } = call;
  if (operator === 'missing' && operands[0]?.kind === 'list' && operands.length > 1) {
    refuse(
      reader,
      pointer,
      'arity',
      '`missing` looks at its first list alone',
      'put all paths into one list',
    );
  } else if (reader.mode === 'policy' && staticKeys(call) === undefined) {
    refuse(
      reader,
      pointer,
      'computed-path',
      `the paths of \`${operator}\` are not written down`,
      'name the paths',
    );
  }
}

function checkVar(reader: Reader, call: Call, at: Position): void {
  if (reader.mode === 'data') return;
  const path = staticPath(call);
  if (call.operands.length > 1) {
    const message = `\`var\` has a default${path ? ` for \`${path}\`` : ''}, which would stand in for a missing fact`;
    refuse(reader, call.pointer, 'default', message, 'leave the default out: what is missing is unknown');
  } else if (path === undefined) {
    refuse(reader, call.pointer, 'computed-path', 'the path of `var` is computed', 'write the path down');
  } else if (at.sight !== 'element' && !isPathFor(at.sight, path)) {
    const hint =
      at.sight === 'fold' ? 'inside `reduce` there are `current` and `accumulator`' : 'name the evidence';
    refuse(reader, call.pointer, 'path', `\`${path}\` names nothing that \`var\` can see here`, hint);
  }
}

function isPathFor(sight: 'evidence' | 'fold', path: string): boolean {
  return sight === 'evidence' ? path !== '' : /^(?:current|accumulator)(?:\.|$)/.test(path);
}

function refuseOperator(reader: Reader, pointer: string, name: string): Node {
  const why = Object.hasOwn(refusedOperators, name) ? refusedOperators[name] : undefined;
  if (why !== undefined) return refuse(reader, pointer, 'refused-operator', `\`${name}\` is refused: ${why}`);
  const near = nearest(name, operatorNames);
  return refuse(
    reader,
    pointer,
    'unknown-operator',
    `there is no operator ${quote(name)}`,
    near && `did you mean \`${near}\`?`,
  );
}

function refuseValue(reader: Reader, pointer: string): Node {
  return refuse(reader, pointer, 'not-json', 'this is no JSON value');
}

function refuse(reader: Reader, pointer: string, code: string, ...text: readonly [string, string?]): List {
  const [message, hint] = text;
  reader.problems.push({ code: `logic/${code}`, pointer, message, ...(hint === undefined ? {} : { hint }) });
  return { kind: 'list', items: [], pointer };
}

/** Says a limit once, however often it is broken. */
function refuseOnce(reader: Reader, pointer: string, code: string, message: string): List {
  if (!reader.problems.some((problem) => problem.code === `logic/${code}`)) {
    return refuse(reader, pointer, code, message, 'split the rule');
  }
  return { kind: 'list', items: [], pointer };
}

/** The user's own word, cut to 40 characters. */
function quote(word: string): string {
  return `\`${word.length > 40 ? `${word.slice(0, 40)}…` : word}\``;
}

/** Each operator as a step of a JSON Pointer (RFC 6901): `/` becomes `~1`. */
const tokens = Object.fromEntries(
  operatorNames.map((name) => [name, `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`]),
) as Record<OperatorName, string>;
