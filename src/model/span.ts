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
  switch (check.kind) {
    case 'metric': {
      const { value } = check.bound;
      const baseline = typeof value === 'number' ? 0 : value.baseline;
      return check.of === id ? check.within + baseline : 0;
    }
    case 'all':
    case 'any':
      return Math.max(0, ...check.checks.map((part) => spanOf(part, id)));
    case 'not':
      return spanOf(check.check, id);
    case 'expect':
    case 'assert':
    case 'passes':
    case 'streak':
    case 'soak':
    case 'quiet':
    case 'document':
      return 0;
  }
}
