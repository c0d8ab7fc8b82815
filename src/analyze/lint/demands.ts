import { isObject, type Json } from '../../model/json.ts';
import type { Check, EvidenceSpec, Phase, Scalar } from '../../model/policy.ts';
import { isScalar } from '../crosscheck/types.ts';
import { among, anyValue, declaredValues, isNone, meet, range, type Values, valuesOf } from './values.ts';

/** What must hold of one path. */
export interface Demand {
  path: string;
  values: Values;
}

/** What a rule demands, as far as it can be said path by path; `whole` if nothing else is demanded. */
export interface Demands {
  list: readonly Demand[];
  whole: boolean;
}

const nothing: Demands = { list: [], whole: false };

/** What must hold for a check to pass. */
export function demandsOfCheck(check: Check): Demands {
  switch (check.kind) {
    case 'expect': {
      const list = Object.entries(check.paths).map(([path, matcher]) => ({
        path,
        values: valuesOf(matcher),
      }));
      return { list, whole: list.every(({ values }) => values.is !== 'any') };
    }
    case 'assert':
      return demandsOfLogic(check.logic);
    case 'all':
      return join(check.checks.map(demandsOfCheck));
    case 'passes':
    case 'streak':
    case 'soak':
    case 'quiet':
    case 'metric':
    case 'document':
    case 'any':
    case 'not':
      return nothing;
  }
}

function join(parts: readonly Demands[]): Demands {
  return { list: parts.flatMap(({ list }) => list), whole: parts.every(({ whole }) => whole) };
}

/** What must hold for logic over evidence to be true. */
export function demandsOfLogic(logic: Json): Demands {
  if (!isObject(logic)) return nothing;
  const [entry] = Object.entries(logic);
  if (!entry) return nothing;
  const [operator, operand] = entry;
  const operands = Array.isArray(operand) ? (operand as readonly Json[]) : [operand];
  if (operator === 'and') return join(operands.map(demandsOfLogic));
  if (operator === 'or') return either(operands.map(demandsOfLogic));
  if (operator === '!') return negated(demandsOfLogic(operands[0] ?? null));
  return comparison(operator, operands);
}

/** `or` over one path is a choice of its values; over several it is not said path by path. */
function either(parts: readonly Demands[]): Demands {
  const demands = parts.flatMap(({ list, whole }) => (whole && list.length === 1 ? list : []));
  const [first] = demands;
  if (!first || demands.length < parts.length) return nothing;
  const values: Scalar[] = [];
  for (const demand of demands) {
    if (demand.path !== first.path || demand.values.is !== 'among') return nothing;
    values.push(...demand.values.values);
  }
  return { list: [{ path: first.path, values: among(...values) }], whole: true };
}

function negated({ list, whole }: Demands): Demands {
  const [demand] = list;
  if (!whole || list.length !== 1 || !demand) return nothing;
  const { path, values } = demand;
  if (values.is === 'among') return one(path, { is: 'except', values: values.values });
  return values.is === 'except' ? one(path, among(...values.values)) : nothing;
}

function one(path: string, values: Values): Demands {
  return { list: [{ path, values }], whole: true };
}

const mirrored: Readonly<Record<string, string>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' };

function comparison(operator: string, operands: readonly Json[]): Demands {
  const [left = null, right = null] = operands;
  if (operands.length !== 2) return nothing;
  const path = pathOf(left);
  if (path !== undefined) return compared(operator, path, right);
  const other = pathOf(right);
  return other === undefined || operator === 'in'
    ? nothing
    : compared(mirrored[operator] ?? operator, other, left);
}

function compared(operator: string, path: string, literal: Json): Demands {
  if (operator === 'in') {
    const listed = Array.isArray(literal) ? (literal as readonly Json[]) : undefined;
    return listed?.every(isScalar) ? one(path, among(...listed)) : nothing;
  }
  if (!isScalar(literal)) return nothing;
  if (operator === '==' || operator === '===') return one(path, among(literal));
  if (operator === '!=' || operator === '!==') return one(path, { is: 'except', values: [literal] });
  if (typeof literal !== 'number') return nothing;
  const least = Number.NEGATIVE_INFINITY;
  const most = Number.POSITIVE_INFINITY;
  if (operator === '<' || operator === '<=') return one(path, range(least, literal, operator === '<'));
  if (operator === '>' || operator === '>=') return one(path, range(literal, most, operator === '>'));
  return nothing;
}

function pathOf(value: Json): string | undefined {
  const path = isObject(value) ? value['var'] : undefined;
  return typeof path === 'string' ? path : undefined;
}

/** The pins of a phase as demands. */
export function demandsOfPins(phase: Phase): readonly Demand[] {
  return Object.entries(phase.pins).map(([path, value]) => ({ path, values: among(value) }));
}

/** Two demands of one path that no value fulfils, `declared` standing for its own `oneOf`. */
export interface Clash {
  path: string;
  here: Values;
  there: Values;
}

/** The first path for which two lists of demands leave no value. */
export function clashOf(
  evidence: Readonly<Record<string, EvidenceSpec>>,
  there: readonly Demand[],
  here: readonly Demand[],
): Clash | undefined {
  for (const demand of here) {
    const declared = declaredValues(evidence, demand.path);
    const others = there.filter(({ path }) => path === demand.path);
    for (const other of others) {
      if (isNone(meet(declared, meet(other.values, demand.values))))
        return { path: demand.path, here: demand.values, there: other.values };
    }
  }
  return undefined;
}

/** Whether the pins make every demand true, which then holds as long as the phase is in force. */
export function impliedBy(pins: readonly Demand[], demands: readonly Demand[]): boolean {
  return demands.every(({ path, values }) => {
    const pin = pins.find((item) => item.path === path);
    if (pin?.values.is !== 'among') return false;
    const left = meet(pin.values, values);
    return values !== anyValue && left.is === 'among' && left.values.length === pin.values.values.length;
  });
}
