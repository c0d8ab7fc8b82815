import { isObject, type Json } from '../../model/json.ts';
import type { Format, Matcher } from '../../model/policy.ts';
import { asList, asNumber, asScalar, asText } from './read.ts';

const readers: Readonly<Record<string, (value: Json) => Matcher>> = {
  equals: (value) => ({ is: 'equals', value: asScalar(value) }),
  oneOf: (value) => ({ is: 'oneOf', values: asList(value).map(asScalar) }),
  atLeast: (value) => ({ is: 'atLeast', bound: asNumber(value) }),
  atMost: (value) => ({ is: 'atMost', bound: asNumber(value) }),
  between: (value) => ({ is: 'between', low: asNumber(asList(value)[0]), high: asNumber(asList(value)[1]) }),
  matches: (value) => ({ is: 'matches', pattern: asText(value) }),
  contains: (value) => ({ is: 'contains', text: asText(value) }),
  startsWith: (value) => ({ is: 'startsWith', text: asText(value) }),
  before: (value) => ({ is: 'before', instant: asText(value) }),
  after: (value) => ({ is: 'after', instant: asText(value) }),
  version: (value) => ({ is: 'version', range: asText(value) }),
  format: (value) => ({ is: 'format', format: asText(value) as Format }),
  not: (value) => ({ is: 'not', matcher: buildMatcher(value) }),
};

/** A matcher from its YAML form. An object that an unknown input left behind becomes a literal nobody looks at. */
export function buildMatcher(value: Json): Matcher {
  if (value === 'set') return { is: 'set' };
  if (!isObject(value)) return { is: 'equals', value: asScalar(value) };
  const [key = '', operand = null] = Object.entries(value)[0] ?? [];
  return readers[key]?.(operand) ?? { is: 'equals', value: '' };
}
