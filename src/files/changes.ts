import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { type GitAnswer, partsOf, runGit } from './git.ts';
import { folderOf, joinPath } from './path.ts';

/** Runs git on the tree that the policy lies in, whatever tree `core.worktree` names. */
export function runInTree(topLevel: string, args: readonly string[]): GitAnswer {
  return runGit(topLevel, [`--work-tree=${topLevel}`, ...args]);
}

/**
 * Paths in which the working tree or the index differs from HEAD, untracked files among them, relative to the top
 * level and sorted. Undefined if git cannot tell.
 * INVARIANT: only what is committed may hide a path. Marks of the index and lists of ignored files that belong to the
 * clone or its user do not; `git ls-files` takes the `.gitignore` files of the tree alone.
 */
export function changedInTree(topLevel: string): readonly string[] | undefined {
  const tracked = runInTree(topLevel, [
    'status',
    '--porcelain=v1',
    '-z',
    '--untracked-files=no',
    '--no-renames',
  ]);
  if (!tracked.ok) return undefined;
  const listed = runInTree(topLevel, [
    'ls-files',
    '-z',
    '-v',
    '--cached',
    '--others',
    '--exclude-per-directory=.gitignore',
  ]);
  if (!listed.ok) return undefined;
  const known = partsOf(tracked.out, '\0').map((entry) => entry.slice(3));
  const entries = partsOf(listed.out, '\0');
  return [...new Set([...known, ...unseenIn(topLevel, entries), ...looseIgnores(topLevel, entries)])].sort();
}

/** Untracked files (`?`), and those that git was told not to look at: assumed unchanged (small letters), skipped (`S`). */
function unseenIn(topLevel: string, entries: readonly string[]): readonly string[] {
  return entries.flatMap((entry) => {
    const [tag, path] = [entry.slice(0, 1), entry.slice(2)];
    // A sparse checkout skips what it does not hold.
    const isSkipped = tag === 'S' || tag === 's';
    const counts = isSkipped ? exists(topLevel, path) : tag === '?' || /^[a-z]$/.test(tag);
    return counts ? [path] : [];
  });
}

/** A `.gitignore` that is not committed can ignore itself; beside committed files it hides what they may use. */
function looseIgnores(topLevel: string, entries: readonly string[]): readonly string[] {
  const tracked = new Set(entries.filter((entry) => !entry.startsWith('?')).map((entry) => entry.slice(2)));
  const folders = new Set([...tracked].map(folderOf));
  return [...folders]
    .map((folder) => joinPath(folder, '.gitignore'))
    .filter((path) => !tracked.has(path) && exists(topLevel, path));
}

function exists(topLevel: string, path: string): boolean {
  try {
    lstatSync(join(topLevel, path));
    return true;
  } catch (error) {
    // Not by `systemCode`: shared with this chunk it would be one more file for every run to open.
    const code = (error as { code?: unknown }).code;
    return code !== 'ENOENT' && code !== 'ENOTDIR';
  }
}
