import { isObject, type Json, type JsonObject } from '../model/json.ts';

/**
 * A JSON Schema (draft 2020-12) of the keywords that our schemas of policies and waivers are written with; the build
 * refuses to make a shape of any other.
 */
export interface Schema {
  type?: string | readonly string[];
  enum?: readonly (string | number | boolean | null)[];
  const?: string | number | boolean | null;
  properties?: Readonly<Record<string, Schema>>;
  required?: readonly string[];
  additionalProperties?: Schema | boolean;
  propertyNames?: Schema;
  minProperties?: number;
  maxProperties?: number;
  items?: Schema;
  minItems?: number;
  maxItems?: number;
  uniqueItems?: boolean;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  $ref?: string;
}

export interface Shape {
  root: Schema;
  definitions: Readonly<Record<string, Schema>>;
}

/**
 * Whether a document fits a schema. INVARIANT: it never says yes where the validator compiled by ajv says no; a no is
 * none yet, since that validator is asked then, which also knows what is wrong. It is much larger to load.
 */
export function fits(value: Json, { root, definitions }: Shape): boolean {
  return fitsSchema(value, root, definitions);
}

type Definitions = Shape['definitions'];

function fitsSchema(value: Json, schema: Schema, definitions: Definitions): boolean {
  if (schema.$ref !== undefined) {
    const named = definitions[schema.$ref.slice('#/$defs/'.length)];
    if (!named || !fitsSchema(value, named, definitions)) return false;
  }
  if (schema.type !== undefined && !isOfType(value, schema.type)) return false;
  if (schema.enum && !schema.enum.includes(value as string)) return false;
  if (schema.const !== undefined && value !== schema.const) return false;
  if (typeof value === 'string') return fitsText(value, schema);
  if (typeof value === 'number') return fitsNumber(value, schema);
  if (isObject(value)) return fitsMap(value, schema, definitions);
  return !Array.isArray(value) || fitsList(value as readonly Json[], schema, definitions);
}

function isOfType(value: Json, type: string | readonly string[]): boolean {
  if (typeof type !== 'string') return type.some((one) => isOfType(value, one));
  switch (type) {
    case 'object':
      return isObject(value);
    case 'array':
      return Array.isArray(value);
    case 'null':
      return value === null;
    case 'integer':
      return Number.isInteger(value);
    case 'number':
      return Number.isFinite(value);
    default:
      return typeof value === type;
  }
}

const patterns = new Map<string, RegExp>();

function fitsText(text: string, { minLength = 0, maxLength, pattern }: Schema): boolean {
  // Lengths count code points, of which there are at most as many as units.
  if (text.length < minLength || (minLength > 1 && [...text].length < minLength)) return false;
  if (maxLength !== undefined && text.length > maxLength && [...text].length > maxLength) return false;
  if (pattern === undefined) return true;
  let compiled = patterns.get(pattern);
  if (!compiled) patterns.set(pattern, (compiled = new RegExp(pattern, 'u')));
  return compiled.test(text);
}

function fitsNumber(value: number, { minimum, maximum, exclusiveMinimum }: Schema): boolean {
  // Written so that NaN, which is no number of JSON, fits nothing.
  return (
    (minimum === undefined || value >= minimum) &&
    (maximum === undefined || value <= maximum) &&
    (exclusiveMinimum === undefined || value > exclusiveMinimum)
  );
}

function fitsList(list: readonly Json[], schema: Schema, definitions: Definitions): boolean {
  const { items, minItems = 0, maxItems = list.length, uniqueItems } = schema;
  if (list.length < minItems || list.length > maxItems) return false;
  if (uniqueItems && (new Set(list).size < list.length || list.some((item) => typeof item === 'object')))
    return false;
  return items === undefined || list.every((item) => fitsSchema(item, items, definitions));
}

function fitsMap(map: JsonObject, schema: Schema, definitions: Definitions): boolean {
  const { properties = {}, required = [], additionalProperties = true, propertyNames } = schema;
  const keys = Object.keys(map);
  const { minProperties = 0, maxProperties = keys.length } = schema;
  if (keys.length < minProperties || keys.length > maxProperties) return false;
  if (required.some((key) => !Object.hasOwn(map, key))) return false;
  for (const key of keys) {
    if (propertyNames && !fitsSchema(key, propertyNames, definitions)) return false;
    const own = Object.hasOwn(properties, key) ? properties[key] : additionalProperties;
    if (own === false || own === undefined) return false;
    if (own !== true && !fitsSchema(map[key] as Json, own, definitions)) return false;
  }
  return true;
}
