import { createSecureContext, type SecureContext } from 'node:tls';
import { resolve } from 'node:path';
import type { Duration } from '../../model/instant.ts';
import type { Named, ServerSpec, TlsSpec } from '../../model/policy.ts';
import { readNamedFile } from '../../files/tree.ts';
import { type CollectContext, type Unseen, unreadable, unseen } from '../collector.ts';
import { type Proxy, proxyFor } from './proxy.ts';

/** A server with all that a request to it needs. */
export interface Target {
  url: URL;
  /** What messages call it: never a value of the environment, no query string, no credentials. */
  shown: string;
  headers: Readonly<Record<string, string>>;
  tls: { context?: SecureContext; serverName?: string };
  proxy?: Proxy;
  /** For everything together: name lookup, connections, retries, redirects, the whole answer. */
  timeout: Duration;
  /** How often at most it is tried again. */
  retries: number;
  signal?: AbortSignal;
}

export type TargetReading = { ok: true; target: Target } | Unseen;

/** Certificates and keys are small. */
const pemCap = 1024 * 1024;

/** Puts together how a server is asked; nothing is sent yet. */
export function targetOf(spec: ServerSpec, context: CollectContext): TargetReading {
  const { timeout, retries } = spec;
  const address = addressOf(spec.url, context);
  if (!address.ok) return address;
  const headers = headersOf(spec, context);
  if (!headers.ok) return headers;
  const tls = tlsOf(spec.tls, context);
  if (!tls.ok) return tls;
  const proxy = proxyFor(address.url, (name) => context.variables.get(name)?.value);
  if (proxy === 'unusable') return unseen('server.bad-address', 'the URL of the proxy cannot be used');
  const { url, shown } = address;
  return {
    ok: true,
    target: {
      url,
      shown,
      headers: headers.value,
      tls: tls.value,
      timeout,
      retries,
      ...(proxy === undefined ? {} : { proxy }),
      ...(context.signal === undefined ? {} : { signal: context.signal }),
    },
  };
}

function addressOf(named: Named, context: CollectContext): { ok: true; url: URL; shown: string } | Unseen {
  const read = valueOf(named, context);
  if (!read.ok) return read;
  const where = named.is === 'variable' ? `the URL in \`${named.name}\`` : 'the URL';
  const bad = (what: string) => unseen('server.bad-address', `${where} ${what}`);
  let url: URL;
  try {
    url = new URL(read.value);
  } catch {
    return bad('is none');
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return bad('is neither http nor https');
  if (url.username !== '' || url.password !== '')
    return bad('holds credentials; name the variables that hold them instead');
  url.hash = '';
  const shown = named.is === 'variable' ? `$${named.name}` : `${url.origin}${url.pathname}`;
  return { ok: true, url, shown };
}

type Read = { ok: true; value: string } | Unseen;

/** The value, with blanks at both ends left out: files that fill variables end in a line break. */
function valueOf(named: Named, context: CollectContext): Read {
  if (named.is === 'text') return { ok: true, value: named.text };
  const value = context.variables.get(named.name)?.value.trim() ?? '';
  if (value !== '') return { ok: true, value };
  return unseen('server.unset', `\`${named.name}\` is not set`);
}

/** What a header can carry without being changed on its way. */
const sendable = /^[\x20-\x7e]+$/;

function headersOf(
  spec: ServerSpec,
  context: CollectContext,
): { ok: true; value: Readonly<Record<string, string>> } | Unseen {
  const headers: Record<string, string> = {};
  for (const [header, name] of Object.entries(spec.headers)) {
    const read = secretOf(name, context);
    if (!read.ok) return read;
    headers[header] = read.value;
  }
  if (spec.token !== undefined) {
    const read = secretOf(spec.token, context);
    if (!read.ok) return read;
    headers['Authorization'] = `Bearer ${read.value}`;
  }
  if (spec.basic) {
    const user = valueOf(spec.basic.user, context);
    const password = valueOf({ is: 'variable', name: spec.basic.password }, context);
    if (!user.ok) return user;
    if (!password.ok) return password;
    headers['Authorization'] = `Basic ${Buffer.from(`${user.value}:${password.value}`).toString('base64')}`;
  }
  return { ok: true, value: headers };
}

function secretOf(name: string, context: CollectContext): Read {
  const read = valueOf({ is: 'variable', name }, context);
  if (!read.ok || sendable.test(read.value)) return read;
  return unseen('server.bad-credential', `the value of \`${name}\` cannot stand in a header`);
}

function tlsOf(
  spec: TlsSpec | undefined,
  context: CollectContext,
): { ok: true; value: Target['tls'] } | Unseen {
  if (!spec) return { ok: true, value: {} };
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
