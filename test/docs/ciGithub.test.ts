import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { outputsIn, runnerReads } from '../support/runner.ts';
import {
  closeForges,
  type Forge,
  git,
  makeForge,
  pushedRuns,
  pushToken,
  readVerdict,
  removePackage,
} from './ci/forge.ts';
import { type Contexts, isRun, type Job, type Played, playJob, type Workflow } from './ci/github.ts';
import { decisions, exitCodes, histories, recipeNames, yamlRecipe } from './ci/recipes.ts';

const names = recipeNames.filter((name) => name.startsWith('.github/workflows/'));
const gate = yamlRecipe('.github/workflows/gate.yml') as Workflow;
const daily = yamlRecipe('.github/workflows/daily.yml') as Workflow;
const deploy = yamlRecipe('.github/workflows/deploy.yml') as Workflow;

const jobOf = (workflow: Workflow, name: string): Job => {
  const job = workflow.jobs[name];
  if (!job) throw new Error(`no job ${name}`);
  return job;
};

let forge: Forge;
afterEach(closeForges);
afterAll(removePackage);

/** The gate for a pull request of a commit behind `main`; what is checked out by default is the merge of both. */
async function playGate(): Promise<{ played: Played; head: string }> {
  const head = forge.git('commit-tree', 'main^{tree}', '-p', 'main', '-m', 'A change');
  const merge = forge.git('commit-tree', 'main^{tree}', '-p', 'main', '-p', head, '-m', 'Merge');
  forge.git('update-ref', 'refs/pull/1/head', head);
  forge.git('update-ref', 'refs/pull/1/merge', merge);
  const contexts: Contexts = {
    'github.ref': 'refs/pull/1/merge',
    'github.repository': 'team/shop',
    'github.event.pull_request.head.sha': 'refs/pull/1/head',
    'github.event.pull_request.head.repo.full_name': 'team/shop',
  };
  const env = {
    GITHUB_SHA: merge,
    GITHUB_REF: 'refs/pull/1/merge',
    GITHUB_RUN_ID: '7',
    GITHUB_RUN_ATTEMPT: '1',
  };
  return { played: await playJob(jobOf(gate, 'judge'), forge, { contexts, env }), head };
}

describe('the gate on GitHub', { timeout: 180_000 }, () => {
  it.each(decisions)('%s: the code is that of the decision, and the reports are kept', async (decision) => {
    forge = await makeForge(histories[decision]);
    const { played, head } = await playGate();
    expect(
      played.codes.filter(({ run }) => run.includes(' check ')),
      played.output,
    ).toMatchObject([{ code: exitCodes[decision] }]);
    expect(played.result).toBe(decision === 'go' ? 'success' : 'failure');
    expect(played.kept).toMatchObject({
      'actions/upload-artifact': ['verdict.json', 'junit.xml'],
      'github/codeql-action/upload-sarif': ['gate.sarif'],
    });
    expect(git(played.folder, 'rev-parse', 'HEAD')).toBe(head);
    expect(readVerdict(played.folder)).toMatchObject({ decision, subject: { commit: head } });
    expect(outputsIn(played.stepOutput)['decision']).toBe(decision);
    expect(played.summary).toContain(decision.toUpperCase());
    const { commands } = runnerReads(played.output);
    expect(commands.some(({ kind }) => kind === 'error')).toBe(decision !== 'go');
  });

  it('the required job is red unless the judging succeeded, and nothing skips it', async () => {
    forge = await makeForge(histories.go);
    const job = jobOf(gate, 'gate');
    expect(job.if).toBe('always()');
    expect(gate.on).toBe('pull_request');
    for (const result of ['success', 'failure', 'cancelled', 'skipped', '']) {
      const played = await playJob(job, forge, {
        contexts: { [`needs.${job.needs}.result`]: result },
        env: {},
      });
      expect(played.result, result).toBe(result === 'success' ? 'success' : 'failure');
    }
  });

  it('nothing is uploaded to code scanning for a fork', () => {
    const upload = jobOf(gate, 'judge').steps.find(({ uses }) => uses?.includes('upload-sarif'));
    const contexts = (full_name: string): Contexts => ({
      'github.repository': 'team/shop',
      'github.event.pull_request.head.repo.full_name': full_name,
    });
    expect(isRun(upload?.if, false, contexts('team/shop'))).toBe(true);
    expect(isRun(upload?.if, true, contexts('stranger/shop'))).toBe(false);
  });
});

/** The daily job of one run; `ready` is called once its checkout is made. */
function playDaily(run: string, ready?: (folder: string) => Promise<void>): Promise<Played> {
  const contexts: Contexts = {
    'github.ref': 'refs/heads/main',
    'github.ref_name': 'main',
    'github.token': pushToken,
  };
  const env = { GITHUB_REF: 'refs/heads/main', GITHUB_RUN_ID: run, GITHUB_RUN_ATTEMPT: '1' };
  return playJob(jobOf(daily, 'record'), forge, { contexts, env, ...(ready ? { ready } : {}) });
}

/** Waits until so many have come. */
function barrier(count: number): () => Promise<void> {
  const waiting: (() => void)[] = [];
  return () =>
    new Promise((go) => {
      waiting.push(go);
      if (waiting.length === count) for (const one of waiting) one();
    });
}

describe('the daily job on GitHub', { timeout: 180_000 }, () => {
  it('pushes one row, the same run no second one, and tells where a rollout stands that holds', async () => {
    forge = await makeForge(histories.hold);
    const played = await playDaily('11');
    expect(played.result, played.output).toBe('success');
    expect(pushedRuns(forge)).toEqual(['11.1']);
    expect(forge.git('log', '-1', '--format=%s', 'main')).toBe('Record the daily check [skip ci]');
    expect(played.output).toMatch(/^Release gate 1\.0\.0/m);
    const again = await playDaily('11');
    expect(again.result, again.output).toBe('success');
    expect(pushedRuns(forge)).toEqual(['11.1']);
  });

  it('jobs at the same time lose nothing and double nothing, also where each begins the log', async () => {
    forge = await makeForge([]);
    const ready = barrier(3);
    const all = await Promise.all(['21', '22', '23'].map((run) => playDaily(run, ready)));
    for (const { result, output } of all) expect(result, output).toBe('success');
    expect([...pushedRuns(forge)].sort()).toEqual(['21.1', '22.1', '23.1']);
    expect(forge.git('rev-list', '--count', 'main')).toBe('4');
  });

  it('a push between its own fetch and push does not take the row, nor is it taken', async () => {
    forge = await makeForge(histories.hold);
    const other = forge.checkOut('main');
    const [log = ''] = git(other, 'ls-files', 'docs/audits').split('\n').slice(-1);
    appendFileSync(join(other, log), `| ${new Date().toISOString()} | shadow | pass | run 99.1 |\n`);
    git(other, 'commit', '--quiet', '--all', '--message', 'Somebody else');
    git(other, 'push', '--quiet', forge.bare, 'HEAD:refs/heads/other');
    // The hook runs when the server has said what it has, and before it is sent anything.
    const hook = `[ -e met ] || { touch met; git --git-dir='${forge.bare}' update-ref refs/heads/main refs/heads/other; }`;
    const played = await playDaily('41', async (folder) => {
      writeFileSync(join(folder, '.git/hooks/pre-push'), `#!/bin/sh\n${hook}\n`, { mode: 0o755 });
    });
    expect(played.result, played.output).toBe('success');
    expect(played.output).toMatch(/rejected/);
    expect(pushedRuns(forge)).toEqual(['99.1', '41.1']);
  });

  it('without the token nothing is pushed, and the job fails', async () => {
    forge = await makeForge(histories.hold);
    const record = jobOf(daily, 'record');
    const contexts = {
      'github.ref': 'refs/heads/main',
      'github.ref_name': 'main',
      'github.token': 'another',
    };
    const env = { GITHUB_RUN_ID: '51', GITHUB_RUN_ATTEMPT: '1' };
    const played = await playJob(record, forge, { contexts, env });
    expect(played.result).toBe('failure');
    expect(pushedRuns(forge)).toEqual([]);
  });
});

describe('the deploy on GitHub', { timeout: 180_000 }, () => {
  it.each(decisions)('%s: deployed is the commit that was judged, or nothing', async (decision) => {
    forge = await makeForge(histories[decision]);
    const commit = forge.git('rev-parse', 'main');
    const deployed = join(forge.checkOut('main'), '.git/deployed');
    const contexts = { 'github.ref': 'refs/heads/main', 'github.sha': commit, 'vars.MODE': 'shadow' };
    const env = { GITHUB_SHA: commit, GITHUB_REF: 'refs/heads/main', DEPLOYED: deployed };
    const played = await playJob(jobOf(deploy, 'deploy'), forge, { contexts, env });
    expect(readVerdict(played.folder)).toMatchObject({ decision, subject: { commit } });
    expect(played.kept['actions/upload-artifact']).toEqual(['verdict.json']);
    expect(played.result, played.output).toBe(decision === 'go' ? 'success' : 'failure');
    const read = () => readFileSync(deployed, 'utf8').trim();
    if (decision === 'go') expect(read()).toBe(commit);
    else expect(read).toThrow('ENOENT');
  });
});

describe.each(names)('%s', (name) => {
  const workflow = yamlRecipe(name) as Workflow;
  const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);

  it('gives each job only what it needs, and all of them a limit', () => {
    expect(workflow.permissions).toEqual({});
    for (const [job, { permissions = {}, 'timeout-minutes': limit }] of Object.entries(workflow.jobs)) {
      expect(limit, job).toBeGreaterThan(0);
      const written = Object.keys(permissions).filter((key) => permissions[key] === 'write');
      expect(written).toEqual({ judge: ['security-events'], record: ['contents'] }[job] ?? []);
    }
  });

  it('takes actions by commit, with the release beside it', () => {
    for (const { uses } of steps) if (uses) expect(uses).toMatch(/^[\w./-]+@[0-9a-f]{40}$/);
  });

  it('puts no text of others into a script, leaves no token behind, and hides no failure', () => {
    for (const { run, uses, with: given } of steps) {
      if (run) expect(run).not.toMatch(/\$\{\{|\|\| *true/);
      if (uses?.startsWith('actions/checkout@'))
        expect(given).toMatchObject({ 'fetch-depth': 0, 'persist-credentials': false });
    }
    expect(JSON.stringify(workflow)).not.toContain('continue-on-error');
  });
});
