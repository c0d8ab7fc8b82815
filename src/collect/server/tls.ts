import { resolve } from 'node:path';
import { createSecureContext, type SecureContext } from 'node:tls';
import type { Named, TlsSpec } from '../../model/policy.ts';
import { readNamedFile } from '../../files/tree.ts';
import { type CollectContext, type Unseen, unreadable, unseen } from '../collector.ts';
import { type Read, valueOf } from './named.ts';

export interface Trust {
  context?: SecureContext;
  serverName?: string;
}

/** Certificates and keys are small. */
const pemCap = 1024 * 1024;

/** How an https server is trusted, and how we show who we are. */
export function tlsOf(spec: TlsSpec, context: CollectContext): { ok: true; value: Trust } | Unseen {
  const parts: { ca?: string; cert?: string; key?: string } = {};
  for (const [part, named] of [
    ['ca', spec.ca],
    ['cert', spec.certificate],
    ['key', spec.key],
  ] as const) {
    if (!named) continue;
    const read = readPem(named, context);
    if (!read.ok) return read;
    // A text without a certificate would pass for an empty list of authorities.
    if (part !== 'key' && !read.value.includes('-----BEGIN CERTIFICATE-----')) return unusable();
    parts[part] = read.value;
  }
  const name = spec.serverName === undefined ? {} : { serverName: spec.serverName };
  if (Object.keys(parts).length === 0) return { ok: true, value: name };
  try {
    return { ok: true, value: { ...name, context: createSecureContext(parts) } };
  } catch {
    return unusable();
  }
}

/** What OpenSSL says of it can show parts of a key. */
function unusable(): Unseen {
  return unseen('server.bad-credential', 'the certificates and the key under `tls:` cannot be used');
}

/** A file of the root, or one anywhere that the caller's environment names. */
function readPem(named: Named, context: CollectContext): Read {
  const path = valueOf(named, context);
  if (!path.ok) return path;
  const file =
    named.is === 'text'
      ? context.workspace.read(path.value, pemCap)
      : readNamedFile(resolve(context.root, path.value), pemCap);
  if (file.ok) return { ok: true, value: Buffer.from(file.bytes).toString('latin1') };
  if (named.is === 'text') return unreadable(file, path.value);
  return unseen(file.code, `the file that \`${named.name}\` names cannot be read`);
}
