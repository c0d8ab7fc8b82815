import { describe, expect, test } from 'vitest';
import { day, hour } from '../../src/model/instant.ts';
import type { Check, MetricBound } from '../../src/model/policy.ts';
import { spanNeeded } from '../../src/model/span.ts';
import { phaseOf, policyOf, ruleOf } from '../support/policy.ts';

const metric = (of: string, within: number, value: MetricBound = 1): Check => ({
  kind: 'metric',
  ...{ of, within, stat: 'max', bound: { is: 'atMost', value }, minCoverage: 0.9 },
});
const spike = (baseline: number) => ({ times: 2, baseline, floor: 1 });

describe('the span of samples that rules need', () => {
  test.each([
    ['no rule', [], 0],
    ['other evidence', [metric('other', day)], 0],
    ['a window', [metric('errors', hour)], hour],
    ['a window and its baseline', [metric('errors', hour, spike(day))], day + hour],
    ['the longest of several', [metric('errors', hour), metric('errors', 2 * hour)], 2 * hour],
    ['parts of all', [{ kind: 'all', checks: [metric('errors', hour), metric('errors', day)] }], day],
    ['parts of any', [{ kind: 'any', checks: [metric('errors', day), metric('errors', hour)] }], day],
    ['below not', [{ kind: 'not', check: metric('errors', hour) }], hour],
  ] as [string, Check[], number][])('%s', (_name, checks, span) => {
    const rules = checks.map((check, index) => ruleOf(`r${index}`, check));
    expect(spanNeeded(policyOf({ exit: rules }), 'errors')).toBe(span);
  });

  test('rules of every gate take part', () => {
    const rule = (hours: number) => [ruleOf(`r${hours}`, metric('errors', hours * hour))];
    const gates = [
      policyOf({ preflight: rule(1) }),
      policyOf({ monitors: rule(2) }),
      policyOf({ phases: [{ ...phaseOf('a', {}), entry: rule(3) }] }),
      policyOf({ phases: [phaseOf('a', {}), { ...phaseOf('b', {}), monitors: rule(4) }] }),
      policyOf({ exit: rule(5) }),
    ];
    expect(gates.map((policy) => spanNeeded(policy, 'errors') / hour)).toEqual([1, 2, 3, 4, 5]);
  });
});
