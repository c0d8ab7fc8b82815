import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createPlainServer } from 'node:http';
import type { ServerOptions } from 'node:https';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ServerSpec, TlsSpec } from '../../../src/model/policy.ts';
import { memoryWorkspace } from '../../../src/files/memory.ts';
import { makeAuthority, selfSigned } from '../../support/certificates.ts';
import { freePort, type Handler, listen, type Running, startServer } from '../../support/server.ts';
import { goodPairs, look, type Looked, matrix, prometheusAt, serverAt } from './samples.ts';

const good: Handler = (request, response) => {
  response.end(JSON.stringify(matrix(goodPairs(request.url ?? ''))));
};

const authority = makeAuthority('our authority');
const stranger = makeAuthority('our authority');
const yesterday = Date.now() - 86_400_000;
const leaf = authority.issue({ hosts: ['localhost', '127.0.0.1'] });
const client = authority.issue({ hosts: ['client'] });
const files = {
  'ca.pem': authority.cert,
  'client.pem': client.cert,
  'client.key': client.key,
  'stranger.pem': stranger.issue({ hosts: ['client'] }).cert,
  'text.pem': 'no certificate',
};
const text = (path: string) => ({ is: 'text', text: path }) as const;

async function run(handler: Handler, tls?: ServerOptions): Promise<Running> {
  const server = await startServer(handler, tls);
  onTestFinished(() => server.close());
  return server;
}

interface Way {
  tls?: TlsSpec;
  env?: Readonly<Record<string, string>>;
  more?: Partial<ServerSpec>;
}

function lookAt(url: string, { tls, env = {}, more = {} }: Way = {}): Promise<Looked> {
  const server = serverAt(url, { ...(tls ? { tls } : {}), timeout: 5000, ...more });
  return look(prometheusAt(server), { env, workspace: memoryWorkspace(files) });
}

const ca = { ca: text('ca.pem') };

describe('certificates', () => {
  it.each([
    ['an authority of the policy', leaf, ca],
    [
      'a name of the policy',
      authority.issue({ hosts: ['metrics.test'] }),
      { ...ca, serverName: 'metrics.test' },
    ],
  ])('%s is trusted', async (_, own, tls) => {
    const server = await run(good, own);
    expect((await lookAt(server.url, { tls })).item.status).toBe('observed');
  });

  it.each([
    ['nobody we know', leaf, {}, 'an authority that is not trusted'],
    ['another authority of the same name', stranger.issue({ hosts: ['127.0.0.1'] }), ca, 'certificate'],
    ['itself', selfSigned(['127.0.0.1']), {}, 'signed by itself alone'],
    ['ours, for another host', authority.issue({ hosts: ['elsewhere.test'] }), ca, 'is for another host'],
    ['ours, for no host', authority.issue({}), ca, 'is for another host'],
    [
      'ours, for another name than the policy says',
      leaf,
      { ...ca, serverName: 'x.test' },
      'is for another host',
    ],
    [
      'ours, and has expired',
      authority.issue({ hosts: ['127.0.0.1'], from: 0, to: yesterday }),
      ca,
      'has expired',
    ],
    [
      'ours, and is not valid yet',
      authority.issue({
        hosts: ['127.0.0.1'],
        from: Date.now() + 86_400_000,
        to: Date.now() + 2 * 86_400_000,
      }),
      ca,
      'is not valid yet',
    ],
  ])('one vouched for by %s is refused', async (_, own, tls, words) => {
    const server = await run(good, own);
    const { item, decision } = await lookAt(server.url, { tls });
    expect(item).toMatchObject({ status: 'absent', code: 'server.tls' });
    expect(item.status === 'absent' && item.message).toContain(words);
    expect(decision).toBe('hold');
    expect(server.asked).toEqual([]);
  });

  it('are verified even where Node was told not to', async () => {
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
    onTestFinished(() => {
      delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    });
    const server = await run(good, selfSigned(['127.0.0.1']));
    expect((await lookAt(server.url)).item).toMatchObject({ code: 'server.tls' });
  });

  it('https where only http is spoken is refused', async () => {
    const server = await run(good);
    const { item } = await lookAt(server.url.replace('http:', 'https:'));
    expect(item).toMatchObject({ status: 'absent', code: 'server.tls' });
  });
});

describe('certificates of the client', () => {
  const demanding = { ...leaf, ca: authority.cert, requestCert: true, rejectUnauthorized: true };
  const own = { ...ca, certificate: text('client.pem'), key: text('client.key') };

  it('is shown', async () => {
    const server = await run(good, demanding);
    expect((await lookAt(server.url, { tls: own })).item.status).toBe('observed');
  });

  it('may be a file that a variable names', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'soakgate-tls-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    writeFileSync(join(folder, 'client.key'), client.key);
    const server = await run(good, demanding);
    const tls = { ...own, key: { is: 'variable', name: 'KEY_FILE' } as const };
    const found = await lookAt(server.url, { tls, env: { KEY_FILE: join(folder, 'client.key') } });
    expect(found.item.status).toBe('observed');
    const missing = await lookAt(server.url, { tls, env: { KEY_FILE: join(folder, 'none.key') } });
    expect(missing.item).toMatchObject({ code: 'file.missing' });
    expect(JSON.stringify(missing.item)).not.toContain(folder);
  });

  it('is missed', async () => {
    const server = await run(good, demanding);
    const { item } = await lookAt(server.url, { tls: ca });
    expect(item.status).toBe('absent');
    expect(server.asked).toEqual([]);
  });

  it.each([
    ['a key of another certificate', { ...own, certificate: text('stranger.pem') }, 'server.bad-credential'],
    ['no certificate at all', { ca: text('text.pem') }, 'server.bad-credential'],
    ['a file that is not there', { ca: text('none.pem') }, 'file.missing'],
    ['a file outside of the root', { ca: text('../ca.pem') }, 'file.outside-root'],
    ['a variable that is not set', { ca: { is: 'variable', name: 'CA' } as const }, 'server.unset'],
  ] as const)('%s is refused', async (_, tls, code) => {
    expect((await lookAt('https://127.0.0.1:1', { tls })).item).toMatchObject({ status: 'absent', code });
  });
});

/** A proxy that forwards nothing itself: it answers plain requests, and tunnels to wherever it was made for. */
async function runProxy({ to, status = 200 }: { to?: Running; status?: number }): Promise<Running> {
  const asked: string[] = [];
  const headers: Running['headers'] = [];
  const server = createPlainServer((request, response) => {
    asked.push(`${request.method ?? ''} ${request.url ?? ''}`);
    headers.push(request.headers);
    good(request, response);
  });
  server.on('connect', (request, socket: Socket) => {
    asked.push(`CONNECT ${request.url ?? ''}`);
    headers.push(request.headers);
    if (status !== 200 || !to) return void socket.end(`HTTP/1.1 ${status} no\r\n\r\n`);
    const onward = connect(to.port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
    onward.on('error', () => socket.destroy());
  });
  const running = await listen(server, { asked, headers });
  onTestFinished(() => running.close());
  return running;
}

describe('proxies', () => {
  it('are told the whole URL of an http server', async () => {
    const proxy = await runProxy({});
    const { item } = await lookAt('http://metrics.test:9090/x', { env: { HTTP_PROXY: proxy.url } });
    expect(item.status).toBe('observed');
    expect(proxy.asked[0]).toMatch(/^GET http:\/\/metrics\.test:9090\/x\/api\/v1\/query_range\?/);
    expect(proxy.headers[0]?.host).toBe('metrics.test:9090');
  });

  it('tunnel to an https server, which is verified through the tunnel', async () => {
    const own = authority.issue({ hosts: ['metrics.test'] });
    const server = await run(good, own);
    const proxy = await runProxy({ to: server });
    const env = { HTTPS_PROXY: proxy.url.replace('//', '//me:p%40ssw0rd@') };
    expect((await lookAt('https://metrics.test/', { tls: ca, env })).item.status).toBe('observed');
    expect(proxy.asked).toEqual(['CONNECT metrics.test:443']);
    const sent = Buffer.from('me:p@ssw0rd').toString('base64');
    expect(proxy.headers[0]?.['proxy-authorization']).toBe(`Basic ${sent}`);
    expect(server.headers[0]?.['proxy-authorization']).toBeUndefined();
    const other = await lookAt('https://elsewhere.test/', { tls: ca, env });
    expect(other.item).toMatchObject({ code: 'server.tls' });
  });

  it.each([
    ['refuses', { HTTPS_PROXY: 'proxy' }, 'server.unreachable'],
    ['is no URL', { HTTPS_PROXY: 'http://[' }, 'server.bad-address'],
    ['speaks another protocol', { HTTPS_PROXY: 'socks5://127.0.0.1:1' }, 'server.bad-address'],
    ['is not there', { https_proxy: 'dead' }, 'server.unreachable'],
  ])('one that %s is no way', async (_, variables, code) => {
    const proxy = await runProxy({ status: 407 });
    const dead = `http://127.0.0.1:${await freePort()}`;
    const env = Object.fromEntries(
      Object.entries(variables).map(([name, value]) => [name, { proxy: proxy.url, dead }[value] ?? value]),
    );
    expect((await lookAt('https://metrics.test/', { env })).item).toMatchObject({ status: 'absent', code });
  });

  it('do not stand between us and this machine', async () => {
    const server = await run(good);
    const env = { HTTP_PROXY: 'http://127.0.0.1:1' };
    expect((await lookAt(server.url, { env })).item.status).toBe('observed');
  });
});
