import { readdirSync, type Stats, statSync } from 'node:fs';
import { join } from 'node:path';

/** A folder with more entries is told by its own times alone. */
const mostEntries = 2000;

/**
 * A text that differs once one of these files was written, made or removed, or something right inside one of these
 * folders. It reads no content: equal times and sizes are taken for equal files, so it may only decide when to look.
 */
export function fingerprint(paths: readonly string[]): string {
  return paths.map((path) => `${path}:${markOf(path)}`).join('\n');
}

function markOf(path: string): string {
  const found = look(path);
  if (found === undefined) return '-';
  return found.isDirectory() ? `${timesOf(found)}[${entriesOf(path)}]` : timesOf(found);
}

function entriesOf(folder: string): string {
  const names = namesIn(folder).filter((name) => !isPassing(name));
  if (names.length > mostEntries) return String(names.length);
  return names.map((name) => `${name}:${timesOf(look(join(folder, name)))}`).join(',');
}

/** Locks and temporary files of a writer come and go; what they are for changes anyway. */
function isPassing(name: string): boolean {
  return /^\..+\.(?:lock|tmp)/.test(name);
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

function timesOf(stats: Stats | undefined): string {
  // A folder inside changes its time with whatever is in it; only that it is there counts.
  return stats === undefined
    ? '-'
    : stats.isDirectory()
      ? 'd'
      : `${stats.mtimeMs}/${stats.size}/${stats.ino}`;
}

function look(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
