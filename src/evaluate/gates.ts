import type { CheckContext } from '../checks/context.ts';
import { nearest } from '../model/nearest.ts';
import type { Phase, Policy, Rule } from '../model/policy.ts';
import { ok, type Problem, problems, type Result } from '../model/problem.ts';

/** A gate that is to be judged. */
export interface Gate {
  /** Canonical id: `preflight`, `monitors`, `monitors:ID`, `entry:ID`, `exit`. */
  id: string;
  role: 'decides' | 'outlook';
  rules: readonly Rule[];
  /** The phase that the gate belongs to; `exit` belongs to the last. */
  phase?: string;
}

const names = ['preflight', 'monitors', 'next', 'exit', 'all'];

/**
 * The gates that were asked for, in the order of the rollout (semantics section 3). Without a choice preflight and
 * monitors decide; next and exit are outlook. Gates that the policy does not declare take no part; a gate that decides
 * is no outlook.
 */
export function selectGates(
  policy: Policy,
  asked: readonly string[] | undefined,
  current: Phase | undefined,
  shown: readonly string[] = asked ? [] : ['next', 'exit'],
): Result<readonly Gate[]> {
  const unknown = [...(asked ?? []), ...shown].flatMap((name) => refuse(policy, name));
  if (unknown.length > 0) return problems(...unknown);
  const deciding = new Set(
    (asked ?? ['preflight', 'monitors']).flatMap((name) => expand(policy, name, current)),
  );
  const outlook = shown.flatMap((name) => expand(policy, name, current));
  return ok(
    declaredGates(policy)
      .filter((gate) => deciding.has(gate.id) || outlook.includes(gate.id))
      .map((gate) => ({ ...gate, role: deciding.has(gate.id) ? 'decides' : 'outlook' })),
  );
}

function refuse(policy: Policy, name: string): readonly Problem[] {
  const [kind, id] = name.split(':', 2);
  const phases = policy.phases ?? [];
  if (id === undefined) {
    if (names.includes(name)) return [];
    return [
      problem(
        `there is no gate \`${name}\``,
        nearest(name, names),
        `gates are ${names.join(', ')}, entry:ID, monitors:ID`,
      ),
    ];
  }
  if (kind !== 'entry' && kind !== 'monitors') {
    return [
      problem(
        `there is no gate \`${name}\``,
        nearest(kind ?? '', ['entry', 'monitors']),
        'write `entry:ID` or `monitors:ID`',
      ),
    ];
  }
  if (phases.length === 0)
    return [
      problem(`\`${name}\`: the policy \`${policy.name}\` has no phases`, undefined, 'leave out the gate'),
    ];
  const ids = phases.map((phase) => phase.id);
  return ids.includes(id)
    ? []
    : [problem(`\`${name}\` names no phase`, nearest(id, ids), `phases are ${ids.join(', ')}`)];
}

function problem(message: string, near: string | undefined, otherwise: string): Problem {
  return {
    code: 'usage/unknown-gate',
    message,
    hint: near === undefined ? otherwise : `did you mean \`${near}\`?`,
  };
}

/** Canonical ids of the gates that a name stands for. */
function expand(policy: Policy, name: string, current: Phase | undefined): readonly string[] {
  const phases = policy.phases ?? [];
  switch (name) {
    case 'monitors':
      return current ? ['monitors', `monitors:${current.id}`] : ['monitors'];
    case 'next': {
      const next = current ? phases[phases.indexOf(current) + 1] : undefined;
      return next ? [`entry:${next.id}`] : current || phases.length === 0 ? ['exit'] : [];
    }
    case 'all':
      return ['preflight', 'monitors', 'next', 'exit'].flatMap((part) => expand(policy, part, current));
    default:
      return [name];
  }
}

function declaredGates(policy: Policy): readonly Omit<Gate, 'role'>[] {
  const phases = policy.phases ?? [];
  const gates: { id: string; rules: readonly Rule[] | undefined; phase?: string }[] = [
    { id: 'preflight', rules: policy.preflight },
    { id: 'monitors', rules: policy.monitors },
    ...phases.map((phase) => ({ id: `monitors:${phase.id}`, rules: phase.monitors, phase: phase.id })),
    ...phases.map((phase) => ({ id: `entry:${phase.id}`, rules: phase.entry, phase: phase.id })),
    { id: 'exit', rules: policy.exit, ...(phases.length > 0 ? { phase: phases.at(-1)?.id as string } : {}) },
  ];
  return gates.flatMap(({ rules, ...gate }) => (rules ? [{ ...gate, rules }] : []));
}

/** Every rule of a policy with the id of its gate, in the order of the rollout. */
export function allRules(policy: Policy): readonly { gate: string; rule: Rule }[] {
  return declaredGates(policy).flatMap((gate) => gate.rules.map((rule) => ({ gate: gate.id, rule })));
}

/** The view of the world that the rules of a gate have: the monitors of a phase look at samples since it began. */
export function contextIn(gate: string, context: CheckContext): CheckContext {
  const [kind, phase] = gate.split(':', 2);
  return kind === 'monitors' && phase !== undefined ? { ...context, monitored: phase } : context;
}
