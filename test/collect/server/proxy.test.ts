import { describe, expect, it } from 'vitest';
import { proxyFor } from '../../../src/collect/server/proxy.ts';

const proxyOf = (url: string, env: Readonly<Record<string, string>>) => {
  const proxy = proxyFor(new URL(url), (name) => env[name]);
  return typeof proxy === 'object' ? proxy.url.href : proxy;
};

describe('the proxy of a URL', () => {
  it.each([
    ['http://m.test/', { HTTP_PROXY: 'http://p:1' }, 'http://p:1/'],
    ['http://m.test/', { http_proxy: 'p:1' }, 'http://p:1/'],
    ['http://m.test/', { HTTPS_PROXY: 'http://p:1' }, undefined],
    ['https://m.test/', { HTTP_PROXY: 'http://p:1' }, undefined],
    ['https://m.test/', { HTTPS_PROXY: ' https://p:1 ' }, 'https://p:1/'],
    ['https://m.test/', { HTTPS_PROXY: '', https_proxy: 'http://q:1' }, 'http://q:1/'],
    ['https://m.test/', { HTTPS_PROXY: '  ' }, undefined],
    ['https://m.test/', { HTTPS_PROXY: 'socks5://p:1' }, 'unusable'],
    ['https://m.test/', { HTTPS_PROXY: 'http://[' }, 'unusable'],
    ['https://m.test/', { HTTPS_PROXY: 'http://%zz@p:1' }, 'unusable'],
    ['http://localhost/', { HTTP_PROXY: 'http://p:1' }, undefined],
    ['http://127.8.8.8/', { HTTP_PROXY: 'http://p:1' }, undefined],
    ['http://[::1]/', { HTTP_PROXY: 'http://p:1' }, undefined],
  ])('%s with %j is %s', (url, env, expected) => {
    expect(proxyOf(url, env)).toBe(expected);
  });

  it('carries credentials apart', () => {
    const proxy = proxyFor(new URL('http://m.test/'), (name) =>
      name === 'HTTP_PROXY' ? 'http://me:p%40ss@p:1' : undefined,
    );
    expect(proxy).toMatchObject({ authorization: `Basic ${Buffer.from('me:p@ss').toString('base64')}` });
  });
});

describe('NO_PROXY', () => {
  it.each([
    ['http://metrics.test:9090', '*', true],
    ['http://metrics.test:9090', 'metrics.test', true],
    ['http://metrics.test:9090', '.test', true],
    ['http://metrics.test:9090', '*.test', true],
    ['http://metrics.test:9090', 'test', true],
    ['http://metrics.test:9090', 'a.b, metrics.test:9090', true],
    ['http://metrics.test', 'metrics.test:80', true],
    ['http://metrics.test:9090', 'x,,METRICS.TEST', true],
    ['http://metrics.test:9090', '', false],
    ['http://metrics.test:9090', 'etrics.test', false],
    ['http://metrics.test:9090', 'metrics.test:9091', false],
    ['http://metrics.test:9090', 'metrics.test.com', false],
    ['http://metrics.test:9090', 'x.metrics.test', false],
    ['http://metrics.test:9090', '.metrics.test', false],
    ['http://metrics.test:9090', '10.0.0.0/8', false],
    ['http://10.1.2.3', '10.0.0.0/8', true],
    ['http://10.1.2.3', '10.1.2.3', true],
    ['http://10.1.2.3', '11.0.0.0/8,fd00::/8', false],
    ['http://10.1.2.3', '10.0.0.0/33', false],
    ['http://[fd00::1]', 'fd00::/8', true],
    ['http://[fd00::1]', 'fd00::1', true],
    ['http://[fd00::1]:9090', '[fd00::1]:9090', true],
    ['http://[fd00::1]', 'fe80::/10', false],
  ])('%s with `%s` is spared: %s', (url, list, spared) => {
    expect(proxyOf(url, { HTTP_PROXY: 'http://p:1', no_proxy: list })).toBe(
      spared ? undefined : 'http://p:1/',
    );
  });
});
