import {
  closeSync,
  fchmodSync,
  fsyncSync,
  openSync,
  renameSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** A file that is written and synced beside its place, and not yet there. */
export interface Prepared {
  /** Puts it in place. Throws what the system says; the old file is as it was then, and the new one is gone. */
  commit(): void;
  /** Removes it. */
  discard(): void;
}

/**
 * Writes a file so that a crash at any point leaves the old file or the new one, whole: temporary file in the same
 * folder, fsync, rename, fsync of the folder. The mode of an existing file is kept. Throws what the system says; the
 * temporary file is removed then, and the old file is as it was.
 */
export function writeAtomic(path: string, content: string | Uint8Array, mode = 0o666): void {
  prepareAtomic(path, content, { mode }).commit();
}

/**
 * The first half of `writeAtomic`, so that something else can happen between the two. The temporary file is named after
 * `owner`, by default after the file itself: whoever sweeps knows it by that name.
 */
export function prepareAtomic(
  path: string,
  content: string | Uint8Array,
  { mode = 0o666, owner = basename(path) }: { mode?: number; owner?: string } = {},
): Prepared {
  const folder = dirname(path);
  const { randomBytes } = process.getBuiltinModule('node:crypto');
  const temporary = join(folder, `.${owner}.${randomBytes(6).toString('hex')}.tmp`);
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
  const fd = openSync(temporary, 'wx', mode);
  let open = true;
  try {
    const old = modeOf(path);
    if (old !== undefined) fchmodSync(fd, old);
    for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done);
    fsyncSync(fd);
    closeSync(fd);
    open = false;
  } catch (error) {
    if (open) closeSync(fd);
    removeQuietly(temporary);
    throw error;
  }
  const commit = () => {
    try {
      renameSync(temporary, path);
    } catch (error) {
      removeQuietly(temporary);
      throw error;
    }
    syncFolder(folder);
  };
  return { commit, discard: () => removeQuietly(temporary) };
}

function modeOf(path: string): number | undefined {
  try {
    return statSync(path).mode & 0o7777;
  } catch {
    return undefined;
  }
}

function removeQuietly(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // Already gone, or the disk is; the first error is the one to tell.
  }
}

function syncFolder(folder: string): void {
  // Windows opens no folders; there the rename alone has to do.
  if (process.platform === 'win32') return;
  const fd = openSync(folder, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
