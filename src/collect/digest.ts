import type { Hash } from 'node:crypto';
import { canonicalJson } from '../model/canonical.ts';
import type { Content } from '../model/evidence.ts';
import { once } from '../model/once.ts';

/** Bytes of files that are kept until their digest is asked for: 2 MB for all files of the process, years of records. */
let room = 2 * 1024 * 1024;

/** Loaded when a first digest is made: it takes longer than all else in a check, and people are shown none. */
function createHash(): Hash {
  return process.getBuiltinModule('node:crypto').createHash('sha256');
}

/** `sha256:` and 64 hex digits over bytes, or over text as UTF-8. */
export function sha256(bytes: string | Uint8Array): string {
  return `sha256:${createHash().update(bytes).digest('hex')}`;
}

/** The digest of what comes in pieces. */
export interface PieceDigest {
  /** Takes the next piece; its memory may be used again afterwards. */
  add(piece: Uint8Array): void;
  /** The digest of all pieces; none is added afterwards. */
  digest: () => string;
}

export function digestPieces(): PieceDigest {
  let kept: Uint8Array[] = [];
  let hash: Hash | undefined;
  const hashKept = (): Hash => {
    const made = createHash();
    for (const piece of kept) {
      made.update(piece);
      room += piece.length;
    }
    kept = [];
    return made;
  };
  return {
    add(piece) {
      if (hash || piece.length > room) {
        hash = (hash ?? hashKept()).update(piece);
      } else {
        room -= piece.length;
        kept.push(Buffer.from(piece));
      }
    },
    digest: once(() => `sha256:${(hash ?? hashKept()).digest('hex')}`),
  };
}

/**
 * The digest of a content: SHA-256 over its canonical JSON. A log counts by its files and their digests, which tell
 * every byte of it, and not by its rows: hashing a million rows twice would cost more than reading them.
 */
export function digestOf(content: Content): string {
  switch (content.type) {
    case 'log': {
      const { type, timeKind, order, files } = content;
      return sha256(canonicalJson({ type, timeKind, order, files }));
    }
    case 'variables':
    case 'command':
    case 'tests':
    case 'document':
    case 'value':
    case 'git':
    case 'samples':
    case 'transitions':
      return sha256(canonicalJson(content));
  }
}
