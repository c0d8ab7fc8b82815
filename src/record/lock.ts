import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, openSync, readFileSync, unlinkSync, writeSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { systemCode } from '../files/systemCode.ts';
import type { Duration } from '../model/instant.ts';
import { livenessOf, ownIdentity, type ProcessIdentity } from './process.ts';

/** What stands in a lock file. */
export interface Holder extends ProcessIdentity {
  /** Unlike that of any other lock ever taken: 24 hex digits. */
  token: string;
}

export type LockResult =
  | { how: 'taken'; release(): void }
  /** Nobody may take it: its holder runs, or cannot be seen from here, or the file cannot be read. */
  | { how: 'held'; holder: Holder | undefined };

/** So many locks can be found dead inside each other; each needs one more crash at the worst moment. */
const deepest = 4;
const longestPause = 50;

/**
 * Takes a lock, waiting for at most `wait` milliseconds. A lock is a file that can be made only once. The lock of a
 * process that still runs is never taken away, however long it sleeps; that of one that is gone is. Throws what the
 * system says if the folder cannot be written to.
 */
export async function takeLock(path: string, wait: Duration): Promise<LockResult> {
  const own: Holder = { token: randomBytes(12).toString('hex'), ...ownIdentity() };
  const prepared = `${path}.${own.token}.tmp`;
  const until = performance.now() + wait;
  try {
    writeHolder(prepared, own);
    for (let pause = 2; ; pause = Math.min(pause * 1.5, longestPause)) {
      const taken = tryTake(path, prepared, own, 0);
      if (taken.how === 'taken' || performance.now() >= until) return taken;
      // Writers that wait must not all come back at the same moment.
      await delay(pause * (0.5 + Math.random()));
    }
  } finally {
    removeIfThere(prepared);
  }
}

/** Who holds a lock; `nobody` if it is not there, undefined if its file says nothing that can be understood. */
export function readHolder(path: string): Holder | 'nobody' | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return 'nobody';
    throw error;
  }
  try {
    const { token, pid, started, boot, host, space } = JSON.parse(text) as Record<string, unknown>;
    const texts = [token, started, boot, host, space];
    if (!texts.every((one) => typeof one === 'string') || !Number.isSafeInteger(pid)) return undefined;
    return /^[0-9a-f]{24}$/.test(token as string)
      ? ({ token, pid, started, boot, host, space } as Holder)
      : undefined;
  } catch {
    return undefined;
  }
}

function tryTake(path: string, prepared: string, own: Holder, depth: number): LockResult {
  if (linked(prepared, path)) return { how: 'taken', release: () => release(path, own) };
  const holder = readHolder(path);
  if (holder === undefined) return { how: 'held', holder };
  const gone = holder === 'nobody' || removeDead(path, holder, own, depth);
  const again = gone && linked(prepared, path);
  if (again) return { how: 'taken', release: () => release(path, own) };
  return { how: 'held', holder: holder === 'nobody' ? undefined : holder };
}

/**
 * Removes the lock of a process that is gone; true if it was removed.
 * INVARIANT: between looking and removing the lock cannot have become another one: whoever removes the lock with a
 * token has to hold the lock named by that token, and the one it was made for is dead.
 */
function removeDead(path: string, holder: Holder, own: Holder, depth: number): boolean {
  if (depth >= deepest || livenessOf(holder) !== 'dead') return false;
  const claim = `${path}.${holder.token}`;
  const prepared = `${claim}.${own.token}.tmp`;
  try {
    writeHolder(prepared, own);
    const claimed = tryTake(claim, prepared, own, depth + 1);
    if (claimed.how !== 'taken') return false;
    try {
      const now = readHolder(path);
      const same = now !== undefined && now !== 'nobody' && now.token === holder.token;
      if (same) removeIfThere(path);
      return same;
    } finally {
      claimed.release();
    }
  } finally {
    removeIfThere(prepared);
  }
}

/** The lock is never there without its holder's name in it: it is written first, and then given its name. */
function writeHolder(path: string, holder: Holder): void {
  const fd = openSync(path, 'wx');
  try {
    writeSync(fd, `${JSON.stringify(holder)}\n`);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

const cannotLink: ReadonlySet<string> = new Set(['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP', 'EMLINK']);

function linked(prepared: string, path: string): boolean {
  try {
    linkSync(prepared, path);
    return true;
  } catch (error) {
    const code = systemCode(error);
    if (code === 'EEXIST') return false;
    if (cannotLink.has(code)) return copied(prepared, path);
    throw error;
  }
}

/** For file systems without links: the file is made only once as well, but a moment before its content. */
function copied(prepared: string, path: string): boolean {
  const content = readFileSync(prepared);
  let fd: number;
  try {
    fd = openSync(path, 'wx');
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  }
  try {
    writeSync(fd, content);
    fsyncSync(fd);
    return true;
  } finally {
    closeSync(fd);
  }
}

function release(path: string, own: Holder): void {
  try {
    const holder = readHolder(path);
    if (holder !== undefined && holder !== 'nobody' && holder.token === own.token) removeIfThere(path);
  } catch {
    // The folder is gone or cannot be read, and with it the lock; what was to be kept is kept or told already.
  }
}

export function removeIfThere(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // Gone already, or it cannot be removed; whoever finds it judges it by its holder.
  }
}
