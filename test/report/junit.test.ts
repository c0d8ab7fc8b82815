import { describe, expect, it } from 'vitest';
import { render } from '../../src/report/index.ts';
import { fullVerdict, gateReport, ruleByOutcome, verdictOf, verdictWith } from '../support/verdicts.ts';
import { elementsOf } from '../support/xml.ts';

const text = await render('junit', [fullVerdict]);

describe('junit', () => {
  it.each([
    ['decision', 'failure'],
    ['flags-explicit', undefined],
    ['shadow-soak', 'failure'],
    ['smoke-seven-days', 'error'],
    ['backend-tests-green', 'error'],
    ['agent-tests-green', 'skipped'],
    ['vault-env', 'skipped'],
    ['mono-check-green', 'skipped'],
    ['smoke-fail-investigated', 'skipped'],
  ])('the case %s is %s', (name, kind) => {
    const test = elementsOf(text, 'testcase').find(({ attributes }) => attributes['name'] === name);
    const [child] = test?.children ?? [];
    expect(typeof child === 'string' ? child : child?.name).toBe(kind);
  });

  it('says of what is skipped why', () => {
    const reasons = elementsOf(text, 'skipped').map(({ attributes }) => attributes['message']);
    expect(reasons).toEqual([
      'waived by W-7 until 2026-03-01T00:00:00Z: fail: `npm run agent:test` ended with exit code 1',
      'not applicable: the condition is false',
      'warning, does not decide: unknown: commands run only when asked',
      'note, does not decide: fail: none of the parts passes',
      'outlook, does not decide: pending: 5 of 7 days are good',
    ]);
  });

  it('counts what it holds, suite by suite', () => {
    for (const suite of elementsOf(text, 'testsuite')) {
      const within = (name: string) =>
        suite.children
          .filter((child) => typeof child !== 'string' && child.name === 'testcase')
          .filter(
            (child) =>
              typeof child !== 'string' &&
              child.children.some((one) => typeof one !== 'string' && one.name === name),
          ).length;
      const { failures, errors, skipped } = suite.attributes;
      expect([failures, errors, skipped].map(Number)).toEqual([
        within('failure'),
        within('error'),
        within('skipped'),
      ]);
    }
  });

  it('has what the verdict is bound to among its properties', () => {
    const properties = new Map(
      elementsOf(text, 'property').map(({ attributes }) => [attributes['name'], attributes['value']]),
    );
    const { policy, evaluatedAt, evidence } = fullVerdict;
    expect(properties.get('policy-digest')).toBe(policy.digest);
    expect(properties.get('evaluated-at')).toBe(evaluatedAt);
    expect(properties.get('evidence-digest smoke')).toBe(evidence[1]?.digest);
    expect(properties.get('decision')).toBe('no-go (1 waived)');
  });

  it('names files only when asked', async () => {
    expect(text).not.toContain('file=');
    const asked = await render('junit', [fullVerdict], { junitFile: true });
    const files = elementsOf(asked, 'testcase').map(({ attributes }) => attributes['file']);
    expect(new Set(files)).toEqual(new Set(['policies/hardening.yaml']));
  });

  it('is not green for a go of another instant, nor for a gate in which nothing was judged', async () => {
    const empty = verdictWith({ decision: 'hold', gates: [gateReport({ decision: 'hold', rules: [] })] });
    const rules = [ruleByOutcome['not-applicable']];
    const idle = verdictWith({ decision: 'hold', gates: [gateReport({ decision: 'hold', rules })] });
    for (const verdict of [verdictOf('go', 'as-of'), empty, idle])
      expect(elementsOf(await render('junit', [verdict]), 'error')).toHaveLength(1);
  });
});
