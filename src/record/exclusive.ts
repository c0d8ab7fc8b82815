import { readFileSync } from 'node:fs';
import { writeAtomic } from '../files/atomic.ts';
import { systemCode } from '../files/systemCode.ts';
import { formatDuration } from '../model/instant.ts';
import { ok, type Problem, problems, type Result } from '../model/problem.ts';
import { type Holder, takeLock } from './lock.ts';
import { placeInRoot } from './logFile.ts';
import type { LogFileRequest } from './request.ts';
import { lockPathOf, sweepBeside } from './sweep.ts';

/** Work on the file of a log at its real place. What the system refuses meanwhile comes back as a problem. */
export type LogWork<T> = (full: string) => Promise<Result<T>>;

/** Works while nobody else writes the log. Folders are made where they are missing. */
export function alone<T>(request: LogFileRequest, work: LogWork<T>): Promise<Result<T>> {
  const { root, path, wait } = request;
  return guarded(path, async () => {
    const place = placeInRoot(root, path, true);
    if (!place.ok) return place;
    const lock = await takeLock(lockPathOf(place.value), wait);
    if (lock.how === 'held') return problems(heldBy(lock.holder, request));
    try {
      sweepBeside(place.value);
      return await work(place.value);
    } finally {
      lock.release();
    }
  });
}

/** Looks at the log as it is at the moment; the work must not write. */
export function looking<T>({ root, path }: LogFileRequest, work: LogWork<T>): Promise<Result<T>> {
  return guarded(path, async () => {
    const place = placeInRoot(root, path, false);
    return place.ok ? work(place.value) : place;
  });
}

/** Puts a whole text in the place of a file, and reads it once more. Throws what the system says while the old file stands. */
export function replaceFile(full: string, shown: string, text: string): Result<void> {
  const bytes = Buffer.from(text, 'utf8');
  try {
    writeAtomic(full, bytes);
  } catch (error) {
    if (!holds(full, bytes)) throw error;
    return problems({
      code: 'record/not-durable',
      message: `\`${shown}\` is written, but the system does not confirm that it is kept (${systemCode(error)})`,
      hint: 'look whether the row is there before trying again',
    });
  }
  if (holds(full, bytes)) return ok(undefined);
  return problems({
    code: 'record/not-written',
    message: `\`${shown}\` does not hold what was written to it`,
    hint: 'something else writes this file, or the disk is failing; look at it before anything else',
  });
}

function holds(full: string, bytes: Buffer): boolean {
  try {
    return readFileSync(full).equals(bytes);
  } catch {
    return false;
  }
}

function heldBy(holder: Holder | undefined, { path, wait }: LogFileRequest): Problem {
  const slash = path.lastIndexOf('/') + 1;
  const lock = `${path.slice(0, slash)}.${path.slice(slash)}.lock`;
  const who =
    holder === undefined ? 'somebody who cannot be told' : `process ${holder.pid} on \`${holder.host}\``;
  return {
    code: 'record/locked',
    message: `\`${path}\` is held by ${who}; waited for ${formatDuration(wait)}`,
    hint: `let it end, then try again; if it runs nowhere any more, remove \`${lock}\``,
  };
}

const words: Readonly<Record<string, string>> = {
  EACCES: 'this user must not write there',
  EDQUOT: 'the quota of the disk is used up',
  EIO: 'the disk reports an error',
  ENOENT: 'its folder is gone',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a part of its path is no folder',
  EPERM: 'the system does not permit it',
  EROFS: 'the file system is read-only',
};

export async function guarded<T>(path: string, work: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await work();
  } catch (error) {
    const code = systemCode(error);
    if (code === 'unknown cause') throw error;
    return problems({
      code: 'record/not-written',
      message: `\`${path}\` could not be written: ${words[code] ?? 'the system refuses it'} (${code})`,
      hint: 'the log is as it was; mend that and try again',
    });
  }
}
