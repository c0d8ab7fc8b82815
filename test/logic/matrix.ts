import type { LogicScope } from '../../src/logic/compile.ts';
import { unknownValue } from '../../src/logic/value.ts';
import type { Json } from '../../src/model/json.ts';
import type { Reading } from '../../src/model/reading.ts';

/**
 * The matrix of broken evidence (semantics section 13): 15 ordinary rules, each over evidence that is broken in one of
 * 10 ways. `m`, `x`, `a` and `b` are declared numbers, `s` is one of `pass` and `fail`, `rows` are rows with a number
 * `v`; where a rule looks at rows, the cell is broken.
 */
export const shapes: Readonly<Record<string, Json>> = {
  'm < c': { '<': [{ var: 'm' }, 5] },
  'm <= c': { '<=': [{ var: 'm' }, 5] },
  'm > c': { '>': [{ var: 'm' }, 5] },
  'm >= c': { '>=': [{ var: 'm' }, 0] },
  's == lit': { '==': [{ var: 's' }, 'pass'] },
  's != lit': { '!=': [{ var: 's' }, 'fail'] },
  '!x': { '!': [{ var: 'x' }] },
  '!!x': { '!!': [{ var: 'x' }] },
  'in(s, list)': { in: [{ var: 's' }, ['pass', 'fail']] },
  '!in(s, list)': { '!': [{ in: [{ var: 's' }, ['fail', 'skipped']] }] },
  'all(rows, p)': { all: [{ var: 'rows' }, { '<': [{ var: 'v' }, 5] }] },
  'none(rows, p)': { none: [{ var: 'rows' }, { '>': [{ var: 'v' }, 5] }] },
  'some(rows, p)': { some: [{ var: 'rows' }, { '<': [{ var: 'v' }, 5] }] },
  'count(rows) < c': { '<': [{ count: [{ var: 'list' }] }, 5] },
  'a == b': { '==': [{ var: 'a' }, { var: 'b' }] },
};

/** `undefined` stands for absent. */
export const kinds: Readonly<Record<string, unknown>> = {
  absent: undefined,
  null: null,
  '""': '',
  '[]': [],
  '{}': {},
  NaN: Number.NaN,
  '"n/a"': 'n/a',
  '"NaN"': 'NaN',
  false: false,
  'an error object': { error: 'timeout' },
};

/** The same broken value wherever a rule looks. */
export function brokenData(value: unknown): Record<string, unknown> {
  const at = (name: string) => (value === undefined ? {} : { [name]: value });
  return { ...at('m'), ...at('s'), ...at('x'), ...at('a'), ...at('b'), ...at('list'), rows: [at('v')] };
}

/** Evidence whose declared types are held against it, as every reader of evidence does. */
export function typedScope(data: Record<string, unknown>): LogicScope {
  const isNumber = (value: unknown) => typeof value === 'number';
  const isOneOf = (value: unknown) => value === 'pass' || value === 'fail';
  const cells = (row: unknown): Json => {
    const v = (row as { v?: unknown }).v;
    if (v === undefined || v === '') return {};
    return { v: isNumber(v) ? v : unknownValue({ code: 'evidence.ill-typed', path: 'v' }) };
  };
  return {
    read(path): Reading {
      const value = data[path];
      if (value === undefined || value === '')
        return { known: false, code: 'evidence.absent', path, observed: true };
      const fits =
        path === 'rows' || path === 'list'
          ? Array.isArray(value)
          : path === 's'
            ? isOneOf(value)
            : isNumber(value);
      if (!fits) return { known: false, code: 'evidence.ill-typed', path };
      return { known: true, value: path === 'rows' ? (value as unknown[]).map(cells) : (value as Json) };
    },
  };
}
