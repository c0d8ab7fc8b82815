import { describe, expect, test } from 'vitest';
import { todoOf } from '../../src/report/ruleFacts.ts';
import { ruleReport } from '../support/verdicts.ts';

/** What the walk through all phases showed: an hour after each switch `status` advised to look for locked out clients. */
describe('the words of the policy on what to do about a metric', () => {
  const asked = [{ evidence: 'auth-failures', query: 'up' }];
  test.each([
    [
      'stand beside a fail',
      { outcome: 'fail', code: 'metric.beyond-bound' },
      'mend it; look at which clients fail',
    ],
    ['not beside an hour that is not over', { outcome: 'pending', code: 'metric.short' }, 'mend it'],
    ['not where no server is named', { outcome: 'unknown', code: 'server.unset' }, 'mend it'],
    [
      'not where samples are of another commit',
      { outcome: 'unknown', code: 'evidence.other-commit', cites: asked },
      'mend it',
    ],
    [
      'of other evidence always',
      { outcome: 'unknown', code: 'evidence.other-commit' },
      'mend it; look at which clients fail',
    ],
  ] as const)('%s', (_name, change, expected) => {
    const rule = ruleReport({ ...change, todo: 'mend it', remediation: 'look at which clients fail' });
    expect(todoOf(rule)).toBe(expected);
  });
});
