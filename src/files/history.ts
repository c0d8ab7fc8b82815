import type { Instant } from '../model/instant.ts';
import { isCommitName, partsOf, runGit } from './git.ts';
import { runInTree } from './changes.ts';

/** A commit as its object tells it. The parents are those of the object, so that a shallow clone does not hide them. */
export interface Commit {
  commit: string;
  parents: readonly string[];
  committedAt: Instant;
}

/** Reads the commit that a revision names; undefined if there is none, or no git. */
export function readCommit(folder: string, revision: string): Commit | undefined {
  const commit = isCommitName(revision) ? revision : resolveCommit(folder, revision);
  const answer = commit === undefined ? undefined : runGit(folder, ['cat-file', 'commit', commit]);
  if (commit === undefined || !answer?.ok) return undefined;
  const header = (answer.out.toString('utf8').split('\n\n')[0] ?? '').split('\n');
  const parents = header.flatMap((line) => /^parent ([0-9a-f]{40,64})$/.exec(line)?.[1] ?? []);
  const seconds = header.flatMap((line) => /^committer .* (\d{1,12}) [+-]\d{4}$/.exec(line)?.[1] ?? [])[0];
  return seconds === undefined ? undefined : { commit, parents, committedAt: Number(seconds) * 1000 };
}

/** The full name of the commit that a revision names. */
export function resolveCommit(folder: string, revision: string): string | undefined {
  if (revision === '' || revision.startsWith('-') || /[\0\n]/.test(revision)) return undefined;
  const answer = runGit(folder, [
    'rev-parse',
    '--verify',
    '--quiet',
    '--end-of-options',
    `${revision}^{commit}`,
  ]);
  const name = answer.ok ? answer.out.toString('utf8').trim() : '';
  return isCommitName(name) ? name : undefined;
}

/** Whether one commit is an ancestor of another, or the same. Undefined if git cannot tell. */
export function isAncestor(topLevel: string, ancestor: string, commit: string): boolean | undefined {
  if (!isCommitName(ancestor) || !isCommitName(commit)) return undefined;
  const answer = runGit(topLevel, ['merge-base', '--is-ancestor', ancestor, commit]);
  if (answer.ok) return true;
  return answer.exitCode === 1 ? false : undefined;
}

/** Paths that differ between two commits, relative to the top level. Undefined if git cannot tell. */
export function changedBetween(topLevel: string, from: string, to: string): readonly string[] | undefined {
  if (!isCommitName(from) || !isCommitName(to)) return undefined;
  const answer = runGit(topLevel, [
    'diff',
    '--name-only',
    '-z',
    '--no-renames',
    '--no-ext-diff',
    from,
    to,
    '--',
  ]);
  return answer.ok ? partsOf(answer.out, '\0') : undefined;
}

/** Whether a branch, here or as last seen on a remote, holds a commit. Undefined if git cannot tell. */
export function isOnBranch(topLevel: string, commit: string, branch: string): boolean | undefined {
  if (!isCommitName(commit) || branch === '') return undefined;
  const answer = runGit(topLevel, [
    'for-each-ref',
    `--contains=${commit}`,
    '--format=%(refname)',
    'refs/heads',
    'refs/remotes',
  ]);
  if (!answer.ok) return undefined;
  return partsOf(answer.out, '\n').some((ref) => {
    const name = /^refs\/(?:heads|remotes\/[^/]+)\/(.+)$/.exec(ref)?.[1];
    return name === branch;
  });
}

/** The newest commit on the first-parent line of HEAD that was committed not later than an instant. */
export function commitAsOf(topLevel: string, instant: Instant): string | undefined {
  const until = `--until=${Math.floor(instant / 1000)}`;
  const answer = runGit(topLevel, ['rev-list', '--max-count=1', '--first-parent', until, 'HEAD', '--']);
  const name = answer.ok ? answer.out.toString('utf8').trim() : '';
  return isCommitName(name) ? name : undefined;
}

/**
 * When the last commit was made that changed a file, by its committer. `tracked: false` if git does not keep the file.
 * In a shallow clone the boundary commit seems to have written every file, so its answer is none.
 */
export function lastChange(
  topLevel: string,
  path: string,
): { tracked: false } | { tracked: true; commit?: string; at?: Instant } | undefined {
  const listed = runInTree(topLevel, ['ls-files', '-z', '--', `:(literal,top)${path}`]);
  if (!listed.ok) return undefined;
  if (listed.out.length === 0) return { tracked: false };
  const answer = runGit(topLevel, ['log', '-1', '--format=%H %ct', 'HEAD', '--', `:(literal,top)${path}`]);
  const match = answer.ok ? /^([0-9a-f]+) (\d+)\n$/.exec(answer.out.toString('utf8')) : null;
  if (!match) return { tracked: true };
  return { tracked: true, commit: match[1] as string, at: Number(match[2]) * 1000 };
}
