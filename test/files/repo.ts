import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A real git repository in a temporary folder, for tests. */
export interface TestRepo {
  root: string;
  git(...args: readonly string[]): string;
  write(path: string, text: string): void;
  /** Adds everything and commits at an instant (RFC 3339); gives the name of the commit. */
  commit(at: string, message?: string): string;
  remove(): void;
}

export function createRepo(...init: readonly string[]): TestRepo {
  const root = mkdtempSync(join(tmpdir(), 'soakgate-repo-'));
  const run = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
    execFileSync(
      'git',
      ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false', ...args],
      {
        cwd: root,
        encoding: 'utf8',
        env: { PATH: process.env.PATH ?? '', HOME: root, LC_ALL: 'C', GIT_CONFIG_NOSYSTEM: '1', ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    ).trim();
  run(['init', '--quiet', '--initial-branch=main', ...init]);
  return {
    root,
    git: (...args) => run(args),
    write(path, text) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    },
    commit(at, message = 'change') {
      run(['add', '--all']);
      run(['commit', '--quiet', '--allow-empty', '-m', message], {
        GIT_AUTHOR_DATE: at,
        GIT_COMMITTER_DATE: at,
      });
      return run(['rev-parse', 'HEAD']);
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}
