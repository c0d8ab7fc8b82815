import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runGit } from '../../src/files/git.ts';
import {
  changedBetween,
  commitAsOf,
  isAncestor,
  isOnBranch,
  lastChange,
  readCommit,
  resolveCommit,
} from '../../src/files/history.ts';
import { changedInTree } from '../../src/files/changes.ts';
import { findRepository, prefixOf, readHead, repositoryName } from '../../src/files/repository.ts';
import { revisionWorkspace } from '../../src/files/revision.ts';
import { createRepo, type TestRepo } from './repo.ts';

let repo: TestRepo;
let first: string;
let second: string;
let side: string;
let merge: string;
const temporary: string[] = [];

beforeAll(() => {
  repo = createRepo();
  repo.write('apps/backend/a.txt', 'one\n');
  repo.write('odd name\n"x".txt', 'odd\n');
  first = repo.commit('2026-02-01T00:00:00Z');
  repo.git('checkout', '--quiet', '-b', 'feature/x');
  repo.write('apps/backend/b.txt', 'two\n');
  side = repo.commit('2026-02-02T00:00:00Z');
  repo.git('checkout', '--quiet', 'main');
  repo.write('apps/backend/a.txt', 'one, changed\n');
  second = repo.commit('2026-02-03T00:00:00Z');
  repo.git('merge', '--quiet', '--no-ff', '-m', 'merge', 'feature/x');
  merge = repo.git('rev-parse', 'HEAD');
});

afterAll(() => {
  repo.remove();
  for (const folder of temporary) rmSync(folder, { recursive: true, force: true });
});

function clone(...options: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'soakgate-clone-'));
  temporary.push(folder);
  execFileSync('git', ['clone', '--quiet', ...options, `file://${repo.root}`, folder], {
    env: { PATH: process.env.PATH, HOME: folder },
    stdio: 'ignore',
  });
  return folder;
}

describe('what files tell of a repository', () => {
  it('finds HEAD, its branch and the top level without starting git', () => {
    const found = findRepository(join(repo.root, 'apps/backend'));
    expect(found?.topLevel).toBe(execFileSync('realpath', [repo.root], { encoding: 'utf8' }).trim());
    expect(found && readHead(found)).toEqual({ commit: merge, branch: 'main' });
    expect(found && prefixOf(found, join(repo.root, 'apps/backend'))).toBe('apps/backend');
    expect(found && prefixOf(found, repo.root)).toBe('');
    expect(found && prefixOf(found, tmpdir())).toBeUndefined();
    expect(found?.boundary).toEqual([]);
  });

  it('reads packed refs, branches with slashes and a detached HEAD', () => {
    const folder = clone();
    const run = (...args: string[]) =>
      execFileSync('git', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    run('checkout', '--quiet', '-b', 'feature/x', 'origin/feature/x');
    run('pack-refs', '--all');
    const found = findRepository(folder);
    expect(found && readHead(found)).toEqual({ commit: side, branch: 'feature/x' });
    run('checkout', '--quiet', '--detach', first);
    expect(found && readHead(found)).toEqual({ commit: first });
  });

  it('reads linked working trees', () => {
    const folder = join(mkdtempSync(join(tmpdir(), 'soakgate-linked-')), 'tree');
    temporary.push(folder);
    repo.git('worktree', 'add', '--quiet', folder, 'feature/x');
    const found = findRepository(folder);
    expect(found && readHead(found)).toEqual({ commit: side, branch: 'feature/x' });
    repo.git('worktree', 'remove', '--force', folder);
  });

  it('knows a branch without a commit, and folders without git', () => {
    const empty = createRepo();
    temporary.push(empty.root);
    const found = findRepository(empty.root);
    expect(found && readHead(found)).toEqual({ branch: 'main' });
    const plain = mkdtempSync(join(tmpdir(), 'soakgate-plain-'));
    temporary.push(plain);
    expect(findRepository(plain)).toBeUndefined();
    expect(findRepository(join(plain, 'none'))).toBeUndefined();
  });

  it('sees that a clone is shallow, and where', () => {
    expect(findRepository(clone('--depth=1'))?.boundary).toEqual([merge]);
  });

  const urls: readonly [string, string | undefined][] = [
    ['https://github.com/owner/name.git', 'owner/name'],
    ['https://user:token@github.com/owner/name', 'owner/name'],
    ['git@github.com:owner/name.git', 'owner/name'],
    ['ssh://git@host:22/group/sub/name.git/', 'group/sub/name'],
    ['/srv/git/name.git', undefined],
    ['file:///srv/git/name.git', undefined],
    ['https://host/name', undefined],
  ];
  it.each(urls)('the name of %s is %s', (url, name) => expect(repositoryName(url)).toBe(name));
});

describe('history', () => {
  it('reads commits with their parents and times', () => {
    expect(readCommit(repo.root, first)).toEqual({
      commit: first,
      parents: [],
      committedAt: Date.UTC(2026, 1, 1),
    });
    expect(readCommit(repo.root, 'HEAD')?.parents).toEqual([second, side]);
    expect(readCommit(repo.root, 'none')).toBeUndefined();
  });

  it('reads the true parents in a shallow clone', () => {
    expect(readCommit(clone('--depth=1'), 'HEAD')?.parents).toEqual([second, side]);
  });

  it('knows ancestors', () => {
    expect(isAncestor(repo.root, first, merge)).toBe(true);
    expect(isAncestor(repo.root, merge, merge)).toBe(true);
    expect(isAncestor(repo.root, second, side)).toBe(false);
    expect(isAncestor(repo.root, '0'.repeat(40), merge)).toBeUndefined();
    expect(isAncestor(repo.root, '--help', merge)).toBeUndefined();
  });

  it('lists what changed, with odd names as they are', () => {
    expect(changedBetween(repo.root, first, second)).toEqual(['apps/backend/a.txt']);
    expect(changedBetween(repo.root, second, second)).toEqual([]);
    expect(changedBetween(repo.root, 'HEAD', second)).toBeUndefined();
    expect(changedInTree(repo.root)).toEqual([]);
    repo.write('odd name\n"x".txt', 'changed\n');
    repo.write('new/ü.txt', 'untracked\n');
    repo.git('rm', '--quiet', '--cached', 'apps/backend/b.txt');
    const changed = changedInTree(repo.root);
    repo.git('reset', '--quiet', '--hard');
    repo.git('clean', '--quiet', '-fd');
    expect([...new Set(changed)]).toEqual(['apps/backend/b.txt', 'new/ü.txt', 'odd name\n"x".txt']);
  });

  it('knows the branches that hold a commit', () => {
    const cases: readonly [string, string, boolean][] = [
      [side, 'feature/x', true],
      [side, 'main', true],
      [second, 'feature/x', false],
      [first, 'main', true],
      [first, 'x', false],
      [first, 'mai*', false],
      [first, '--contains', false],
    ];
    for (const [commit, branch, on] of cases) expect(isOnBranch(repo.root, commit, branch)).toBe(on);
    expect(isOnBranch(clone(), side, 'feature/x')).toBe(true);
  });

  it('finds the newest first-parent commit of a time', () => {
    const cases: readonly [string, string | undefined][] = [
      ['2026-01-31T23:59:59Z', undefined],
      ['2026-02-01T00:00:00Z', first],
      ['2026-02-02T12:00:00Z', first],
      ['2026-02-03T00:00:00Z', second],
    ];
    for (const [at, commit] of cases) expect(commitAsOf(repo.root, Date.parse(at))).toBe(commit);
  });

  it('tells when a file last changed', () => {
    expect(lastChange(repo.root, 'apps/backend/a.txt')).toEqual({
      tracked: true,
      commit: second,
      at: Date.UTC(2026, 1, 3),
    });
    expect(lastChange(repo.root, 'none')).toEqual({ tracked: false });
    expect(lastChange(repo.root, ':(glob)**')).toEqual({ tracked: false });
  });

  it('takes no option from a revision', () => {
    for (const text of ['--help', '-v', '', 'a\nb', 'HEAD:apps', `${first}^{tree}`]) {
      expect(resolveCommit(repo.root, text)).toBeUndefined();
    }
    expect(resolveCommit(repo.root, 'feature/x')).toBe(side);
  });

  it('has no answer where there is no git', () => {
    expect(runGit(tmpdir(), ['status'])).toMatchObject({ ok: false });
    expect(changedInTree(tmpdir())).toBeUndefined();
  });

  it('runs no program that the clone configures', () => {
    const folder = clone();
    const mark = join(folder, 'ran');
    const script = join(folder, 'evil.sh');
    writeFileSync(script, `#!/bin/sh\ntouch ${mark}\n`);
    chmodSync(script, 0o755);
    mkdirSync(join(folder, '.git/hooks'), { recursive: true });
    symlinkSync(script, join(folder, '.git/hooks/post-index-change'));
    const set = (key: string) => execFileSync('git', ['config', key, script], { cwd: folder });
    for (const key of ['core.fsmonitor', 'core.pager', 'diff.external', 'core.editor']) set(key);
    expect(changedInTree(folder)).toEqual(['evil.sh']);
    expect(changedBetween(folder, first, second)).toEqual(['apps/backend/a.txt']);
    expect(existsSync(mark)).toBe(false);
  });
});

describe('a revision as a workspace', () => {
  it('reads the files as they were', () => {
    const workspace = revisionWorkspace(repo.root, first);
    const file = workspace?.read('apps/backend/a.txt');
    expect(file?.ok && Buffer.from(file.bytes).toString()).toBe('one\n');
    expect(workspace?.read('apps/backend/b.txt')).toMatchObject({ ok: false, code: 'file.missing' });
    expect(workspace?.list('apps')).toEqual({ ok: true, files: [], folders: ['backend'] });
    expect(workspace?.read('apps/backend/a.txt', 3)).toMatchObject({ code: 'file.too-large' });
  });

  it('knows a root below the top level', () => {
    const workspace = revisionWorkspace(repo.root, merge, 'apps/backend');
    expect(workspace?.list('')).toEqual({ ok: true, files: ['a.txt', 'b.txt'], folders: [] });
    expect(workspace?.read('../../odd')).toMatchObject({ code: 'file.outside-root' });
  });

  it('is none without the commit', () => {
    expect(revisionWorkspace(repo.root, '0'.repeat(40))).toBeUndefined();
    expect(revisionWorkspace(repo.root, 'HEAD')).toBeUndefined();
  });
});
