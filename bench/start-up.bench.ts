import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { interleaved } from './support.ts';

export const name = 'start-up';
export const goal =
  'Whole processes, each against `node -e 0` in the same run; `check` reads a policy of 20 rules, 20 KB of evidence and a log of 30 rows.';

const program = join(process.cwd(), 'bin/soakgate.cjs');

const count = 19;

const evidenceLine = (i: number) =>
  `  value${i}: { file: { path: settings.json, pointer: /value${i}, type: number } }`;

const ruleLines = (i: number) => [
  `  - id: rule-${i}`,
  `    title: Setting ${i} is what this phase of the rollout asks for`,
  i % 2 === 0
    ? `    expect: { value${i}: { atMost: ${i + 100} } }`
    : `    assert: { and: [{ '<': [{ var: value${i} }, ${i + 100}] }, { '>=': [{ var: value${i - 1} }, 0] }] }`,
];

/** Rules over a JSON file and a streak over a log: the shape the goals of the performance page are stated for. */
function policyText(): string {
  const numbers = Array.from({ length: count }, (_, i) => i);
  const head = ['apiVersion: soakgate/v1', 'kind: Policy'];
  const meta = [
    "metadata: { name: bench, title: A policy to measure, version: '1.0.0', owner: bench }",
    'timezone: UTC',
  ];
  const log = [
    '  smoke:',
    '    log:',
    '      path: smoke-{yyyy}-{MM}.md',
    '      table: Entries',
    '      time: { column: Timestamp (UTC), zone: UTC }',
    '      columns: { Checks: { enum: [pass, fail] }, Details: string }',
  ];
  const streak = [
    '  - id: daily',
    '    title: A good record each day',
    "    streak: { of: smoke, per: day, good: { '==': [{ var: Checks }, pass] }, atLeast: 1 }",
  ];
  const evidence = ['evidence:', ...numbers.map(evidenceLine), ...log];
  return [...head, ...meta, ...evidence, 'preflight:', ...numbers.flatMap(ruleLines), ...streak, ''].join(
    '\n',
  );
}

function settings(): string {
  const entries = Array.from({ length: count }, (_, i) => [`value${i}`, i] as const);
  const padding = Array.from({ length: 300 }, (_, i) => ({
    id: i,
    text: 'evidence that no rule reads '.repeat(2),
  }));
  return JSON.stringify({ ...Object.fromEntries(entries), padding });
}

function log(rows: number): string {
  const now = Date.now();
  const line = (i: number) => {
    const time = new Date(now - (rows - i) * 60_000).toISOString().slice(0, 19);
    return `| ${time}Z | pass | mono-check pass, backend-tests pass, agent-tests pass, commit 0a1b2c3, run ${i} |`;
  };
  const head = [
    '# Smoke',
    '',
    '## Entries',
    '',
    '| Timestamp (UTC) | Checks | Details |',
    '| --- | --- | --- |',
  ];
  return [...head, ...Array.from({ length: rows }, (_, i) => line(i)), ''].join('\n');
}

function workspace(rows: number): string {
  const dir = mkdtempSync(join(tmpdir(), 'soakgate-bench-'));
  mkdirSync(join(dir, 'cache'), { mode: 0o700 });
  const month = new Date().toISOString().slice(0, 7);
  writeFileSync(join(dir, 'policy.yaml'), policyText());
  writeFileSync(join(dir, 'settings.json'), settings());
  writeFileSync(join(dir, `smoke-${month}.md`), log(rows));
  return dir;
}

/** The program as a Node runs it that nothing was compiled for. */
function bare(): string {
  const dir = mkdtempSync(join(tmpdir(), 'soakgate-bare-'));
  for (const part of ['bin', 'dist/cli'])
    cpSync(join(process.cwd(), part), join(dir, part), { recursive: true });
  rmSync(join(dir, 'dist/cli/ahead'), { recursive: true });
  return dir;
}

function node(args: readonly string[], cwd?: string, more: Record<string, string> = {}): string {
  const result = spawnSync(process.execPath, args, {
    cwd,
    encoding: 'utf8',
    // As in CI, where nothing is kept between runs; one that may keep things names a folder for them.
    env: { ...process.env, NO_COLOR: '1', CI: 'true', XDG_CACHE_HOME: '/dev/null/none', ...more },
  });
  // 0 go, 1 no-go, 3 hold: the program judged. Anything else is no measurement.
  if (![0, 1, 3].includes(result.status ?? -1)) throw new Error(`${args.join(' ')}: ${result.stderr}`);
  return result.stdout;
}

/**
 * Peak resident memory in MB of a run, as the process itself saw it at its end. VmHWM begins anew with the program;
 * `maxRSS` of a child begins with that of whoever started it, so it is no more than a way out beyond Linux.
 */
const probeText = `process.on('exit', () => {
  const fs = require('fs');
  let status = '';
  try { status = fs.readFileSync('/proc/self/status', 'utf8'); } catch {}
  const peak = /^VmHWM:\\s+(\\d+)/m.exec(status)?.[1] ?? process.resourceUsage().maxRSS;
  fs.writeFileSync(process.env.PEAK_NOTE, String(peak));
});`;

function peak(args: readonly string[], cwd: string): number {
  const probe = join(cwd, 'probe.cjs');
  const note = join(cwd, 'peak');
  writeFileSync(probe, probeText);
  node(['-r', probe, ...args], cwd, { PEAK_NOTE: note });
  return Number(readFileSync(note, 'utf8')) / 1024;
}

export async function run() {
  if (!existsSync(join(process.cwd(), 'dist/cli/main.cjs'))) throw new Error('npm run build first');
  const [small, large, foreign] = [workspace(30), workspace(10_000), bare()];
  try {
    const check = [program, 'check', 'policy.yaml', '--root', '.'];
    const keeping = { CI: '', XDG_CACHE_HOME: join(small, 'cache') };
    const forget = () => rmSync(join(small, 'cache/soakgate'), { recursive: true, force: true });
    const times = await interleaved(
      {
        empty: () => node(['-e', '0']),
        version: () => node([program, '--version']),
        help: () => node([program, '--help']),
        check: () => node(check, small),
        foreign: () => node([join(foreign, 'bin/soakgate.cjs'), ...check.slice(1)], small),
        first: () => {
          forget();
          node(check, small, keeping);
        },
        cached: () => node(check, small, keeping),
        large: () => node(check, large),
        shipped: () => node([program, 'check', 'policies/production-hardening.yaml', '--root', '.']),
      },
      { rounds: 21, warmUp: 2 },
    );
    const of = (key: keyof typeof times) => times[key] / times.empty;
    const memory = peak(check, small) - peak(['-e', '0'], small);
    const ms = `\`node -e 0\` took ${times.empty.toFixed(0)} ms`;
    if (readdirSync(join(small, 'cache/soakgate')).length !== 1) throw new Error('nothing was cached');
    return [
      { what: '`--version`', ratio: of('version'), target: '<= 1.2', note: ms },
      { what: '`--help`', ratio: of('help'), target: '<= 1.2' },
      { what: '`check`, policy cached', ratio: of('cached'), target: '<= 1.6' },
      { what: '`check`, nothing cached, as in CI', ratio: of('check'), target: '<= 3.2' },
      { what: '`check`, nothing cached, nor compiled ahead', ratio: of('foreign'), target: '-' },
      { what: '`check`, the first time, filling the cache', ratio: of('first'), target: '-' },
      { what: '`check` of the shipped policy', ratio: of('shipped'), target: '-' },
      { what: '`check`, 10,000 rows against 30', ratio: times.large / times.check, target: '<= 1.2' },
      {
        what: '`check`, peak memory above `-e 0`, as a share of 12 MB',
        ratio: memory / 12,
        target: '<= 1',
        note: `${memory.toFixed(1)} MB`,
      },
    ];
  } finally {
    for (const dir of [small, large, foreign]) rmSync(dir, { recursive: true, force: true });
  }
}
