import { closeSync, constants, fstatSync, openSync, readlinkSync, realpathSync, statSync } from 'node:fs';
import { sep } from 'node:path';
import { type FileCode, type FileFailure, fileFailure } from './workspace.ts';

// Windows has neither flag.
const { O_NONBLOCK = 0, O_NOCTTY = 0 } = constants as Partial<typeof constants>;
const readOnly = constants.O_RDONLY | O_NONBLOCK | O_NOCTTY;

/** An open regular file. The caller closes `fd`. */
export interface OpenFile {
  ok: true;
  fd: number;
  size: number;
}

/**
 * Opens a regular file for reading. With `root` (a real path), a file that does not lie inside it is refused.
 * INVARIANT: the check looks at the file that was opened, not at its name, so that swapping a link between check and
 * use gains nothing (R30). A pipe or device is refused before it is opened, and opening never waits for a writer.
 */
export function openRegular(full: string, shown: string, root?: string): OpenFile | FileFailure {
  let fd: number;
  try {
    if (!statSync(full).isFile()) return fileFailure('file.not-regular', shown);
    fd = openSync(full, readOnly);
  } catch (error) {
    return fileFailure(codeOf(error), shown);
  }
  const kept = checkOpen(fd, full, shown, root);
  if (!kept.ok) closeSync(fd);
  return kept;
}

function checkOpen(
  fd: number,
  full: string,
  shown: string,
  root: string | undefined,
): OpenFile | FileFailure {
  try {
    const seen = fstatSync(fd);
    if (!seen.isFile()) return fileFailure('file.not-regular', shown);
    if (root !== undefined && !isInside(placeOf(fd, full, seen), root))
      return fileFailure('file.outside-root', shown);
    return { ok: true, fd, size: seen.size };
  } catch (error) {
    return fileFailure(codeOf(error), shown);
  }
}

/** Where the opened file really lies; undefined if that cannot be told. */
function placeOf(fd: number, full: string, seen: { dev: number; ino: number }): string | undefined {
  if (process.platform === 'linux') {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`);
    } catch {
      // No /proc: the other way below.
    }
  }
  const real = realpathSync(full);
  const again = statSync(real);
  return again.dev === seen.dev && again.ino === seen.ino ? real : undefined;
}

export function isInside(place: string | undefined, root: string): boolean {
  return place !== undefined && place.startsWith(root.endsWith(sep) ? root : root + sep);
}

/** Node's error codes as ours; the text of the error itself is never kept (R24). */
export function codeOf(error: unknown): FileCode {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
    case 'ENAMETOOLONG':
      return 'file.missing';
    case 'EISDIR':
    case 'ENXIO':
      return 'file.not-regular';
    default:
      return 'file.unreadable';
  }
}
