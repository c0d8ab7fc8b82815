import type { Json } from '../model/json.ts';

// Escapes that may stand for half a character.
const oddEscape = /\\u[dD][89a-fA-F]/;
const texts = /"[^"\\]*(?:\\.[^"\\]*)*"/g;

/** What is found on the way through a value. */
interface Count {
  names: number;
  depth: number;
}

/**
 * Reads JSON with the engine's own reader, and gives the value if the strict one would give the same: no name twice, no
 * number beyond the finite, no half character, no greater depth. Undefined is "ask the strict one", whatever the cause.
 */
export function readQuickly(source: string, depth: number): Json | undefined {
  if (oddEscape.test(source) || !source.isWellFormed()) return undefined;
  try {
    const count: Count = { names: 0, depth };
    const value = withoutPrototypes(JSON.parse(source), count, 0);
    // Of two equal names JSON.parse keeps the last. Outside of texts a colon stands behind each name and nowhere else.
    return value !== undefined && count.names === colonsOf(source) ? value : undefined;
  } catch {
    return undefined;
  }
}

function colonsOf(source: string): number {
  const bare = source.replace(texts, '');
  let colons = 0;
  for (let at = bare.indexOf(':'); at >= 0; at = bare.indexOf(':', at + 1)) colons++;
  return colons;
}

/** A copy whose objects have no prototype; undefined if a part of it is not acceptable. */
function withoutPrototypes(value: unknown, count: Count, level: number): Json | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'object' || value === null) return value as Json;
  if (level >= count.depth) return undefined;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      const copy = withoutPrototypes(value[index], count, level + 1);
      if (copy === undefined) return undefined;
      value[index] = copy;
    }
    return value as Json;
  }
  const object = Object.create(null) as Record<string, Json>;
  const given = value as Readonly<Record<string, unknown>>;
  for (const name of Object.keys(given)) {
    const copy = withoutPrototypes(given[name], count, level + 1);
    if (copy === undefined) return undefined;
    object[name] = copy;
    count.names++;
  }
  return object;
}
