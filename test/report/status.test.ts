import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { status } from '../../src/gate/status.ts';
import type { GatherRequest } from '../../src/gate/gather.ts';
import type { Verdict } from '../../src/model/verdict.ts';
import { renderStatus } from '../../src/report/status.ts';
import { factsOf } from '../../src/report/status-facts.ts';
import { columns } from '../../src/report/wrap.ts';
import { caseRequest } from '../support/caseTree.ts';
import { hostileText } from '../support/hostile.ts';
import { earlyRollout, lateRollout } from '../support/rollout.ts';
import { rolloutRequest } from '../support/rolloutRequest.ts';
import {
  fullVerdict,
  gateReport,
  ruleByOutcome,
  ruleReport,
  verdictOf,
  verdictWith,
} from '../support/verdicts.ts';

const style = { color: false, width: 80, unicode: true };
const color = /\u001b\[[0-9;]*m/g;
const flat = (text: string): string => text.replace(/\s+/g, ' ');
const draw = (verdicts: readonly Verdict[], change: Partial<typeof style> = {}): Promise<string> =>
  renderStatus('pretty', verdicts, { ...style, ...change });

async function steps(request: GatherRequest): Promise<readonly Verdict[]> {
  const answered = await status(request);
  if (!answered.ok) throw new Error(JSON.stringify(answered.problems));
  return answered.value.map(({ step }) => step);
}

const audits = 'docs/audits/production-hardening';
const states: readonly (readonly [name: string, request: () => GatherRequest])[] = [
  ['soaking', () => rolloutRequest(earlyRollout)],
  ['last-phase', () => rolloutRequest(lateRollout)],
  ['phase-unknown', () => ({ ...rolloutRequest(earlyRollout), envFiles: [] })],
  [
    'drift',
    () =>
      rolloutRequest(earlyRollout, ({ edit }) =>
        edit('deploy/production.env', (text) => text.replace('AUTH_MODE=shadow', 'AUTH_MODE=enforced')),
      ),
  ],
  [
    'no-transitions',
    () =>
      rolloutRequest(lateRollout, ({ write }) => write(`${audits}-transitions-2026.md`, '# Transitions\n')),
  ],
  [
    'empty-log',
    () =>
      rolloutRequest(earlyRollout, ({ edit }) =>
        edit(`${audits}-smoke-window-2026-02.md`, (text) => text.replace(/\| 2026.*\n/, '')),
      ),
  ],
  ['zone', () => caseRequest('rollout-shadow')],
  ['waived', () => caseRequest('waived')],
  ['no-phases', () => caseRequest('no-go-flags')],
  ['hostile-log', () => caseRequest('hostile-log')],
  ['several-policies', () => caseRequest('two-policies')],
  ['looking-back', () => ({ ...caseRequest('looking-back'), at: Date.parse('2026-02-23T12:00:00Z') })],
];

describe('status on one screen', () => {
  test.each(states)('%s', async (name, request) => {
    await expect(await draw(await steps(request()))).toMatchFileSnapshot(`status/${name}.txt`);
  });

  it('draws waivers, warnings and findings of a verdict that has everything', async () => {
    await expect(await draw([fullVerdict])).toMatchFileSnapshot('status/everything.txt');
    const ascii = await draw([fullVerdict], { unicode: false });
    expect([...ascii].every((char) => char <= '~')).toBe(true);
    await expect(ascii).toMatchFileSnapshot('status/everything.ascii.txt');
  });

  it('says nothing by colour alone', async () => {
    const painted = await draw([fullVerdict], { color: true });
    expect(painted).toMatch(color);
    expect(painted.replace(color, '')).toBe(await draw([fullVerdict]));
  });

  it.each(['go', 'hold', 'no-go'] as const)('tells %s and names what decides', async (decision) => {
    const text = await draw([verdictOf(decision, 'live')]);
    expect(text).toMatch(/\nStatus tells, check decides: soakgate check --gate preflight,monitors,next\n$/);
    expect(text).toContain(decision);
    expect(text).not.toMatch(/\bGO\b|\bPASS\b/);
  });

  it('a go as of another instant is said to open nothing', async () => {
    const text = flat(await draw([verdictOf('go', 'as-of')]));
    expect(text).toContain('looking back opens nothing');
    expect(text).toContain('go (as of Tue 2026-02-24 09:00 UTC)');
  });

  it('puts fails before what can be mended, before what nobody can mend yet, before what time brings', () => {
    const rules = [
      ruleReport({ ...ruleByOutcome.pending, id: 'late', earliest: '2026-03-01T00:00:00Z' }),
      ruleReport({ ...ruleByOutcome.pending, id: 'soon', earliest: '2026-02-24T10:00:00Z' }),
      ruleReport({ ...ruleByOutcome.fail, id: 'noted', severity: 'note' }),
      ruleReport({ ...ruleByOutcome.unknown, id: 'metric', code: 'collector.not-built' }),
      ruleReport({ ...ruleByOutcome.unknown, id: 'tests', code: 'command.not-run' }),
      ruleReport({ ...ruleByOutcome.unknown, id: 'stale' }),
      ruleReport({ ...ruleByOutcome.fail, id: 'broken' }),
      ruleReport({ id: 'fine' }),
    ];
    const verdict = verdictWith({ decision: 'no-go', gates: [gateReport({ decision: 'no-go', rules })] });
    expect(factsOf(verdict).todo).toEqual(['broken', 'stale', 'tests', 'metric', 'soon', 'late', 'noted']);
  });

  it('draws a bar full only for what passed', async () => {
    const bar = async (observed: number, outcome: 'pending' | 'pass'): Promise<number> => {
      const rule = ruleReport({ ...ruleByOutcome[outcome], observed, required: 1000, unit: 'days' });
      const text = await draw([verdictWith({ gates: [gateReport({ rules: [rule] })] })]);
      return text.split('█').length - 1;
    };
    expect([await bar(0, 'pending'), await bar(1, 'pending')]).toEqual([0, 1]);
    expect([await bar(500, 'pending'), await bar(999, 'pending')]).toEqual([10, 19]);
    expect([await bar(1000, 'pending'), await bar(1000, 'pass')]).toEqual([19, 20]);
  });

  it('fits, whatever stands in the evidence, and shows no control character', async () => {
    const draws = fc.tuple(
      fc.array(hostileText, { minLength: 8, maxLength: 8 }),
      fc.integer({ min: 40, max: 100 }),
    );
    await fc.assert(
      fc.asyncProperty(draws, fc.boolean(), async ([texts, width], unicode) => {
        const lines = (await draw([hostile(texts)], { width, unicode })).split('\n');
        expect(lines.filter((line) => columns(line) > width)).toEqual([]);
        expect(
          lines.filter((line) => /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]|^\s*::|##[a-z]*\[/iu.test(line)),
        ).toEqual([]);
      }),
      { numRuns: 80 },
    );
  });
});

function hostile([
  a = '',
  b = '',
  c = '',
  d = '',
  e = '',
  f = '',
  g = '',
  h = '',
]: readonly string[]): Verdict {
  const cites = [{ evidence: a, path: b, line: 3 }];
  const fail = { ...ruleByOutcome.fail, id: f, title: g, message: h, todo: b, remediation: a, cites };
  const pending = { ...ruleByOutcome.pending, id: c, unit: d, todo: e };
  const finding = { code: 'log.torn-row' as const, message: g, evidence: h, path: a };
  const transition = { code: 'phase.out-of-turn' as const, message: g, evidence: 'transitions', path: c };
  return verdictWith({
    ...fullVerdict,
    policy: { ...fullVerdict.policy, name: c, title: d, path: e },
    phase: {
      ...{ current: a, next: b, drift: [c, d] },
      differs: [{ path: e, pinned: f, found: g }, { path: h }],
      road: [
        { id: e, title: f, state: 'past' },
        { id: g, title: h, state: 'current' },
      ],
    },
    gates: [gateReport({ id: h, decision: 'no-go', rules: [fail, pending] })],
    waivers: fullVerdict.waivers.map((waiver) => ({ ...waiver, id: g, rule: f })),
    findings: [finding, transition],
  });
}

const names = [
  'policy',
  'decision',
  'exit_code',
  'earliest',
  'not_before',
  'also_needs',
  'phase',
  'next',
  'drift',
  'findings',
  'evaluated_at',
];

/** What a POSIX shell has in the variables after it evaluated the lines. */
async function inShell(verdicts: readonly Verdict[], asked: readonly string[]): Promise<readonly string[]> {
  const text = await renderStatus('env', verdicts, style);
  const print = asked.map((name) => `"$${name}"`).join(' ');
  const run = execFileSync('sh', ['-c', `eval "$LINES_OF_STATUS"; printf '%s\\n' ${print}`], {
    env: { LINES_OF_STATUS: text, earliest: 'old', next: 'old', PATH: process.env.PATH },
    encoding: 'utf8',
  });
  return run.split('\n').slice(0, -1);
}

describe('status for scripts', () => {
  it.each(states.filter(([name]) => name !== 'several-policies'))(
    'a shell reads what the verdict says: %s',
    async (_name, request) => {
      const [verdict] = (await steps(request())) as [Verdict];
      const facts = factsOf(verdict);
      expect(await inShell([verdict], names)).toEqual([
        ...[verdict.policy.name, verdict.decision, String(facts.exitCode), verdict.earliest ?? ''],
        ...[facts.notBefore ?? '', facts.alsoNeeds.join(','), verdict.phase?.current ?? '', facts.next ?? ''],
        ...[(verdict.phase?.drift ?? []).join(','), String(verdict.findings.length), verdict.evaluatedAt],
      ]);
    },
  );

  it('of several policies the plain names hold the worst and none keeps an old value', async () => {
    const verdicts = await steps(caseRequest('two-policies'));
    expect(verdicts.map(({ decision }) => decision)).toEqual(['hold', 'no-go']);
    const asked = [
      'policies',
      'decision',
      'exit_code',
      'earliest',
      'next',
      'policy_1',
      'decision_1',
      'policy_2',
      'decision_2',
    ];
    expect(await inShell(verdicts, asked)).toEqual([
      '2',
      'no-go',
      '1',
      '',
      '',
      verdicts[0]?.policy.name,
      'hold',
      verdicts[1]?.policy.name,
      'no-go',
    ]);
  });

  it('hostile text runs nothing and stays one word', async () => {
    const phase = { current: "x'; echo no; '$(echo no)`echo no`", drift: ['a b', '$HOME'], road: [] };
    expect(await inShell([verdictWith({ phase })], ['phase', 'drift'])).toEqual([phase.current, 'a b,$HOME']);
  });

  it('JSON is no verdict and holds the one that it is drawn from', async () => {
    const [verdict] = (await steps(caseRequest('rollout-shadow'))) as [Verdict];
    const told = JSON.parse(await renderStatus('json', [verdict], style)) as Record<string, unknown>;
    expect(told).toEqual({ apiVersion: 'soakgate/v1', kind: 'Status', ...factsOf(verdict), verdict });
    const both = JSON.parse(
      await renderStatus('json', await steps(caseRequest('two-policies')), style),
    ) as unknown[];
    expect(both).toHaveLength(2);
  });
});
