import { describe, expect, it } from 'vitest';
import { sha256 } from '../../src/collect/digest.ts';
import { collectEvidence } from '../../src/collect/index.ts';
import { storedVerdictPath } from '../../src/files/storedVerdict.ts';
import type { Evidence, TransitionRow } from '../../src/model/evidence.ts';
import type { Policy, Rule } from '../../src/model/policy.ts';
import type { GateReport } from '../../src/model/verdict.ts';
import { gateReport, verdictWith } from '../support/verdicts.ts';
import { optionsOf, policyOf } from './policy.ts';

const at = { path: 'policies/p.yaml', line: 1, column: 1 };
const rule: Rule = {
  id: 'r',
  title: 'R',
  severity: 'error',
  at,
  check: { kind: 'expect', paths: {} },
  allowEmpty: false,
  controls: [],
};
const policy: Policy = policyOf(
  {},
  {
    transitions: { path: 'audit/transitions-{yyyy}.md' },
    exit: [rule],
    phases: [
      { id: 'shadow', title: 'S', at, pins: {} },
      { id: 'enforced', title: 'E', at, pins: {}, entry: [rule] },
    ],
  },
);

const log = (...rows: readonly string[]) =>
  [
    '# Transitions',
    '',
    '| Timestamp (UTC) | Kind | From | To | Decision | Verdict | Reason |',
    '|---|---|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
const verdict = (more: object = {}) =>
  JSON.stringify({
    ...verdictWith({ policy: { ...verdictWith().policy, name: 'p', digest: policy.digest } }),
    gates: [gateReport({ id: 'entry:enforced' })],
    ...more,
  });
const row = (
  digest: string,
  cells: Partial<Record<'time' | 'kind' | 'from' | 'to' | 'decision', string>> = {},
) => {
  const {
    time = '2026-02-24T09:00:00Z',
    kind = 'advance',
    from = 'shadow',
    to = 'enforced',
    decision = 'go',
  } = cells;
  return `| ${time} | ${kind} | ${from} | ${to} | ${decision} | ${digest} | because |`;
};

async function collect(files: Readonly<Record<string, string>>, judgedBy = policy): Promise<Evidence> {
  const collected = await collectEvidence(judgedBy, optionsOf(files));
  if (!collected.ok) throw new Error('no evidence');
  return collected.value.evidence.find(({ id }) => id === 'transitions') as Evidence;
}

function rowsOf(item: Evidence): readonly TransitionRow[] {
  if (item.status !== 'observed' || item.content.type !== 'transitions')
    throw new Error(JSON.stringify(item));
  return item.content.rows;
}

async function trustOf(text: string, cells: Parameters<typeof row>[1] = {}, stored = text): Promise<string> {
  const path = 'audit/transitions-2026.md';
  const digest = sha256(text);
  const files = {
    [path]: log(row(digest, cells)),
    ...(stored === '' ? {} : { [storedVerdictPath(path, digest)]: stored }),
  };
  return rowsOf(await collect(files))[0]?.untrusted ?? 'trusted';
}

describe('the transition log', () => {
  it('is evidence of its own, in the order of its files', async () => {
    const text = verdict({ evaluatedAt: '2025-12-31T00:00:00Z' });
    const digest = sha256(text);
    const item = await collect({
      'audit/transitions-2026.md': log(
        '| 2026-01-02T00:00:00Z | rollback | enforced | shadow | - |  | trouble |',
      ),
      'audit/transitions-2025.md': log(row(digest, { time: '2025-12-31T00:00:00Z' })),
      [storedVerdictPath('audit/transitions-2025.md', digest)]: text,
    });
    expect(rowsOf(item)).toEqual([
      {
        path: 'audit/transitions-2025.md',
        line: 5,
        time: Date.UTC(2025, 11, 31),
        kind: 'advance',
        from: 'shadow',
        to: 'enforced',
        decision: 'go',
        verdict: digest,
        reason: 'because',
      },
      {
        path: 'audit/transitions-2026.md',
        line: 5,
        time: Date.UTC(2026, 0, 2),
        kind: 'rollback',
        from: 'enforced',
        to: 'shadow',
        decision: '-',
        verdict: '',
        reason: 'trouble',
      },
    ]);
    expect(item).toMatchObject({ kind: 'transitions', source: { path: 'audit/transitions-2026.md' } });
  });

  it('trusts only rows whose stored verdict decided go for them', async () => {
    const entry = (more: Partial<GateReport>) =>
      verdict({ gates: [gateReport({ id: 'entry:enforced', ...more })] });
    const cases: readonly [string, Promise<string>][] = [
      ['trusted', trustOf(verdict())],
      ['transition.no-verdict', trustOf(verdict(), {}, '')],
      ['transition.verdict-differs', trustOf(verdict(), {}, `${verdict()}\n`)],
      ['transition.not-go', trustOf(verdict({ decision: 'hold' }))],
      ['transition.not-go', trustOf(verdict(), { decision: 'hold' })],
      ['transition.not-go', trustOf(verdict({ policy: { ...verdictWith().policy, name: 'other' } }))],
      ['transition.not-go', trustOf(verdict({ kind: 'Evidence' }))],
      ['transition.not-go', trustOf('{"decision":"go"')],
      ['transition.not-go', trustOf(verdict({ gates: [] }))],
      ['transition.not-go', trustOf(entry({ id: 'entry:other' }))],
      ['transition.not-go', trustOf(entry({ role: 'outlook' }))],
      ['transition.not-go', trustOf(entry({ decision: 'hold' }))],
      ['transition.not-go', trustOf(verdict(), { kind: 'done', to: 'done', from: 'enforced' })],
      ['trusted', trustOf(entry({ id: 'exit' }), { kind: 'done', to: 'done', from: 'enforced' })],
      ['trusted', trustOf(verdict({ gates: [gateReport()] }), { to: 'shadow', from: '' })],
    ];
    for (const [expected, found] of cases) expect(await found).toBe(expected);
  });

  const minimal = {
    kind: 'Verdict',
    decision: 'go',
    policy: { name: 'p' },
    gates: [{ id: 'entry:enforced', role: 'decides', decision: 'go' }],
  };
  const untrusted: readonly [string, string, Parameters<typeof row>[1]?][] = [
    ['is written by hand', JSON.stringify(minimal)],
    ['is one of several', `[${verdict()},${verdict()}]`],
    ['looks back', verdict({ evidenceMode: 'as-of' })],
    ['is older than its row', verdict(), { time: '2026-02-24T09:05:01Z' }],
    ['is younger than its row', verdict(), { time: '2026-02-24T08:59:59Z' }],
  ];
  it.each(untrusted)('trusts no row whose verdict %s', async (_, text, cells) => {
    expect(await trustOf(text, cells)).toBe('transition.not-go');
  });

  it('trusts a row that had to stand behind one slightly ahead of the clock', async () => {
    expect(await trustOf(verdict(), { time: '2026-02-24T09:05:00Z' })).toBe('trusted');
  });

  it('trusts only verdicts with every gate that the step needs', async () => {
    const [first, second] = policy.phases ?? [];
    if (!first || !second) throw new Error('no phases');
    const phases = [
      { ...first, monitors: [rule] },
      { ...second, monitors: [rule] },
    ];
    const strict: Policy = { ...policy, preflight: [rule], monitors: [rule], phases };
    const of = async (ids: readonly string[], judged: object = {}) => {
      const text = verdict({ gates: ids.map((id) => gateReport({ id })), ...judged });
      const path = 'audit/transitions-2026.md';
      const files = { [path]: log(row(sha256(text))), [storedVerdictPath(path, sha256(text))]: text };
      return rowsOf(await collect(files, strict))[0]?.untrusted ?? 'trusted';
    };
    const needed = ['preflight', 'monitors', 'monitors:shadow', 'entry:enforced'];
    expect(await of(needed)).toBe('trusted');
    for (const left of needed)
      expect(await of(needed.filter((id) => id !== left)), left).toBe('transition.not-go');
    // Monitors that came with a later form of the policy.
    const before = { policy: { ...verdictWith().policy, name: 'p' } };
    expect(await of(['preflight', 'entry:enforced'], before)).toBe('trusted');
    expect(await of(['entry:enforced'], before)).toBe('transition.not-go');
  });

  it('takes no step twice on one verdict', async () => {
    const path = 'audit/transitions-2026.md';
    const digest = sha256(verdict());
    const rows = [
      // A copy may stand before the row that it was taken from.
      row(digest, { time: '2026-02-24T09:02:00Z' }),
      row(digest),
      '| 2026-02-24T09:01:00Z | rollback | enforced | shadow |  |  | it broke |',
    ];
    const item = await collect({ [path]: log(...rows), [storedVerdictPath(path, digest)]: verdict() });
    expect(rowsOf(item).map((one) => one.untrusted)).toEqual(['transition.not-go', undefined, undefined]);
  });

  it('hands on the baselines that a trusted verdict keeps', async () => {
    const span = {
      evidence: 'errors',
      stat: 'p95',
      from: '2026-02-23T09:00:00Z',
      to: '2026-02-24T09:00:00Z',
      query: 'q',
    };
    const good = [
      { ...span, value: 0.4, coverage: 1 },
      { ...span, code: 'metric.empty', message: 'no sample' },
    ];
    const bad = [
      null,
      'p95',
      { ...span, value: '1', coverage: 1 },
      { ...span, to: 'soon', value: 1, coverage: 1 },
    ];
    const of = async (baselines: unknown, stored?: string) => {
      const path = 'audit/transitions-2026.md';
      const text = verdict({ baselines });
      const files = {
        [path]: log(row(sha256(text))),
        [storedVerdictPath(path, sha256(text))]: stored ?? text,
      };
      return rowsOf(await collect(files))[0]?.baselines;
    };
    expect(await of([...good, { ...span, code: 'no.such-code', message: 'm' }])).toEqual(good);
    // A verdict with such a baseline is none, and its row is not trusted.
    for (const one of bad) expect(await of([...good, one])).toBeUndefined();
    expect(await of(undefined)).toBeUndefined();
    expect(await of({ errors: 1 })).toBeUndefined();
    expect(await of(good, '{}')).toBeUndefined();
  });

  it('takes no path from a digest', async () => {
    const found = await collect({ 'audit/transitions-2026.md': log(row('sha256:../../x')) });
    expect(rowsOf(found)[0]?.untrusted).toBe('transition.no-verdict');
  });

  const absent: readonly [string, string, string][] = [
    ['no table', '# Transitions\n', 'log.no-table'],
    ['a missing column', log().replace('Reason', 'Why'), 'log.no-table'],
    ['a time without offset', log(row('x', { time: '2026-02-24 09:00' })), 'log.time-unreadable'],
    ['an unknown kind', log(row('x', { kind: 'skip' })), 'log.ill-typed-cell'],
    ['a row cut short', log('| 2026-02-24T09:00:00Z | rollback | enforced |'), 'log.malformed-row'],
    ['a conflict marker', log('<<<<<<< ours', row('x')), 'log.conflict-marker'],
  ];
  it.each(absent)('is absent as a whole with %s: it may hide a rollback', async (_, text, code) => {
    expect(await collect({ 'audit/transitions-2026.md': text })).toMatchObject({ status: 'absent', code });
  });

  const back = '| 2026-02-25T09:00:00Z | rollback | enforced | shadow |  |  | x |';
  const other = (header: string, line = back) =>
    `${log()}\n## More\n\n${header}\n|---|---|---|---|---|---|---|\n${line}\n`;
  const columns = '| Timestamp (UTC) | Kind | From | To | Decision | Verdict | Reason |';
  const hidden: readonly [string, string, string][] = [
    ['under another header', other(columns.replace('Reason', 'Reason:')), 'log.missing-column'],
    ['under other columns', other(columns.replace('Kind', 'What')), 'log.unknown-line'],
    ['in a list', `${log()}\n## More\n\n- ${back}\n`, 'log.unknown-line'],
    ['in code', `${log()}\n## More\n\n\`\`\`\n${back}\n\`\`\`\n`, 'log.unknown-line'],
    [
      'in a quote',
      `${log()}\n## More\n\n> ${back.replace('rollback', '**rollback**')}\n`,
      'log.unknown-line',
    ],
  ];
  it.each(hidden)('is absent as a whole with a rollback %s', async (_, text, code) => {
    expect(await collect({ 'audit/transitions-2026.md': text })).toMatchObject({ status: 'absent', code });
  });

  it('may tell what its kinds mean', async () => {
    const legend = '## Kinds\n\n| Kind | Meaning |\n|---|---|\n| rollback | a step back |\n';
    const text = `${log(back)}\n${legend}`;
    expect(rowsOf(await collect({ 'audit/transitions-2026.md': text }))).toHaveLength(1);
  });

  it('is absent as missing where there is no file', async () => {
    expect(await collect({})).toMatchObject({ status: 'absent', code: 'file.missing' });
  });

  it('reads rows that a blank line cut off, and says so', async () => {
    const text = log('', '| 2026-02-25T09:00:00Z | rollback | enforced | shadow |  |  | x |');
    const item = await collect({ 'audit/transitions-2026.md': text });
    expect(rowsOf(item)).toHaveLength(1);
    expect(item.findings).toMatchObject([{ code: 'log.detached-rows', evidence: 'transitions' }]);
  });
});
