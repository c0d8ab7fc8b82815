// What the services of this example would have measured, made from a formula (metrics/), so that no server is needed:
// `--kind good`, or one of those in which a switch goes wrong until it is rolled back. What it is written as:
//   --evidence FILE   the answers to the queries of the policy, for `soakgate … --evidence FILE`; run it in the workspace
//   --load DIR        blocks of a Prometheus server (promtool must be in PATH); start it with --storage.tsdb.path=DIR
//   --text FILE       OpenMetrics text
// The switches are those of the transition log in docs/audits, without one those of the demo's exit eve; `--switch
// PHASE=TIME` sets another time.
import { spawnSync } from 'node:child_process';
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { parsePolicy } from 'soakgate';
import { evidenceFile } from './metrics/evidence.mjs';
import { kinds, minute, signalsOf } from './metrics/signals.mjs';
import { switchesBefore } from './metrics/plan.mjs';
import { openMetrics } from './metrics/text.mjs';
import { readSteps } from './metrics/transitions.mjs';

const day = 24 * 60 * minute;
const { values } = parseArgs({
  options: {
    kind: { type: 'string', default: 'good' },
    now: { type: 'string' },
    days: { type: 'string', default: '14' },
    switch: { type: 'string', multiple: true, default: [] },
    load: { type: 'string' },
    text: { type: 'string' },
    evidence: { type: 'string' },
  },
});
const now = Math.floor((values.now === undefined ? Date.now() : Date.parse(values.now)) / 1000) * 1000;
const steps = readSteps('docs/audits') ?? { switches: switchesBefore(now), rollbacks: {} };
const switches = { ...steps.switches, ...Object.fromEntries(values.switch.map(readSwitch)) };
const days = Number(values.days);
const places = [values.load, values.text, values.evidence].filter((place) => place !== undefined);
if (!(values.kind in kinds) || Number.isNaN(now) || !(days > 0 && days <= 60) || places.length === 0) {
  console.error(
    `metrics: --kind takes ${Object.keys(kinds).join(', ')}; --days 1 to 60; one of --load, --text, --evidence is needed`,
  );
  process.exit(2);
}
const signals = signalsOf({ kind: values.kind, switches, rollbacks: steps.rollbacks });

if (values.text !== undefined) writeText(values.text);
if (values.load !== undefined) load(values.load);
if (values.evidence !== undefined) writeEvidence(values.evidence);

function readSwitch(text) {
  const [phase, time = ''] = text.split('=', 2);
  const at = Date.parse(time);
  if (Number.isNaN(at)) throw new Error(`--switch takes PHASE=TIME, not ${text}`);
  return [phase, at];
}

function writeText(path) {
  const to = Math.floor(now / minute) * minute;
  const file = openSync(path, 'w');
  let lines = [];
  for (const line of openMetrics(signals, { from: to - days * day, to })) {
    lines.push(line);
    if (lines.length < 50_000) continue;
    writeSync(file, `${lines.join('\n')}\n`);
    lines = [];
  }
  writeSync(file, `${lines.join('\n')}\n`);
  closeSync(file);
}

function load(folder) {
  const beside = mkdtempSync(join(tmpdir(), 'soakgate-metrics-'));
  try {
    const text = join(beside, 'history.om');
    writeText(text);
    const words = ['tsdb', 'create-blocks-from', 'openmetrics', '--quiet', text, folder];
    const run = spawnSync('promtool', words, { stdio: ['ignore', 'ignore', 'inherit'] });
    if (run.error?.code === 'ENOENT') {
      console.error('metrics: promtool is needed, which comes with Prometheus, and is not in PATH');
      process.exitCode = 2;
    } else {
      process.exitCode = run.status ?? 4;
    }
  } finally {
    rmSync(beside, { recursive: true, force: true });
  }
}

function writeEvidence(path) {
  const parsed = parsePolicy(readFileSync('policies/production-hardening.yaml', 'utf8'));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const head = spawnSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8' });
  const moment = { now, back: Math.min(days, 9) * day, commit: head.stdout.trim() };
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify(evidenceFile(parsed.value, signals, moment)));
}
