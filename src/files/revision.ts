import { isCommitName, partsOf, runGit } from './git.ts';
import { workspaceOf } from './memory.ts';
import type { Workspace } from './workspace.ts';

/**
 * The files of a commit, below `prefix` (the root as seen from the top level). Links are not followed: they and
 * submodules are no regular files. Undefined if the commit is not there.
 */
export function revisionWorkspace(topLevel: string, commit: string, prefix = ''): Workspace | undefined {
  if (!isCommitName(commit)) return undefined;
  const answer = runGit(topLevel, ['ls-tree', '-r', '-z', '-l', '--full-tree', commit, '--']);
  if (!answer.ok) return undefined;
  const under = prefix === '' ? '' : `${prefix}/`;
  const blobs = new Map<string, { name: string; size: number }>();
  for (const entry of partsOf(answer.out, '\0')) {
    const match = /^100(?:644|755|664) blob ([0-9a-f]{40,64}) +(\d+)\t([\s\S]+)$/.exec(entry);
    const path = match?.[3];
    if (path?.startsWith(under)) {
      blobs.set(path.slice(under.length), { name: match?.[1] as string, size: Number(match?.[2]) });
    }
  }
  return workspaceOf('revision', [...blobs.keys()], (path, cap) => {
    const blob = blobs.get(path);
    if (!blob) return undefined;
    if (blob.size > cap) return 'too-large';
    const content = runGit(topLevel, ['cat-file', 'blob', blob.name]);
    return content.ok && content.out.length === blob.size ? content.out : undefined;
  });
}
