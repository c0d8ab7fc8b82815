import { isObject, type Json } from '../../model/json.ts';
import { pointerSteps } from '../../model/pointer.ts';

/** How a value is named in a sentence: its key, or which item of which list it is. */
export function label(pointer: string): string {
  const steps = pointerSteps(pointer);
  const last = steps.at(-1);
  if (last === undefined) return 'the file';
  return /^\d+$/.test(last) && steps.length > 1
    ? `item ${Number(last) + 1} of \`${steps.at(-2)}\``
    : `\`${last}\``;
}

/** A value in a sentence: what it is and, of scalars, what was written. */
export function inWords(value: Json, written: string | undefined): string {
  if (isObject(value)) return 'a map';
  if (Array.isArray(value)) return 'a list';
  return `the ${typeof value === 'string' ? 'text' : typeof value} \`${written ?? JSON.stringify(value)}\``;
}

/** What a type of JSON Schema is called in a sentence. */
export function typeNoun(type: unknown): string {
  const nouns: Readonly<Record<string, string>> = {
    object: 'a map',
    array: 'a list',
    string: 'a text',
    number: 'a number',
    integer: 'a whole number',
    boolean: '`true` or `false`',
  };
  const types = Array.isArray(type) ? type : String(type).split(',');
  return types.map((name) => nouns[String(name)] ?? 'a value').join(' or ');
}

/** The value at a JSON Pointer. */
export function valueAt(value: Json, pointer: string): Json | undefined {
  let at: Json | undefined = value;
  for (const step of pointerSteps(pointer)) {
    if (Array.isArray(at)) at = (at as readonly Json[])[Number(step)];
    else at = isObject(at) ? at[step] : undefined;
  }
  return at;
}
