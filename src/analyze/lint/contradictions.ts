import type { Policy } from '../../model/policy.ts';
import { type Clash, clashOf, demandsOfPins } from './demands.ts';
import type { Facts, Finding, Lint } from './lint.ts';
import { applies, checkPointer, type Placed, phasesOfGate, placedRules } from './rules.ts';
import { inWords } from './values.ts';

/** Gates that are judged at one instant (semantics section 4), and whose `error` rules must therefore all pass at once. */
function judgedTogether(policy: Policy): readonly (readonly string[])[] {
  const phases = policy.phases ?? [];
  const always = ['preflight', 'monitors'];
  const within = phases.map(({ id }) => [...always, `monitors:${id}`]);
  const between = phases
    .slice(1)
    .map(({ id }, index) => [...always, `monitors:${phases[index]?.id ?? ''}`, `entry:${id}`]);
  return [always, ...within, ...between, ['exit']];
}

export const contradiction: Lint = {
  severity: 'error',
  summary:
    'two `error` rules that are judged together demand values that no evidence can have at once, so the gate can never go',
  fix: 'change one of the two, or give each a `when` of its own',
  example: `preflight:
  - id: on-main
    title: The main branch is checked out
    expect: { repo.branch: main }
  - id: on-release
    title: A release branch is checked out
    assert: { in: [{ var: repo.branch }, [release, hotfix]] }
`,
  mended: `preflight:
  - id: on-branch
    title: A branch that may be rolled out is checked out
    expect: { repo.branch: { oneOf: [main, release, hotfix] } }
`,
  judge(facts) {
    const rules = placedRules(facts.policy).filter(({ rule }) => rule.severity === 'error');
    const found = new Map<string, Finding>();
    for (const gates of judgedTogether(facts.policy)) {
      const group = rules.filter(({ gate }) => gates.includes(gate));
      group.forEach((second, index) => {
        const first = group.slice(0, index + 1).find((other) => contradict(facts, other, second));
        if (first && !found.has(second.pointer)) found.set(second.pointer, tellPair(facts, first, second));
      });
    }
    return [...found.values()];
  },
};

/** Rules under different conditions need not apply at once; a rule is also held against itself. */
function contradict({ policy }: Facts, first: Placed, second: Placed): Clash | undefined {
  if (first.condition !== second.condition) return undefined;
  return clashOf(policy.evidence, first.demands.list, second.demands.list);
}

function tellPair(facts: Facts, first: Placed, second: Placed): Finding {
  const clash = contradict(facts, first, second) as Clash;
  const alone = first.pointer === second.pointer;
  const other = `\`${first.rule.id}\` in line ${facts.lineOf(first.pointer)}`;
  const message = alone
    ? `no value of \`${clash.path}\` can be ${inWords(clash.there)} and ${inWords(clash.here)} at once`
    : `\`${second.rule.id}\` wants \`${clash.path}\` to be ${inWords(clash.here)}, ${other} wants ${inWords(clash.there)}`;
  return { message, pointer: checkPointer(second), atKey: true };
}

const modeWanted = (mode: string) => `evidence:
  flags: { env: { variables: { MODE: { oneOf: [shadow, enforced] } } } }
phases:
  - id: shadow
    pins: { flags.MODE: shadow }
    monitors:
      - id: mode-${mode}
        title: The mode is ${mode}
        expect: { flags.MODE: ${mode} }
`;

export const againstPins: Lint = {
  severity: 'error',
  summary:
    'a rule that is judged in one phase alone demands another value than the phase pins, so it can never pass',
  fix: 'demand what the phase pins, or move the rule to the phase that it is meant for',
  example: modeWanted('enforced'),
  mended: modeWanted('shadow'),
  judge({ policy }) {
    return placedRules(policy).flatMap((placed) => {
      const [phase, ...more] = phasesOfGate(policy, placed.gate);
      const always = placed.gate.startsWith('entry:') || more.length > 0 || !phase;
      // What is judged in several phases is another lint's concern.
      if (always || placed.gate === 'preflight' || placed.gate === 'monitors') return [];
      const pins = demandsOfPins(phase);
      const clash = clashOf(policy.evidence, pins, placed.demands.list);
      if (!clash || applies(policy, placed, pins) === 'no') return [];
      const message = `phase \`${phase.id}\` pins \`${clash.path}\` to ${inWords(clash.there)}, the rule wants ${inWords(clash.here)}`;
      return [{ message, pointer: checkPointer(placed), atKey: true }];
    });
  },
};

const threePhases = (id: string, title: string, mode: string) => `evidence:
  flags: { env: { variables: { MODE: { oneOf: [shadow, canary, enforced] } } } }
preflight:
  - id: ${id}
    title: ${title}
    expect: { flags.MODE: ${mode} }
phases:
  - { id: shadow, pins: { flags.MODE: shadow } }
  - id: canary
    pins: { flags.MODE: canary }
    entry: [{ id: to-canary, title: The mode is set, expect: { flags.MODE: set } }]
  - id: enforced
    pins: { flags.MODE: enforced }
    entry: [{ id: to-enforced, title: The mode is set, expect: { flags.MODE: set } }]
`;

export const unreachablePhase: Lint = {
  severity: 'error',
  summary:
    'a phase can never be entered: with the pins of the phase before it some rule cannot pass, and with its own neither',
  fix: 'demand what one of the two phases pins, or give the rule a `when`',
  example: threePhases('mode-shadow', 'The rollout starts in shadow', 'shadow'),
  mended: threePhases('mode-set', 'The mode is set explicitly', 'set'),
  judge({ policy }) {
    const phases = policy.phases ?? [];
    const rules = placedRules(policy).filter(({ rule }) => rule.severity === 'error');
    return phases.flatMap((phase, index): readonly Finding[] => {
      const left = phases[index - 1];
      if (!left) return [];
      const gates = ['preflight', 'monitors', `entry:${phase.id}`];
      const group = rules.filter(({ gate }) => gates.includes(gate));
      const blockers = [left, phase].map((one) => {
        const pins = demandsOfPins(one);
        const blocks = ({ demands }: Placed) => clashOf(policy.evidence, pins, demands.list) !== undefined;
        return group.find((placed) => blocks(placed) && applies(policy, placed, pins) === 'yes');
      });
      const [before, after] = blockers;
      if (!before || !after) return [];
      const why =
        before === after
          ? `rule \`${before.rule.id}\` cannot pass with the pins of \`${left.id}\` nor with its own`
          : `rule \`${before.rule.id}\` cannot pass with the pins of \`${left.id}\`, \`${after.rule.id}\` not with its own`;
      return [
        { message: `phase \`${phase.id}\` can never be entered: ${why}`, pointer: `/phases/${index}/id` },
      ];
    });
  },
};
