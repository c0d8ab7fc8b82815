import { lstatSync, mkdirSync, readdirSync, type Stats, statSync, unlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { writeAtomic } from './atomic.ts';
import { type CachePlace, isClosed, isOwn, isPrivate } from './cacheFolder.ts';

/** What the cache holds at most; the oldest files go first. */
const mostFiles = 64;
const mostBytes = 32 * 1024 * 1024;

/**
 * Writes a file of the cache (twice its content), whole or not at all, as far as that is possible: where there is no
 * place that only this user can write to, or no room, nothing happens, and where there is no place nothing is made.
 * Then the oldest files go until the cache is small again.
 */
export function writeCached(place: CachePlace, name: string, make: () => Uint8Array | undefined): void {
  try {
    const content = prepare(place) ? make() : undefined;
    if (content === undefined) return;
    const path = join(place.folder, name);
    const old = statsOf(path);
    // What is not ours would hand its mode on to the file that takes its place.
    if (old && !(old.isFile() && isClosed(old))) unlinkSync(path);
    writeAtomic(path, Buffer.concat([content, content]), 0o600);
    sweep(place.folder);
  } catch {
    // A read-only home, a full disk: the next run reads the policy again.
  }
}

/** Makes the folder where it is missing. Its base is made only inside a folder in which nobody else may write. */
function prepare({ base, folder }: CachePlace): boolean {
  if (statsOf(base) === undefined) {
    if (!isOwn(statSync(dirname(base)))) return false;
    mkdirSync(base, { mode: 0o700 });
  }
  if (!isOwn(statSync(base))) return false;
  if (statsOf(folder) === undefined) mkdirSync(folder, { mode: 0o700 });
  return isPrivate(lstatSync(folder));
}

function statsOf(path: string): Stats | undefined {
  return lstatSync(path, { throwIfNoEntry: false });
}

/** Keeps the newest files. What a killed writer left behind grows old like all else, and goes. */
function sweep(folder: string): void {
  const files = readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    const stats = statsOf(path);
    return stats?.isFile() ? [{ path, size: stats.size, written: stats.mtimeMs }] : [];
  });
  files.sort((a, b) => b.written - a.written);
  let bytes = 0;
  for (const [index, { path, size }] of files.entries()) {
    bytes += size;
    if (index >= mostFiles || bytes > mostBytes) unlinkSync(path);
  }
}
