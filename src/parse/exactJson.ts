/**
 * JSON that keeps what plain JSON loses of the data that policies are made of: which objects have no prototype. A list is
 * `[0, item, …]`, an object without prototype `[1, key, value, …]`, any other one itself.
 *
 * @returns undefined for what would not come back exactly as it was: `undefined` as a value, numbers that JSON does not
 * know, objects of classes, functions
 */
export function writeExact(value: unknown): string | undefined {
  try {
    return JSON.stringify(encode(value));
  } catch (error) {
    if (error === inexact) return undefined;
    throw error;
  }
}

/** The value that `writeExact` wrote. Throws a SyntaxError for what is no JSON. */
export function readExact(text: string): unknown {
  return decode(JSON.parse(text));
}

const inexact = new Error('JSON does not hold this exactly');

function encode(value: unknown): unknown {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      if (!Number.isFinite(value) || Object.is(value, -0)) throw inexact;
      return value;
    case 'object':
      return value === null ? null : encodeObject(value);
    case 'undefined':
    case 'bigint':
    case 'symbol':
    case 'function':
      throw inexact;
  }
}

function encodeObject(value: object): unknown {
  if (Array.isArray(value)) return [0, ...Array.from(value as readonly unknown[], encode)];
  const prototype: unknown = Object.getPrototypeOf(value);
  const entries = Object.entries(value);
  if (prototype === null) return [1, ...entries.flatMap(([key, item]) => [key, encode(item)])];
  // Assigned to an ordinary object, that name would be no property but its prototype.
  if (prototype !== Object.prototype || Object.hasOwn(value, '__proto__')) throw inexact;
  return Object.fromEntries(entries.map(([key, item]) => [key, encode(item)]));
}

function decode(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (!Array.isArray(value)) {
    const object = value as Record<string, unknown>;
    for (const key of Object.keys(object)) object[key] = decode(object[key]);
    return object;
  }
  const items = value as readonly unknown[];
  if (items[0] === 0) return items.slice(1).map(decode);
  const map = Object.create(null) as Record<string, unknown>;
  for (let at = 1; at < items.length; at += 2) map[items[at] as string] = decode(items[at + 1]);
  return map;
}
