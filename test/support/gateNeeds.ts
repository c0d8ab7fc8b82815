import { isObject, type Json } from '../../src/model/json.ts';
import type { Check, Rule } from '../../src/model/policy.ts';

/** Evidence without which a rule cannot pass, by the law alone: no other operand decides. */
export function needsOf(rule: Rule): ReadonlySet<string> {
  const when = rule.when === undefined ? new Set<string>() : logicNeeds(rule.when, true);
  return union([when, checkNeeds(rule.check, true)]);
}

function checkNeeds(check: Check, wanted: boolean): ReadonlySet<string> {
  const idOf = (path: string) => path.split('.')[0] as string;
  switch (check.kind) {
    case 'expect': {
      const ids = Object.keys(check.paths).map((path) => new Set([idOf(path)]));
      return wanted ? union(ids) : intersection(ids);
    }
    case 'assert':
      return logicNeeds(check.logic, wanted);
    case 'passes':
    case 'document':
      return new Set([check.of]);
    case 'metric':
      return new Set([check.of]);
    case 'streak':
    case 'soak':
      return new Set([check.of.log]);
    case 'quiet':
      return new Set([check.of.log, check.heartbeat.log]);
    case 'all':
    case 'any': {
      const parts = check.checks.map((part) => checkNeeds(part, wanted));
      return (check.kind === 'all') === wanted ? union(parts) : intersection(parts);
    }
    case 'not':
      return checkNeeds(check.check, !wanted);
  }
}

function logicNeeds(logic: Json, wanted: boolean): ReadonlySet<string> {
  if (!isObject(logic)) return new Set();
  const [operator = '', args = []] = Object.entries(logic)[0] ?? [];
  const list = (Array.isArray(args) ? args : [args]) as readonly Json[];
  switch (operator) {
    case 'var':
      return new Set([String(list[0]).split('.')[0] as string]);
    case 'missing':
      return new Set(list.map((path) => String(path).split('.')[0] as string));
    case '!':
      return logicNeeds(list[0] as Json, !wanted);
    case 'and':
    case 'or': {
      const parts = list.map((part) => logicNeeds(part, wanted));
      return (operator === 'and') === wanted ? union(parts) : intersection(parts);
    }
    case 'if':
      return logicNeeds(list[0] as Json, true);
    case 'all':
    case 'none':
    case 'some':
      return logicNeeds(list[0] as Json, wanted);
    default:
      return union(list.map((part) => logicNeeds(part, wanted)));
  }
}

function union(sets: readonly ReadonlySet<string>[]): ReadonlySet<string> {
  return new Set(sets.flatMap((one) => [...one]));
}

function intersection(sets: readonly ReadonlySet<string>[]): ReadonlySet<string> {
  const [first = new Set<string>(), ...rest] = sets;
  return new Set([...first].filter((id) => rest.every((one) => one.has(id))));
}
