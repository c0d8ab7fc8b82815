import { request } from 'node:http';
import { connect as connectPlain, isIP, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as connectTls } from 'node:tls';
import { type Failure, failure, failureOf } from './failure.ts';
import { hostOf, portOf, type Proxy } from './proxy.ts';
import type { Target } from './target.ts';

export type Connection = { ok: true; socket: Duplex } | Failure;

/**
 * A connection over which the URL can be asked, encrypted where it says so. INVARIANT: no certificate goes unchecked,
 * whatever `NODE_TLS_REJECT_UNAUTHORIZED` says; and Node's own agents and proxies take no part.
 */
export async function connect(target: Target, url: URL, signal: AbortSignal): Promise<Connection> {
  const { proxy, tls } = target;
  if (url.protocol === 'http:') return openTo(proxy?.url ?? url, signal);
  if (!proxy) return encrypt(url, tls, { signal });
  const outer = await openTo(proxy.url, signal);
  if (!outer.ok) return outer;
  const tunnel = await digTunnel(outer.socket, { proxy, url, signal });
  return tunnel.ok ? encrypt(url, tls, { signal, through: tunnel.socket }) : tunnel;
}

function openTo(url: URL, signal: AbortSignal): Promise<Connection> {
  if (url.protocol === 'https:') return encrypt(url, {}, { signal });
  return opened(connectPlain({ host: hostOf(url), port: portOf(url) }), 'connect', signal);
}

function encrypt(
  url: URL,
  { context, serverName }: Target['tls'],
  { signal, through }: { signal: AbortSignal; through?: Duplex },
): Promise<Connection> {
  const host = hostOf(url);
  const socket = connectTls({
    ...(through ? { socket: through } : { port: portOf(url) }),
    host,
    // An address is no name that a certificate could be chosen by; it is compared all the same.
    servername: serverName ?? (isIP(host) === 0 ? host : ''),
    rejectUnauthorized: true,
    ALPNProtocols: ['http/1.1'],
    ...(context ? { secureContext: context } : {}),
  });
  return opened(socket, 'secureConnect', signal);
}

function opened(
  socket: Socket,
  event: 'connect' | 'secureConnect',
  signal: AbortSignal,
): Promise<Connection> {
  return new Promise((settle) => {
    const abort = (): void => void socket.destroy();
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
    socket.once(event, () => settle({ ok: true, socket }));
    // Stays for the life of the socket: an error that nobody listens to would end the process.
    socket.on('error', (error) => settle(failureOf(error)));
    socket.once('close', () => {
      signal.removeEventListener('abort', abort);
      settle(failure('server.unreachable', 'closed the connection', true));
    });
  });
}

/** RFC 9110, section 9.3.6: the proxy connects us to the host and takes no part in what is said. */
function digTunnel(
  outer: Duplex,
  { proxy, url, signal }: { proxy: Proxy; url: URL; signal: AbortSignal },
): Promise<Connection> {
  const authority = `${url.hostname}:${portOf(url)}`;
  const ask = request({
    method: 'CONNECT',
    path: authority,
    headers: {
      Host: authority,
      ...(proxy.authorization === undefined ? {} : { 'Proxy-Authorization': proxy.authorization }),
    },
    createConnection: () => outer,
    signal,
  });
  return new Promise((settle) => {
    ask.once('connect', (response, socket) => {
      if (response.statusCode === 200) {
        settle({ ok: true, socket });
        return;
      }
      socket.destroy();
      const again = (response.statusCode ?? 0) >= 500;
      settle(failure('server.unreachable', `is refused by the proxy (${response.statusCode ?? 0})`, again));
    });
    ask.once('response', (response) => {
      response.destroy();
      settle(failure('server.unreachable', `is refused by the proxy (${response.statusCode ?? 0})`));
    });
    ask.once('error', (error) => settle(failureOf(error)));
    ask.end();
  });
}
