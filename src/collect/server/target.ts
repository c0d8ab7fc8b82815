import type { Duration } from '../../model/instant.ts';
import type { Named, ServerSpec } from '../../model/policy.ts';
import { type CollectContext, type Unseen, unseen } from '../collector.ts';
import { type Read, valueOf } from './named.ts';
import type { Proxy } from './proxy.ts';
import type { Trust } from './tls.ts';

/** A server with all that a request to it needs. */
export interface Target {
  url: URL;
  /** What messages call it: never a value of the environment, no query string, no credentials. */
  shown: string;
  headers: Readonly<Record<string, string>>;
  tls: Trust;
  proxy?: Proxy;
  /** For everything together: name lookup, connections, retries, redirects, the whole answer. */
  timeout: Duration;
  /** How often at most it is tried again. */
  retries: number;
  signal?: AbortSignal;
}

export type TargetReading = { ok: true; target: Target } | Unseen;

/**
 * Puts together how a server is asked; nothing is sent yet. What speaks to the network is loaded only where everything is
 * set: a check without a server must not pay for it.
 */
export async function targetOf(spec: ServerSpec, context: CollectContext): Promise<TargetReading> {
  const { timeout, retries } = spec;
  const address = addressOf(spec.url, context);
  if (!address.ok) return address;
  const headers = headersOf(spec, context);
  if (!headers.ok) return headers;
  const tls = spec.tls ? (await import('./tls.ts')).tlsOf(spec.tls, context) : noTls;
  if (!tls.ok) return tls;
  const { proxyFor } = await import('./proxy.ts');
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

const noTls = { ok: true, value: {} } as const;

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
