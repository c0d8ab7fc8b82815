import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { makeFolder } from '../support/program.ts';
import {
  closeForges,
  type Forge,
  git,
  makeForge,
  projectPath,
  pushedRuns,
  pushToken,
  readVerdict,
  removePackage,
} from './ci/forge.ts';
import { type GitlabJob, missingArtifacts, type Pipeline, playGitlabJob } from './ci/gitlab.ts';
import { blocksNamed, callsOf, missingReports, playJenkinsfile, readJenkinsfile } from './ci/jenkins.ts';
import { decisions, exitCodes, histories, recipe, recipeNames, yamlRecipe } from './ci/recipes.ts';

let forge: Forge;
afterEach(closeForges);
afterAll(removePackage);

/** Where `ci/deploy.sh` of the tests says what it deployed. */
const deployedIn = (home: string) => join(home, 'deployed');
const readDeployed = (home: string) =>
  existsSync(deployedIn(home)) ? readFileSync(deployedIn(home), 'utf8').trim() : 'nothing';

describe('.gitlab-ci.yml', { timeout: 180_000 }, () => {
  const pipeline = yamlRecipe('.gitlab-ci.yml') as Pipeline;

  function prepare(job: GitlabJob, id: string) {
    const folder = forge.checkOut('main');
    const home = forge.runnerFolder();
    // The token of a job cannot push, and stands in the address.
    const ofJob = forge.remote.replace('://', '://gitlab-ci-token:of-the-job@');
    git(folder, 'remote', 'set-url', 'origin', ofJob);
    const env = {
      CI_PIPELINE_ID: '5',
      CI_JOB_ID: id,
      CI_COMMIT_SHA: forge.git('rev-parse', 'main'),
      CI_SERVER_URL: forge.url,
      CI_PROJECT_PATH: projectPath,
      CI_DEFAULT_BRANCH: 'main',
      PUSH_TOKEN: pushToken,
      DEPLOYED: deployedIn(home),
    };
    return { folder, home, play: () => playGitlabJob(pipeline, job, { folder, home, env }) };
  }

  it.each(decisions)(
    'gate, %s: the code is that of the decision, and the reports are kept',
    async (decision) => {
      forge = await makeForge(histories[decision]);
      const { folder, play } = prepare(pipeline.gate, '1');
      const { code, output } = await play();
      expect(code, output).toBe(exitCodes[decision]);
      expect(readVerdict(folder)).toMatchObject({ decision });
      expect(missingArtifacts(pipeline.gate, folder)).toEqual([]);
      expect(pipeline.gate.artifacts?.when).toBe('always');
    },
  );

  it.each(['go', 'hold'] as const)('deploy, %s: the commit that was judged, or nothing', async (decision) => {
    forge = await makeForge(histories[decision]);
    const { folder, home, play } = prepare(pipeline.deploy, '2');
    expect((await play()).code).toBe(exitCodes[decision]);
    expect(readDeployed(home)).toBe(decision === 'go' ? readVerdict(folder).subject.commit : 'nothing');
    expect(missingArtifacts(pipeline.deploy, folder)).toEqual([]);
  });

  it('record: two at the same time push two rows', async () => {
    forge = await makeForge(histories.hold);
    const all = await Promise.all(
      ['6', '7'].map((id) => prepare(pipeline.record, id)).map((job) => job.play()),
    );
    for (const { code, output } of all) expect(code, output).toBe(0);
    expect([...pushedRuns(forge)].sort()).toEqual(['5.6', '5.7']);
  });

  it('lets nothing fail unseen, and each job run where it should', () => {
    expect(recipe('.gitlab-ci.yml')).not.toMatch(/allow_failure|exit_codes|\|\| *true/);
    expect(pipeline.variables['GIT_DEPTH']).toBe('0');
    expect(pipeline.gate.rules).toEqual([{ if: '$CI_PIPELINE_SOURCE == "merge_request_event"' }]);
    for (const job of [pipeline.record, pipeline.deploy]) expect(job.resource_group).toBeTruthy();
  });
});

describe('Jenkins', { timeout: 180_000 }, () => {
  const names = recipeNames.filter((name) => name.startsWith('Jenkinsfile'));
  const file = (name: string) => readJenkinsfile(recipe(name));

  function prepare(name: string) {
    const folder = forge.checkOut('main');
    const home = forge.runnerFolder();
    const env = { BUILD_TAG: `jenkins-${name}-8`, PUSH_TOKEN: pushToken, DEPLOYED: deployedIn(home) };
    return { folder, home, play: () => playJenkinsfile(file(name), { folder, home, env }) };
  }

  it.each(decisions)(
    'gate, %s: the code is that of the decision, and the reports are kept',
    async (decision) => {
      forge = await makeForge(histories[decision]);
      const { folder, play } = prepare('Jenkinsfile');
      const { code, output } = await play();
      expect(code, output).toBe(exitCodes[decision]);
      expect(readVerdict(folder)).toMatchObject({ decision });
      expect(missingReports(file('Jenkinsfile'), folder)).toEqual([]);
    },
  );

  it.each(['go', 'hold'] as const)('deploy, %s: the commit that was judged, or nothing', async (decision) => {
    forge = await makeForge(histories[decision]);
    const { folder, home, play } = prepare('Jenkinsfile.deploy');
    expect((await play()).code).toBe(exitCodes[decision]);
    expect(readDeployed(home)).toBe(decision === 'go' ? readVerdict(folder).subject.commit : 'nothing');
    expect(missingReports(file('Jenkinsfile.deploy'), folder)).toEqual([]);
  });

  it('record: one row', async () => {
    forge = await makeForge(histories.hold);
    const { code, output } = await prepare('Jenkinsfile.daily').play();
    expect(code, output).toBe(0);
    expect(pushedRuns(forge)).toEqual(['jenkins-Jenkinsfile.daily-8']);
  });

  it.each(names)('%s has the parts that a declarative pipeline needs, and hides no failure', (name) => {
    const pipeline = file(name);
    const parts = pipeline.blocks.map((block) => block.name);
    const known = ['triggers', 'options', 'tools', 'environment', 'stages', 'post'];
    expect(parts).toEqual(known.filter((part) => parts.includes(part)));
    expect(pipeline.words.slice(0, 2).map(({ text }) => text)).toEqual(['agent', 'any']);
    const stages = blocksNamed(pipeline, 'stage');
    expect(stages).toHaveLength(1);
    for (const stage of stages) expect(stage.blocks.map((block) => block.name)).toEqual(['steps']);
    // An agent keeps what an earlier build left, a verdict included.
    const steps = blocksNamed(pipeline, 'steps').flatMap((block) => block.words.map(({ text }) => text));
    expect(steps.slice(0, 6)).toEqual(['deleteDir', '(', ')', 'checkout', 'scm', 'sh']);
    expect(callsOf(blocksNamed(pipeline, 'steps')[0]!, 'sh')[0]).toBe('npm ci');
    expect(recipe(name)).not.toMatch(/returnStatus|catchError|unstable|\bwhen\b|"|\|\| *true/);
  });
});

describe('ci/verdict-holds.mjs', () => {
  const now = Date.now();
  const verdict = {
    decision: 'go',
    evidenceMode: 'live',
    subject: { commit: 'c1' },
    validUntil: new Date(now + 3_600_000).toISOString(),
  };
  const cases: readonly (readonly [string, unknown, number])[] = [
    ['go for this commit', verdict, 0],
    ['two of them', [verdict, verdict], 0],
    ['hold', { ...verdict, decision: 'hold' }, 1],
    ['one of two is no-go', [verdict, { ...verdict, decision: 'no-go' }], 1],
    ['go of another instant', { ...verdict, evidenceMode: 'as-of' }, 1],
    ['go of another commit', { ...verdict, subject: { commit: 'c2' } }, 1],
    ['go of no commit', { ...verdict, subject: {} }, 1],
    ['go that has ended', { ...verdict, validUntil: new Date(now - 1000).toISOString() }, 1],
    ['go without an end', { ...verdict, validUntil: undefined }, 1],
    ['no verdict at all', [], 1],
  ];

  it.each(cases)('%s', (_, value, code) => {
    const script = { 'verdict-holds.mjs': recipe('ci/verdict-holds.mjs') };
    const folder = makeFolder({ ...script, 'verdict.json': JSON.stringify(value) });
    const words = ['verdict-holds.mjs', 'verdict.json', 'c1'];
    const { status, stderr } = spawnSync(process.execPath, words, { cwd: folder.path, encoding: 'utf8' });
    folder.remove();
    expect({ status, stderr }).toEqual({ status: code, stderr: '' });
  });
});
