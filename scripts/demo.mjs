// Lays out the demo workspace `.demo/`: a repository of its own with a dated history, so that the gate has something
// real to judge; then runs the gate on it. `--now T` gives the same commits each time; `--at soak-eve` lays out the
// moment at which one strict record turns the next phase into go, `--at exit-eve` the one at which it ends the rollout;
// `--lay-out` stops before the gate runs.
import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import { delimiter, dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { evidenceFile } from '../examples/production-hardening/metrics/evidence.mjs';
import { entered, switchesBefore } from '../examples/production-hardening/metrics/plan.mjs';
import { signalsOf } from '../examples/production-hardening/metrics/signals.mjs';

const project = dirname(dirname(fileURLToPath(import.meta.url)));
const template = join(project, 'examples/production-hardening');
const hour = 3_600_000;

const { values } = parseArgs({
  options: {
    now: { type: 'string' },
    at: { type: 'string', default: 'soaking' },
    root: { type: 'string', default: join(project, '.demo') },
    'lay-out': { type: 'boolean', default: false },
  },
});
const root = values.root;
const now = Math.floor((values.now === undefined ? Date.now() : Date.parse(values.now)) / 1000) * 1000;

/** What the vault adapter needs, set before the vault is enforced. */
const service = `SUPABASE_URL=https://vault.example.net
SUPABASE_SERVICE_ROLE_KEY=of-this-demo-alone-5d1c
SUPABASE_VAULT_RPC_NAME=read_secret
`;
const policyFile = 'policies/production-hardening.yaml';
const metrics = 'reports/metrics.json';
const daily = (...days) => days.map((ago) => 24 * ago);

/**
 * Hours before now at which records were written; the first strict one begins the soak. `steps` are the phases entered,
 * `snapshot` when the readiness snapshot was written. On the exit eve a strict record that failed is seven days back.
 */
const scenes = {
  soaking: { strict: [21, 1], light: [9], snapshot: 21, steps: {} },
  'soak-eve': { strict: [25, 14, 3], light: [9], snapshot: 22, steps: {} },
  'exit-eve': {
    ...{ strict: daily(14, 13, 12, 11, 10, 9, 8, 6, 5, 4, 3, 2, 1), failed: daily(7), light: [60] },
    ...{ snapshot: 287.5, steps: entered, gates: ['exit'] },
  },
};
const scene = scenes[values.at];
if (!scene || Number.isNaN(now)) {
  console.error(`demo: --at takes ${Object.keys(scenes).join(' or ')}, --now an RFC 3339 instant`);
  process.exit(2);
}

await layOut();
if (!values['lay-out']) runGate();

async function layOut() {
  rmSync(root, { recursive: true, force: true });
  mkdirSync(root, { recursive: true });
  cpSync(template, root, {
    recursive: true,
    filter: (path) => !/[/\\](node_modules|reports)([/\\]|$)/.test(path),
  });
  cpSync(
    join(project, 'policies/production-hardening.yaml'),
    join(root, 'policies/production-hardening.yaml'),
  );
  git(now, 'init', '--quiet', '--initial-branch=main');
  const began = now - (Math.max(...scene.strict) + 48) * hour;
  const { record, advance, end } = await openUseCases();
  await record('incidents', began, { init: true });
  commit(began, 'Begin the production hardening rollout');
  const events = [
    { ago: scene.snapshot, happen: keepSnapshot },
    ...scene.strict.map((ago) => ({ ago, happen: recordSmoke({ run: true }) })),
    ...(scene.failed ?? []).map((ago) => ({ ago, happen: recordSmoke({ run: true, broken: true }) })),
    ...scene.light.map((ago) => ({ ago, happen: recordSmoke({ run: false }) })),
    ...Object.entries(scene.steps).map(([phase, ago]) => ({ ago, happen: enter(phase) })),
  ].sort((a, b) => b.ago - a.ago);
  const useCases = { record, advance };
  for (const { ago, happen } of events) {
    const at = now - ago * hour;
    commit(at, await happen(at, useCases));
  }
  if (Object.keys(scene.steps).length > 0) {
    writeNote(now - 20 * hour);
    commit(now - 20 * hour, 'Keep the cutover note');
    await writeMetrics(now);
  }
  end();
}

// What happened on the way: each gives the message of its commit.

function keepSnapshot(at) {
  writeSnapshot(at);
  return 'Keep the readiness snapshot';
}

function recordSmoke(wish) {
  return async (at, { record }) => `Record the smoke loop: ${await record('smoke', at, wish)}`;
}

/** A step is taken as people take it: the flags with the row, then the defaults of the sources after them. */
function enter(phase) {
  return async (at, { advance }) => {
    if (phase === 'vault-enforced') {
      appendFileSync(join(root, 'deploy/production.env'), service);
      commit(at, 'Set what the vault needs');
    }
    await writeMetrics(at);
    await advance(phase, at);
    const edits = {
      'auth-enforced': ['apps/backend/src/config.js', "AUTH_MODE ?? 'shadow'", "AUTH_MODE ?? 'enforced'"],
      'ws-enforced': ['apps/agent/src/config.js', "'hybrid'", "'ws'"],
      'vault-enforced': ['apps/backend/src/config.js', "VAULT_MODE ?? 'shadow'", "VAULT_MODE ?? 'enforced'"],
    };
    const [path, before, after] = edits[phase];
    const text = readFileSync(join(root, path), 'utf8');
    if (!text.includes(before)) throw new Error(`${path} has no ${before}`);
    writeFileSync(join(root, path), text.replace(before, after));
    return `Enter ${phase}`;
  };
}

/** The metric history up to an instant as an evidence file, so that no server is needed; git does not keep it. */
async function writeMetrics(at) {
  const { parsePolicy } = await import(pathToFileURL(join(project, 'dist/index.js')).href);
  const parsed = parsePolicy(readFileSync(join(root, policyFile), 'utf8'));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const signals = signalsOf({ kind: 'good', switches: switchesBefore(now) });
  const moment = {
    now: at,
    back: (at === now ? 9 * 24 : 27) * hour,
    commit: git(at, 'rev-parse', 'HEAD').trim(),
  };
  mkdirSync(join(root, dirname(metrics)), { recursive: true });
  writeFileSync(join(root, metrics), JSON.stringify(evidenceFile(parsed.value, signals, moment)));
}

function writeNote(at) {
  writeFileSync(
    join(root, 'docs/audits/production-hardening-cutover.md'),
    `# Cutover\n\nApproved by: Ada Lovelace\nCutover date: ${stamp(at).slice(0, 10)}\n\n## Final cutover\n\nAll three switches are enforced everywhere; the old modes go with the next release.\n`,
  );
}

/**
 * The use cases behind `soakgate record` and `soakgate advance`, with a clock that stands at the past. The checks of the
 * past are not run again for each row: a stand-in for npm writes what they wrote then.
 */
async function openUseCases() {
  const load = (path) => import(pathToFileURL(join(project, 'dist', path)).href);
  const [useCase, steps] = [await load('use-cases/record.js'), await load('use-cases/advance.js')];
  const { render } = await load('index.js');
  const tools = mkdtempSync(join(tmpdir(), 'soakgate-demo-'));
  const junit = '<testsuites><testsuite name="then"><testcase name="all"/></testsuite></testsuites>';
  const report = `reports/$(echo "$2" | tr : -).xml`;
  const broken = join(tools, 'broken');
  const npm = `mkdir -p reports\necho '${junit}' > "${report}"\nif [ -e '${broken}' ]; then exit 1; fi\n`;
  writeFileSync(join(tools, 'npm'), `#!/bin/sh\n${npm}`);
  chmodSync(join(tools, 'npm'), 0o755);
  const env = { PATH: `${tools}${delimiter}${process.env.PATH ?? ''}` };
  const top = realpathSync(root);
  const request = {
    ...{ policyPaths: ['policies/production-hardening.yaml'], cwd: top, root: top, env, inputs: {} },
    ...{ envFiles: ['deploy/production.env'], sets: new Map(), wait: 1000 },
    ...{ run: false, fail: false, init: false, dryRun: false, anyway: false },
  };
  return {
    async record(name, at, { broken: fails = false, ...wish }) {
      if (fails) writeFileSync(broken, '');
      else rmSync(broken, { force: true });
      const answer = await useCase.record({ ...request, ...wish, name, clock: () => at });
      if (answer.how !== 'recorded') throw new Error(`record ${name}: ${JSON.stringify(answer.problems)}`);
      return answer.report.result;
    },
    async advance(to, at) {
      const answer = await steps.advance({
        ...{ ...request, run: true, to },
        ...{ evidenceFiles: [metrics], outputFiles: [], writeEnv: 'deploy/production.env', clock: () => at },
        verdictText: (verdict) => render('json', [verdict]),
      });
      if (answer.how !== 'told' || answer.report.how === 'not-go') {
        throw new Error(
          `advance ${to}: ${answer.report?.verdict?.message ?? JSON.stringify(answer.problems)}`,
        );
      }
    },
    end() {
      rmSync(tools, { recursive: true });
      for (const path of ['check-all-mono', 'backend-test', 'agent-test']) {
        rmSync(join(root, `reports/${path}.xml`), { force: true });
      }
    },
  };
}

function git(at, ...args) {
  const date = `${at / 1000} +0000`;
  const identity = [
    '-c',
    'user.name=Demo',
    '-c',
    'user.email=demo@example.com',
    '-c',
    'commit.gpgsign=false',
  ];
  // Neither the user's settings (hooks, signatures) nor a hook that we may be run from take part.
  const { GIT_DIR: _dir, GIT_WORK_TREE: _tree, GIT_INDEX_FILE: _index, ...outer } = process.env;
  const settings = { GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: devNull };
  const env = { ...outer, ...settings, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
  const run = spawnSync('git', [...identity, '-C', root, ...args], { env, encoding: 'utf8' });
  if (run.error?.code === 'ENOENT') {
    console.error('demo: git is needed to lay out the workspace, and is not in PATH');
    process.exit(2);
  }
  if (run.status !== 0) throw new Error(`git ${args[0]} failed: ${run.stderr ?? run.error?.message}`);
  return run.stdout;
}

function commit(at, message) {
  git(at, 'add', '--all');
  git(at, 'commit', '--quiet', '--message', message);
}

function stamp(at) {
  return new Date(at).toISOString().replace('.000Z', 'Z');
}

/** The snapshot of the day shadow began, as `check --run --report readiness` had written it. */
function writeSnapshot(at) {
  const path = join(root, `docs/audits/production-hardening-rollout-readiness-${stamp(at).slice(0, 10)}.md`);
  writeFileSync(
    path,
    `# Production hardening rollout: go\n\nDecision: go  \nMode: full  \nEvaluated at: ${stamp(at)}  \nPolicy: production-hardening 1.0.0  \n`,
  );
}

function runGate() {
  const program = join(project, 'bin/soakgate.cjs');
  const gates = scene.gates === undefined ? [] : ['--gate', scene.gates.join(',')];
  const seen = scene.gates === undefined ? ['--report', 'readiness'] : ['--evidence', metrics];
  const args = [
    'check',
    policyFile,
    '--root',
    '.',
    '--run',
    '--env-file',
    'deploy/production.env',
    ...gates,
    ...seen,
  ];
  const run = spawnSync(process.execPath, ['--', program, ...args], { cwd: root, stdio: 'inherit' });
  const shown = relative(process.cwd(), root) || '.';
  console.log(scene.gates === undefined ? nextWhileSoaking(shown) : nextOnExitEve(shown));
  process.exitCode = run.status ?? 4;
}

function nextWhileSoaking(shown) {
  const snapshot = `docs/audits/production-hardening-rollout-readiness-${stamp(Date.now()).slice(0, 10)}.md`;
  return `
The readiness snapshot is ${join(shown, snapshot)}

Try next, in ${shown}:
  npx soakgate status --env-file deploy/production.env             where it stands, and when the next step can be
  npx soakgate streak smoke.strict                                 day by day, and what today still needs
  npx soakgate check --env-file deploy/production.env              without running the commands: hold
  npx soakgate check --run --env-file deploy/production.env --gate next
  npx soakgate check --env-file deploy/production.env --format json
  npx soakgate check --env-file deploy/production.env --format html --output gate.html    a page to look at
  npx soakgate record smoke --run --env-file deploy/production.env    one strict record of the day
  npx soakgate lint policies/production-hardening.yaml`;
}

function nextOnExitEve(shown) {
  return `
One strict record of today is missing. Try next, in ${shown}:
  npx soakgate record smoke --run --env-file deploy/production.env
  npx soakgate check --gate exit --run --env-file deploy/production.env --evidence ${metrics}
  npx soakgate advance done --run --env-file deploy/production.env --evidence ${metrics}

Metrics are too old after ten minutes. New ones, as a server would give them, or bad ones:
  npm run --silent metrics
  npm run --silent metrics -- --kind auth-spike --switch auth-enforced=${stamp(now - 2 * hour)}`;
}
