import { closeSync, readdirSync, readSync, realpathSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { compareText } from '../model/problem.ts';
import { codeOf, isInside, openRegular } from './open.ts';
import { cleanPath } from './path.ts';
import {
  evidenceCap,
  type FileBytes,
  type FileCode,
  type FileFailure,
  type FileNames,
  fileFailure,
  logCap,
  pieceSize,
  type Workspace,
} from './workspace.ts';

/** The working tree under `root`. A root that does not exist reads as one without files. */
export function treeWorkspace(root: string): Workspace {
  let real: string;
  try {
    real = realpathSync(root);
  } catch {
    real = resolve(root);
  }
  return {
    kind: 'tree',
    read: (path, cap = evidenceCap) => readWhole(real, path, cap),
    pieces: (path, cap = logCap) => piecesOf(real, path, cap),
    list: (folder) => listFolder(real, folder),
  };
}

function readWhole(root: string, path: string, cap: number): FileBytes | FileFailure {
  const clean = cleanPath(path);
  if (clean === undefined) return fileFailure('file.outside-root', path);
  return readOpened(openRegular(join(root, clean), clean, root), clean, cap);
}

/**
 * A file that a person named on the command line: it may lie anywhere, but has to be a regular file within the cap.
 */
export function readNamedFile(path: string, cap: number = evidenceCap): FileBytes | FileFailure {
  if (path === '' || path.includes('\0')) return fileFailure('file.missing', path);
  return readOpened(openRegular(resolve(path), path), path, cap);
}

function readOpened(
  file: ReturnType<typeof openRegular>,
  path: string,
  cap: number,
): FileBytes | FileFailure {
  if (!file.ok) return file;
  try {
    if (file.size > cap) return fileFailure('file.too-large', path);
    const bytes = readAll(file.fd, file.size, cap);
    return bytes ? { ok: true, path, bytes } : fileFailure('file.too-large', path);
  } catch (error) {
    return fileFailure(codeOf(error), path);
  } finally {
    closeSync(file.fd);
  }
}

/** Undefined if the file holds more than `cap`, whatever size it claimed to have. */
function readAll(fd: number, size: number, cap: number): Uint8Array | undefined {
  // One byte more than the file says it has, so that its end is seen without growing.
  let buffer = new Uint8Array(Math.min(size, cap) + 1);
  for (let length = 0; ; ) {
    const count = readSync(fd, buffer, length, buffer.length - length, null);
    if (count === 0) return buffer.subarray(0, length);
    length += count;
    if (length > cap) return undefined;
    if (length === buffer.length) {
      const grown = new Uint8Array(Math.min(buffer.length * 2, cap + 1));
      grown.set(buffer);
      buffer = grown;
    }
  }
}

function* piecesOf(root: string, path: string, cap: number): Generator<Uint8Array, FileFailure | undefined> {
  const clean = cleanPath(path);
  if (clean === undefined) return fileFailure('file.outside-root', path);
  const file = openRegular(join(root, clean), clean, root);
  if (!file.ok) return file;
  try {
    if (file.size > cap) return fileFailure('file.too-large', clean);
    const buffer = new Uint8Array(Math.min(pieceSize, file.size + 1));
    for (let total = 0; ; ) {
      const count = readPiece(file.fd, buffer);
      if (typeof count !== 'number') return fileFailure(count.code, clean);
      if (count === 0) return undefined;
      total += count;
      if (total > cap) return fileFailure('file.too-large', clean);
      yield buffer.subarray(0, count);
    }
  } finally {
    closeSync(file.fd);
  }
}

/** Only reading fails as evidence: what the taker of the pieces throws goes on its way. */
function readPiece(fd: number, buffer: Uint8Array): number | { code: FileCode } {
  try {
    return readSync(fd, buffer, 0, buffer.length, null);
  } catch (error) {
    return { code: codeOf(error) };
  }
}

/** The time of last writing that the disk keeps for a file of the root; undefined if it cannot be read. */
export function modifiedAt(root: string, path: string): number | undefined {
  const clean = cleanPath(path);
  try {
    return clean === undefined ? undefined : Math.floor(statSync(join(root, clean)).mtimeMs);
  } catch {
    return undefined;
  }
}

function listFolder(root: string, folder: string): FileNames | FileFailure {
  const clean = folder === '' ? '' : cleanPath(folder);
  if (clean === undefined) return fileFailure('file.outside-root', folder);
  try {
    const real = realpathSync(join(root, clean));
    if (real !== root && !isInside(real, root)) return fileFailure('file.outside-root', folder);
    const files: string[] = [];
    const folders: string[] = [];
    for (const entry of readdirSync(real, { withFileTypes: true })) {
      if (entry.isDirectory()) folders.push(entry.name);
      // A link may lead to either; reading it decides.
      else if (entry.isSymbolicLink()) {
        files.push(entry.name);
        folders.push(entry.name);
      } else files.push(entry.name);
    }
    return { ok: true, files: files.sort(compareText), folders: folders.sort(compareText) };
  } catch (error) {
    return fileFailure(codeOf(error), folder === '' ? '.' : folder);
  }
}
