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
 * is a phase before the one in force. What is unknown or pending calls for nothing, and neither does a preflight that
 * fails: a red test is no reason to turn a running phase off.
 */
export function retreatFrom(checked: readonly Checked[]): Retreat | undefined {
  for (const { verdict, root } of checked) {
    const failing = failingMonitor(verdict);
    const to = phaseBefore(verdict);
    if (failing === undefined || to === undefined) continue;
    return { policy: join(root, verdict.policy.path), to, reason: `${failing.id} fails: ${failing.message}` };
  }
  return undefined;
}

function failingMonitor({ gates }: Verdict): RuleReport | undefined {
  return gates
    .filter(({ id, role }) => role === 'decides' && /^monitors(?::|$)/.test(id))
    .flatMap(({ rules }) => rules)
    .find(({ severity, outcome }) => severity === 'error' && outcome === 'fail');
}

function phaseBefore({ phase }: Verdict): string | undefined {
  const road = phase?.road ?? [];
  const current = road.findIndex(({ state }) => state === 'current');
  return current > 0 ? road[current - 1]?.id : undefined;
}
