import type { Phase, Policy } from '../../model/policy.ts';
import { pinColumn } from '../crosscheck/pins.ts';
import { phasedLog } from './examples.ts';
import type { Finding, Lint } from './lint.ts';
import { conjuncts, everyCheck, type Placed, placedRules } from './rules.ts';

const soaked = (phase: string) => `${phasedLog}phases:
  - { id: shadow, pins: { flags.MODE: shadow } }
  - id: enforced
    pins: { flags.MODE: enforced }
    entry:
      - id: soaked
        title: A day of soak
        soak: { of: smoke.strict, phase: ${phase}, for: 24h, maxGap: 8h }
`;

export const wrongPhase: Lint = {
  severity: 'error',
  summary:
    'a soak or streak names a phase that is not in force when its gate is judged: either it never began, or newer rows have other pins, so it can never pass',
  fix: 'name the phase that is in force there',
  example: soaked('enforced'),
  mended: soaked('shadow'),
  judge({ policy }) {
    return placedRules(policy).flatMap((placed) => {
      const due = phaseInForce(policy, placed);
      return conjuncts(placed.rule.check, placed.pointer).flatMap(
        ({ check, pointer }): readonly Finding[] => {
          if (check.kind !== 'soak' && check.kind !== 'streak') return [];
          const { phase } = check;
          if (due === undefined || phase === undefined || phase === 'in-force' || phase === due.id) return [];
          const message = `gate \`${placed.gate}\` is judged in phase \`${due.id}\`, where a ${check.kind} of \`${phase}\` cannot pass`;
          return [{ message, pointer: `${pointer}/phase`, hint: `name \`${due.id}\`` }];
        },
      );
    });
  },
};

/** The phase whose rows count when a rule is judged; undefined where it may be one of several, or none. */
function phaseInForce(policy: Policy, { gate, guard }: Placed): Phase | undefined {
  const phases = policy.phases ?? [];
  if (gate === 'exit') return phases.at(-1);
  const [kind, id] = gate.split(':');
  const index = phases.findIndex((phase) => phase.id === id);
  if (id !== undefined) return kind === 'entry' ? phases[index - 1] : phases[index];
  return phases.length === 1 && !guard ? phases[0] : undefined;
}

const dailyIn = (phase: string) => `${phasedLog}monitors:
  - id: daily
    title: A record a day
    streak: { of: smoke.strict, phase: ${phase}, per: day, atLeast: 1 }
phases:
  - { id: shadow, pins: { flags.MODE: shadow } }
  - id: enforced
    pins: { flags.MODE: enforced }
    entry: [{ id: mode-set, title: The mode is set, expect: { flags.MODE: set } }]
`;

export const phaseForAll: Lint = {
  severity: 'error',
  summary:
    'a soak or streak in `preflight` or `monitors` names one phase, so the gate cannot go in any other: these gates are judged in every phase',
  fix: 'move the rule to the `entry` or `monitors` of a phase, or write `phase: in-force` on a streak',
  example: dailyIn('shadow'),
  mended: dailyIn('in-force'),
  judge({ policy }) {
    if ((policy.phases ?? []).length < 2) return [];
    return placedRules(policy).flatMap(({ gate, guard, rule, pointer: holder }) => {
      if ((gate !== 'preflight' && gate !== 'monitors') || guard || rule.severity !== 'error') return [];
      return conjuncts(rule.check, holder).flatMap(({ check, pointer }): readonly Finding[] => {
        if (check.kind !== 'soak' && check.kind !== 'streak') return [];
        if (check.phase === undefined || check.phase === 'in-force') return [];
        const message = `gate \`${gate}\` is judged in every phase, this ${check.kind} can pass in \`${check.phase}\` alone`;
        return [{ message, pointer: `${pointer}/phase` }];
      });
    });
  },
};

const sevenDays = (phase: string) => `${phasedLog}phases: [{ id: shadow, pins: { flags.MODE: shadow } }]
exit:
  - id: seven-days
    title: Seven days
    streak: { of: smoke.strict, ${phase}per: day, atLeast: 7 }
`;

export const streakWithoutPhase: Lint = {
  severity: 'note',
  summary:
    'a streak over a log with the columns of the pins names no phase, so rows with the pins of any phase count',
  fix: 'add `phase: in-force`',
  example: sevenDays(''),
  mended: sevenDays('phase: in-force, '),
  judge({ policy }) {
    const pinned = (policy.phases ?? []).map((phase) => Object.keys(phase.pins));
    return placedRules(policy).flatMap(({ rule, pointer: holder }) =>
      everyCheck(rule.check, holder).flatMap(({ check, pointer }): readonly Finding[] => {
        if (check.kind !== 'streak' || check.phase !== undefined) return [];
        const spec = policy.evidence[check.of.log];
        const columns = spec?.kind === 'log' ? spec.columns : {};
        const holds = (pins: readonly string[]) =>
          pins.every((path) => Object.hasOwn(columns, pinColumn(check.columns, path)));
        if (!pinned.some(holds)) return [];
        return [
          {
            message: 'the streak names no phase, so rows with the pins of any phase count',
            pointer,
            atKey: true,
          },
        ];
      }),
    );
  },
};

export const unusedEntry: Lint = {
  severity: 'warning',
  summary: 'the first phase has an `entry`: the rollout begins there, so nobody ever judges it',
  fix: 'move its rules to `preflight`',
  example: `phases:
  - id: shadow
    pins: { flags.MODE: shadow }
    entry: [{ id: mode-set, title: The mode is set, expect: { flags.MODE: set } }]
`,
  mended: `preflight:
  - { id: mode-set, title: The mode is set, expect: { flags.MODE: set } }
phases:
  - id: shadow
    pins: { flags.MODE: shadow }
`,
  judge({ policy }) {
    const [first] = policy.phases ?? [];
    if (first?.entry === undefined) return [];
    const message = `the first phase \`${first.id}\` is never entered, so its \`entry\` is never judged`;
    return [{ message, pointer: '/phases/0/entry', atKey: true }];
  },
};
