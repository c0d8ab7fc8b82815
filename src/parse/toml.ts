import { parse, TomlDate, TomlError } from 'smol-toml';
import type { Json } from '../model/json.ts';

export type TomlReading = { ok: true; value: Json } | { ok: false; line?: number };

/** Reads TOML 1.0 into JSON on null prototypes. Dates become RFC 3339 text; numbers that are not finite are refused. */
export function parseToml(text: string): TomlReading {
  try {
    const value = toJson(parse(text.replace(/^\uFEFF/, ''), { maxDepth: 64 }));
    return value === undefined ? { ok: false } : { ok: true, value };
  } catch (error) {
    // The library's message quotes the file, so only the line is kept.
    if (error instanceof TomlError) return { ok: false, line: error.line };
    throw error;
  }
}

/** Undefined if something cannot be JSON. */
function toJson(value: unknown): Json | undefined {
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (value instanceof TomlDate) return value.toISOString();
  if (Array.isArray(value)) {
    const list = value.map(toJson);
    return list.includes(undefined) ? undefined : (list as Json[]);
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const object = Object.create(null) as Record<string, Json>;
  for (const [key, item] of Object.entries(value)) {
    const json = toJson(item);
    if (json === undefined) return undefined;
    object[key] = json;
  }
  return object;
}
