import { compileLogic, type Leaf, type LogicScope } from '../logic/compile.ts';
import { logicWords } from '../logic/words.ts';
import type { PredicateReport, ReadReport } from '../model/explanation.ts';
import type { Json } from '../model/json.ts';
import { pointerSteps } from '../model/pointer.ts';
import type { ReasonCode } from '../model/reasons.ts';

/** The longest text of a value that an explanation shows. */
const longest = 200;

/** The leaf predicates of one expression over a scope: the evidence, or the cells of a row. */
export function tracePredicates(
  of: string,
  logic: Json,
  scope: LogicScope,
  allowEmpty = false,
): readonly PredicateReport[] {
  const result = compileLogic(logic, { allowEmpty });
  if (!result.ok) return [];
  return result.compiled.trace(scope).leaves.map((leaf) => ({
    of,
    says: logicWords(atPointer(logic, leaf.pointer)),
    result: truthOf(leaf.result),
    reads: leaf.reads.map(readReport),
  }));
}

function atPointer(logic: Json, pointer: string): Json {
  let at: Json = logic;
  for (const step of pointerSteps(pointer)) {
    at = (at as { readonly [key: string]: Json })[step] as Json;
  }
  return at;
}

function truthOf(result: Leaf['result']): PredicateReport['result'] {
  if (!result.known) return 'unknown';
  const value = 'size' in result ? result.size > 0 : result.value;
  return value ? 'true' : 'false';
}

function readReport(read: Leaf['reads'][number]): ReadReport {
  const from = read.from === undefined ? {} : { from: read.from };
  if (!read.known) {
    const [reason] = read.reasons;
    const code = (reason?.code ?? 'evidence.null') as ReasonCode;
    const message = reason?.message === undefined ? {} : { message: reason.message };
    return { path: read.path, unknown: { code, ...message }, ...from };
  }
  const seen = 'size' in read ? { elements: read.size } : { value: shorten(read.value) };
  return { path: read.path, ...seen, ...from };
}

/** A value as an explanation shows it: long texts are cut. */
export function shorten(value: Json): Json {
  return typeof value === 'string' && value.length > longest ? `${value.slice(0, longest)}…` : value;
}
