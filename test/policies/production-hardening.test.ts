import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadPolicy } from '../../src/analyze/load.ts';
import type { Policy } from '../../src/model/policy.ts';
import type { Verdict } from '../../src/model/verdict.ts';
import {
  audits,
  earlyRollout,
  lateNow,
  lateRollout,
  policyPath,
  type Rollout,
  rulesOf,
  smokeLog,
  smokeRow,
} from '../support/rollout.ts';

const loaded = loadPolicy(readFileSync(policyPath, 'utf8'), {
  path: policyPath,
  digest: () => `sha256:${'0'.repeat(64)}`,
  inputs: {},
});

describe('the shipped policy', () => {
  test('loads', () => {
    expect(loaded.ok ? [] : loaded.problems).toEqual([]);
  });

  test('has every rule in its gate', () => {
    const policy = loaded.ok ? loaded.value.policy : ({} as Policy);
    const ids = (rules: Policy['preflight']) => (rules ?? []).map(({ id }) => id);
    expect(ids(policy.preflight)).toEqual([
      ...['flags-explicit', 'vault-env', 'mono-check-green', 'backend-tests-green', 'agent-tests-green'],
      ...['runbook-present', 'defaults-pinned'],
    ]);
    expect(ids(policy.monitors)).toEqual(['smoke-daily', 'smoke-fail-investigated']);
    expect((policy.phases ?? []).map((phase) => [phase.id, ids(phase.entry), ids(phase.monitors)])).toEqual([
      ['shadow', [], []],
      [
        'auth-enforced',
        ['readiness-snapshot', 'on-target-branch', 'shadow-soak'],
        ['auth-failure-rate', 'tenant-denial-rate'],
      ],
      ['ws-enforced', ['auth-soak'], ['ws-reconnect-rate', 'command-latency', 'command-queue']],
      ['vault-enforced', ['ws-soak', 'vault-env-before-switch', 'vault-no-fallback'], ['vault-rpc-stable']],
    ]);
    expect(ids(policy.exit)).toEqual([
      ...['vault-soak', 'smoke-seven-days', 'smoke-seven-passes', 'no-tenant-isolation-incident'],
      ...[
        'no-auth-regression-spike',
        'ws-delivery-stable',
        'no-secret-leak',
        'strict-gates-green',
        'cutover-note',
      ],
    ]);
  });

  test('asks for no branch on commands, so that pull requests can pass preflight', () => {
    const evidence = loaded.ok ? Object.values(loaded.value.policy.evidence) : [];
    expect(evidence.filter(({ kind }) => kind === 'command')).toHaveLength(3);
    expect(evidence.filter((spec) => spec.kind === 'command' && spec.branch !== undefined)).toEqual([]);
  });

  test.each(['shadow-soak', 'auth-soak', 'ws-soak', 'vault-soak'])(
    '%s cannot be made shorter than a day',
    (name) => {
      const given = (value: string) =>
        loadPolicy(readFileSync(policyPath, 'utf8'), {
          path: policyPath,
          digest: () => 'x',
          inputs: { [name]: value },
        }).ok;
      expect([given('24h'), given('48h'), given('23h'), given('0s')]).toEqual([true, true, false, false]);
    },
  );
});

/** What only commands and live metrics can show is unknown here, and never a pass. */
const unseen = [
  ...['preflight mono-check-green', 'preflight backend-tests-green', 'preflight agent-tests-green'],
  ...['monitors:vault-enforced vault-rpc-stable', 'exit no-auth-regression-spike', 'exit ws-delivery-stable'],
  'exit strict-gates-green',
];

describe('a rollout that is nearly through', () => {
  let before: Verdict;
  beforeAll(async () => {
    before = await withRollout(lateRollout, (rollout) => rollout.check());
  });

  test('passes all that files can show', () => {
    const outcomes = [...rulesOf(before)].map(([key, { outcome, message }]) => [key, outcome, message]);
    const open = outcomes.filter(([, outcome]) => outcome !== 'pass');
    expect(open.map(([key, outcome]) => [key, outcome])).toEqual(unseen.map((key) => [key, 'unknown']));
    expect(before.phase).toMatchObject({
      current: 'vault-enforced',
      drift: [],
      since: '2026-02-26T08:30:00Z',
    });
    expect(before.decision).toBe('hold');
    expect(before.findings).toEqual([]);
  });

  test('its streak goes on across the end of a month', () => {
    const days = rulesOf(before).get('exit smoke-seven-days');
    expect(days?.observed).toBe(15);
    expect(
      days?.detail?.days
        ?.filter(({ state }) => state === 'good' || state === 'today')
        .map(({ day }) => day)
        .slice(-7),
    ).toEqual([
      ...['2026-02-28', '2026-03-01', '2026-03-02', '2026-03-03', '2026-03-04', '2026-03-05', '2026-03-06'],
    ]);
  });

  const march = `${audits}-smoke-window-2026-03.md`;
  const february = `${audits}-smoke-window-2026-02.md`;
  const at = (text: string) => Date.parse(text);

  /** One edit; then each changed rule as [outcome, code, observed, earliest], and a line that it cites. */
  const traps: readonly {
    name: string;
    inject(rollout: Rollout): void;
    changed: Readonly<Record<string, readonly unknown[]>>;
    cites: readonly [path: string, text: string];
    findings?: readonly string[];
  }[] = [
    {
      name: 'eight passes within one hour are no seven days',
      inject: ({ write }) =>
        write(
          march,
          smokeLog(
            [0, 8, 16, 24, 32, 40, 48, 56].map((m) =>
              smokeRow(at('2026-03-06T08:00:00Z') + m * 60_000, 'vault-enforced'),
            ),
          ),
        ),
      changed: {
        'exit vault-soak': ['pending', 'soak.short', 56 * 60, '2026-03-07T08:00:00Z'],
        'exit smoke-seven-days': ['pending', 'streak.short', 1, '2026-03-12T00:00:00Z'],
        'exit smoke-seven-passes': ['pending', 'streak.short', 1, '2026-03-11T08:00:00Z'],
        'exit no-tenant-isolation-incident': [
          'pending',
          'quiet.heartbeat-short',
          3600,
          '2026-03-13T08:00:00Z',
        ],
        'exit no-secret-leak': ['pending', 'quiet.heartbeat-short', 3600, '2026-03-13T08:00:00Z'],
      },
      cites: [march, '2026-03-06T08:56:00Z'],
    },
    {
      name: 'a day missing before the end of the month breaks the streak there, not at the month',
      inject: ({ edit }) => edit(february, (text) => text.replace(/.*2026-02-28.*\n/, '')),
      changed: {
        'exit smoke-seven-days': ['pending', 'streak.short', 6, '2026-03-07T00:00:00Z'],
        'exit smoke-seven-passes': ['pending', 'streak.short', 6, '2026-03-07T04:00:00Z'],
        'exit no-tenant-isolation-incident': [
          'pending',
          'quiet.heartbeat-short',
          5 * 86_400 + 3600,
          '2026-03-08T08:00:00Z',
        ],
        'exit no-secret-leak': [
          'pending',
          'quiet.heartbeat-short',
          5 * 86_400 + 3600,
          '2026-03-08T08:00:00Z',
        ],
      },
      cites: [march, '2026-03-06T08:00:00Z'],
    },
    {
      name: 'checks that were skipped are not passed',
      inject: ({ edit }) =>
        edit(march, (text) =>
          text.replace(/.*2026-03-05.*/, smokeRow(at('2026-03-05T08:00:00Z'), 'vault-enforced', 'not-run')),
        ),
      changed: {
        'exit vault-soak': ['pending', 'soak.short', 0, '2026-03-07T08:00:00Z'],
        'exit smoke-seven-days': ['pending', 'streak.short', 1, '2026-03-12T00:00:00Z'],
        'exit smoke-seven-passes': ['pending', 'streak.short', 1, '2026-03-11T08:00:00Z'],
        'exit no-secret-leak': ['pending', 'quiet.heartbeat-short', 3600, '2026-03-13T08:00:00Z'],
        'exit no-tenant-isolation-incident': [
          'pending',
          'quiet.heartbeat-short',
          3600,
          '2026-03-13T08:00:00Z',
        ],
      },
      cites: [march, '2026-03-06T08:00:00Z'],
    },
    {
      name: 'a value of the example file is no value',
      inject: ({ edit }) =>
        edit('deploy/production.env', (text) => text.replace('srk-4f9d-77aa-own', 'srk-0000-demo')),
      changed: { 'preflight vault-env': ['fail', 'env.placeholder', undefined, undefined] },
      cites: ['deploy/production.env', 'SUPABASE_SERVICE_ROLE_KEY'],
    },
    {
      name: 'a record made with its flags unset shows nothing',
      inject: ({ edit }) =>
        edit(march, (text) =>
          text.replace(
            '2026-03-05T08:00:00Z | enforced | ws | enforced',
            '2026-03-05T08:00:00Z |  | ws | enforced',
          ),
        ),
      changed: {
        'exit vault-soak': ['pending', 'soak.short', 0, '2026-03-07T08:00:00Z'],
        'exit smoke-seven-days': ['pending', 'streak.short', 1, '2026-03-12T00:00:00Z'],
        'exit smoke-seven-passes': ['pending', 'streak.short', 1, '2026-03-11T08:00:00Z'],
      },
      cites: [march, '2026-03-05T08:00:00Z'],
    },
    {
      name: 'the newest record made with its flags unset is no good one',
      inject: ({ edit }) =>
        edit(march, (text) =>
          text.replace('2026-03-06T08:00:00Z | enforced | ws |', '2026-03-06T08:00:00Z |  |  |'),
        ),
      changed: {
        'monitors smoke-daily': ['fail', 'streak.broken', 0, '2026-03-07T00:00:00Z'],
        'exit vault-soak': ['unknown', 'soak.unpinned', 0, undefined],
        'exit smoke-seven-days': ['fail', 'streak.broken', 0, '2026-03-13T00:00:00Z'],
        'exit smoke-seven-passes': ['fail', 'streak.broken', 0, '2026-03-11T09:00:00Z'],
        'monitors smoke-fail-investigated': ['unknown', 'file.missing', undefined, '2026-03-06T09:00:00Z'],
      },
      cites: [march, '2026-03-06T08:00:00Z'],
    },
  ];

  test.each(traps)('$name', async ({ inject, changed, cites: [path, text] }) => {
    await withRollout(lateRollout, async (rollout) => {
      inject(rollout);
      const after = await rollout.check();
      const differ = changedRules(before, after);
      expect(Object.fromEntries([...differ].map(([key, rule]) => [key, told(rule)]))).toEqual(changed);
      const line = rollout.lineOf(path, text);
      const cited = [...differ.values()].filter((rule) =>
        rule.cites.some((cite) => cite.path === path && cite.line === line),
      );
      expect(cited.length, `${path}:${line}`).toBeGreaterThan(0);
    });
  });

  test('a blank line under the delimiter row hides nothing, and is told', async () => {
    await withRollout(lateRollout, async (rollout) => {
      rollout.edit(march, (text) => text.replace(/(\| --- .*\n)/, '$1\n'));
      const after = await rollout.check();
      expect([...changedRules(before, after)]).toEqual([]);
      const line = rollout.lineOf(march, '2026-03-01T08:00:00Z');
      expect(after.findings).toEqual([
        expect.objectContaining({ code: 'log.detached-rows', path: march, line }),
      ]);
      expect(rulesOf(after).get('exit smoke-seven-days')?.observed).toBe(15);
    });
  });

  test.each([
    ['says something else', (text: string) => text.replace('"decision":"go"', '"decision":"hold"')],
    ['was edited', (text: string) => `${text} `],
  ])('a transition whose verdict %s does not count', async (_, change) => {
    await withRollout(lateRollout, async (rollout) => {
      const log = readFileSync(`${rollout.root}/${audits}-transitions-2026.md`, 'utf8');
      const digest = /vault-enforced \| go \| sha256:([0-9a-f]{64})/.exec(log)?.[1] as string;
      rollout.edit(`docs/audits/sha256-${digest}.verdict.json`, change);
      const after = await rollout.check();
      expect(rulesOf(after).get('exit vault-soak')).toMatchObject({
        outcome: 'pending',
        code: 'soak.not-begun',
      });
      expect(rulesOf(after).get('phase phase-drift')?.outcome).toBe('fail');
      expect(after.decision).toBe('no-go');
      expect(after.findings).toContainEqual(
        expect.objectContaining({
          code: 'transition.verdict-differs',
          line: rollout.lineOf(`${audits}-transitions-2026.md`, digest),
        }),
      );
    });
  });
});

describe('a rollout that has just begun', () => {
  test('stricter defaults, merged with the removal of the procedure, are seen', async () => {
    const before = await withRollout(earlyRollout, (rollout) => rollout.check());
    expect(rulesOf(before).get('preflight defaults-pinned')?.outcome).toBe('pass');
    expect(rulesOf(before).get('preflight runbook-present')?.outcome).toBe('pass');
    const config = 'apps/backend/src/config.js';
    await withRollout(earlyRollout, async (rollout) => {
      // One change of two files, as it was merged.
      rollout.edit(config, (text) => text.replace("AUTH_MODE ?? 'shadow'", "AUTH_MODE ?? 'enforced'"));
      rollout.edit('docs/runbooks/production-hardening-rollout.md', (text) =>
        text.replace(/## Daily loop[^#]*/, ''),
      );
      const after = await rollout.check();
      const differ = changedRules(before, after);
      expect([...differ].map(([key, { outcome, code }]) => [key, outcome, code])).toEqual([
        ['preflight runbook-present', 'fail', 'document.missing-section'],
        ['preflight defaults-pinned', 'fail', 'assert.false'],
      ]);
      expect(differ.get('preflight defaults-pinned')?.cites).toContainEqual(
        expect.objectContaining({ path: config, line: rollout.lineOf(config, "AUTH_MODE ?? 'enforced'") }),
      );
      expect(differ.get('preflight runbook-present')?.message).toContain('`Daily loop`');
      expect(after.decision).toBe('no-go');
    });
  });
});

function told({
  outcome,
  code,
  observed,
  earliest,
}: {
  outcome: string;
  code: string;
  observed?: unknown;
  earliest?: string;
}) {
  return [outcome, code, typeof observed === 'number' ? observed : undefined, earliest];
}

function changedRules(before: Verdict, after: Verdict) {
  const was = rulesOf(before);
  return new Map([...rulesOf(after)].filter(([key, rule]) => was.get(key)?.outcome !== rule.outcome));
}

async function withRollout<T>(make: () => Rollout, use: (rollout: Rollout) => Promise<T>): Promise<T> {
  const rollout = make();
  try {
    return await use(rollout);
  } finally {
    rollout.remove();
  }
}

test('the instant of these tests is fixed', () =>
  expect(new Date(lateNow).toISOString()).toBe('2026-03-06T09:00:00.000Z'));
