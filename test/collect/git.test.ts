import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CollectOptions, collectEvidence, type Collection } from '../../src/collect/index.ts';
import { treeWorkspace } from '../../src/files/tree.ts';
import type { Evidence } from '../../src/model/evidence.ts';
import { day, hour } from '../../src/model/instant.ts';
import type { EvidenceSpec, Policy } from '../../src/model/policy.ts';
import { createRepo, type TestRepo } from '../files/repo.ts';
import { logSpec, noon, optionsOf, policyOf, spec, variable } from './policy.ts';

let repo: TestRepo;
let first: string;

beforeEach(() => {
  repo = createRepo();
  repo.write('src/a.txt', 'one\n');
  repo.write('.gitignore', 'ignored/\n');
  repo.write('logs/smoke-2026-02.md', '# Log\n');
  first = repo.commit('2026-02-20T00:00:00Z');
});
afterEach(() => repo.remove());

const value = (more: Partial<EvidenceSpec>) =>
  spec({ kind: 'file', path: 'src/a.txt', format: 'text', pattern: '(o\\w+)', type: 'string' }, more);
const bound = value({ bind: 'commit' });

async function collect(policy: Policy, more: Partial<CollectOptions> = {}): Promise<Collection> {
  const options = optionsOf(
    {},
    { root: repo.root, cwd: repo.root, workspace: treeWorkspace(repo.root), ...more },
  );
  const collected = await collectEvidence(policy, options);
  if (!collected.ok) throw new Error(JSON.stringify(collected.problems));
  return collected.value;
}

async function codeOf(
  one: EvidenceSpec,
  more: Partial<CollectOptions> = {},
  policy: Partial<Policy> = {},
): Promise<string> {
  const { evidence } = await collect(
    policyOf({ it: one, smoke: logSpec('logs/smoke-{yyyy}-{MM}.md') }, policy),
    { ...more, only: new Set(['it']) },
  );
  const item = evidence.find(({ id }) => id === 'it') as Evidence;
  return item.status === 'absent' ? item.code : 'observed';
}

describe('the subject', () => {
  it('is HEAD with its branch', async () => {
    expect((await collect(policyOf({}))).subject).toEqual({ commit: first, branch: 'main' });
    expect((await collect(policyOf({}), { environment: 'production' })).subject).toEqual({
      commit: first,
      branch: 'main',
      environment: 'production',
    });
  });

  it('is found without starting git', async () => {
    const path = process.env.PATH;
    process.env.PATH = '/nowhere';
    try {
      const collected = await collect(policyOf({ a: value({}), env: spec({ kind: 'env', variables: {} }) }));
      expect(collected.subject).toEqual({ commit: first, branch: 'main' });
      expect(collected.evidence.map(({ status }) => status)).toEqual(['observed', 'observed']);
      // What only git can tell is absent then, and never good.
      expect(await codeOf(bound)).toBe('git.missing');
      expect(await codeOf(value({ maxAge: hour }))).toBe('evidence.undated');
    } finally {
      process.env.PATH = path;
    }
  });

  it('is none without git', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'soakgate-none-'));
    expect((await collect(policyOf({}), { root: folder })).subject).toEqual({});
    rmSync(folder, { recursive: true });
  });

  it('is the branch that CI names where the checkout is bare', async () => {
    repo.git('checkout', '--quiet', '--detach');
    const of = async (env: Record<string, string>) => (await collect(policyOf({}), { env })).subject.branch;
    expect(await of({ GITHUB_SHA: first, GITHUB_REF: 'refs/heads/release/1' })).toBe('release/1');
    expect(await of({ GITHUB_SHA: '0'.repeat(40), GITHUB_REF: 'refs/heads/release/1' })).toBeUndefined();
    expect(await of({ CI_COMMIT_SHA: first, CI_COMMIT_BRANCH: 'main' })).toBe('main');
    expect(await of({ GITHUB_SHA: first, GITHUB_REF: 'refs/tags/v1' })).toBeUndefined();
  });

  it('is the head of a pull request where CI checked out its merge', async () => {
    repo.git('checkout', '--quiet', '-b', 'feature');
    repo.write('src/b.txt', 'two\n');
    const head = repo.commit('2026-02-21T00:00:00Z');
    repo.git('checkout', '--quiet', 'main');
    repo.write('src/c.txt', 'three\n');
    repo.commit('2026-02-22T00:00:00Z');
    repo.git('checkout', '--quiet', '--detach');
    repo.git('merge', '--quiet', '--no-ff', '-m', 'merge', 'feature');
    const merge = repo.git('rev-parse', 'HEAD');
    const env = { GITHUB_SHA: merge, GITHUB_REF: 'refs/pull/7/merge', GITHUB_HEAD_REF: 'feature' };
    expect((await collect(policyOf({}), { env })).subject).toEqual({ commit: head, branch: 'feature' });
    expect(await codeOf(bound, { env })).toBe('observed');
    expect((await collect(policyOf({}), { env: { ...env, GITHUB_SHA: head } })).subject.commit).toBe(merge);
    const gitlab = {
      CI_COMMIT_SHA: merge,
      CI_MERGE_REQUEST_EVENT_TYPE: 'merged_result',
      CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: head,
    };
    expect((await collect(policyOf({}), { env: gitlab })).subject.commit).toBe(head);
    expect(
      (await collect(policyOf({}), { env: { ...gitlab, CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: first } })).subject
        .commit,
    ).toBe(merge);
  });

  // A fork may call its branch as it likes; no `main` of this repository holds the commit.
  it('is not on `main` because a pull request calls its branch so', async () => {
    repo.git('checkout', '--quiet', '-b', 'theirs');
    repo.write('src/b.txt', 'two\n');
    const head = repo.commit('2026-02-21T00:00:00Z');
    repo.git('checkout', '--quiet', '--detach', 'main');
    repo.git('merge', '--quiet', '--no-ff', '-m', 'merge', 'theirs');
    const merge = repo.git('rev-parse', 'HEAD');
    const claims = (branch: string) => [
      { GITHUB_SHA: merge, GITHUB_REF: 'refs/pull/1/merge', GITHUB_HEAD_REF: branch },
      {
        CI_COMMIT_SHA: merge,
        CI_MERGE_REQUEST_EVENT_TYPE: 'merged_result',
        CI_MERGE_REQUEST_SOURCE_BRANCH_NAME: branch,
      },
    ];
    const branchIn = async (env: Readonly<Record<string, string>>) => {
      const { evidence, subject } = await collect(policyOf({ repo: spec({ kind: 'git' }) }), { env });
      const [item] = evidence;
      return [
        subject.branch,
        item?.status === 'observed' && item.content.type === 'git' && item.content.branch,
      ];
    };
    for (const env of claims('main')) {
      expect(await codeOf(value({ branch: 'main' }), { env })).toBe('evidence.other-branch');
      expect(await branchIn(env)).toEqual(['main', undefined]);
    }
    for (const env of claims('theirs')) {
      expect(await codeOf(value({ branch: 'theirs' }), { env })).toBe('observed');
      expect(await branchIn(env)).toEqual(['theirs', 'theirs']);
    }
    repo.git('branch', '--force', 'main', head);
    for (const env of claims('main')) {
      expect(await codeOf(value({ branch: 'main' }), { env })).toBe('observed');
      expect(await branchIn(env)).toEqual(['main', 'main']);
    }
  });

  it('is the newest first-parent commit of the time when looking back', async () => {
    repo.write('src/a.txt', 'other\n');
    const second = repo.commit('2026-02-22T00:00:00Z');
    const at = async (time: string) => (await collect(policyOf({}), { at: Date.parse(time) })).subject.commit;
    expect(await at('2026-02-21T00:00:00Z')).toBe(first);
    expect(await at('2026-02-22T00:00:00Z')).toBe(second);
    expect(await at('2026-01-01T00:00:00Z')).toBeUndefined();
    expect(await codeOf(bound, { at: Date.parse('2026-02-22T00:00:00Z') })).toBe('observed');
    expect(await codeOf(bound, { at: Date.parse('2026-02-21T00:00:00Z') })).toBe('evidence.dirty-tree');
  });
});

describe('git evidence', () => {
  const git = spec({ kind: 'git' });

  it('tells commit, branch, time and cleanliness', async () => {
    const { evidence } = await collect(policyOf({ repo: git }));
    expect(evidence[0]).toMatchObject({
      status: 'observed',
      content: {
        type: 'git',
        commit: first,
        branch: 'main',
        dirty: false,
        committedAt: Date.UTC(2026, 1, 20),
      },
    });
    repo.write('src/new.txt', '');
    expect((await collect(policyOf({ repo: git }))).evidence[0]).toMatchObject({ content: { dirty: true } });
  });

  it('is absent without a repository or a commit', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'soakgate-none-'));
    expect(await codeOf(git, { root: folder })).toBe('git.missing');
    execFileSync('git', ['init', '--quiet'], { cwd: folder });
    expect(await codeOf(git, { root: folder })).toBe('git.missing');
    rmSync(folder, { recursive: true });
  });
});

describe('bind: commit', () => {
  it('takes a clean tree', async () => expect(await codeOf(bound)).toBe('observed'));

  it('refuses a changed, a staged and an untracked file, but no ignored one', async () => {
    repo.write('ignored/x', '');
    expect(await codeOf(bound)).toBe('observed');
    repo.write('src/a.txt', 'only changed\n');
    expect(await codeOf(bound)).toBe('evidence.dirty-tree');
    repo.git('add', '--all');
    expect(await codeOf(bound)).toBe('evidence.dirty-tree');
    repo.git('reset', '--quiet', '--hard');
    repo.write('src/untracked.txt', '');
    expect(await codeOf(bound)).toBe('evidence.dirty-tree');
  });

  const elsewhere = (): string => {
    const folder = mkdtempSync(join(tmpdir(), 'soakgate-elsewhere-'));
    repo.git(`--work-tree=${folder}`, 'checkout', '--quiet', '--force', 'main');
    return folder;
  };

  it.each<[string, () => void]>([
    ['--assume-unchanged', () => repo.git('update-index', '--assume-unchanged', 'src/a.txt')],
    ['--skip-worktree', () => repo.git('update-index', '--skip-worktree', 'src/a.txt')],
    [
      'a filter of .git/info/attributes',
      () => {
        repo.write('.git/info/attributes', '*.txt filter=old\n');
        repo.git('config', 'filter.old.clean', 'git show HEAD:src/a.txt');
      },
    ],
    [
      'a filter of core.attributesFile',
      () => {
        repo.write('.git/mine', '*.txt filter=old\n');
        repo.git('config', 'core.attributesFile', join(repo.root, '.git/mine'));
        repo.git('config', 'filter.old.clean', 'git show HEAD:src/a.txt');
      },
    ],
    ['core.worktree', () => repo.git('config', 'core.worktree', elsewhere())],
  ])('sees a change that is hidden by %s', async (_, hide) => {
    hide();
    // As long as before: git believes another length without a look at the content.
    repo.write('src/a.txt', 'old\n');
    expect(await codeOf(bound)).toBe('evidence.dirty-tree');
  });

  it.each<[string, () => void]>([
    ['.git/info/exclude', () => repo.write('.git/info/exclude', 'helper.txt\n')],
    [
      'core.excludesFile',
      () => {
        repo.write('.git/mine', 'helper.txt\n');
        repo.git('config', 'core.excludesFile', join(repo.root, '.git/mine'));
      },
    ],
    ['a .gitignore that hides itself', () => repo.write('src/.gitignore', '*\n')],
    ['status.showUntrackedFiles', () => repo.git('config', 'status.showUntrackedFiles', 'no')],
  ])('sees an untracked file that is hidden by %s', async (_, hide) => {
    hide();
    repo.write('src/helper.txt', 'one\n');
    expect(await codeOf(bound)).toBe('evidence.dirty-tree');
  });

  it('takes a sparse checkout, a linked working tree and files with comments only', async () => {
    repo.write('.git/info/exclude', '# git ls-files --others --exclude-from=.git/info/exclude\n');
    repo.write('.git/info/attributes', '# nothing\n\n');
    repo.write('ignored/cache/.gitignore', '*\n');
    repo.write('.cache/.gitignore', '*\n');
    repo.write('.cache/x', '');
    expect(await codeOf(bound)).toBe('observed');
    const linked = join(repo.root, 'ignored/linked');
    repo.git('worktree', 'add', '--quiet', '--detach', linked);
    const options = { root: linked, workspace: treeWorkspace(linked) };
    expect(await codeOf(bound, options)).toBe('observed');
    writeFileSync(join(linked, 'src/a.txt'), 'one, changed\n');
    expect(await codeOf(bound, options)).toBe('evidence.dirty-tree');
    repo.git('sparse-checkout', 'set', 'src');
    expect(await codeOf(bound)).toBe('observed');
  });

  it("does not mind the policy's own files", async () => {
    repo.write('logs/smoke-2026-02.md', '# Log\nmore\n');
    repo.write('logs/smoke-2026-03.md', '# Log\n');
    repo.write('audit/transitions-2026.md', '');
    repo.write(`audit/sha256-${'a'.repeat(64)}.verdict.json`, '{}');
    repo.write('reports/readiness-2026-02-24-2.md', '');
    repo.write('out/evidence.json', '');
    const own: Partial<Policy> = {
      transitions: { path: 'audit/transitions-{yyyy}.md' },
      reports: { readiness: { format: 'markdown', path: 'reports/readiness-{yyyy}-{MM}-{dd}.md' } },
    };
    const named = { outputFiles: ['out/evidence.json'] };
    expect(await codeOf(bound, named, own)).toBe('observed');
    expect(await codeOf(bound, named)).toBe('evidence.dirty-tree');
    expect(await codeOf(bound, {}, own)).toBe('evidence.dirty-tree');
    repo.write('audit/other.json', '');
    expect(await codeOf(bound, named, own)).toBe('evidence.dirty-tree');
  });

  it('looks at the whole repository, also from a root below its top level', async () => {
    const root = join(repo.root, 'src');
    const below = spec(
      { kind: 'file', path: 'a.txt', format: 'text', pattern: '(o\\w+)', type: 'string' },
      { bind: 'commit' },
    );
    const options = { root, workspace: treeWorkspace(root) };
    expect(await codeOf(below, options)).toBe('observed');
    repo.write('outside.txt', '');
    expect(await codeOf(below, options)).toBe('evidence.dirty-tree');
  });

  it('is absent without git', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'soakgate-none-'));
    writeFileSync(join(folder, 'one'), 'one');
    const one = spec(
      { kind: 'file', path: 'one', format: 'text', pattern: '(o\\w+)', type: 'string' },
      { bind: 'commit' },
    );
    expect(await codeOf(one, { root: folder, workspace: treeWorkspace(folder) })).toBe('git.missing');
    rmSync(folder, { recursive: true });
  });

  it('asks a result file for its commit', async () => {
    const ctrf = (commit?: string) =>
      JSON.stringify({
        reportFormat: 'CTRF',
        specVersion: '1.0.0',
        results: {
          tool: { name: 't' },
          summary: { tests: 1, passed: 1, failed: 0, skipped: 0, pending: 0, other: 0, start: 0, stop: 1 },
          tests: [{ name: 'a', status: 'passed', duration: 1 }],
          ...(commit === undefined ? {} : { environment: { commit } }),
        },
      });
    const one = spec({ kind: 'ctrf', path: 'ignored/r.json' }, { bind: 'commit' });
    repo.write('ignored/r.json', ctrf());
    expect(await codeOf(one)).toBe('evidence.no-commit');
    repo.write('ignored/r.json', ctrf('b'.repeat(40)));
    expect(await codeOf(one)).toBe('evidence.other-commit');
    repo.write('ignored/r.json', ctrf(first));
    expect(await codeOf(one)).toBe('observed');
    repo.write('logs/smoke-2026-02.md', '# Log\nrow\n');
    repo.commit('2026-02-21T00:00:00Z');
    expect(await codeOf(one)).toBe('observed');
    repo.write('src/a.txt', 'other\n');
    repo.commit('2026-02-22T00:00:00Z');
    expect(await codeOf(one)).toBe('evidence.other-commit');
  });
});

describe('branch:', () => {
  it('demands that the commit is on it', async () => {
    expect(await codeOf(value({ branch: 'main' }))).toBe('observed');
    repo.git('checkout', '--quiet', '-b', 'side');
    expect(await codeOf(value({ branch: 'main' }))).toBe('observed');
    repo.write('src/b.txt', '');
    repo.commit('2026-02-21T00:00:00Z');
    expect(await codeOf(value({ branch: 'main' }))).toBe('evidence.other-branch');
    expect(await codeOf(value({ branch: 'side' }))).toBe('observed');
  });
});

describe('maxAge', () => {
  const clock = () => Date.parse('2026-02-20T12:00:00Z');

  it('counts from the commit of a file that git keeps unchanged, not from the checkout', async () => {
    expect(await codeOf(value({ maxAge: 12 * hour }), { clock })).toBe('observed');
    expect(await codeOf(value({ maxAge: 11 * hour }), { clock })).toBe('evidence.stale');
  });

  it('counts from the disk for a file that git does not keep, or that was changed', async () => {
    const touch = (path: string, hours: number) =>
      utimesSync(join(repo.root, path), 0, clock() / 1000 - hours * 3600);
    const ignored = (more: Partial<EvidenceSpec>) =>
      spec({ kind: 'file', path: 'ignored/o.txt', format: 'text', pattern: '(o\\w+)', type: 'string' }, more);
    repo.write('ignored/o.txt', 'one\n');
    touch('ignored/o.txt', 5);
    expect(await codeOf(ignored({ maxAge: 5 * hour }), { clock })).toBe('observed');
    expect(await codeOf(ignored({ maxAge: 4 * hour }), { clock })).toBe('evidence.stale');
    touch('ignored/o.txt', -1);
    expect(await codeOf(ignored({ maxAge: 4 * hour }), { clock })).toBe('evidence.undated');
    repo.write('src/a.txt', 'one, changed\n');
    touch('src/a.txt', 2);
    expect(await codeOf(value({ maxAge: 3 * hour }), { clock })).toBe('observed');
  });

  it('is not known of a file that is dated ahead, by its commit or by its own word', async () => {
    const fileAt = (path: string) =>
      spec({ kind: 'file', path, format: 'text', pattern: '(o\\w+)', type: 'string' }, { maxAge: hour });
    repo.write(
      'r.xml',
      '<testsuite tests="1" timestamp="2030-01-01T00:00:00Z" time="1"><testcase name="a" time="1"/></testsuite>',
    );
    const tool = '"tool":{"name":"t"},"tests":[{"name":"a","status":"passed","duration":1}]';
    const counts = '"tests":1,"passed":1,"failed":0,"skipped":0,"pending":0,"other":0,"start":0';
    const summary = `"summary":{${counts},"stop":${Date.UTC(2030, 0, 1)}}`;
    repo.write('r.json', `{"reportFormat":"CTRF","specVersion":"1.0.0","results":{${tool},${summary}}}`);
    repo.write('src/b.txt', 'one\n');
    repo.commit('2030-01-01T00:00:00Z');
    expect(await codeOf(fileAt('src/b.txt'), { clock })).toBe('evidence.undated');
    expect(await codeOf(spec({ kind: 'junit', path: 'r.xml' }, { maxAge: hour }), { clock })).toBe(
      'evidence.undated',
    );
    expect(await codeOf(spec({ kind: 'ctrf', path: 'r.json' }), { clock })).toBe('evidence.undated');
    repo.write('src/c.txt', 'one\n');
    repo.commit('2026-02-20T12:04:00Z');
    expect(await codeOf(fileAt('src/c.txt'), { clock })).toBe('observed');
  });

  it('says nothing of a file that the boundary of a shallow clone seems to have written', async () => {
    repo.commit('2026-02-20T11:00:00Z');
    const folder = mkdtempSync(join(tmpdir(), 'soakgate-shallow-'));
    execFileSync('git', ['clone', '--quiet', '--depth=1', `file://${repo.root}`, folder], {
      stdio: 'ignore',
    });
    const options = { root: folder, workspace: treeWorkspace(folder), clock };
    expect(await codeOf(value({ maxAge: 2 * hour }), options)).toBe('evidence.undated');
    expect(await codeOf(value({}), options)).toBe('observed');
    rmSync(folder, { recursive: true });
  });

  it('never makes the environment old', async () => {
    const env = spec({ kind: 'env', variables: { A: variable() } }, { maxAge: hour });
    expect(await codeOf(env, { clock })).toBe('observed');
  });

  it('is measured at the instant looked at', async () => {
    const at = Date.parse('2026-02-21T00:00:00Z');
    expect(await codeOf(value({ maxAge: day }), { clock: () => noon + 100 * day, at })).toBe('observed');
    expect(await codeOf(value({ maxAge: 23 * hour }), { clock: () => noon + 100 * day, at })).toBe(
      'evidence.stale',
    );
  });
});
