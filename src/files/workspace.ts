import type { ReasonCode } from '../model/reasons.ts';

/** Why a file could not be read. */
export type FileCode = Extract<
  ReasonCode,
  'file.missing' | 'file.not-regular' | 'file.outside-root' | 'file.too-large' | 'file.unreadable'
>;

/** `message` names the path as the policy writes it, never an absolute one. */
export interface FileFailure {
  ok: false;
  code: FileCode;
  message: string;
}

export interface FileBytes {
  ok: true;
  /** The clean path that was read. */
  path: string;
  bytes: Uint8Array;
}

export interface FileNames {
  ok: true;
  /** Names of entries that may be files, and of folders, each sorted by code unit. */
  files: readonly string[];
  folders: readonly string[];
}

/** 16 MB: what one evidence file may hold (issue 2, section 2). */
export const evidenceCap = 16 * 1024 * 1024;

/** 4 GB: what one log may hold; it is read in pieces and never as a whole. */
export const logCap = 4 * 1024 * 1024 * 1024;

/** Pieces in which `pieces` hands out a file: the size that the reader of logs likes best. */
export const pieceSize = 64 * 1024;

/**
 * Where evidence is read: the working tree, a git revision, or memory. Paths are relative to the root, with `/`.
 * INVARIANT: nothing outside the root is ever read, whatever links and `..` say, and only regular files are.
 */
export interface Workspace {
  kind: 'tree' | 'revision' | 'memory';
  /** The whole file; `cap` bytes at most, by default `evidenceCap`. */
  read(path: string, cap?: number): FileBytes | FileFailure;
  /**
   * The file in order, in pieces of at most `pieceSize` bytes; `cap` is by default `logCap`. What the generator returns
   * at its end is the failure, if reading failed. A piece is valid only until the next one is asked for: its memory is
   * used again.
   */
  pieces(path: string, cap?: number): Generator<Uint8Array, FileFailure | undefined>;
  /** What stands in a folder; the root is the empty text. */
  list(folder: string): FileNames | FileFailure;
}

export function fileFailure(code: FileCode, path: string): FileFailure {
  return { ok: false, code, message: `\`${path}\` ${fileWords[code]}` };
}

const fileWords: Readonly<Record<FileCode, string>> = {
  'file.missing': 'does not exist',
  'file.not-regular': 'is no regular file',
  'file.outside-root': 'leads out of the root',
  'file.too-large': 'is larger than the cap',
  'file.unreadable': 'cannot be read',
};
