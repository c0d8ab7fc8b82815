import { mkdirSync, readFileSync, realpathSync } from 'node:fs';
import { join, sep } from 'node:path';
import { cleanPath } from '../files/path.ts';
import { systemCode } from '../files/systemCode.ts';
import { type Problem, problems, type Result } from '../model/problem.ts';
import type { OldFile } from './planRow.ts';

/** 64 MB: a log that is written to is read as a whole. */
const largest = 64 * 1024 * 1024;

/**
 * The real place of a file to be written, in a folder that lies inside the root whatever links say. With `make` the
 * folder is made where it is missing. Throws what the system says.
 */
export function placeInRoot(root: string, path: string, make: boolean): Result<string> {
  const clean = cleanPath(path);
  if (clean === undefined) return problems(outside(path));
  const top = realpathSync(root);
  let folder = top;
  for (const part of clean.split('/').slice(0, -1)) {
    const next = realOf(join(folder, part), make);
    if (next === undefined) return { ok: true, value: join(top, clean) };
    if (!isInside(next, top)) return problems(outside(path));
    folder = next;
  }
  const full = join(folder, clean.slice(clean.lastIndexOf('/') + 1));
  const real = realOf(full, false) ?? full;
  return isInside(real, top) ? { ok: true, value: real } : problems(outside(path));
}

function realOf(path: string, make: boolean): string | undefined {
  try {
    return realpathSync(path);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
    if (!make) return undefined;
    mkdirSync(path, { recursive: true });
    return realpathSync(path);
  }
}

function isInside(path: string, top: string): boolean {
  return path.startsWith(top.endsWith(sep) ? top : top + sep);
}

function outside(path: string): Problem {
  return {
    code: 'record/outside-root',
    message: `\`${path}\` leads out of the root`,
    hint: 'logs lie inside the root; name another root with --root',
  };
}

/** The file as text; undefined if there is none. Only its last line may hold bytes that are no text. */
export function readOldFile(full: string, shown: string): Result<OldFile | undefined> {
  let bytes: Buffer;
  try {
    bytes = readFileSync(full);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return { ok: true, value: undefined };
    throw error;
  }
  if (bytes.length > largest) return unreadable(shown, 'is larger than 64 MB');
  // A writer that died may have cut a character in two.
  const tail = bytes.lastIndexOf(10) + 1;
  const head = strictText(bytes.subarray(0, tail));
  if (head === undefined) return unreadable(shown, 'is not UTF-8');
  const last = strictText(bytes.subarray(tail));
  const text = head + (last ?? bytes.subarray(tail).toString('utf8'));
  return { ok: true, value: { text, brokenTail: last === undefined } };
}

/** A byte order mark stays; undefined for what is no UTF-8. */
function strictText(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function unreadable(path: string, why: string): Result<never> {
  return problems({
    code: 'record/unreadable-log',
    message: `\`${path}\` ${why}`,
    hint: 'rows are added to UTF-8 text of at most 64 MB; begin a new file',
  });
}
