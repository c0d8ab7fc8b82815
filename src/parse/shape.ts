import { isObject } from '../model/json.ts';

/**
 * What JSON from outside has to look like. In `fields` a name that ends in `?` may be left out; names that are not
 * listed are refused unless `open` says otherwise.
 */
export type Shape =
  | 'string'
  /** A string of at least one character. */
  | 'text'
  | 'integer'
  /** An integer of at least 0. */
  | 'count'
  /** An integer of at least 1. */
  | 'positive'
  | 'number'
  | 'boolean'
  | 'object'
  | 'any'
  | RegExp
  | { oneOf: readonly string[] }
  | { list: Shape; least?: number }
  | { map: Shape }
  | { either: readonly Shape[] }
  | { fields: Readonly<Record<string, Shape>>; open?: true };

/** The place (`results.tests.0.name`) of the first thing that does not fit; undefined if all fits. */
export function misfit(value: unknown, shape: Shape, place = ''): string | undefined {
  if (typeof shape === 'string') return fitsPlain(value, shape) ? undefined : place || 'the document';
  if (shape instanceof RegExp) return typeof value === 'string' && shape.test(value) ? undefined : place;
  if ('oneOf' in shape) return typeof value === 'string' && shape.oneOf.includes(value) ? undefined : place;
  if ('either' in shape)
    return shape.either.some((one) => misfit(value, one) === undefined) ? undefined : place;
  if ('list' in shape) {
    if (!Array.isArray(value) || value.length < (shape.least ?? 0)) return place;
    return first(value.entries(), ([index, item]) => misfit(item, shape.list, join(place, String(index))));
  }
  if (!isObject(value)) return place || 'the document';
  if ('map' in shape)
    return first(Object.entries(value), ([key, item]) => misfit(item, shape.map, join(place, key)));
  return misfitOfFields(value, shape, place);
}

function misfitOfFields(
  value: { readonly [key: string]: unknown },
  { fields, open }: Extract<Shape, { fields: unknown }>,
  place: string,
): string | undefined {
  const known = new Set<string>();
  for (const [key, shape] of Object.entries(fields)) {
    const name = key.endsWith('?') ? key.slice(0, -1) : key;
    known.add(name);
    if (!Object.hasOwn(value, name) || value[name] === undefined) {
      if (name === key) return join(place, name);
      continue;
    }
    const wrong = misfit(value[name], shape, join(place, name));
    if (wrong !== undefined) return wrong;
  }
  return open
    ? undefined
    : first(Object.keys(value), (key) => (known.has(key) ? undefined : join(place, key)));
}

function fitsPlain(value: unknown, shape: Extract<Shape, string>): boolean {
  switch (shape) {
    case 'string':
      return typeof value === 'string';
    case 'text':
      return typeof value === 'string' && value !== '';
    case 'integer':
      return Number.isSafeInteger(value);
    case 'count':
      return Number.isSafeInteger(value) && (value as number) >= 0;
    case 'positive':
      return Number.isSafeInteger(value) && (value as number) >= 1;
    case 'number':
      return Number.isFinite(value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'object':
      return isObject(value);
    case 'any':
      return true;
  }
}

function first<T>(items: Iterable<T>, find: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

function join(place: string, name: string): string {
  return place === '' ? name : `${place}.${name}`;
}
