import type { CheckContext } from '../checks/context.ts';
import { formatInstant, type Instant } from '../model/instant.ts';
import type { FreezeWindow, Policy } from '../model/policy.ts';
import { builtIn } from './drift.ts';
import { judgedBuiltIn, type JudgedRule } from './rule.ts';

/**
 * The built-in rule `freeze` of each gate that lets a phase begin or the rollout end, while nothing advances. It is never
 * there as a pass: time alone proves nothing.
 */
export function freezeRules(gate: string, { policy, now }: CheckContext): readonly JudgedRule[] {
  const { phases, freeze } = policy;
  if (!phases || !freeze || !(gate === 'exit' || gate.startsWith('entry:'))) return [];
  const window = windowAt(policy, now);
  if (!window) return [];
  const end = endOfFreeze(policy, now);
  const rule = { ...builtIn('freeze', 'No freeze is in force', phases), at: window.at };
  const message = `nothing advances until ${formatInstant(end)}: ${window.reason}`;
  return [
    judgedBuiltIn(rule, { outcome: 'pending', code: 'phase.frozen', message, earliest: end, cites: [] }),
  ];
}

function windowAt({ freeze = [] }: Policy, at: Instant): FreezeWindow | undefined {
  return freeze.find(({ from, until }) => from <= at && at < until);
}

/** The first instant from then on that lies in no window. */
function endOfFreeze(policy: Policy, from: Instant): Instant {
  let at = from;
  for (let window = windowAt(policy, at); window; window = windowAt(policy, at)) at = window.until;
  return at;
}
