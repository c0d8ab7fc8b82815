import { plainChecks } from './checks.ts';
import type { Duration } from './instant.ts';
import type { Check, Policy, Rule } from './policy.ts';

/**
 * How far back from now the samples of one evidence are needed: the longest window of a metric check over it together
 * with its baseline (spec section 4: the range to fetch is derived from what rules need). 0 if no check reads it.
 * @returns milliseconds
 */
export function spanNeeded(policy: Policy, id: string): Duration {
  const { preflight = [], monitors = [], phases = [], exit = [] } = policy;
  const ofPhases = phases.flatMap(({ entry = [], monitors: own = [] }) => [...entry, ...own]);
  const rules: readonly Rule[] = [...preflight, ...monitors, ...ofPhases, ...exit];
  return Math.max(0, ...rules.map(({ check }) => spanOf(check, id)));
}

function spanOf(check: Check, id: string): Duration {
  const spans = plainChecks(check).map((plain) => {
    if (plain.kind !== 'metric' || plain.of !== id) return 0;
    const { value } = plain.bound;
    return plain.within + (typeof value === 'number' ? 0 : value.baseline);
  });
  return Math.max(0, ...spans);
}
