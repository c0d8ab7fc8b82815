import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readFileSync,
  type Stats,
  statSync,
} from 'node:fs';
import { isAbsolute, join } from 'node:path';

/** 16 MB: no file of ours comes near, and reading one never fills the memory. */
const largest = 16 * 1024 * 1024;

/** Where things are kept that only save time. */
export interface CachePlace {
  /** What the folder lies in: `$XDG_CACHE_HOME`, else `~/.cache`. */
  base: string;
  folder: string;
}

/**
 * The place by the XDG base directory specification: paths that are not absolute count as unset. Undefined where there
 * is none, and on Windows, where nobody's ownership can be told.
 */
export function findCachePlace(
  env: Readonly<Record<string, string | undefined>>,
  platform: string,
): CachePlace | undefined {
  if (platform === 'win32') return undefined;
  const { XDG_CACHE_HOME: named = '', HOME: home = '' } = env;
  const base = isAbsolute(named) ? named : isAbsolute(home) ? join(home, '.cache') : undefined;
  return base === undefined ? undefined : { base, folder: join(base, 'soakgate') };
}

/**
 * Reads a file of the cache; undefined if there is none, or none that can be trusted. INVARIANT: whatever comes back was
 * written by this user: the folder is no link, belongs to the user and is closed to all others, nobody else may put
 * another one in its place, and the file is a regular one of the same kind. It is whole: its content stands in it twice,
 * so that damage shows. (A digest would do, but loading what makes one takes longer than all else here.)
 */
export function readCached({ base, folder }: CachePlace, name: string): Buffer | undefined {
  try {
    if (!isOwn(statSync(base)) || !isPrivate(lstatSync(folder))) return undefined;
    const fd = openSync(join(folder, name), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const seen = fstatSync(fd);
      return seen.isFile() && isClosed(seen) && seen.size <= largest ? half(readFileSync(fd)) : undefined;
    } finally {
      closeSync(fd);
    }
  } catch {
    // Not there, not readable: a cache is never missed.
    return undefined;
  }
}

function half(bytes: Buffer): Buffer | undefined {
  const middle = bytes.length / 2;
  const content = bytes.subarray(0, middle);
  return content.equals(bytes.subarray(middle)) ? content : undefined;
}

/** A folder of the user in which nobody else may write. */
export function isOwn(stats: Stats): boolean {
  return stats.isDirectory() && isOurs(stats) && (stats.mode & 0o022) === 0;
}

/** A folder of the user that is closed to everybody else. */
export function isPrivate(stats: Stats): boolean {
  return stats.isDirectory() && isClosed(stats);
}

/** Whatever it is: it belongs to the user, and nobody else may do anything with it. */
export function isClosed(stats: Stats): boolean {
  return isOurs(stats) && (stats.mode & 0o077) === 0;
}

function isOurs({ uid }: Stats): boolean {
  return uid === process.geteuid?.();
}
