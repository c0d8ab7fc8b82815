import type { SchemaError } from '../../generated/policy.validator.js';
import { nearest } from '../../model/nearest.ts';
import { pointTo } from '../../model/pointer.ts';
import type { Problem } from '../../model/problem.ts';
import { mostProblems, type YamlSource } from '../yaml/load.ts';
import { type Complaint, didYouMean, problemIn } from '../yaml/problem.ts';
import { outOfBounds } from './bounds.ts';
import { type Definition, definitionAt } from './definition.ts';
import { inWords, label, typeNoun, valueAt } from './describe.ts';
import { definitionWords, type DefinitionWords } from './words.ts';

/**
 * What a schema objects to, in the words of the file's author. `area` begins the codes: `policy/unknown-key`. A hundred
 * problems at most: finding the place of each costs time.
 */
export function translateErrors(
  errors: readonly SchemaError[],
  source: YamlSource,
  area: 'policy' | 'waiver',
): readonly Problem[] {
  const told = new Map<string, Problem>();
  const misspelt = misspeltKeys(errors, area);
  for (const error of errors) {
    if (told.size >= mostProblems) break;
    const complaint = complain(error, source, area);
    if (!complaint || misspelt.has(`${error.instancePath} ${String(error.params['missingProperty'])}`))
      continue;
    const key = `${complaint.code} ${complaint.pointer} ${complaint.message}`;
    if (!told.has(key)) told.set(key, problemIn(source, { ...complaint, code: `${area}/${complaint.code}` }));
  }
  return [...told.values()];
}

/** A required key that is there with a slip of the pen is not missing as well. */
function misspeltKeys(errors: readonly SchemaError[], area: 'policy' | 'waiver'): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { keyword, instancePath, params } of errors) {
    if (keyword !== 'additionalProperties') continue;
    const near = nearest(String(params['additionalProperty']), definitionAt(area, instancePath).keys);
    if (near !== undefined) found.add(`${instancePath} ${near}`);
  }
  return found;
}

function complain(error: SchemaError, source: YamlSource, area: 'policy' | 'waiver'): Complaint | undefined {
  // The wrapper `propertyNames` says the same of the key as a whole.
  if (error.propertyName !== undefined && error.keyword !== 'propertyNames') return undefined;
  const pointer = error.instancePath;
  const definition = definitionAt(area, pointer);
  const words = definitionWords[definition.name];
  // `checkShape` says how many checks a part has.
  if (definition.name === 'check' && /^(?:min|max)Properties$/.test(error.keyword)) return undefined;
  switch (error.keyword) {
    case 'additionalProperties':
      if (words?.scalar) return wrongType(pointer, source, words);
      return unknownKey(pointer, String(error.params['additionalProperty']), definition);
    case 'propertyNames':
      return badKey(pointer, String(error.params['propertyName']), definition);
    case 'required':
      if (words?.scalar) return wrongType(pointer, source, words);
      return missingKey(pointer, String(error.params['missingProperty']));
    case 'type':
      return wrongType(pointer, source, words ?? { noun: typeNoun(error.params['type']) });
    case 'enum':
      return notAmong(pointer, source, error.params['allowedValues'] as readonly string[]);
    case 'const':
      return notAmong(pointer, source, [error.params['allowedValue'] as string]);
    case 'pattern':
      return badText(pointer, source, words);
    default:
      return outOfBounds(error, source, words);
  }
}

function unknownKey(pointer: string, key: string, { keys }: Definition): Complaint {
  const known = keys.length > 0 ? `known keys: ${[...keys].sort().join(', ')}` : undefined;
  const hint = didYouMean(nearest(key, keys)) ?? known;
  const at = pointTo(pointer, key);
  return { code: 'unknown-key', message: `unknown key \`${key}\``, pointer: at, atKey: true, hint };
}

function missingKey(pointer: string, key: string): Complaint {
  const where = pointer === '' ? '' : ` in ${label(pointer)}`;
  return { code: 'missing-key', message: `key \`${key}\` is missing${where}`, pointer, atKey: true };
}

function badKey(pointer: string, key: string, { name }: Definition): Complaint {
  const words = definitionWords[name === 'variables' ? 'variableName' : 'name'] as DefinitionWords;
  const message = `\`${key}\` is not ${words.noun}`;
  return { code: 'bad-name', message, pointer: pointTo(pointer, key), atKey: true, hint: words.hint };
}

function wrongType(pointer: string, source: YamlSource, words: DefinitionWords): Complaint {
  const value = valueAt(source.value, pointer);
  const complaint = { code: 'wrong-type', pointer };
  if (value === null || value === undefined) {
    return {
      ...complaint,
      message: `${label(pointer)} has no value: ${words.noun} is due`,
      hint: words.hint,
    };
  }
  const message = `${label(pointer)} is ${inWords(value, source.sourceOf(pointer))}: ${words.noun} is due`;
  if (typeof value === 'string' && words.noun === 'a list') {
    return { ...complaint, message, hint: 'write the items in brackets: `[first, second]`' };
  }
  const quoted = takesText.test(words.noun) && (typeof value === 'number' || typeof value === 'boolean');
  return {
    ...complaint,
    message,
    hint: quoted ? `if it is a text write \`'${source.sourceOf(pointer) ?? value}'\`` : words.hint,
  };
}

/** Nouns of what is written as a text in YAML. */
const takesText = /text|path|URL|name|version|JSON Pointer/;

function notAmong(pointer: string, source: YamlSource, allowed: readonly string[]): Complaint | undefined {
  const value = valueAt(source.value, pointer);
  // A value of another type has its own complaint.
  if (typeof value !== 'string') return undefined;
  const message = `${label(pointer)} is \`${value}\`, which is not ${allowed.map((word) => `\`${word}\``).join(', ')}`;
  return { code: 'bad-value', message, pointer, hint: didYouMean(nearest(value, allowed)) };
}

function badText(
  pointer: string,
  source: YamlSource,
  words: DefinitionWords | undefined,
): Complaint | undefined {
  const written = valueAt(source.value, pointer);
  // Of a key that is no name the wrapper `propertyNames` speaks.
  if (typeof written !== 'string') return undefined;
  const near = words?.choices ? didYouMean(nearest(written, words.choices)) : undefined;
  const message = `${label(pointer)} is \`${written}\`, which is not ${words?.noun ?? 'of the right form'}`;
  return { code: 'bad-value', message, pointer, hint: near ?? words?.hint };
}
