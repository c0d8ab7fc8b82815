import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { formatDuration } from '../../model/instant.ts';
import { type Unseen, unseen } from '../collector.ts';
import { connect } from './connect.ts';
import { type Answer, exchange } from './exchange.ts';
import { type Failure, failure } from './failure.ts';
import type { Target } from './target.ts';

/** Milliseconds before the second attempt; each further pause is twice as long. */
const firstPause = 200;

const mostRedirects = 3;

/**
 * Asks a server with GET. Answers of 5xx and faults of the network are tried again, all within the timeout. Redirects
 * are followed on the same host alone: anywhere else our credentials have no business.
 */
export async function ask(target: Target, url: URL, accept: string): Promise<Answer | Unseen> {
  const ending = new AbortController();
  const timer = setTimeout(() => ending.abort(), target.timeout);
  const signal = target.signal ? AbortSignal.any([ending.signal, target.signal]) : ending.signal;
  try {
    const ended = once(signal, 'abort').then(() => failure('server.timed-out', 'did not answer'));
    const answer = await Promise.race([tryAgain(target, { url, accept, signal }), ended]);
    if (answer.ok) return answer;
    if (target.signal?.aborted === true)
      return told(target, failure('server.interrupted', 'was not waited for'));
    // What breaks after our own end of the connection is only its echo.
    if (!ending.signal.aborted) return told(target, answer);
    return told(
      target,
      failure('server.timed-out', `did not answer within ${formatDuration(target.timeout)}`),
    );
  } finally {
    clearTimeout(timer);
    ending.abort();
  }
}

function told({ shown }: Target, { code, what }: Failure): Unseen {
  return unseen(code, `\`${shown}\` ${what}`);
}

interface Asking {
  url: URL;
  accept: string;
  signal: AbortSignal;
}

async function tryAgain(target: Target, asking: Asking): Promise<Answer | Failure> {
  for (let attempt = 0; ; attempt++) {
    const answer = await follow(target, asking);
    const again = answer.ok ? answer.status >= 500 : answer.again;
    if (!again || attempt >= target.retries || asking.signal.aborted) return answer;
    try {
      await sleep(firstPause * 2 ** attempt, undefined, { signal: asking.signal });
    } catch {
      return answer;
    }
  }
}

async function follow(target: Target, { url, accept, signal }: Asking): Promise<Answer | Failure> {
  let at = url;
  for (let hops = 0; ; hops++) {
    const answer = await askOnce(target, { url: at, accept, signal });
    if (!answer.ok || answer.status < 300 || answer.status > 399) return answer;
    const next = nextOf(answer, at);
    if (next === undefined) return failure('server.redirect', `redirects to nowhere (${answer.status})`);
    if (next.origin !== at.origin)
      return failure('server.redirect', `redirects to another host (${answer.status})`);
    if (hops >= mostRedirects) return failure('server.redirect', 'redirects again and again');
    at = next;
  }
}

function nextOf({ location }: Answer, from: URL): URL | undefined {
  try {
    return location === undefined ? undefined : new URL(location, from);
  } catch {
    return undefined;
  }
}

async function askOnce(target: Target, { url, accept, signal }: Asking): Promise<Answer | Failure> {
  const connection = await connect(target, url, signal);
  if (!connection.ok) return connection;
  const plainProxy = url.protocol === 'http:' ? target.proxy : undefined;
  const way = `${url.pathname}${url.search}`;
  const headers = {
    ...target.headers,
    Host: url.host,
    Accept: accept,
    'Accept-Encoding': 'gzip',
    'User-Agent': 'soakgate',
    Connection: 'close',
    ...(plainProxy?.authorization === undefined ? {} : { 'Proxy-Authorization': plainProxy.authorization }),
  };
  // A proxy is told the whole URL (RFC 9112, section 3.2.2).
  const path = plainProxy ? `${url.origin}${way}` : way;
  return exchange(connection.socket, { path, headers }, signal);
}
