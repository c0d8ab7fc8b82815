import { holdsFormat } from '../model/format.ts';
import type { Variable } from '../model/evidence.ts';
import type { VariableSpec } from '../model/policy.ts';
import { readTyped, typeWords } from '../parse/typed.ts';
import { isPlaceholderValue } from './placeholders.ts';

/**
 * What is kept of one declared variable (semantics section 2, R22). INVARIANT: the value itself is kept only with
 * `oneOf` or `show: true`, and never of a secret.
 */
export function judgeVariable(
  spec: VariableSpec,
  found: { value: string; line?: number } | undefined,
  isSample: (value: string) => boolean,
): Variable {
  if (!found) return { state: 'unset', code: 'env.unset' };
  const { value } = found;
  const line = found.line === undefined ? {} : { line: found.line };
  if (value.trim() === '') return { state: 'unset', code: 'env.blank', ...line };
  if (mayBePlaceholder(spec) && (isPlaceholderValue(value) || isSample(value))) {
    return { state: 'unset', code: 'env.placeholder', ...line };
  }
  const typed = readTyped(value, spec);
  if (typed === undefined) return { state: 'ill-typed', expected: typeWords(spec), ...line };
  if (!spec.secret && (spec.oneOf || spec.show)) return { state: 'value', value: typed, ...line };
  const format = spec.format && {
    format: holdsFormat(spec.format, value) ? ('holds' as const) : ('broken' as const),
  };
  return { state: 'present', ...format, length: lengthClass(value), ...line };
}

/** A closed list of values needs no such suspicion. */
export function mayBePlaceholder(spec: VariableSpec): boolean {
  return !spec.oneOf && !spec.placeholderAllowed;
}

/** Coarse on purpose: enough to see an empty-looking value, too little to help a guess. */
function lengthClass(value: string): 'short' | 'medium' | 'long' {
  return value.length < 16 ? 'short' : value.length < 64 ? 'medium' : 'long';
}

/** Whether a value must be taken out of every text that is kept. */
export function isHidden(spec: VariableSpec): boolean {
  return spec.secret || !(spec.oneOf || spec.show);
}
