import { canonicalJson } from '../../model/canonical.ts';
import type { Check, Policy } from '../../model/policy.ts';
import { gatesOf } from '../crosscheck/ground.ts';
import { clashOf, demandsOfPins } from './demands.ts';
import type { Finding, Lint } from './lint.ts';
import { applies, conjuncts, type Placed, phasesOfGate, placedRules } from './rules.ts';
import { among, declaredValues, isNone, meet } from './values.ts';

const modes = `evidence:
  flags: { env: { variables: { MODE: { oneOf: [shadow, enforced] }, URL: {} } } }
`;

const explicit = `${modes}preflight:
  - id: mode-set
    title: The mode is set explicitly
    expect: { flags.MODE: set }
`;

const enforced = "{ '==': [{ var: flags.MODE }, enforced] }";

const urlWhen = (when: string) => `  - id: url-set
    title: The URL is set
    when: ${when}
    expect: { flags.URL: set }
`;

export const whenNeverTrue: Lint = {
  severity: 'warning',
  summary: 'the `when` of a rule can never be true, so the rule is never judged and guards nothing',
  fix: 'mend the `when`, or remove the rule',
  example: `${explicit}${urlWhen("{ and: [{ '==': [{ var: flags.MODE }, enforced] }, { '!=': [{ var: flags.MODE }, enforced] }] }")}`,
  mended: `${explicit}${urlWhen(enforced)}`,
  judge({ policy }) {
    return placedRules(policy).flatMap((placed): readonly Finding[] => {
      const { guard, pointer, gate } = placed;
      if (!guard) return [];
      const at = { pointer: `${pointer}/when`, atKey: true };
      const inside = clashOf(policy.evidence, guard.list, guard.list);
      if (inside)
        return [{ message: `\`when\` asks for values of \`${inside.path}\` that exclude each other`, ...at }];
      const phases = phasesOfGate(policy, gate);
      const never = phases.every((phase) => applies(policy, placed, demandsOfPins(phase)) === 'no');
      if (phases.length === 0 || !never) return [];
      const names = phases.map(({ id }) => `\`${id}\``).join(', ');
      return [{ message: `\`when\` is false with the pins of ${names}, where \`${gate}\` is judged`, ...at }];
    });
  },
};

const urlFrom = (entry: string) => `${explicit}  - id: url-while-enforced
    title: The URL is set while the mode is enforced
    when: ${enforced}
    expect: { flags.URL: set }
phases:
  - { id: shadow, pins: { flags.MODE: shadow } }
  - id: enforced
    pins: { flags.MODE: enforced }
    entry: [{ ${entry} }]
`;

export const laterPinWithoutTwin: Lint = {
  severity: 'warning',
  summary:
    'a rule applies from a later phase on, and the entry of that phase does not demand the same: the switch is thrown before anybody looks',
  fix: 'demand the same in the `entry` of the phase, without `when`',
  example: urlFrom('id: mode-before, title: The mode is set before the switch, expect: { flags.MODE: set }'),
  mended: urlFrom('id: url-before, title: The URL is set before the switch, expect: { flags.URL: set }'),
  judge({ policy }) {
    const rules = placedRules(policy);
    const phases = policy.phases ?? [];
    return rules.flatMap((placed): readonly Finding[] => {
      const { rule, gate, guard, pointer } = placed;
      if (!guard || rule.severity !== 'error' || (gate !== 'preflight' && gate !== 'monitors')) return [];
      const first = phases.findIndex((phase) => applies(policy, placed, demandsOfPins(phase)) !== 'no');
      const phase = phases[first];
      if (first < 1 || !phase) return [];
      const entries = phases.slice(0, first + 1).map(({ id }) => `entry:${id}`);
      const there = new Set(
        rules
          .filter((other) => entries.includes(other.gate) && isFirm(other))
          .flatMap((other) => atomsOf(other.rule.check)),
      );
      if (atomsOf(rule.check).every((atom) => there.has(atom))) return [];
      const message = `\`${rule.id}\` applies from phase \`${phase.id}\` on, whose \`entry\` does not demand the same`;
      return [{ message, pointer: `${pointer}/when`, atKey: true }];
    });
  },
};

function isFirm({ rule, guard }: Placed): boolean {
  return rule.severity === 'error' && !guard;
}

/** The single demands of a check, comparable as texts. */
function atomsOf(check: Check): readonly string[] {
  return conjuncts(check, '').flatMap(({ check: part }) =>
    part.kind === 'expect'
      ? Object.entries(part.paths).map(([path, matcher]) => canonicalJson({ path, matcher }))
      : [canonicalJson(part)],
  );
}

export const conditionalGate: Lint = {
  severity: 'warning',
  summary:
    'every `error` rule of a gate has a `when`; where none of them applies nothing is proven, and the gate holds for ever',
  fix: 'add a rule without `when`',
  example: `${modes}preflight:\n${urlWhen(enforced)}`,
  mended: `${explicit}${urlWhen(enforced)}`,
  judge({ policy }) {
    const rules = placedRules(policy).filter(({ rule }) => rule.severity === 'error');
    return gatesOf(policy).flatMap(({ id, pointer }): readonly Finding[] => {
      // The monitors of the policy and those of a phase make one gate.
      const also = id.startsWith('monitors:') ? 'monitors' : id;
      const group = rules.filter(({ gate }) => gate === id || gate === also);
      if (id === 'monitors' && policy.phases?.every((phase) => phase.monitors)) return [];
      if (group.length === 0 || group.some(({ guard }) => !guard) || covers(policy, group)) return [];
      const phases = phasesOfGate(policy, id);
      const sure = phases.every((phase) =>
        group.some((placed) => applies(policy, placed, demandsOfPins(phase)) === 'yes'),
      );
      if (phases.length > 0 && sure) return [];
      return [{ message: `every \`error\` rule of gate \`${id}\` has a \`when\``, pointer, atKey: true }];
    });
  },
};

/** Whether the conditions are over one path and leave out none of its values. */
function covers(policy: Policy, group: readonly Placed[]): boolean {
  const demands = group.flatMap(({ guard }) => (guard?.whole && guard.list.length === 1 ? guard.list : []));
  const [first] = demands;
  if (!first || demands.some(({ path }) => path !== first.path)) return false;
  const declared = declaredValues(policy.evidence, first.path);
  return (
    declared.is === 'among' &&
    declared.values.every((value) => demands.some(({ values }) => !isNone(meet(among(value), values))))
  );
}
