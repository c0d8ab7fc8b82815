import { createHash } from 'node:crypto';
import { canonicalJson } from '../model/canonical.ts';
import type { Content } from '../model/evidence.ts';

/** `sha256:` and 64 hex digits over bytes, or over text as UTF-8. */
export function sha256(bytes: string | Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
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
