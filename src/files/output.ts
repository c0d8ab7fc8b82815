import {
  appendFileSync,
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  realpathSync,
  type Stats,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { writeAtomic } from './atomic.ts';

/**
 * Writes a file that the user named, durably: a regular or new file whole or not at all, the target of a link rather
 * than the link, and a pipe or device (`/dev/full`, a process substitution) in place. Throws what the system says.
 */
export function writeOutput(path: string, text: string): void {
  const kind = statOf(path);
  if (kind === undefined) writeAtomic(path, text);
  else if (kind.isFile()) writeAtomic(realpathSync(path), text);
  else writeInPlace(path, text);
}

/** Writes a report that a policy declares; its folder is made where it is missing. */
export function writeReport(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeOutput(path, text);
}

/** Adds to the end of a file that others write as well, and makes it where it is missing. Throws what the system says. */
export function appendOutput(path: string, text: string): void {
  appendFileSync(path, text);
}

/** Bytes of a file; 0 where there is none. */
export function sizeOf(path: string): number {
  return statOf(path)?.size ?? 0;
}

/** Whether a file can stand there at all: its folder exists, and no folder is in its place. */
export function isOutputPlace(path: string): boolean {
  return statOf(dirname(path))?.isDirectory() === true && statOf(path)?.isDirectory() !== true;
}

/** Whether nobody may write a file: it would be replaced all the same, by a rename. */
export function isReadOnly(path: string): boolean {
  const mode = statOf(path)?.mode;
  return mode !== undefined && (mode & 0o222) === 0;
}

/** Undefined if there is nothing, or nothing that may be looked at; writing says then what is the matter. */
function statOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

function writeInPlace(path: string, text: string): void {
  const bytes = Buffer.from(text, 'utf8');
  const fd = openSync(path, 'w');
  try {
    for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done);
    syncIfPossible(fd);
  } finally {
    closeSync(fd);
  }
}

function syncIfPossible(fd: number): void {
  try {
    fsyncSync(fd);
  } catch {
    // Pipes and terminals cannot be synced; that the write succeeded is all there is to know.
  }
}
