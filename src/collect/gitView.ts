import type { Subject } from '../model/evidence.ts';
import { clockTolerance, type Instant } from '../model/instant.ts';
import { once } from '../model/once.ts';
import {
  changedBetween,
  commitAsOf,
  isAncestor,
  isOnBranch,
  lastChange,
  readCommit,
  resolveCommit,
} from '../files/history.ts';
import { changedInTree } from '../files/changes.ts';
import {
  findRepository,
  type Head,
  prefixOf,
  privateAttributes,
  readHead,
  type Repository,
} from '../files/repository.ts';
import { modifiedAt } from '../files/tree.ts';
import { type Checkout, headOfCheckout } from './checkout.ts';

/**
 * What git says about the tree under evaluation. Each answer is found when it is first asked for, since starting git
 * costs more than all else that a small `check` does. `undefined` is "cannot be told", and never good.
 */
export interface GitView {
  /** What is judged: in a CI checkout of a pull request its head commit, not the merge that was checked out. */
  subject: Subject;
  repository?: Repository;
  /** Paths of the root that differ from the commit, the policy's own files left out; others begin with `/`. */
  changes(): readonly string[] | undefined;
  /** Whether evidence about a commit counts for the subject (semantics section 9). */
  countsFor(commit: string): boolean | undefined;
  isOnBranch(commit: string, branch: string): boolean | undefined;
  /** The branch of the subject for rules: one that only a pull request claims has to hold the commit. */
  branch(): string | undefined;
  committedAt(): Instant | undefined;
  /** When a file of the root was written, as far as that can be vouched for. */
  writtenAt(path: string, now: Instant): Instant | undefined;
  /** Whether the commit checked out is still the one that was there at the start. */
  stillThere(): boolean;
}

export interface GitOptions {
  root: string;
  env: Readonly<Record<string, string | undefined>>;
  isOwn: (path: string) => boolean;
  environment?: string;
  /** When looking back. */
  at?: Instant;
  /** The commit whose files are judged, where they are not those of the working tree. */
  commit?: string;
}

export function viewGit(options: GitOptions): GitView {
  const repository = findRepository(options.root);
  if (!repository) return noGit(options);
  const head = readHead(repository) ?? askHead(repository);
  const { claimed, ...subject } = subjectOf(repository, head, options);
  const prefix = prefixOf(repository, options.root) ?? '';
  const inRoot = (path: string) =>
    prefix === '' ? path : path.startsWith(`${prefix}/`) ? path.slice(prefix.length + 1) : `/${path}`;
  const notOwn = (paths: readonly string[] | undefined) =>
    paths?.map(inRoot).filter((path) => !options.isOwn(path));
  const top = repository.topLevel;
  const allChanges = once(() => {
    if (options.commit !== undefined) return [];
    const inTree = changedInTree(top);
    return inTree && [...inTree, ...privateAttributes(repository)];
  });
  const changes = once(() => {
    const inTree = notOwn(allChanges());
    // Looking back, or at a merge: what was checked out has to hold what the subject holds.
    if (!inTree || options.at === undefined || !head.commit || !subject.commit) return inTree;
    const since = notOwn(changedBetween(top, subject.commit, head.commit));
    return since && [...inTree, ...since];
  });
  return {
    subject,
    repository,
    changes,
    countsFor: (commit) => countsFor(commit, subject.commit, { top, notOwn }),
    isOnBranch: (commit, branch) => isOnBranch(top, commit, branch),
    branch: once(() => {
      const { commit, branch } = subject;
      if (!claimed || commit === undefined || branch === undefined) return branch;
      return isOnBranch(top, commit, branch) ? branch : undefined;
    }),
    committedAt: once(() => (subject.commit ? readCommit(top, subject.commit)?.committedAt : undefined)),
    writtenAt: (path, now) => writtenAt(path, now, { options, repository, prefix, changed: allChanges }),
    stillThere: () => (readHead(repository) ?? askHead(repository)).commit === head.commit,
  };
}

function noGit({ environment, root }: GitOptions): GitView {
  return {
    subject: environment === undefined ? {} : { environment },
    changes: () => undefined,
    countsFor: () => undefined,
    isOnBranch: () => undefined,
    branch: () => undefined,
    committedAt: () => undefined,
    writtenAt: (path, now) => honest(modifiedAt(root, path), now),
    stillThere: () => true,
  };
}

function subjectOf(repository: Repository, head: Head, options: GitOptions): Subject & Checkout {
  const { env, environment, at } = options;
  const named = repository.name === undefined ? {} : { repository: repository.name };
  const where = { ...named, ...(environment === undefined ? {} : { environment }) };
  if (options.commit !== undefined) return { ...where, commit: options.commit };
  const past = at === undefined ? undefined : commitAsOf(repository.topLevel, at);
  if (at !== undefined) return past === undefined ? where : { ...where, commit: past };
  return { ...where, ...headOfCheckout(head, env, () => readCommit(repository.topLevel, 'HEAD')?.parents) };
}

/** Asks git itself where the refs are kept in a form that only git reads. */
function askHead(repository: Repository): Head {
  const commit = resolveCommit(repository.topLevel, 'HEAD');
  return commit === undefined ? {} : { commit };
}

function countsFor(
  commit: string,
  subject: string | undefined,
  {
    top,
    notOwn,
  }: { top: string; notOwn: (paths: readonly string[] | undefined) => readonly string[] | undefined },
): boolean | undefined {
  if (subject === undefined) return undefined;
  if (commit === subject) return true;
  const parents = readCommit(top, commit)?.parents;
  if (parents?.length === 2 && parents[1] === subject) return true;
  const before = isAncestor(top, commit, subject);
  if (!before) return before;
  const changed = notOwn(changedBetween(top, commit, subject));
  return changed && changed.length === 0;
}

/** A file that git keeps unchanged was written when it was committed; the clock of the disk tells only of a checkout. */
function writtenAt(
  path: string,
  now: Instant,
  {
    options,
    repository,
    prefix,
    changed,
  }: {
    options: GitOptions;
    repository: Repository;
    prefix: string;
    changed: () => readonly string[] | undefined;
  },
): Instant | undefined {
  const full = prefix === '' ? path : `${prefix}/${path}`;
  const last = lastChange(repository.topLevel, full);
  if (!last) return undefined;
  if (!last.tracked) return honest(modifiedAt(options.root, path), now);
  const dirty = changed();
  if (!dirty) return undefined;
  if (dirty.includes(full)) return honest(modifiedAt(options.root, path), now);
  return last.commit === undefined || repository.boundary.includes(last.commit)
    ? undefined
    : honest(last.at, now);
}

/** A time ahead of the clock says nothing. */
function honest(time: Instant | undefined, now: Instant): Instant | undefined {
  return time === undefined || time > now + clockTolerance ? undefined : time;
}
