import { valid } from 'semver';
import { parseInstant } from '../model/instant.ts';
import type { Json } from '../model/json.ts';
import type { ValueType } from '../model/policy.ts';

/**
 * Whether a value is of its declared type. Collectors type what they read; this holds whatever comes another way, such
 * as an imported file, to the same declaration.
 */
export function fitsType(
  json: Json,
  { type, oneOf }: { type: ValueType; oneOf?: readonly string[] },
): json is string | number | boolean {
  if (typeof json !== 'string' && typeof json !== 'number' && typeof json !== 'boolean') return false;
  if (oneOf && !oneOf.includes(String(json))) return false;
  switch (type) {
    case 'string':
      return typeof json === 'string';
    case 'number':
      return typeof json === 'number' && Number.isFinite(json);
    case 'boolean':
      return typeof json === 'boolean';
    case 'time':
      return typeof json === 'string' && parseInstant(json) !== undefined;
    case 'version':
      return typeof json === 'string' && valid(json) !== null;
  }
}
