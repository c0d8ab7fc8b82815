import type { SchemaError } from '../../generated/policy.validator.js';
import { pointTo } from '../../model/pointer.ts';
import type { YamlSource } from '../yaml/load.ts';
import type { Complaint } from '../yaml/problem.ts';
import { label, valueAt } from './describe.ts';
import type { DefinitionWords } from './words.ts';

/** Complaints about too much or too little: of entries, of characters, of a number. */
export function outOfBounds(
  error: SchemaError,
  source: YamlSource,
  words: DefinitionWords | undefined,
): Complaint | undefined {
  const pointer = error.instancePath;
  const written = source.sourceOf(pointer);
  const limit = `${error.params['limit'] as number}`;
  const complaint = { code: 'bad-value', pointer, hint: words?.hint };
  const name = label(pointer);
  switch (error.keyword) {
    case 'minItems':
    case 'minProperties':
      if (limit === '1')
        return {
          ...complaint,
          code: 'empty',
          message: `${name} is empty`,
          hint: words?.hint ?? 'write at least one entry, or remove it',
        };
      return {
        ...complaint,
        code: 'empty',
        message: `${name} has too few entries: at least ${limit} are due`,
      };
    case 'minLength':
      return { ...complaint, code: 'empty', message: `${name} is an empty text`, hint: 'write a text' };
    case 'maxItems':
    case 'maxProperties':
      return {
        ...complaint,
        code: limit === '1' ? 'one-key' : 'too-many',
        message: `${name} has more than ${limit} ${limit === '1' ? 'key' : 'entries'}`,
      };
    case 'maxLength':
      if (typeof valueAt(source.value, pointer) !== 'string') return undefined;
      return { ...complaint, code: 'too-long', message: `${name} is longer than ${limit} characters` };
    case 'uniqueItems':
      return {
        ...complaint,
        code: 'duplicate-item',
        message: `${name} holds the same item twice`,
        pointer: pointTo(pointer, Number(error.params['i'])),
      };
    case 'minimum':
    case 'exclusiveMinimum':
      return {
        ...complaint,
        message: `${name} is ${written}: it must be ${error.keyword === 'minimum' ? 'at least' : 'more than'} ${limit}`,
      };
    case 'maximum':
      return { ...complaint, message: `${name} is ${written}: it must be at most ${limit}` };
    default:
      return { ...complaint, message: `${name} is not as the schema demands (${error.keyword})` };
  }
}
