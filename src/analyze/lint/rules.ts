import { canonicalJson } from '../../model/canonical.ts';
import { pointTo } from '../../model/pointer.ts';
import type { Check, Phase, Policy, Rule } from '../../model/policy.ts';
import { gatesOf } from '../crosscheck/ground.ts';
import { clashOf, type Demand, type Demands, demandsOfCheck, demandsOfLogic, impliedBy } from './demands.ts';

/** A rule with its gate, and what it demands. */
export interface Placed {
  rule: Rule;
  gate: string;
  /** JSON Pointer to the rule. */
  pointer: string;
  demands: Demands;
  /** What must hold for the rule to apply at all; undefined without a `when`. */
  guard: Demands | undefined;
  /** The `when` as a text, for comparing; empty without one. */
  condition: string;
}

/** Every rule of a policy, in the order of the file. */
export function placedRules(policy: Policy): readonly Placed[] {
  return gatesOf(policy).flatMap(({ id, rules, pointer }) =>
    rules.map((rule, index) => ({
      rule,
      gate: id,
      pointer: pointTo(pointer, index),
      demands: demandsOfCheck(rule.check),
      guard: rule.when === undefined ? undefined : demandsOfLogic(rule.when),
      condition: rule.when === undefined ? '' : canonicalJson(rule.when),
    })),
  );
}

/** Where a rule's check stands. */
export function checkPointer({ rule, pointer }: Placed): string {
  return pointTo(pointer, rule.check.kind);
}

/** The phases whose pins may be in force when a gate is judged (semantics section 4). */
export function phasesOfGate(policy: Policy, gate: string): readonly Phase[] {
  const phases = policy.phases ?? [];
  if (gate === 'preflight' || gate === 'monitors') return phases;
  if (gate === 'exit') return phases.slice(-1);
  const [kind, id] = gate.split(':');
  const index = phases.findIndex((phase) => phase.id === id);
  // An entry is judged before the switch, or after it with the logs of before.
  return kind === 'entry' ? phases.slice(Math.max(0, index - 1), index + 1) : phases.slice(index, index + 1);
}

/** Whether a rule applies while some pins hold: surely, surely not, or nobody can tell. */
export function applies(policy: Policy, { guard }: Placed, pins: readonly Demand[]): 'yes' | 'no' | 'maybe' {
  if (guard === undefined) return 'yes';
  if (clashOf(policy.evidence, pins, guard.list)) return 'no';
  return guard.whole && impliedBy(pins, guard.list) ? 'yes' : 'maybe';
}

/** The checks that must all pass for a check to pass, with their pointers: itself, or the parts of `all`. */
export function conjuncts(check: Check, holder: string): readonly { check: Check; pointer: string }[] {
  const pointer = pointTo(holder, check.kind);
  if (check.kind !== 'all') return [{ check, pointer }];
  return check.checks.flatMap((part, index) => conjuncts(part, pointTo(pointer, index)));
}

/** Every check in a check, itself included, with their pointers. */
export function everyCheck(check: Check, holder: string): readonly { check: Check; pointer: string }[] {
  const pointer = pointTo(holder, check.kind);
  const here = { check, pointer };
  if (check.kind === 'not') return [here, ...everyCheck(check.check, pointer)];
  if (check.kind !== 'all' && check.kind !== 'any') return [here];
  const parts = check.checks.flatMap((part, index) => everyCheck(part, pointTo(pointer, index)));
  return [here, ...parts];
}
