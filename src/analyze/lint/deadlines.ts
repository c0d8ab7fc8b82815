import { day, type Duration, formatDuration, hour, week } from '../../model/instant.ts';
import { pointTo } from '../../model/pointer.ts';
import type { Check, Policy, StreakCheck } from '../../model/policy.ts';
import { phasedLog } from './examples.ts';
import { twoPhases } from './freezes.ts';
import type { Finding, Lint } from './lint.ts';
import { conjuncts, placedRules } from './rules.ts';

const dated = (deadline: string) =>
  `${phasedLog}${twoPhases(
    `deadline: ${deadline}, `,
    '{ id: soaked, title: A day of soak, soak: { of: smoke.strict, phase: shadow, for: 24h, maxGap: 8h } }',
  )}`;

export const deadlineTooShort: Lint = {
  severity: 'error',
  summary:
    'the deadline of a phase has passed before the step out of it can be go: the soaks and streaks that it needs take at least as long',
  fix: 'make the deadline longer than they take, with time to look and to decide',
  example: dated('24h'),
  mended: dated('3d'),
  judge({ policy }) {
    return (policy.phases ?? []).flatMap(({ id, deadline }, index): readonly Finding[] => {
      if (deadline === undefined) return [];
      const longest = demandsOf(policy, index).find(({ takes }) => takes >= deadline);
      if (!longest) return [];
      const message = `the deadline of \`${id}\` is ${formatDuration(deadline)}, and \`${longest.rule}\` takes at least ${formatDuration(longest.takes)} of it`;
      return [{ message, pointer: pointTo('/phases', index, 'deadline') }];
    });
  },
};

/** What the `error` rules of the step out of a phase demand of the time in it, wherever they apply at all. */
function demandsOf(policy: Policy, index: number): readonly { rule: string; takes: Duration }[] {
  const phases = policy.phases ?? [];
  const next = phases[index + 1];
  const gate = next ? `entry:${next.id}` : 'exit';
  const phase = phases[index]?.id ?? '';
  return placedRules(policy)
    .filter((placed) => placed.gate === gate && placed.rule.severity === 'error' && placed.condition === '')
    .flatMap(({ rule, pointer }) =>
      conjuncts(rule.check, pointer).map(({ check }) => ({ rule: rule.id, takes: leastIn(check, phase) })),
    );
}

/** The least time in a phase that a check can do with; 0 where it needs none, or nobody can tell. */
function leastIn(check: Check, phase: string): Duration {
  switch (check.kind) {
    case 'soak':
      return check.phase === phase ? check.for : 0;
    case 'streak':
      return check.phase === phase ? leastOf(check) : 0;
    case 'quiet':
    case 'metric':
    case 'all':
    case 'any':
    case 'not':
    case 'expect':
    case 'assert':
    case 'passes':
    case 'document':
      return 0;
  }
}

/** The first and the last bucket need one record each; the others between lie wholly in the phase. */
function leastOf({ per, atLeast, minGap = 0 }: StreakCheck): Duration {
  const between = Math.max(0, atLeast - 2);
  switch (per) {
    case 'record':
      return (atLeast - 1) * minGap;
    case 'hour':
      return between * hour;
    case 'day':
      // Once the clocks go forward, and a day is an hour shorter.
      return Math.max(0, between * day - hour);
    case 'week':
      return Math.max(0, between * week - hour);
  }
}
