import { join } from 'node:path';
import type { RuleReport, Verdict } from '../model/verdict.ts';
import type { Checked } from './check.ts';

/** A step back that a failing monitor calls for. */
export interface Retreat {
  /** The file of the policy. */
  policy: string;
  /** The phase before the one in force. */
  to: string;
  reason: string;
}

/**
 * The step back that the monitors of some policy call for: an `error` rule of a monitors gate that decides fails, and there
 * is a phase before the one in force. INVARIANT: the gate is the policy's own or that of the phase in force by the
 * transition log; the monitors of another phase say nothing of it. What is unknown or pending calls for nothing, and neither
 * does a preflight that fails: a red test is no reason to turn a running phase off.
 */
export function retreatFrom(checked: readonly Checked[]): Retreat | undefined {
  for (const { verdict, root } of checked) {
    const { inForce, before } = standing(verdict);
    const failing = failingMonitor(verdict, (id) => id === 'monitors' || id === `monitors:${inForce ?? ''}`);
    if (failing === undefined || before === undefined) continue;
    return {
      policy: join(root, verdict.policy.path),
      to: before,
      reason: `${failing.id} fails: ${failing.message}`,
    };
  }
  return undefined;
}

/** For each policy with a failing monitor that calls for a step back in vain: why it is not taken, and what to do. */
export function vainRetreats(checked: readonly Checked[]): readonly string[] {
  return checked.flatMap(({ verdict }) => {
    const failing = failingMonitor(verdict, (id) => /^monitors(?::|$)/.test(id));
    return failing === undefined
      ? []
      : [`${verdict.policy.name}: ${failing.id} fails, and no rollback is possible: ${obstacle(verdict)}`];
  });
}

function obstacle({ phase }: Verdict): string {
  const { road = [], current } = phase ?? {};
  const at = road.findIndex(({ state }) => state === 'current');
  const pinned = road.findIndex(({ id }) => id === current);
  const inForce = road[at]?.id;
  if (inForce === undefined) return 'no phase is in force';
  if (pinned > at)
    return `the flags are those of \`${road[pinned]?.id ?? ''}\`, but no transition into it is recorded; set the flags of \`${inForce}\` by hand`;
  if (pinned >= 0 && pinned < at)
    return `the flags are those of \`${current ?? ''}\`, and by the transition log \`${inForce}\` is in force; record it with \`soakgate rollback ${current ?? ''} --reason TEXT\``;
  return `there is no phase before \`${inForce}\`; stop the rollout by hand`;
}

function failingMonitor({ gates }: Verdict, counts: (gate: string) => boolean): RuleReport | undefined {
  return gates
    .filter(({ id, role }) => role === 'decides' && counts(id))
    .flatMap(({ rules }) => rules)
    .find(({ severity, outcome }) => severity === 'error' && outcome === 'fail');
}

/** The phase in force by the transition log, and the one before it. */
function standing({ phase }: Verdict): { inForce?: string | undefined; before?: string | undefined } {
  const road = phase?.road ?? [];
  const current = road.findIndex(({ state }) => state === 'current');
  return { inForce: road[current]?.id, before: road[current - 1]?.id };
}
