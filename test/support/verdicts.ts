import type { Decision, Outcome } from '../../src/model/outcome.ts';
import type { GateReport, RuleReport, Verdict } from '../../src/model/verdict.ts';

const digest = `sha256:${'5'.repeat(64)}`;

/** A rule report; what is not given is a passing `expect`. */
export function ruleReport(change: Partial<RuleReport> = {}): RuleReport {
  return {
    id: 'flags-explicit',
    title: 'Deployment flags are set explicitly',
    severity: 'error',
    outcome: 'pass',
    code: 'expect.held',
    message: 'every value is as demanded',
    demand: '`flags.AUTH_MODE` is set',
    at: { path: 'policies/hardening.yaml', line: 40, column: 5 },
    cites: [{ evidence: 'flags', digest }],
    ...change,
  };
}

export function gateReport(change: Partial<GateReport> = {}): GateReport {
  return {
    id: 'preflight',
    role: 'decides',
    decision: 'go',
    alsoNeeds: [],
    rules: [ruleReport()],
    ...change,
  };
}

/** A verdict; what is not given is a small live `go`. */
export function verdictWith(change: Partial<Verdict> = {}): Verdict {
  return {
    apiVersion: 'soakgate/v1',
    kind: 'Verdict',
    tool: { name: 'soakgate', version: '0.1.0' },
    policy: {
      name: 'hardening',
      title: 'Hardening rollout',
      version: '1.0.0',
      owner: 'platform',
      timezone: 'UTC',
      digest,
      path: 'policies/hardening.yaml',
    },
    subject: { commit: '0123456789abcdef0123456789abcdef01234567', branch: 'main', artifacts: [] },
    evaluatedAt: '2026-02-24T09:00:00Z',
    evidenceMode: 'live',
    dated: 'no',
    decision: 'go',
    message: 'preflight holds',
    validUntil: '2026-02-25T09:00:00Z',
    inputs: [{ name: 'shadow-soak', value: '24h', origin: 'default' }],
    gates: [gateReport()],
    evidence: [
      {
        id: 'flags',
        kind: 'env',
        status: 'observed',
        origin: 'live',
        collectedAt: '2026-02-24T09:00:00Z',
        digest,
      },
    ],
    waivers: [],
    findings: [],
    ...change,
  };
}

const log = 'docs/audits/smoke-window-2026-02.md';

/** One rule for each outcome, with whatever such a rule may carry. */
export const ruleByOutcome: Readonly<Record<Outcome, RuleReport>> = {
  pass: ruleReport(),
  fail: ruleReport({
    id: 'shadow-soak',
    title: 'A day in shadow without a critical error',
    outcome: 'fail',
    code: 'soak.breach',
    message: 'the record of 2026-02-24T08:00:00Z has `Checks` = `fail`',
    demand: '24h of `smoke.strict` in phase `shadow` without a breach and without a gap above 26h',
    todo: 'mend the cause and soak again',
    remediation: 'see the section on investigations',
    source: 'runbook, step 2',
    observed: 0,
    required: 86_400,
    unit: 'seconds',
    earliest: '2026-02-25T09:00:00Z',
    cites: [{ evidence: 'smoke', path: log, line: 31, digest }],
  }),
  pending: ruleReport({
    id: 'smoke-seven-days',
    title: 'Seven consecutive days of strict passes',
    outcome: 'pending',
    code: 'streak.short',
    message: '5 of 7 days are good',
    demand: 'a streak of at least 7 days of `smoke.strict`',
    todo: 'keep recording',
    observed: 5,
    required: 7,
    unit: 'days',
    earliest: '2026-02-26T00:00:00Z',
    cites: [{ evidence: 'smoke', path: log, line: 31, digest }],
    detail: {
      days: [
        { day: '2026-02-18', state: 'good' },
        { day: '2026-02-19', state: 'missing' },
        { day: '2026-02-20', state: 'good', line: 27 },
        { day: '2026-02-21', state: 'untrusted' },
        { day: '2026-02-22', state: 'bad' },
        { day: '2026-02-23', state: 'good' },
        { day: '2026-02-24', state: 'today' },
      ],
    },
  }),
  unknown: ruleReport({
    id: 'backend-tests-green',
    title: 'Backend tests are green on this commit',
    outcome: 'unknown',
    code: 'evidence.other-commit',
    message: '`backend-tests` is about commit `fedcba9`',
    demand: '`backend-tests` succeeded',
    todo: 'collect it for this commit',
    cites: [{ evidence: 'backend-tests', command: ['npm', 'run', 'backend:test'] }],
  }),
  waived: ruleReport({
    id: 'agent-tests-green',
    title: 'Agent tests are green on this commit',
    outcome: 'waived',
    code: 'command.failed',
    message: '`npm run agent:test` ended with exit code 1',
    demand: '`agent-tests` succeeded',
    cites: [{ evidence: 'agent-tests', command: ['npm', 'run', 'agent:test'] }],
    waiver: { id: 'W-7', outcome: 'fail', code: 'command.failed', expires: '2026-03-01T00:00:00Z' },
  }),
  'not-applicable': ruleReport({
    id: 'vault-env',
    title: 'Vault settings are present for enforced mode',
    outcome: 'not-applicable',
    code: 'not-applicable',
    message: 'the condition is false',
  }),
};

const open = ruleByOutcome;

/** Every outcome, severity and section at once. */
export const fullVerdict: Verdict = verdictWith({
  decision: 'no-go',
  message: 'preflight: `shadow-soak` failed: the record of 2026-02-24T08:00:00Z has `Checks` = `fail`',
  evidenceMode: 'imported',
  phase: {
    current: 'shadow',
    next: 'auth-enforced',
    since: '2026-02-23T13:00:00Z',
    drift: ['flags.AUTH_MODE', 'flags.AGENT_TRANSPORT'],
    differs: [
      { path: 'flags.AUTH_MODE', pinned: 'shadow', found: 'enforced' },
      { path: 'flags.AGENT_TRANSPORT', pinned: 'hybrid' },
    ],
    road: [
      { id: 'shadow', title: 'Shadow', state: 'current' },
      { id: 'auth-enforced', title: 'Auth enforced', state: 'ahead' },
    ],
  },
  inputs: [{ name: 'shadow-soak', value: '48h', origin: 'option' }],
  gates: [
    gateReport({
      decision: 'no-go',
      alsoNeeds: ['backend-tests-green'],
      earliest: '2026-02-26T00:00:00Z',
      rules: [
        open.pass,
        open.fail,
        open.pending,
        open.unknown,
        open.waived,
        open['not-applicable'],
        ruleReport({
          id: 'mono-check-green',
          title: 'The check of the whole repository is green on this commit, and so is its lint',
          outcome: 'unknown',
          code: 'command.not-run',
          message: 'commands run only when asked',
          demand: '`mono-check` succeeded',
          todo: 'add --run, or bring a result with --evidence',
          severity: 'warning',
          cites: [{ evidence: 'mono-check', command: ['npm', 'run', 'check:all:mono'] }],
        }),
        ruleReport({
          id: 'smoke-fail-investigated',
          title: 'A failed smoke record is investigated at once',
          severity: 'note',
          outcome: 'fail',
          code: 'composite.any',
          message: 'none of the parts passes',
          demand: 'one of the parts passes',
          todo: 'satisfy one of the parts',
          cites: [],
          parts: [
            {
              demand: 'the newest record is not `fail`',
              outcome: 'fail',
              code: 'assert.false',
              message: '`smoke.last.Checks` is `fail`',
              cites: [{ evidence: 'smoke', path: log, line: 31 }],
            },
            {
              demand: 'an investigation within 26h',
              outcome: 'unknown',
              code: 'log.empty',
              message: 'the log has no row',
              cites: [{ evidence: 'investigations', path: 'docs/audits/investigations-2026.md' }],
            },
          ],
        }),
      ],
    }),
    gateReport({
      id: 'exit',
      role: 'outlook',
      decision: 'hold',
      after: ['auth-enforced', 'ws-enforced'],
      rules: [open.pending],
    }),
  ],
  evidence: [
    {
      id: 'flags',
      kind: 'env',
      status: 'observed',
      origin: 'live',
      collectedAt: '2026-02-24T09:00:00Z',
      digest,
    },
    {
      id: 'smoke',
      kind: 'log',
      status: 'observed',
      origin: 'live',
      collectedAt: '2026-02-24T09:00:00Z',
      digest,
    },
    {
      id: 'mono-check',
      kind: 'command',
      status: 'absent',
      code: 'command.not-run',
      message: 'commands run only when asked',
      command: ['npm', 'run', 'check:all:mono'],
    },
  ],
  waivers: [
    {
      id: 'W-7',
      rule: 'agent-tests-green',
      path: 'policies/waivers/w7.yaml',
      owner: 'ada',
      approver: 'grace',
      reason: 'the agent pool is being rebuilt',
      from: '2026-02-20T00:00:00Z',
      expires: '2026-03-01T00:00:00Z',
      state: 'used',
    },
    {
      id: 'W-3',
      rule: 'vault-env',
      path: 'policies/waivers/w3.yaml',
      owner: 'ada',
      approver: 'grace',
      reason: 'migration',
      from: '2026-01-01T00:00:00Z',
      expires: '2026-02-01T00:00:00Z',
      state: 'expired',
    },
  ],
  findings: [
    {
      code: 'log.detached-rows',
      message: 'rows are cut off from their table by a blank line; they were read',
      evidence: 'smoke',
      path: log,
      line: 16,
    },
  ],
});

const ruleFor: Readonly<Record<Decision, RuleReport>> = {
  go: open.pass,
  hold: open.pending,
  'no-go': open.fail,
};

/** A verdict of each decision in each evidence mode: the rows of the exit-code matrix (R46). */
export function verdictOf(decision: Decision, evidenceMode: Verdict['evidenceMode']): Verdict {
  const gates = [gateReport({ decision, rules: [ruleFor[decision]] })];
  return verdictWith({ decision, evidenceMode, gates, message: `preflight is ${decision}` });
}
