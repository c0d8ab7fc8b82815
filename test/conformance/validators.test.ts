import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problemsSarif } from '../../src/report/problemsSarif.ts';
import { render } from '../../src/report/index.ts';
import { recipe, recipeNames } from '../docs/ci/recipes.ts';
import { makeFolder, soakgate } from '../support/program.ts';
import { verdictLists } from '../support/verdictLists.ts';

// Programs of others, too large for packages of the project: `npm run test:conformance` installs them.
const tools = resolve('tools/conformance');
const multitool = join(tools, 'node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool');

let folder: ReturnType<typeof makeFolder>;
beforeAll(() => (folder = makeFolder({})));
afterAll(() => folder.remove());

function write(name: string, text: string): string {
  const file = join(folder.path, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

describe("SARIF is what Microsoft's multitool accepts, with GitHub's rules and its own", () => {
  interface Log {
    runs: readonly [{ results: readonly Remark[]; invocations: readonly { executionSuccessful: boolean }[] }];
  }
  interface Remark {
    ruleId: string;
    level?: string;
    message: object;
    locations: readonly object[];
  }

  /** Every error, warning and note on these files; there is none of a run that did not come to its end. */
  function remarksOn(files: readonly string[]): readonly Remark[] {
    const out = join(folder.path, 'remarks.sarif');
    const rules = ['--config', join(tools, 'sarif-rules.xml'), '--rule-kind', 'Sarif;Ghas'];
    const wanted = ['--level', 'Error;Warning;Note', '--kind', 'Fail;Open;Review'];
    const words = ['validate', ...files, ...rules, ...wanted, '--output', out, '--log', 'ForceOverwrite'];
    // Its messages need no libraries of the system for languages.
    const env = { PATH: process.env.PATH, HOME: folder.path, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: '1' };
    const stdout = execFileSync(multitool, words, { encoding: 'utf8', env });
    expect(stdout).toContain(`Done. ${files.length} files scanned.`);
    const [{ results, invocations }] = (JSON.parse(readFileSync(out, 'utf8')) as Log).runs;
    expect(invocations.map(({ executionSuccessful }) => executionSuccessful)).toEqual([true]);
    return results;
  }

  it('of check, for each kind of verdict, and of lint', { timeout: 180_000 }, async () => {
    const files = await Promise.all(
      verdictLists.map(async ([name, list]) =>
        write(`${name.replaceAll(' ', '-')}.sarif`, await render('sarif', list)),
      ),
    );
    for (const name of ['lint-findings', 'lint-mistakes']) {
      const words = ['lint', '--root', '.', '--format', 'sarif'];
      const { stdout } = await soakgate(words, { cwd: resolve('test/cases', name, 'tree') });
      expect(stdout).toContain('"ruleId"');
      files.push(write(`${name}.sarif`, stdout));
    }
    // A problem that has no place; the service refuses the whole file for a result without one.
    const placeless = [{ code: 'lint/odd', message: 'something is odd' }];
    files.push(
      write(
        'placeless.sarif',
        problemsSarif(placeless, '0.1.0', () => undefined),
      ),
    );
    expect(files.length).toBeGreaterThan(8);
    expect(remarksOn(files)).toEqual([]);
  });

  it('which finds fault with others', { timeout: 180_000 }, async () => {
    const [, list = []] = verdictLists.find(([name]) => name === 'every outcome') ?? [];
    const text = await render('sarif', list);
    const spoilt = (change: (result: Record<string, unknown>) => void): string => {
      const log = JSON.parse(text) as { runs: { results: Record<string, unknown>[] }[] };
      for (const result of log.runs[0]?.results ?? []) change(result);
      return JSON.stringify(log, null, 2);
    };
    const files = [
      write(
        'no-place.sarif',
        spoilt((result) => (result['locations'] = [])),
      ),
      write(
        'odd-region.sarif',
        spoilt((result) => {
          const artifactLocation = { uri: 'policies/a.yaml', uriBaseId: 'SRCROOT' };
          result['locations'] = [
            { physicalLocation: { artifactLocation, region: { startLine: 9, endLine: 3 } } },
          ];
        }),
      ),
    ];
    const codes = new Set(remarksOn(files).map(({ ruleId }) => ruleId.replace(/\d+$/, '')));
    expect(codes).toEqual(new Set(['GH', 'SARIF']));
  });
});

describe("workflows are what GitHub's own parser accepts, expressions included", () => {
  const names = recipeNames.filter((name) => name.startsWith('.github/workflows/'));

  function faultsOf(files: readonly string[]): readonly string[] {
    const words = [join(tools, 'workflow.mjs'), ...files];
    const faults = JSON.parse(execFileSync(process.execPath, words, { encoding: 'utf8' })) as Record<
      string,
      readonly string[]
    >;
    expect(Object.keys(faults)).toEqual(files);
    return Object.values(faults).flat();
  }

  it('those of the guide', () => {
    expect(faultsOf(names.map((name) => write(name, recipe(name))))).toEqual([]);
  });

  it.each([
    ['github.ref_name', 'githu.ref_name', "Unrecognized named-value: 'githu'"],
    ['runs-on: ubuntu-latest', 'runs-on-what: ubuntu-latest', "Unexpected value 'runs-on-what'"],
    ["cron: '17 6 * * *'", "cron: '17 6 * *'", 'cron'],
  ])('which finds fault with %s as %s', (right, wrong, said) => {
    const daily = recipe('.github/workflows/daily.yml');
    expect(daily).toContain(right);
    expect(faultsOf([write('spoilt.yml', daily.replace(right, wrong))]).join('\n')).toContain(said);
  });
});

describe("the pipeline is what GitLab's schema accepts", () => {
  interface Listed {
    name: string;
    when: string;
    allow_failure: boolean;
  }

  function list(pipeline: string, variables: Readonly<Record<string, string>>) {
    const at = join(folder.path, 'gitlab');
    write('gitlab/.gitlab-ci.yml', pipeline);
    for (const words of [
      ['init', '--quiet', '--initial-branch=main'],
      ['remote', 'add', 'origin', 'https://gitlab.example.com/team/shop.git'],
      ['-c', 'user.name=Kim', '-c', 'user.email=kim@example.com', 'commit', '--allow-empty', '-qm', 'Begin'],
    ])
      spawnSync('git', ['-C', at, ...words]);
    const given = Object.entries(variables).flatMap(([name, value]) => ['--variable', `${name}=${value}`]);
    const words = [join(tools, 'gitlab.mjs'), '--list-json', ...given];
    return spawnSync(process.execPath, words, { cwd: at, encoding: 'utf8' });
  }

  const jobsRun = (variables: Readonly<Record<string, string>>): readonly (readonly [string, string])[] => {
    const { stdout, stderr, status } = list(recipe('.gitlab-ci.yml'), variables);
    expect(status, stderr).toBe(0);
    expect(stderr).toContain('json schema validated');
    // Before the list it may warn that variables were given.
    const jobs = JSON.parse(stdout.slice(stdout.search(/^\[$/m))) as readonly Listed[];
    for (const { name, allow_failure } of jobs) expect(allow_failure, name).toBe(false);
    return jobs.filter(({ when }) => when !== 'never').map(({ name, when }) => [name, when]);
  };

  it('and its jobs run where they should', { timeout: 180_000 }, () => {
    // A pipeline of a merge request is of no branch.
    const ofRequest = { CI_PIPELINE_SOURCE: 'merge_request_event', CI_COMMIT_BRANCH: '' };
    expect(jobsRun(ofRequest)).toEqual([['gate', 'on_success']]);
    expect(jobsRun({ CI_PIPELINE_SOURCE: 'schedule' })).toEqual([['record', 'on_success']]);
    const onMain = { CI_PIPELINE_SOURCE: 'push', CI_COMMIT_BRANCH: 'main', CI_DEFAULT_BRANCH: 'main' };
    expect(jobsRun(onMain)).toEqual([['deploy', 'manual']]);
    expect(jobsRun({ ...onMain, CI_COMMIT_BRANCH: 'other' })).toEqual([]);
  });

  it('which finds fault with another', { timeout: 60_000 }, () => {
    const { status, stderr, stdout } = list(
      recipe('.gitlab-ci.yml').replace('resource_group', 'resource_groop'),
      {},
    );
    expect(status).not.toBe(0);
    expect(stderr + stdout).toContain("'resource_groop' property is not expected to be here");
  });
});
