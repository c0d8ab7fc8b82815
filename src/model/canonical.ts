import { compareText } from './problem.ts';

/**
 * The canonical JSON of a value (RFC 8785): keys in the order of their UTF-16 code units, numbers as ECMAScript writes
 * them, no white space. Keys whose value is undefined are left out, as in `JSON.stringify`. A number that is not
 * finite, a lone surrogate or anything JSON cannot hold is a bug of the caller, and thrown.
 */
export function canonicalJson(value: unknown): string {
  switch (typeof value) {
    case 'boolean':
      return value ? 'true' : 'false';
    case 'number':
      if (!Number.isFinite(value)) throw new Error('canonical JSON holds finite numbers only');
      return JSON.stringify(value);
    case 'string':
      return canonicalText(value);
    case 'object':
      return value === null ? 'null' : canonicalObject(value);
    case 'undefined':
    case 'bigint':
    case 'symbol':
    case 'function':
      throw new Error(`canonical JSON holds no ${typeof value}`);
  }
}

// Well-formed JSON.stringify writes a lone surrogate as an escape, which RFC 8785 forbids.
const loneSurrogate = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

function canonicalText(text: string): string {
  if (loneSurrogate.test(text)) throw new Error('canonical JSON holds well-formed text only');
  return JSON.stringify(text);
}

function canonicalObject(value: object): string {
  if (Array.isArray(value)) return `[${value.map((item: unknown) => canonicalJson(item)).join(',')}]`;
  const parts: string[] = [];
  for (const [key, item] of Object.entries(value).sort(([a], [b]) => compareText(a, b))) {
    if (item !== undefined) parts.push(`${canonicalText(key)}:${canonicalJson(item)}`);
  }
  return `{${parts.join(',')}}`;
}
