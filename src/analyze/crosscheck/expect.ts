import { parseDate, parseInstant } from '../../model/instant.ts';
import type { PathType } from '../../model/paths.ts';
import { pointTo } from '../../model/pointer.ts';
import type { Matcher } from '../../model/policy.ts';
import { isVersionRange, patternTrouble } from '../../parse/policy/pattern.ts';
import type { Ground } from './ground.ts';
import { literalTrouble, typeOfPath, type ValuePath } from './types.ts';

/** Checks each path and matcher of an `expect`. */
export function checkExpect(ground: Ground, paths: Readonly<Record<string, Matcher>>, pointer: string): void {
  for (const [path, matcher] of Object.entries(paths)) {
    const at = pointTo(pointer, path);
    const type = typeOfPath(ground, path, { pointer: at, atKey: true });
    if (type?.is === 'rows') {
      const message = `\`${path}\` is a list of rows, which no matcher fits`;
      const hint = `use \`assert\`, or a path such as \`${path.split('.')[0]}.count\``;
      ground.report({ code: 'policy/ill-typed', message, pointer: at, atKey: true, hint });
    } else checkMatcher(ground, { path, matcher, type, pointer: at });
  }
}

interface Demand {
  path: string;
  matcher: Matcher;
  type: Exclude<PathType, { is: 'rows' }> | undefined;
  pointer: string;
}

function checkMatcher(ground: Ground, demand: Demand): void {
  const { matcher, path, type } = demand;
  // A literal stands at the path itself, anything else under the matcher's key.
  const literal = matcher.is === 'equals' && ground.source.sourceOf(demand.pointer) !== undefined;
  const pointer = matcher.is === 'set' || literal ? demand.pointer : pointTo(demand.pointer, matcher.is);
  const report = (code: string, message: string, hint?: string) =>
    ground.report({ code, message, pointer, hint });
  const trouble = matcherTrouble(matcher);
  if (trouble) report('policy/bad-value', trouble);
  if (matcher.is === 'not') {
    checkMatcher(ground, { ...demand, matcher: matcher.matcher, pointer });
    return;
  }
  if (type?.is !== 'value' || matcher.is === 'set') return;
  if (type.hidden) {
    checkHidden(ground, { path, matcher, type, pointer });
    return;
  }
  const needs = neededTypes[matcher.is];
  if (needs && !needs.includes(type.type)) {
    const due = needs.map((name) => `\`${name}\``).join(' or ');
    report(
      'policy/ill-typed',
      `\`${matcher.is}\` needs type ${due}, and \`${path}\` is of type \`${type.type}\``,
    );
  }
  const literals = matcher.is === 'equals' ? [matcher.value] : matcher.is === 'oneOf' ? matcher.values : [];
  literals.forEach((value, index) => {
    const wrong = literalTrouble(value, type);
    const at = matcher.is === 'oneOf' ? pointTo(pointer, index) : pointer;
    if (wrong)
      ground.report({
        code: 'policy/ill-typed',
        message: `\`${path}\`: ${wrong.message}`,
        pointer: at,
        hint: wrong.hint,
      });
  });
}

const texts = ['string', 'version'];
const neededTypes: Partial<Record<Matcher['is'], readonly string[]>> = {
  atLeast: ['number'],
  atMost: ['number'],
  between: ['number'],
  before: ['time'],
  after: ['time'],
  matches: texts,
  contains: texts,
  startsWith: texts,
  version: texts,
  format: ['string', 'version', 'time'],
};

/** Of a hidden value only presence and the declared format can be judged. */
function checkHidden(
  ground: Ground,
  demand: { path: string; matcher: Matcher; type: ValuePath; pointer: string },
): void {
  const { path, matcher, type, pointer } = demand;
  if (matcher.is === 'format' && matcher.format === type.format) return;
  if (matcher.is === 'format') {
    const message = `\`${path}\` is kept as present or absent alone, and its declaration names ${type.format ? `format \`${type.format}\`` : 'no format'}`;
    ground.report({
      code: 'policy/hidden-value',
      message,
      pointer,
      hint: `declare \`format: ${matcher.format}\` on the variable`,
    });
    return;
  }
  const message = `\`${path}\` is kept as present or absent alone, so \`${matcher.is}\` cannot judge it`;
  ground.report({
    code: 'policy/hidden-value',
    message,
    pointer,
    hint: 'declare `oneOf:` or `show: true` on the variable, or use `set`',
  });
}

/** What is wrong with a matcher whatever it is held against. */
function matcherTrouble(matcher: Matcher): string | undefined {
  switch (matcher.is) {
    case 'between':
      return matcher.low > matcher.high
        ? `\`between\` is reversed: ${matcher.low} is greater than ${matcher.high}`
        : undefined;
    case 'matches': {
      const trouble = patternTrouble(matcher.pattern);
      return trouble === undefined ? undefined : `the pattern ${trouble}`;
    }
    case 'version':
      return isVersionRange(matcher.range) ? undefined : `\`${matcher.range}\` is no range of versions`;
    case 'before':
    case 'after': {
      const readable = parseInstant(matcher.instant) ?? parseDate(matcher.instant);
      return readable === undefined
        ? `\`${matcher.instant}\` is no time in RFC 3339 with its offset, and no date`
        : undefined;
    }
    case 'set':
    case 'equals':
    case 'oneOf':
    case 'atLeast':
    case 'atMost':
    case 'contains':
    case 'startsWith':
    case 'format':
    case 'not':
      return undefined;
  }
}
