import type { Json, JsonObject } from '../../model/json.ts';
import { isObject } from '../../model/json.ts';
import { pointTo } from '../../model/pointer.ts';
import { mostProblems } from '../yaml/load.ts';
import type { Complaint } from '../yaml/problem.ts';
import { checkKeys, checksNotBuilt } from './checks.ts';
import { definitionAt } from './definition.ts';
import { evidenceKinds, kindsNotBuilt } from './evidence.ts';
import { asList, asMap } from './read.ts';

const list = (words: readonly string[]) => words.map((word) => `\`${word}\``).join(', ');

/**
 * What the schema leaves to code so that its errors stay plain: exactly one kind to a piece of evidence, exactly one
 * check to a rule, one key to a matcher, and what this version cannot do. Takes any document, also a broken one.
 */
export function checkShape(value: Json): readonly Complaint[] {
  const top = asMap(value);
  const complaints: Complaint[] = [];
  for (const [id, item] of Object.entries(asMap(top['evidence']))) {
    if (isObject(item)) complaints.push(...checkEvidence(item, pointTo('/evidence', id)));
  }
  asList(top['freeze']).forEach((window, index) => {
    if (isObject(window)) complaints.push(...checkWindow(window, pointTo('/freeze', index)));
  });
  const gates: [Json | undefined, string][] = ['preflight', 'monitors', 'exit'].map((gate) => [
    top[gate],
    `/${gate}`,
  ]);
  asList(top['phases']).forEach((phase, index) => {
    for (const key of ['entry', 'monitors']) gates.push([asMap(phase)[key], pointTo('/phases', index, key)]);
  });
  for (const [rules, pointer] of gates) {
    for (const [index, rule] of asList(rules).entries()) {
      if (complaints.length >= mostProblems) return complaints;
      if (isObject(rule)) complaints.push(...checkHolder(asMap(rule), pointTo(pointer, index), 'rule'));
    }
  }
  return complaints;
}

function checkEvidence(item: JsonObject, pointer: string): Complaint[] {
  const kinds = evidenceKinds.filter((kind) => item[kind] !== undefined);
  const [kind, second] = kinds;
  const told = { code: 'policy/evidence-kind', atKey: true };
  if (kind === undefined) {
    if (hasUnknownKey(item, pointer)) return [];
    return [
      { ...told, message: 'the evidence has no kind', pointer, hint: `add one of ${list(evidenceKinds)}` },
    ];
  }
  if (second !== undefined) {
    const message = `the evidence has ${kinds.length} kinds: ${list(kinds)}`;
    return [{ ...told, message, pointer: pointTo(pointer, second), hint: 'split it' }];
  }
  return kindsNotBuilt.includes(kind) ? [notBuilt(pointTo(pointer, kind), kind)] : [];
}

/** Once with `until`, or again and again with `rrule` and `for`. */
function checkWindow(window: JsonObject, pointer: string): Complaint[] {
  if (hasUnknownKey(window, pointer)) return [];
  const { rrule, until, for: span } = window;
  const told = { code: 'policy/missing-key', pointer };
  if (rrule === undefined && until === undefined) {
    const message = 'when the window ends is not said';
    return [{ ...told, message, hint: 'add `until`, or `rrule` and `for` if it comes again' }];
  }
  if (rrule !== undefined && span === undefined)
    return [
      { ...told, message: 'a window with `rrule` needs `for`', hint: 'add how long each lasts: `for: 64h`' },
    ];
  const surplus = rrule === undefined ? 'for' : 'until';
  if (window[surplus] === undefined) return [];
  const message =
    surplus === 'for'
      ? '`for` belongs to a window with `rrule`'
      : '`until` belongs to a window without `rrule`';
  const hint =
    surplus === 'for'
      ? 'remove it, or add `rrule`'
      : 'remove it; `UNTIL` in the rule ends it, `for` each of its windows';
  return [{ code: 'policy/bad-value', message, pointer: pointTo(pointer, surplus), atKey: true, hint }];
}

/** An unknown key has its own complaint, and is most likely the one that is missed here. */
function hasUnknownKey(holder: JsonObject, pointer: string): boolean {
  const { keys } = definitionAt('policy', pointer);
  return Object.keys(holder).some((key) => !keys.includes(key));
}

function notBuilt(pointer: string, word: string): Complaint {
  const message = `this version cannot judge \`${word}\` (\`collector.not-built\`)`;
  return {
    code: 'policy/not-built',
    message,
    pointer,
    atKey: true,
    hint: 'leave it out, or use a newer version',
  };
}

function checkHolder(holder: JsonObject, pointer: string, what: 'rule' | 'part'): Complaint[] {
  const keys = checkKeys.filter((key) => holder[key] !== undefined);
  const [key, second] = keys;
  const told = { code: 'policy/one-check' };
  if (key === undefined) {
    if (hasUnknownKey(holder, pointer)) return [];
    return [{ ...told, message: `the ${what} has no check`, pointer, hint: `add one of ${list(checkKeys)}` }];
  }
  if (second !== undefined) {
    const message = `the ${what} has ${keys.length} checks: ${list(keys)}`;
    return [
      { ...told, message, pointer: pointTo(pointer, second), atKey: true, hint: 'join them with `all`' },
    ];
  }
  const at = pointTo(pointer, key);
  if (checksNotBuilt.includes(key)) return [notBuilt(at, key)];
  return [
    ...checkParts(holder[key], key, at),
    ...checkMatchers(holder[key], key, at),
    ...checkBound(holder[key], key, at),
  ];
}

function checkParts(value: Json | undefined, key: string, pointer: string): Complaint[] {
  if (key === 'not') return isObject(value) ? checkHolder(value, pointer, 'part') : [];
  if (key !== 'all' && key !== 'any') return [];
  return asList(value).flatMap((part, index) =>
    isObject(part) ? checkHolder(part, pointTo(pointer, index), 'part') : [],
  );
}

function checkMatchers(value: Json | undefined, key: string, pointer: string): Complaint[] {
  if (key !== 'expect') return [];
  return Object.entries(asMap(value)).flatMap(([path, matcher]) => {
    const inner = isObject(matcher) ? asMap(matcher)['not'] : undefined;
    return inner === 'set'
      ? [
          {
            code: 'policy/never-passes',
            message: '`not: set` can never pass: what is not set is unknown',
            pointer: pointTo(pointer, path),
            hint: 'demand the value that the path shall have',
          },
        ]
      : [];
  });
}

function checkBound(value: Json | undefined, key: string, pointer: string): Complaint[] {
  if (key !== 'metric' || !isObject(value)) return [];
  const metric = value;
  const bounds = ['atMost', 'atLeast'].filter((name) => metric[name] !== undefined);
  const complaints: Complaint[] = [...checkLimits(metric, pointer)];
  if (bounds.length !== 1) {
    const message = bounds.length === 0 ? 'the metric has no bound' : 'the metric has two bounds';
    complaints.push({
      code: 'policy/one-bound',
      message,
      pointer,
      atKey: true,
      hint: 'write `atMost:` or `atLeast:`',
    });
  }
  for (const name of bounds) {
    const bound = metric[name];
    if (!isObject(bound) || bound['input'] !== undefined) continue;
    for (const part of ['times', 'baseline', 'floor']) {
      if (bound[part] === undefined)
        complaints.push({
          code: 'policy/missing-key',
          message: `key \`${part}\` is missing in \`${name}\``,
          pointer: pointTo(pointer, name),
          atKey: true,
        });
    }
  }
  return complaints;
}

/** Limits count samples, a baseline compares statistics: `each` goes with the first and not with the second. */
function checkLimits(metric: JsonObject, pointer: string): Complaint[] {
  const told = { code: 'policy/bad-value', atKey: true };
  if (metric['stat'] !== 'each') {
    return ['failureLimit', 'consecutiveSuccessLimit']
      .filter((name) => metric[name] !== undefined)
      .map((name) => ({
        ...told,
        message: `\`${name}\` counts samples, and only \`stat: each\` holds each sample against the bound`,
        pointer: pointTo(pointer, name),
        hint: 'write `stat: each`, or leave the limit out',
      }));
  }
  return ['atMost', 'atLeast']
    .filter((name) => isObject(metric[name]) && asMap(metric[name])['baseline'] !== undefined)
    .map((name) => ({
      ...told,
      message: '`each` has no statistic that could be compared with a baseline',
      pointer: pointTo(pointer, name),
      hint: 'write a number, or take a statistic such as `p95`',
    }));
}
