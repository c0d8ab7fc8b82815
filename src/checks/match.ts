import { RE2JS } from 're2js';
import { satisfies, valid } from 'semver';
import { holdsFormat } from '../model/format.ts';
import { parseDate, parseInstant, day } from '../model/instant.ts';
import type { Json } from '../model/json.ts';
import type { Matcher } from '../model/policy.ts';

/**
 * Holds one known value against one matcher (spec section 4). A value of a type that the matcher cannot judge is
 * `unknown`, under `not` as well.
 */
export function match(matcher: Exclude<Matcher, { is: 'set' }> | Matcher, value: Json): boolean | 'unknown' {
  switch (matcher.is) {
    case 'set':
      return true;
    case 'equals':
      return typeof value === typeof matcher.value ? value === matcher.value : 'unknown';
    case 'oneOf':
      return matcher.values.some((item) => typeof item === typeof value)
        ? matcher.values.includes(value as never)
        : 'unknown';
    case 'atLeast':
      return onNumber(value, (number) => number >= matcher.bound);
    case 'atMost':
      return onNumber(value, (number) => number <= matcher.bound);
    case 'between':
      return onNumber(value, (number) => number >= matcher.low && number <= matcher.high);
    case 'matches':
      return onText(value, (text) => RE2JS.compile(matcher.pattern).matches(text));
    case 'contains':
      return onText(value, (text) => text.includes(matcher.text));
    case 'startsWith':
      return onText(value, (text) => text.startsWith(matcher.text));
    case 'before':
      return onInstants(value, matcher.instant, (instant, bound) => instant < bound);
    case 'after':
      return onInstants(value, matcher.instant, (instant, bound) => instant > bound);
    case 'version':
      return onText(value, (text) => (valid(text) === null ? 'unknown' : satisfies(text, matcher.range)));
    case 'format':
      return onText(value, (text) => holdsFormat(matcher.format, text));
    case 'not': {
      const inner = match(matcher.matcher, value);
      return inner === 'unknown' ? 'unknown' : !inner;
    }
  }
}

type Answer = boolean | 'unknown';

function onNumber(value: Json, test: (number: number) => Answer): Answer {
  return typeof value === 'number' && Number.isFinite(value) ? test(value) : 'unknown';
}

function onText(value: Json, test: (text: string) => Answer): Answer {
  return typeof value === 'string' ? test(value) : 'unknown';
}

function onInstants(value: Json, bound: string, test: (instant: number, bound: number) => Answer): Answer {
  const limit = readInstant(bound);
  const instant = typeof value === 'string' ? readInstant(value) : undefined;
  return limit === undefined || instant === undefined ? 'unknown' : test(instant, limit);
}

/** RFC 3339, or a bare date: the start of that day in UTC. */
function readInstant(text: string): number | undefined {
  const date = parseDate(text);
  return date === undefined ? parseInstant(text) : date * day;
}
