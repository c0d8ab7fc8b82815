/** What becomes of the texts of a value: of those under a key, those in lists (under no key), and the keys themselves. */
export interface TextChange {
  text(text: string, key?: string): string;
  key?(key: string): string;
}

/**
 * The same value with other texts. A digest is made when it is first asked for, and a page that shows none never asks:
 * so it stays in the copy.
 */
export function mapTexts<T>(value: T, change: TextChange): T {
  return walk(value, change) as T;
}

function walk(value: unknown, change: TextChange, under?: string): unknown {
  if (typeof value === 'string') return change.text(value, under);
  if (Array.isArray(value)) return value.map((item) => walk(item, change));
  if (typeof value !== 'object' || value === null) return value;
  const given = value as Record<string, unknown>;
  // A null prototype, so that a key `__proto__` is a key like any other.
  const copy = Object.create(null) as Record<string, unknown>;
  for (const key of Object.keys(given)) {
    if (key === 'digest')
      Object.defineProperty(copy, key, { enumerable: true, get: () => walk(given[key], change, key) });
    else copy[change.key?.(key) ?? key] = walk(given[key], change, key);
  }
  return copy;
}
