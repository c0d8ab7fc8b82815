import { compileLogic } from '../../logic/compile.ts';
import type { ElementRead, EvidenceRead } from '../../logic/reads.ts';
import type { Json } from '../../model/json.ts';
import { columnType, type PathType } from '../../model/paths.ts';
import { pointTo } from '../../model/pointer.ts';
import type { LogSpec } from '../../model/policy.ts';
import { type Ground, hintFor } from './ground.ts';
import { isScalar, literalTrouble, typeOfPath } from './types.ts';

export interface LogicAt {
  logic: Json;
  pointer: string;
  allowEmpty?: boolean;
}

/** Checks logic over evidence (`when`, `assert`): operators, paths, types, and that it gives a truth value. */
export function checkLogic(ground: Ground, at: LogicAt): void {
  const analysis = analyze(ground, at);
  if (!analysis) return;
  for (const read of analysis.evidence) {
    const pointer = pointTo(at.pointer + read.pointer, 'var');
    const type = typeOfPath(ground, read.path, { pointer });
    if (type) checkUse(ground, read, { type, pointer, top: read.pointer === '' });
  }
  for (const read of analysis.elements) checkElement(ground, read, at.pointer);
}

/** Checks a predicate over the rows of a log (`where`, `good`, `breach`, `incident`, views). */
export function checkRowLogic(ground: Ground, at: LogicAt, log: { id: string; spec: LogSpec }): void {
  const analysis = analyze(ground, at);
  if (!analysis) return;
  for (const read of analysis.evidence) {
    const pointer = pointTo(at.pointer + read.pointer, 'var');
    const type = columnType(log.spec, read.path, false);
    if (type) checkUse(ground, read, { type, pointer, top: read.pointer === '' });
    else unknownColumn(ground, { column: read.path, log: log.id, spec: log.spec, pointer });
  }
}

function analyze(ground: Ground, at: LogicAt) {
  const result = compileLogic(at.logic, { allowEmpty: at.allowEmpty ?? false, mode: 'policy' });
  if (!result.ok) {
    for (const problem of result.problems) {
      ground.report({
        code: problem.code,
        message: problem.message,
        pointer: at.pointer + problem.pointer,
        hint: problem.hint,
      });
    }
    return undefined;
  }
  const { analysis } = result.compiled;
  if (analysis.result !== 'boolean' && analysis.result !== 'any') {
    const message = `the logic gives a ${analysis.result}, which is neither true nor false`;
    ground.report({
      code: 'policy/not-boolean',
      message,
      pointer: at.pointer,
      hint: 'compare it with something',
    });
  }
  return analysis;
}

interface UseAt {
  type: PathType;
  pointer: string;
  /** The read is the whole logic, so it must be a truth value itself. */
  top?: boolean;
}

function checkUse(ground: Ground, read: EvidenceRead, { type, pointer, top }: UseAt): void {
  if (type.is === 'any') return;
  const ill = (message: string, hint?: string) =>
    ground.report({ code: 'policy/ill-typed', message, pointer, hint });
  const kind = kindOf(type);
  if (top && kind !== 'boolean') {
    ill(`\`${read.path}\` is ${words(type)}, which is neither true nor false`, 'compare it with something');
    return;
  }
  if (type.is === 'value' && type.hidden) {
    const message = `\`${read.path}\` is kept as present or absent alone, so logic cannot read it`;
    const hint = 'declare `oneOf:` or `show: true`, or use `expect` with `set` or `format`';
    ground.report({ code: 'policy/hidden-value', message, pointer, hint });
    return;
  }
  const literals = read.literals.filter(isScalar);
  // A number and a text of decimal digits are compared as numbers.
  const decimal =
    kind === 'number' &&
    literals.length > 0 &&
    literals.every((item) => /^-?\d+(?:\.\d+)?$/.test(String(item)));
  if (read.wants.length > 0 && !read.wants.includes('any') && !read.wants.includes(kind) && !decimal) {
    ill(
      `\`${read.path}\` is ${words(type)}, ${read.wants.map((want) => wanted[want]).join(' or ')} is due`,
      quoteHint(kind, literals),
    );
    return;
  }
  if (type.is !== 'value' || decimal) return;
  for (const literal of literals) {
    const trouble = literalTrouble(literal, type);
    if (trouble) ill(`\`${read.path}\`: ${trouble.message}`, trouble.hint);
  }
}

function quoteHint(kind: string, literals: readonly unknown[]): string | undefined {
  const [first] = literals;
  return kind === 'string' && typeof first === 'number' ? `if it is a text write \`'${first}'\`` : undefined;
}

const wanted: Readonly<Record<string, string>> = {
  boolean: 'true or false',
  number: 'a number',
  string: 'a text',
  list: 'a list',
  object: 'an object',
  any: 'anything',
};

function kindOf(type: Exclude<PathType, { is: 'any' }>): 'list' | 'number' | 'boolean' | 'string' {
  if (type.is === 'rows') return 'list';
  return type.type === 'number' || type.type === 'boolean' ? type.type : 'string';
}

function words(type: Exclude<PathType, { is: 'any' }>): string {
  return type.is === 'rows' ? 'a list of rows' : `of type \`${type.type}\``;
}

function checkElement(ground: Ground, read: ElementRead, base: string): void {
  const pointer = pointTo(base + read.pointer, 'var');
  for (const list of read.over) {
    // What lies deeper in JSON has no declared type.
    const spec = list.includes('[]') ? undefined : logOf(ground, list);
    if (!spec) continue;
    if (read.path === '') {
      if (read.wants.length > 0 && !read.wants.includes('object') && !read.wants.includes('any')) {
        const message = 'the element is a row, which cannot be compared as a whole';
        ground.report({ code: 'policy/ill-typed', message, pointer, hint: 'name a column' });
      }
      continue;
    }
    const type = columnType(spec.spec, read.path, true);
    if (type) checkUse(ground, read, { type, pointer });
    else unknownColumn(ground, { column: read.path, log: spec.id, spec: spec.spec, pointer });
  }
}

function logOf(ground: Ground, path: string): { id: string; spec: LogSpec } | undefined {
  const id = path.split('.', 1)[0] ?? path;
  const spec = Object.hasOwn(ground.policy.evidence, id) ? ground.policy.evidence[id] : undefined;
  return spec?.kind === 'log' ? { id, spec } : undefined;
}

export function unknownColumn(
  ground: Ground,
  at: { column: string; log: string; spec: LogSpec; pointer: string; atKey?: boolean },
): void {
  const { column, log, spec, pointer } = at;
  const time = column === spec.time.column;
  const message = time
    ? `the time column \`${column}\` cannot be read here`
    : `log \`${log}\` declares no column \`${column}\``;
  const hint = time
    ? 'times are judged by the check itself'
    : hintFor(column, Object.keys(spec.columns), 'declare it under `columns:`');
  ground.report({
    code: 'policy/unknown-column',
    message,
    pointer,
    hint,
    ...(at.atKey ? { atKey: true } : {}),
  });
}
