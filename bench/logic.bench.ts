import { LogicEngine } from 'json-logic-engine';
import type { Reading } from '../src/model/reading.ts';
import type { Json } from '../src/model/json.ts';
import { compileForData, compileLogic, type LogicScope } from '../src/logic/compile.ts';
import { referenceLogic, referenceTruth } from '../src/logic/reference.ts';
import { interleaved } from './support.ts';

export const name = 'logic';
export const goal =
  '20 rules over 20 kB of evidence: closures against json-logic-js, json-logic-engine and the parsing of the evidence.';

/** A rollout's evidence: flags, test counts, signals by the minute, thirty rows of a smoke log; about 20 kB as JSON. */
function makeEvidence(): Record<string, Json> {
  const row = (i: number) => ({
    'Timestamp (UTC)': `2026-02-${String(1 + (i % 28)).padStart(2, '0')}T09:00:00Z`,
    AUTH_MODE: 'enforced',
    AGENT_TRANSPORT: 'ws',
    SECRETS_VAULT_MODE: 'shadow',
    Checks: 'pass',
    Details: `mono-check pass, backend-tests pass, agent-tests pass, commit ${(i * 7919).toString(16).padStart(7, '0')}`,
  });
  const series = (n: number) =>
    Array.from({ length: n }, (_, i) => ({ at: 1771837200 + 60 * i, value: (i * 37) % 11 }));
  return {
    flags: {
      AUTH_MODE: 'enforced',
      AGENT_TRANSPORT: 'ws',
      SECRETS_VAULT_MODE: 'shadow',
      REGION: 'eu-1',
      REPLICAS: 4,
    },
    tests: { total: 412, passed: 410, failed: 0, skipped: 2, seconds: 184.5 },
    auth: { failures: 0.4, baseline: 0.3, series: series(120) },
    ws: { reconnects: 2, median: 0.8, p95: 1.9, series: series(120) },
    queue: { depth: 3, dead: 0, stale: 1, series: series(120) },
    git: { branch: 'main', dirty: false, commit: '0123456789abcdef0123456789abcdef01234567' },
    approval: { first: 'margaret', second: 'ken', ticket: 'CHG-4711', risk: 'low' },
    artifact: { registry: 'internal', region: 'eu-3', signed: true },
    canary: { errors: 0.002, p99: 410, requests: 52_000, alerts: 0 },
    window: { day: 'tuesday', hour: 10 },
    smoke: Array.from({ length: 30 }, (_, i) => row(i)),
  };
}

const at = (path: string): Json => ({ var: path });
const is = (path: string, value: Json): Json => ({ '==': [at(path), value] });

const strict: Json = { in: [at('Checks'), ['pass', 'fail']] };
const pinned: Json = {
  and: [is('AUTH_MODE', 'enforced'), is('AGENT_TRANSPORT', 'ws'), is('SECRETS_VAULT_MODE', 'shadow')],
};

const regions = ['ap-1', 'ap-2', 'ca-1', 'eu-1', 'eu-2', 'eu-3', 'sa-1', 'us-1', 'us-2', 'us-3'];
const people = [
  'ada',
  'alan',
  'barbara',
  'donald',
  'edsger',
  'frances',
  'grace',
  'john',
  'ken',
  'margaret',
  'niklaus',
  'tony',
];
const among = (path: string, list: readonly Json[]): Json => ({ in: [at(path), list] });

/** A policy's mix: facts joined by `and` and `or`, allow-lists, a little arithmetic, and four rules over the log. */
const rules: readonly Json[] = [
  {
    and: [
      is('flags.AUTH_MODE', 'enforced'),
      is('flags.AGENT_TRANSPORT', 'ws'),
      is('flags.SECRETS_VAULT_MODE', 'shadow'),
    ],
  },
  {
    and: [
      among('flags.AGENT_TRANSPORT', ['longpoll', 'hybrid', 'ws']),
      among('flags.AUTH_MODE', ['shadow', 'enforced']),
    ],
  },
  { and: [among('flags.REGION', regions), { '>=': [at('flags.REPLICAS'), 3] }] },
  { and: [{ '>': [at('tests.total'), 0] }, is('tests.failed', 0), { '<=': [at('tests.skipped'), 5] }] },
  { '>': [{ '/': [at('tests.passed'), at('tests.total')] }, 0.95] },
  { '<': [at('auth.failures'), { max: [{ '*': [2, at('auth.baseline')] }, 1] }] },
  {
    or: [
      { '<': [at('ws.reconnects'), 5] },
      { and: [{ '<': [at('ws.median'), 1] }, { '<=': [at('ws.p95'), 2.5] }] },
    ],
  },
  { and: [{ '===': [at('queue.dead'), 0] }, { '<': [{ '+': [at('queue.depth'), at('queue.stale')] }, 10] }] },
  { and: [is('git.branch', 'main'), { '!': [at('git.dirty')] }, { '!=': [at('git.commit'), ''] }] },
  {
    if: [
      is('flags.AUTH_MODE', 'enforced'),
      { '<': [at('auth.failures'), 1] },
      { '<': [at('auth.failures'), 5] },
    ],
  },
  {
    and: [
      among('approval.first', people),
      among('approval.second', people),
      { '!==': [at('approval.first'), at('approval.second')] },
    ],
  },
  {
    or: [
      is('approval.ticket', 'none'),
      { and: [{ in: ['CHG-', at('approval.ticket')] }, among('approval.risk', ['low', 'medium'])] },
    ],
  },
  {
    and: [
      among('artifact.registry', ['internal', 'mirror']),
      among('artifact.region', regions),
      is('artifact.signed', true),
    ],
  },
  {
    and: [
      { '<': [at('canary.errors'), 0.01] },
      { '<': [at('canary.p99'), 800] },
      { '>=': [at('canary.requests'), 1000] },
    ],
  },
  { none: [[at('canary.alerts'), at('queue.dead')], { '>': [{ var: '' }, 0] }] },
  {
    and: [
      among('window.day', ['monday', 'tuesday', 'wednesday', 'thursday']),
      { '<=': [9, at('window.hour'), 16] },
    ],
  },
  { all: [at('smoke'), is('Checks', 'pass')] },
  { none: [at('smoke'), { and: [is('Checks', 'fail'), among('AUTH_MODE', ['shadow', 'enforced'])] }] },
  { all: [at('smoke'), { and: [strict, pinned] }] },
  { '>=': [{ count: [{ filter: [at('smoke'), { and: [strict, is('AUTH_MODE', 'enforced')] }] }] }, 7] },
];

/** Rules over lists alone, where every element costs the reading of its cells. */
const listRules: readonly Json[] = [
  { all: [at('smoke'), is('Checks', 'pass')] },
  { all: [at('smoke'), pinned] },
  { none: [at('smoke'), { and: [is('AGENT_TRANSPORT', 'longpoll'), is('Checks', 'pass')] }] },
  { all: [at('smoke'), { or: [is('Checks', 'pass'), { in: ['not-run', at('Details')] }] }] },
  { all: [at('auth.series'), { '<': [at('value'), 12] }] },
];

/** Evidence as the evaluator offers it: a reading by path, looked up when a rule asks. */
function scopeOf(evidence: Record<string, Json>): LogicScope {
  const readings = new Map<string, Reading>();
  const add = (path: string, value: Json): void => {
    readings.set(path, { known: true, value });
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
    for (const [key, inner] of Object.entries(value)) add(path === '' ? key : `${path}.${key}`, inner);
  };
  add('', evidence);
  return { read: (path) => readings.get(path) ?? { known: false, code: 'evidence.absent', path } };
}

function compiled(list: readonly Json[]) {
  return list.map((rule) => {
    const overData = compileForData(rule);
    const overScope = compileLogic(rule);
    if (!overData.ok || !overScope.ok) throw new Error('a rule of the benchmark is refused');
    return { rule, overData: overData.compiled, overScope: overScope.compiled };
  });
}

/** All have to agree, or the ratios would compare different things. */
function agree(list: ReturnType<typeof compiled>, evidence: Record<string, Json>, scope: LogicScope): void {
  for (const { rule, overData, overScope } of list) {
    const theirs = referenceLogic(rule, evidence);
    const [a, b] = [overData.test(evidence), overScope.test(scope)];
    const same =
      theirs.judged && a.known && b.known && a.value === b.value && a.value === referenceTruth(theirs.value);
    if (!same) throw new Error(`more than one answer to ${JSON.stringify(rule)}`);
  }
}

export async function run() {
  const evidence = makeEvidence();
  const text = JSON.stringify(evidence);
  const scope = scopeOf(evidence);
  const [mixed, lists] = [compiled(rules), compiled(listRules)];
  agree(mixed, evidence, scope);
  agree(lists, evidence, scope);
  const engine = new LogicEngine();
  engine.addMethod('count', (list: unknown) => (Array.isArray(list) ? list.length : 0));
  const built = rules.map((rule) => engine.build(rule) as (data: unknown) => unknown);
  const times = await interleaved(
    {
      reference: repeat(50, () => rules.forEach((rule) => referenceLogic(rule, evidence))),
      ours: repeat(500, () => mixed.forEach((rule) => rule.overScope.test(scope))),
      parse: repeat(50, () => JSON.parse(text) as unknown),
      data: repeat(500, () => mixed.forEach((rule) => rule.overData.test(evidence))),
      engine: repeat(500, () => built.forEach((rule) => rule(evidence))),
      listReference: repeat(50, () => listRules.forEach((rule) => referenceLogic(rule, evidence))),
      listOurs: repeat(500, () => lists.forEach((rule) => rule.overScope.test(scope))),
      compile: repeat(5, () => rules.forEach((rule) => compileLogic(rule))),
    },
    { rounds: 61, warmUp: 10 },
  );
  const [reference, parse, ours] = [times.reference / 50, times.parse / 50, times.ours / 500];
  const size = `${Math.round(text.length / 1024)} kB`;
  return [
    {
      what: 'json-logic-js ÷ closures',
      ratio: reference / ours,
      target: '>= 20',
      note: '20 rules over readings; stretch 50',
    },
    {
      what: `closures ÷ JSON.parse of ${size} of evidence`,
      ratio: ours / parse,
      target: '<= 0.12',
      note: 'stretch 0.05',
    },
    {
      what: 'json-logic-js ÷ closures over plain data',
      ratio: (reference / times.data) * 500,
      target: '-',
      note: 'asks each object for its own properties',
    },
    {
      what: 'json-logic-js ÷ json-logic-engine, built',
      ratio: (reference / times.engine) * 500,
      target: '-',
      note: 'two-valued, generates source',
    },
    {
      what: 'json-logic-js ÷ closures, lists alone',
      ratio: (times.listReference * 10) / times.listOurs,
      target: '-',
      note: '30 rows, 120 samples',
    },
    {
      what: 'compiling the rules ÷ JSON.parse of the evidence',
      ratio: times.compile / 5 / parse,
      target: '-',
    },
  ];
}

function repeat(times: number, act: () => unknown): () => void {
  return () => {
    for (let i = 0; i < times; i++) act();
  };
}
