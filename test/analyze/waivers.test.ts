import { describe, expect, test } from 'vitest';
import { loadPolicy } from '../../src/analyze/load.ts';
import { type LoadedWaivers, loadWaivers } from '../../src/analyze/waivers.ts';
import type { Policy } from '../../src/model/policy.ts';
import { basePolicy } from './base.ts';

const loaded = loadPolicy(basePolicy, { path: 'policies/p.yaml', digest: () => 'sha256:0' });
if (!loaded.ok) throw new Error('the base policy must load');
const policy: Policy = loaded.value.policy;

const base = `apiVersion: soakgate/v1
kind: Waiver
id: audit-noise
policy: checkout
rule: audit-clean
owner: ada@example.com
approver: grace@example.com
reason: The audit counts a closed ticket
from: 2026-02-24
expires: '2026-03-10'
`;

const load = (...texts: readonly string[]) =>
  loadWaivers(
    texts.map((text, index) => ({ path: `policies/waivers/${index}.yaml`, text })),
    policy,
  );

describe('a waiver', () => {
  test('begins and ends with days of the zone of the policy', () => {
    const { waivers, problems } = load(base);
    expect(problems).toEqual([]);
    expect(waivers).toEqual([
      {
        id: 'audit-noise',
        path: 'policies/waivers/0.yaml',
        at: { path: 'policies/waivers/0.yaml', line: 3, column: 5 },
        policy: 'checkout',
        rule: 'audit-clean',
        outcomes: ['fail'],
        owner: 'ada@example.com',
        approver: 'grace@example.com',
        reason: 'The audit counts a closed ticket',
        from: Date.parse('2026-02-23T23:00:00Z'),
        expires: Date.parse('2026-03-09T23:00:00Z'),
      },
    ]);
  });

  test('may name outcomes, an environment and times with offset', () => {
    const text = base
      .replace('expires: ', 'outcomes: [unknown, pending]\nscope: { environment: staging }\nexpires: ')
      .replace("'2026-03-10'", '2026-02-25T12:00:00+02:00');
    expect(load(text).waivers[0]).toMatchObject({
      outcomes: ['unknown', 'pending'],
      environment: 'staging',
      expires: Date.parse('2026-02-25T10:00:00Z'),
    });
  });

  test('may last 90 calendar days, also over a change of clocks', () => {
    expect(load(base.replace('2026-03-10', '2026-05-25')).waivers).toHaveLength(1);
    expect(load(base.replace('2026-03-10', '2026-05-26')).problems[0]?.code).toBe('waiver/too-long');
  });

  test.each([
    ['@ada@example.com', 'waiver/self-approved'],
    ['@ADA@example.com', 'waiver/self-approved'],
    ['\uff20ada@example.com', 'waiver/self-approved'],
    ['a\u200bda@example.com', 'waiver/bad-name'],
    ['ad\u00ada@example.com', 'waiver/bad-name'],
    ['ada\ufe0f@example.com', 'waiver/bad-name'],
    ['ada\u202e@example.com', 'waiver/bad-name'],
    ['\u0430da@example.com', 'waiver/bad-name'],
    ['ad\u03b1@example.com', 'waiver/bad-name'],
  ])('is not approved by its owner who writes %j', (approver, code) => {
    const { waivers, problems } = load(base.replace('grace@example.com', JSON.stringify(approver)));
    expect(waivers).toEqual([]);
    expect(problems.map((problem) => problem.code)).toContain(code);
  });

  test.each([
    '\u0413\u0440\u0435\u0439\u0441 (ops)',
    'Gr\u00e1ce O\u2019Neil',
    '\u5c71\u7530 Hopper',
    '@grace',
  ])('may be approved by %s', (approver) => {
    expect(load(base.replace('grace@example.com', JSON.stringify(approver))).problems).toEqual([]);
  });

  test.each([
    ['rule: audit-clean', 'rule: audit-claen', 'waiver/unknown-rule 5:7', 'did you mean `audit-clean`?'],
    ['rule: audit-clean\n', '', 'waiver/missing-key 1:1', undefined],
    ['reason:', 'raeson:', 'waiver/unknown-key 8:1', 'did you mean `reason`?'],
    [
      'approver: grace@example.com',
      'approver: " ADA@example.com"',
      'waiver/self-approved 7:11',
      'let somebody else approve it',
    ],
    ['reason: The audit counts a closed ticket', "reason: '  '", 'waiver/empty 8:9', undefined],
    [
      'reason: The audit counts a closed ticket',
      'reason: 12',
      'waiver/wrong-type 8:9',
      "if it is a text write `'12'`",
    ],
    ['from: 2026-02-24', 'from: 2026-02-30', 'waiver/bad-time 9:7', expect.stringContaining('2026-02-24')],
    [
      'from: 2026-02-24',
      'from: 2026-02-24T09:00:00',
      'waiver/bad-time 9:7',
      expect.stringContaining('offset'),
    ],
    ['from: 2026-02-24', 'from: 20260224', 'waiver/wrong-type 9:7', expect.stringContaining('2026-02-24')],
    ['from: 2026-02-24', 'from: 2026-03-10', 'waiver/never-valid 10:10', undefined],
    ["'2026-03-10'", "'2026-07-01'", 'waiver/too-long 10:10', expect.any(String)],
    ["'2026-03-10'", "'2026-05-25T00:00:00Z'", 'waiver/too-long 10:10', expect.any(String)],
    ['id: audit-noise', 'id: audit-noise\noutcomes: [pass]', 'waiver/bad-value 4:12', undefined],
    ['id: audit-noise', 'id: audit-noise\noutcomes: []', 'waiver/empty 4:11', expect.any(String)],
    ['kind: Waiver', 'kind: Policy', 'waiver/bad-value 2:7', undefined],
    ['kind: Waiver', 'kind: Waiver\nkind: Waiver', 'yaml/duplicate-key 3:1', 'keep one of them'],
  ])('with `%s` as `%s` is refused: %s', (find, replacement, code, hint) => {
    const { waivers, problems } = load(base.replace(find, replacement));
    expect(problems.map((p) => `${p.code} ${p.at?.line}:${p.at?.column}`)).toEqual([code]);
    expect(problems[0]?.hint).toEqual(hint);
    expect(waivers).toEqual([]);
  });

  test('of another policy is left out with a note, not an error', () => {
    const { waivers, problems } = load(base.replace('policy: checkout', 'policy: other'), base);
    expect(waivers.map((waiver) => waiver.path)).toEqual(['policies/waivers/1.yaml']);
    expect(problems.map((problem) => [problem.code, problem.severity])).toEqual([
      ['waiver/other-policy', 'note'],
    ]);
  });

  test('has an id of its own', () => {
    const { waivers, problems } = load(base, base.replace('audit-clean', 'tests-green'));
    expect(waivers.map((waiver) => waiver.rule)).toEqual(['audit-clean']);
    expect(problems[0]).toMatchObject({
      code: 'waiver/duplicate-id',
      at: { path: 'policies/waivers/1.yaml', line: 3 },
    });
  });

  test('order of files never matters', () => {
    const other = base.replace('audit-noise', 'a-first').replace('2026-03-10', '2026-07-01');
    const files = [base, other, base.replace('audit-noise', 'z-last')].map((text, index) => ({
      path: `${index}.yaml`,
      text,
    }));
    const told = ({ waivers, problems }: LoadedWaivers) => ({ waivers, problems });
    expect(told(loadWaivers([...files].reverse(), policy))).toEqual(told(loadWaivers(files, policy)));
  });
});
