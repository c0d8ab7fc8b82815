// Lays out the demo workspace `.demo/`: a repository of its own with a dated history, so that the gate has something
// real to judge; then runs the gate on it. `--now T` gives the same commits each time; `--at soak-eve` lays out the
// moment at which one strict record turns the next phase into go; `--lay-out` stops before the gate runs.
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import { delimiter, dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

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

/** Hours before now at which records were written, newest last; the first strict one begins the soak. */
const scenes = {
  soaking: { strict: [21, 1], light: [9] },
  'soak-eve': { strict: [25, 14, 3], light: [9] },
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
  const began = Math.max(...scene.strict);
  const { record, end } = await openRecords();
  await record('incidents', now - 72 * hour, { init: true });
  commit(now - 72 * hour, 'Begin the production hardening rollout');
  writeSnapshot(now - Math.min(began, 22) * hour);
  commit(now - Math.min(began, 22) * hour, 'Keep the readiness snapshot');
  const records = [
    ...scene.strict.map((ago) => ({ ago, run: true })),
    ...scene.light.map((ago) => ({ ago, run: false })),
  ].sort((a, b) => b.ago - a.ago);
  for (const { ago, run } of records) {
    const result = await record('smoke', now - ago * hour, { run });
    commit(now - ago * hour, `Record the smoke loop: ${result}`);
  }
  end();
}

/**
 * The use case behind `soakgate record`, with a clock that stands at the past. The checks of the past are not run again
 * for each row: a stand-in for npm writes what they wrote then.
 */
async function openRecords() {
  const useCase = await import(pathToFileURL(join(project, 'dist/use-cases/record.js')).href);
  const tools = mkdtempSync(join(tmpdir(), 'soakgate-demo-'));
  const junit = '<testsuites><testsuite name="then"><testcase name="all"/></testsuite></testsuites>';
  const report = `reports/$(echo "$2" | tr : -).xml`;
  writeFileSync(join(tools, 'npm'), `#!/bin/sh\nmkdir -p reports\necho '${junit}' > "${report}"\n`);
  chmodSync(join(tools, 'npm'), 0o755);
  const env = { PATH: `${tools}${delimiter}${process.env.PATH ?? ''}` };
  const top = realpathSync(root);
  const request = {
    ...{ policyPaths: ['policies/production-hardening.yaml'], cwd: top, root: top, env, inputs: {} },
    ...{ envFiles: ['deploy/production.env'], sets: new Map(), wait: 1000 },
    ...{ run: false, fail: false, init: false, dryRun: false, anyway: false },
  };
  return {
    async record(name, at, wish) {
      const answer = await useCase.record({ ...request, ...wish, name, clock: () => at });
      if (answer.how !== 'recorded') throw new Error(`record ${name}: ${JSON.stringify(answer.problems)}`);
      return answer.report.result;
    },
    end() {
      rmSync(tools, { recursive: true });
      rmSync(join(root, 'reports'), { recursive: true, force: true });
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
  const args = ['check', 'policies/production-hardening.yaml', '--root', '.', '--run'];
  const options = ['--env-file', 'deploy/production.env', '--report', 'readiness'];
  const run = spawnSync(process.execPath, ['--', program, ...args, ...options], {
    cwd: root,
    stdio: 'inherit',
  });
  const shown = relative(process.cwd(), root) || '.';
  const snapshot = `docs/audits/production-hardening-rollout-readiness-${stamp(Date.now()).slice(0, 10)}.md`;
  console.log(`
The readiness snapshot is ${join(shown, snapshot)}

Try next, in ${shown}:
  npx soakgate status --env-file deploy/production.env             where it stands, and when the next step can be
  npx soakgate streak smoke.strict                                 day by day, and what today still needs
  npx soakgate check --env-file deploy/production.env              without running the commands: hold
  npx soakgate check --run --env-file deploy/production.env --gate next
  npx soakgate check --env-file deploy/production.env --format json
  npx soakgate record smoke --run --env-file deploy/production.env    one strict record of the day
  npx soakgate lint policies/production-hardening.yaml`);
  process.exitCode = run.status ?? 4;
}
