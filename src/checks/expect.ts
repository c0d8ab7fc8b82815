import { formatInstant, parseInstant } from '../model/instant.ts';
import type { Json } from '../model/json.ts';
import { splitPath } from '../model/paths.ts';
import type { Matcher, Scalar } from '../model/policy.ts';
import type { Reading } from '../model/reading.ts';
import type { ReasonCode } from '../model/reasons.ts';
import { citesOf, type Part, worstOf } from './combine.ts';
import type { CheckContext, CheckMember } from './context.ts';
import { match } from './match.ts';

/** `expect`: every path holds what its matcher demands. The worst path decides. */
export const expect: CheckMember<'expect'> = {
  judge(check, context) {
    const parts = Object.entries(check.paths).map(([path, matcher]) => judgePath(path, matcher, context));
    const worst = worstOf(parts);
    const open = parts.filter((part) => part.outcome !== 'pass');
    const message =
      open.length === 0 ? 'every value is as demanded' : open.map((part) => part.message).join('; ');
    return {
      outcome: worst.outcome,
      code: worst.code,
      message,
      observed: Object.fromEntries(parts.map((part) => [part.path, part.observed])),
      required: Object.fromEntries(parts.map((part) => [part.path, part.required])),
      cites: citesOf(open.length > 0 ? open : parts),
    };
  },
  words(check) {
    return Object.entries(check.paths)
      .map(([path, matcher]) => `\`${path}\` ${matcherWords(matcher)}`)
      .join('; ');
  },
};

type PathPart = Part & { path: string; observed: Json; required: string };

function judgePath(path: string, matcher: Matcher, context: CheckContext): PathPart {
  const reading = context.read(path);
  const required = matcherWords(matcher);
  const cites = reading.from ? [{ ...reading.from }] : [];
  const base = { path, required, cites, observed: shown(reading) };
  const result =
    matcher.is === 'set' ? matchSet(reading, context) : matchValue(path, reading, matcher, context);
  switch (result) {
    case true:
      return { ...base, outcome: 'pass', code: 'expect.held', message: `\`${path}\` ${required}` };
    case false: {
      const message = reading.known
        ? `\`${path}\` is ${say(reading.value)}, it ${matcherDemand(matcher)}`
        : (reading.message ?? `\`${path}\` is not set`);
      return { ...base, outcome: 'fail', code: failCode(reading), message };
    }
    case 'unknown': {
      const message = reading.known
        ? `\`${path}\` cannot be compared`
        : (reading.message ?? `\`${path}\` is unknown`);
      return {
        ...base,
        outcome: 'unknown',
        code: reading.known ? 'evidence.ill-typed' : codeOf(reading),
        message,
      };
    }
  }
}

/** Codes that say: the source was read, and the value is not there (semantics section 2). */
const readButUnset: ReadonlySet<string> = new Set<ReasonCode>([
  'env.unset',
  'env.blank',
  'env.placeholder',
  'evidence.ill-typed',
  'document.missing-field',
  'document.missing-section',
]);

function matchSet(reading: Reading, { negated }: CheckContext): boolean | 'unknown' {
  if (reading.known || reading.code === 'evidence.hidden') return true;
  // What holds something unreadable is not proven to be unset.
  if (negated && reading.code === 'evidence.ill-typed') return 'unknown';
  return readButUnset.has(reading.code) ? false : 'unknown';
}

function matchValue(
  path: string,
  reading: Reading,
  matcher: Matcher,
  context: CheckContext,
): boolean | 'unknown' {
  if (reading.known) return match(matcher, reading.value);
  if (reading.code === 'evidence.hidden' && matcher.is === 'format')
    return hiddenFormat(path, matcher.format, context);
  return 'unknown';
}

/** A hidden value is judged by its collector alone, against the format that the policy declares for it. */
function hiddenFormat(path: string, format: string, context: CheckContext): boolean | 'unknown' {
  const { id, rest } = splitPath(path);
  const item = context.evidence(id);
  const spec = context.policy.evidence[id];
  if (item.status === 'absent' || item.content.type !== 'variables') return 'unknown';
  if (spec?.kind !== 'env' && spec?.kind !== 'dotenv') return 'unknown';
  const variable = item.content.variables[rest];
  if (spec.variables[rest]?.format !== format || variable?.state !== 'present' || !variable.format)
    return 'unknown';
  return variable.format === 'holds';
}

function failCode(reading: Reading): ReasonCode {
  if (reading.known) return 'expect.mismatch';
  const code = codeOf(reading);
  return code === 'env.unset' || code === 'env.blank' ? 'expect.unset' : code;
}

function codeOf(reading: Reading & { known: false }): ReasonCode {
  return reading.code as ReasonCode;
}

function shown(reading: Reading): Json {
  if (reading.known) return reading.value;
  switch (reading.code) {
    case 'evidence.hidden':
      return '(set)';
    case 'env.unset':
    case 'env.blank':
      return '(not set)';
    case 'env.placeholder':
      return '(placeholder)';
    case 'evidence.ill-typed':
      return '(ill-typed)';
    default:
      return '(unknown)';
  }
}

function say(value: Json): string {
  return typeof value === 'string' ? `\`${value}\`` : `\`${JSON.stringify(value)}\``;
}

function list(values: readonly Scalar[]): string {
  return values.map(say).join(', ');
}

/** `is set`, `is at least 5`, `does not match …`: continues the name of a path. */
function matcherWords(matcher: Matcher): string {
  if (matcher.is !== 'not') {
    const [verb, rest] = phrase(matcher);
    return `${singular[verb]} ${rest}`;
  }
  if (matcher.matcher.is === 'not') return matcherWords(matcher.matcher.matcher);
  const [verb, rest] = phrase(matcher.matcher);
  return verb === 'be' ? `is not ${rest}` : `does not ${verb} ${rest}`;
}

/** `must be at least 5`, `must not match …`. */
function matcherDemand(matcher: Matcher): string {
  if (matcher.is !== 'not') return `must ${phrase(matcher).join(' ')}`;
  if (matcher.matcher.is === 'not') return matcherDemand(matcher.matcher.matcher);
  return `must not ${phrase(matcher.matcher).join(' ')}`;
}

const singular = { be: 'is', have: 'has', match: 'matches', contain: 'contains', start: 'starts' };

/** A demand as a verb and what follows it. */
function phrase(
  matcher: Exclude<Matcher, { is: 'not' }>,
): readonly [verb: keyof typeof singular, rest: string] {
  switch (matcher.is) {
    case 'set':
      return ['be', 'set'];
    case 'equals':
      return ['be', say(matcher.value)];
    case 'oneOf':
      return ['be', `one of ${list(matcher.values)}`];
    case 'atLeast':
      return ['be', `at least ${matcher.bound}`];
    case 'atMost':
      return ['be', `at most ${matcher.bound}`];
    case 'between':
      return ['be', `between ${matcher.low} and ${matcher.high}`];
    case 'matches':
      return ['match', `\`${matcher.pattern}\``];
    case 'contains':
      return ['contain', say(matcher.text)];
    case 'startsWith':
      return ['start', `with ${say(matcher.text)}`];
    case 'before':
      return ['be', `before ${instantWords(matcher.instant)}`];
    case 'after':
      return ['be', `after ${instantWords(matcher.instant)}`];
    case 'version':
      return ['be', `a version in \`${matcher.range}\``];
    case 'format':
      return ['have', `the format ${matcher.format}`];
  }
}

function instantWords(text: string): string {
  const instant = parseInstant(text);
  return instant === undefined ? text : formatInstant(instant);
}
