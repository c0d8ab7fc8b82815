import type { EvidenceFile, EvidenceFileItem } from '../../src/model/evidence.ts';
import type { PartReport, RuleReport, Verdict } from '../../src/model/verdict.ts';

const digest = `sha256:${'ab'.repeat(32)}`;
const at = '2026-02-24T09:00:00Z';
const commit = '3f785ee2a8b0f6a8bd1d0c4d4ad0b5c3a4f1b2c3';

const part: Required<PartReport> = {
  demand: 'seven consecutive days with a strict pass',
  outcome: 'pending',
  code: 'streak.short',
  message: '5 of 7 days are good',
  observed: 5,
  required: 7,
  unit: 'days',
  earliest: '2026-02-26T00:00:00Z',
  cites: [
    { evidence: 'smoke', path: 'docs/smoke.md', line: 31, command: ['npm', 'test'], query: 'up', digest },
  ],
  detail: { series: [{ at: '2026-02-24T09:00:00Z', value: 0.5 }], bound: 5 },
};

const rule: Required<RuleReport> = {
  ...part,
  id: 'smoke-seven-days',
  title: 'Seven days',
  severity: 'error',
  outcome: 'waived',
  todo: 'write a strict record',
  at: { path: 'policies/p.yaml', line: 80, column: 5 },
  rationale: 'why',
  remediation: 'how',
  controls: ['SOC2-CC8.1'],
  source: 'Runbook, section 5',
  detail: {
    days: [{ day: '2026-02-24', state: 'good', line: 31 }],
    spans: [{ from: at, to: at, ended: 'soak.breach' }],
    series: [{ at, value: 0.5 }],
    bound: 5,
  },
  waiver: { id: 'w', outcome: 'fail', code: 'streak.broken', expires: at },
  parts: [part],
};

/** A verdict with every field there is. */
export const sampleVerdict: Required<Verdict> = {
  apiVersion: 'soakgate/v1',
  kind: 'Verdict',
  tool: { name: 'soakgate', version: '0.1.0' },
  policy: {
    name: 'p',
    title: 'P',
    version: '1',
    owner: 'o',
    timezone: 'UTC',
    digest,
    path: 'policies/p.yaml',
    revision: 'origin/main',
  },
  subject: {
    repository: 'r',
    commit,
    branch: 'main',
    environment: 'production',
    artifacts: [{ name: 'a', digest }],
  },
  evaluatedAt: at,
  evidenceMode: 'live',
  dated: 'no',
  decision: 'hold',
  message: 'hold',
  earliest: at,
  validUntil: at,
  tzdata: '2026a',
  phase: {
    current: 'shadow',
    next: 'enforced',
    since: at,
    drift: ['flags.AUTH_MODE'],
    differs: [{ path: 'flags.AUTH_MODE', pinned: 'shadow', found: 'enforced' }],
    road: [{ id: 'shadow', title: 'Shadow', state: 'current', enteredAt: at, by: 'docs/transitions.md:7' }],
  },
  inputs: [{ name: 'shadow-soak', value: '24h', origin: 'default' }],
  gates: [
    {
      id: 'exit',
      role: 'decides',
      decision: 'hold',
      earliest: at,
      alsoNeeds: ['x'],
      after: ['y'],
      rules: [rule],
    },
  ],
  evidence: [
    {
      id: 'smoke',
      kind: 'log',
      status: 'observed',
      origin: 'live',
      collectedAt: at,
      digest,
      path: 'docs/smoke.md',
      command: ['npm'],
    },
    { id: 'tests', kind: 'command', status: 'absent', code: 'command.not-run', message: 'not run' },
  ],
  waivers: [
    {
      id: 'w',
      rule: 'r',
      path: 'w.yaml',
      owner: 'o',
      approver: 'a',
      reason: 'why',
      from: at,
      expires: at,
      state: 'used',
    },
  ],
  baselines: [
    { evidence: 'errors', stat: 'p95', from: at, to: at, query: 'q', value: 0.5, coverage: 1 },
    { evidence: 'errors', stat: 'max', from: at, to: at, code: 'metric.empty', message: 'm' },
  ],
  findings: [{ code: 'log.detached-rows', message: 'm', evidence: 'smoke', path: 'docs/smoke.md', line: 16 }],
};

const item = {
  collectedAt: at,
  source: { path: 'a', line: 1, command: ['npm'], query: 'up' },
  subject: { commit },
  findings: [{ code: 'log.detached-rows', message: 'm', evidence: 'smoke' }],
} as const;
const seen = { ...item, status: 'observed', origin: 'live', digest } as const;
const tests = {
  format: 'junit',
  path: 'r.xml',
  total: 2,
  passed: 1,
  failed: 1,
  skipped: 0,
  failures: ['f'],
} as const;
const command = {
  type: 'command',
  argv: ['npm', 'test'],
  exitCode: 0,
  seconds: 4,
  stdout: 'ok',
  stderr: '',
} as const;

const items: readonly EvidenceFileItem[] = [
  {
    ...seen,
    id: 'flags',
    kind: 'env',
    content: {
      type: 'variables',
      variables: {
        A: { state: 'value', value: 'shadow', line: 1 },
        B: { state: 'present', format: 'holds', length: 'short' },
        C: { state: 'unset', code: 'env.unset' },
        D: { state: 'ill-typed', expected: 'a number' },
      },
    },
  },
  { ...seen, id: 'mono', kind: 'command', content: { ...command, json: { a: [1, null] }, tests } },
  {
    ...seen,
    id: 'none',
    kind: 'command',
    content: { ...command, tests: { missing: 'tests.missing', message: 'm' } },
  },
  { ...seen, id: 'junit', kind: 'junit', content: { type: 'tests', tests } },
  {
    ...seen,
    id: 'note',
    kind: 'document',
    content: {
      type: 'document',
      path: 'n.md',
      fields: { Approver: { text: 'Ada', line: 3 } },
      sections: { Rollback: { text: 'x', line: 9 } },
      tasks: { open: [], done: [12] },
    },
  },
  { ...seen, id: 'version', kind: 'file', content: { type: 'value', value: '1.4.0', line: 2 } },
  {
    ...seen,
    id: 'repo',
    kind: 'git',
    content: { type: 'git', commit, branch: 'main', dirty: false, committedAt: 1 },
  },
  { ...item, id: 'gone', kind: 'file', status: 'absent', code: 'file.missing', message: 'not there' },
];

/** An evidence file with every kind of content it may hold. */
export const sampleEvidence: EvidenceFile = {
  apiVersion: 'soakgate/v1',
  kind: 'Evidence',
  tool: { name: 'soakgate', version: '0.1.0' },
  policy: { name: 'p', digest },
  subject: { repository: 'r', commit, branch: 'main', environment: 'production' },
  collectedAt: at,
  evidence: items,
};
