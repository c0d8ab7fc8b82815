import { lstatSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { readNamedFile } from './tree.ts';

/** A git repository as its files show it; nothing was started to find it. */
export interface Repository {
  /** Real path of the top level of the working tree. */
  topLevel: string;
  /** Where HEAD and the index of this working tree are kept. */
  gitDir: string;
  /** Where refs and objects are kept; differs from `gitDir` in linked working trees. */
  commonDir: string;
  /** Commits at which history is cut off in a shallow clone; what lies before them is not there. */
  boundary: readonly string[];
  /** `owner/name` of the remote `origin`, if it says one. */
  name?: string;
}

/** What HEAD is. Without `commit` the branch has none yet, or the refs are kept in a form that only git reads. */
export interface Head {
  commit?: string;
  /** Absent if HEAD is detached. */
  branch?: string;
}

const smallFile = 16 * 1024 * 1024;

function readText(path: string): string | undefined {
  const file = readNamedFile(path, smallFile);
  return file.ok ? Buffer.from(file.bytes).toString('utf8') : undefined;
}

/** Finds the repository that a folder lies in, by looking upwards for `.git`. */
export function findRepository(folder: string): Repository | undefined {
  let at: string;
  try {
    at = realpathSync(folder);
  } catch {
    return undefined;
  }
  for (;;) {
    const gitDir = gitDirOf(at);
    if (gitDir !== undefined) return describe(at, gitDir);
    const parent = dirname(at);
    if (parent === at) return undefined;
    at = parent;
  }
}

/** `.git` is a folder, or in linked working trees and submodules a file that names one. */
function gitDirOf(topLevel: string): string | undefined {
  const dotGit = join(topLevel, '.git');
  try {
    const seen = lstatSync(dotGit);
    if (seen.isFile()) {
      const named = /^gitdir: (.+?)\r?\n?$/.exec(readText(dotGit) ?? '')?.[1];
      return named === undefined ? undefined : resolve(topLevel, named);
    }
    return statSync(join(dotGit, 'HEAD')).isFile() ? dotGit : undefined;
  } catch {
    return undefined;
  }
}

function describe(topLevel: string, gitDir: string): Repository {
  const common = readText(join(gitDir, 'commondir'))?.trim();
  const commonDir = common ? resolve(gitDir, common) : gitDir;
  const boundary = (readText(join(commonDir, 'shallow')) ?? '').split(/\s+/).filter((name) => name !== '');
  const name = nameOfRemote(readText(join(commonDir, 'config')) ?? '');
  return { topLevel, gitDir, commonDir, boundary, ...(name === undefined ? {} : { name }) };
}

/**
 * The file of attributes that belongs to the clone, if it has rules: they can filter a change away, and git has no switch
 * to leave them out. Relative to the top level, as far as it lies there.
 */
export function privateAttributes({ commonDir }: Repository): readonly string[] {
  const text = readText(join(commonDir, 'info', 'attributes'));
  const rules = text?.split('\n').some((line) => !/^\s*(?:#|$)/.test(line));
  return rules ? ['.git/info/attributes'] : [];
}

/** Only the path of the address is kept: user names, tokens and hosts in it are nobody's business. */
function nameOfRemote(config: string): string | undefined {
  let inOrigin = false;
  for (const line of config.split('\n')) {
    const section = /^\s*\[(.*)\]\s*$/.exec(line);
    if (section) inOrigin = section[1] === 'remote "origin"';
    const url = inOrigin ? /^\s*url\s*=\s*(\S+)\s*$/.exec(line)?.[1] : undefined;
    if (url !== undefined) return repositoryName(url);
  }
  return undefined;
}

/** `https://token@host/owner/name.git` and `git@host:owner/name.git` are `owner/name`; a local path has no name. */
export function repositoryName(url: string): string | undefined {
  const path =
    /^(?:https?|ssh|git):\/\/[^/]+\/(.+)$/.exec(url)?.[1] ??
    /^(?:[^/@:]+@)?[^/:]+:(?!\/\/)(.+)$/.exec(url)?.[1];
  const name = path?.replace(/\/+$/, '').replace(/\.git$/, '');
  return name !== undefined && /^[\w.-]+(?:\/[\w.-]+)+$/.test(name) ? name : undefined;
}

/**
 * HEAD as the files of the repository show it: no process is started, which is what most runs of `check` need.
 * Undefined if the refs are kept in a form that this does not read (reftable); git itself has to be asked then.
 */
export function readHead(repository: Repository): Head | undefined {
  const head = readText(join(repository.gitDir, 'HEAD'))?.trim();
  if (head === undefined) return undefined;
  if (/^[0-9a-f]{40,64}$/.test(head)) return { commit: head };
  const ref = /^ref: (refs\/.+)$/.exec(head)?.[1];
  // Reftable repositories keep a HEAD that names an invalid ref, so that old programs stop.
  if (ref === undefined || ref.endsWith('/.invalid') || ref.includes('..')) return undefined;
  const branch = ref.startsWith('refs/heads/') ? { branch: ref.slice('refs/heads/'.length) } : {};
  const commit = readRef(repository, ref);
  return commit === undefined ? branch : { commit, ...branch };
}

function readRef(repository: Repository, ref: string): string | undefined {
  const loose = readText(join(repository.commonDir, ref))?.trim();
  if (loose !== undefined && /^[0-9a-f]{40,64}$/.test(loose)) return loose;
  for (const line of (readText(join(repository.commonDir, 'packed-refs')) ?? '').split('\n')) {
    const packed = /^([0-9a-f]{40,64}) (.+)$/.exec(line);
    if (packed?.[2] === ref) return packed[1];
  }
  return undefined;
}

/** `root` as seen from the top level: `''` or `apps/backend`; undefined if it lies outside. */
export function prefixOf(repository: Repository, root: string): string | undefined {
  let real: string;
  try {
    real = realpathSync(root);
  } catch {
    return undefined;
  }
  const path = relative(repository.topLevel, real).split(sep).join('/');
  return path.startsWith('..') ? undefined : path;
}
