import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collectEvidence } from '../../../src/collect/index.ts';
import type { PrometheusSpec } from '../../../src/model/policy.ts';
import type { ReasonCode } from '../../../src/model/reasons.ts';
import { freePort, type Handler, type Running, startServer } from '../../support/server.ts';
import { optionsOf, policyOf, spec } from '../policy.ts';
import { goodPairs, look, matrix, type Pair, prometheusAt, serverAt } from './samples.ts';

// R31: a server that is broken in each way we could think of; none of them may ever make a rule pass.
const json =
  (body: unknown, status = 200): Handler =>
  (_, response) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(text);
  };

const raw =
  (status: number, headers: Readonly<Record<string, string>>, body: string | Buffer = ''): Handler =>
  (_, response) => {
    response.writeHead(status, headers).end(body);
  };

/** The good answer with its pairs changed. */
const pairs =
  (change: (pairs: Pair[]) => readonly Pair[]): Handler =>
  (request, response) =>
    json(matrix(change(goodPairs(request.url ?? ''))))(request, response);

/** The good answer with its body changed. */
const body =
  (change: (good: string) => unknown): Handler =>
  (request, response) => {
    const changed = change(JSON.stringify(matrix(goodPairs(request.url ?? ''))));
    json(changed)(request, response);
  };

const withValue = (value: unknown): Handler => pairs((all) => all.map(([time]) => [time, value] as const));
const withTime = (turn: (time: number, index: number) => unknown): Handler =>
  pairs((all) => all.map(([time, value], index) => [turn(time as number, index), value] as const));
const result = (resultType: string, value: unknown): Handler =>
  json({ status: 'success', data: { resultType, result: value } });

const drip = (piece: string | Buffer, pause: number): Handler => {
  return (_, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json' });
    const timer = setInterval(() => response.write(piece), pause);
    response.on('close', () => clearInterval(timer));
  };
};

const flood: Handler = (_, response) => {
  const piece = Buffer.alloc(1 << 20, ' ');
  const pour = (): void => {
    while (!response.destroyed && response.write(piece));
    if (!response.destroyed) response.once('drain', pour);
  };
  pour();
};

const bomb = gzipSync(Buffer.alloc(64 << 20, ' '));
const gzip = { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' };

const faults: readonly (readonly [string, ReasonCode, Handler])[] = [
  // What HTTP says
  ['not found', 'server.status', raw(404, { 'Content-Type': 'text/plain' }, '404 page not found')],
  ['not authorized', 'server.status', raw(401, {})],
  ['forbidden, in HTML', 'server.status', raw(403, { 'Content-Type': 'text/html' }, '<h1>no</h1>')],
  ['too many requests', 'server.status', raw(429, {})],
  ['internal error', 'server.status', json({ status: 'success' }, 500)],
  ['a proxy without its server', 'server.status', raw(502, { 'Content-Type': 'text/html' }, '<h1>bad</h1>')],
  ['no content', 'server.status', raw(204, {})],
  ['a good answer with 206', 'server.status', (q, s) => json(matrix(goodPairs(q.url ?? '')), 206)(q, s)],
  ['a good answer with 500', 'server.status', (q, s) => json(matrix(goodPairs(q.url ?? '')), 500)(q, s)],
  ['redirect to another host', 'server.redirect', raw(302, { Location: 'http://elsewhere.test/' })],
  ['redirect to another port', 'server.redirect', raw(307, { Location: 'http://127.0.0.1:1/' })],
  ['redirect to another scheme', 'server.redirect', raw(308, { Location: 'https://127.0.0.1/' })],
  ['redirect to a file', 'server.redirect', raw(301, { Location: 'file:///etc/passwd' })],
  ['redirect to nowhere', 'server.redirect', raw(302, {})],
  ['redirect to no URL', 'server.redirect', raw(302, { Location: 'http://[' })],
  ['redirect without end', 'server.redirect', (q, s) => raw(302, { Location: q.url ?? '' })(q, s)],
  // What comes over the wire
  ['no answer', 'server.timed-out', () => undefined],
  ['an answer in drops', 'server.timed-out', drip(' ', 50)],
  ['an answer without end', 'server.too-large', flood],
  ['a gzip bomb', 'server.too-large', raw(200, gzip, bomb)],
  ['broken gzip', 'server.bad-answer', raw(200, gzip, 'no gzip')],
  ['half a gzip', 'server.bad-answer', raw(200, gzip, gzipSync('{"status":"success"}').subarray(0, 20))],
  ['compressed unasked', 'server.bad-answer', raw(200, { 'Content-Encoding': 'br' }, 'x')],
  ['closed without an answer', 'server.unreachable', (_, response) => void response.socket?.destroy()],
  [
    'a body that is cut off',
    'server.unreachable',
    (_, response) => {
      response.writeHead(200, { 'Content-Length': '1000' }).write('{"status":');
      setTimeout(() => response.socket?.destroy(), 20);
    },
  ],
  [
    'chunks that are cut off',
    'server.unreachable',
    (_, response) => {
      response.writeHead(200).write('{"status":"success"}');
      setTimeout(() => response.socket?.destroy(), 20);
    },
  ],
  ['no HTTP', 'server.bad-answer', (_, response) => void response.socket?.end('SSH-2.0-OpenSSH_9.2\r\n')],
  ['too much of a header', 'server.bad-answer', raw(200, { 'X-Long': 'x'.repeat(40_000) })],
  // What is no answer of Prometheus
  ['HTML', 'server.bad-answer', raw(200, { 'Content-Type': 'text/html' }, '<form>Sign in</form>')],
  ['nothing', 'server.bad-answer', json('')],
  ['half of the JSON', 'server.bad-answer', body((good) => good.slice(0, -20))],
  ['two documents', 'server.bad-answer', body((good) => good + good)],
  ['a list', 'server.bad-answer', json([])],
  ['null', 'server.bad-answer', json('null')],
  ['a name twice', 'server.bad-answer', body((good) => good.replace('{', '{"status":"error",'))],
  ['no UTF-8', 'server.bad-answer', raw(200, {}, Buffer.from([0x22, 0xff, 0x22]))],
  ['UTF-16', 'server.bad-answer', raw(200, {}, Buffer.from('{"status":"success"}', 'utf16le'))],
  ['NaN as a number', 'server.bad-answer', body((good) => good.replaceAll('"1"', 'NaN'))],
  // What Prometheus says of itself
  [
    'error with status 200',
    'server.refused-query',
    json({ status: 'error', errorType: 'internal', error: 'x' }),
  ],
  [
    'a query that is wrong',
    'server.refused-query',
    json({ status: 'error', errorType: 'bad_data', error: 'x' }, 400),
  ],
  [
    'a query that fails',
    'server.refused-query',
    json({ status: 'error', errorType: 'execution', error: 'x' }, 422),
  ],
  ['no status', 'server.bad-answer', body((good) => good.replace('"status":"success",', ''))],
  ['another status', 'server.bad-answer', body((good) => good.replace('success', 'Success'))],
  [
    'warnings',
    'samples.partial',
    body((good) => good.replace('{', '{"warnings":["a store did not answer"],')),
  ],
  [
    'success with an error beside the data',
    'server.bad-answer',
    body((good) => good.replace('{', '{"error":"expanding series: context canceled",')),
  ],
  [
    'success with the type of an error',
    'server.bad-answer',
    body((good) => good.replace('{', '{"errorType":"timeout","error":"",')),
  ],
  [
    'warnings that are no list',
    'server.bad-answer',
    body((good) => good.replace('{', '{"warnings":"none",')),
  ],
  [
    'partial, as VictoriaMetrics says it',
    'samples.partial',
    body((good) => good.replace('{', '{"isPartial":true,')),
  ],
  ['no data', 'server.bad-answer', json({ status: 'success' })],
  ['data that is a list', 'server.bad-answer', json({ status: 'success', data: [] })],
  ['a vector', 'server.bad-answer', result('vector', [{ metric: {}, value: [1, '1'] }])],
  ['a scalar', 'server.bad-answer', result('scalar', [1, '1'])],
  ['a string', 'server.bad-answer', result('string', [1, '1'])],
  ['streams of a log', 'server.bad-answer', result('streams', [{ stream: {}, values: [['1', 'x']] }])],
  ['a result that is no list', 'server.bad-answer', result('matrix', {})],
  // What the samples are
  ['no series', 'samples.none', json(matrix())],
  [
    'two series',
    'samples.several-series',
    (q, s) => json(matrix(goodPairs(q.url ?? ''), goodPairs(q.url ?? '')))(q, s),
  ],
  ['a series without samples', 'server.bad-answer', json(matrix([]))],
  ['a series that is null', 'server.bad-answer', result('matrix', [null])],
  [
    'a series without labels',
    'server.bad-answer',
    body((good) => good.replace('"metric":{"instance":"0"},', '')),
  ],
  [
    'a label that is a number',
    'server.bad-answer',
    body((good) => good.replace('"instance":"0"', '"instance":0')),
  ],
  [
    'native histograms',
    'server.bad-answer',
    body((good) => good.replace('"values"', '"histograms":[],"values"')),
  ],
  ['a value that is a number', 'samples.bad-value', withValue(1)],
  ['a value that is null', 'samples.bad-value', withValue(null)],
  ['an empty value', 'samples.bad-value', withValue('')],
  ['a value with blanks', 'samples.bad-value', withValue(' 1')],
  ['a hexadecimal value', 'samples.bad-value', withValue('0x1')],
  ['a value with a comma', 'samples.bad-value', withValue('1,5')],
  ['a value with parted digits', 'samples.bad-value', withValue('1_000')],
  ['a value beyond the finite', 'samples.bad-value', withValue('1e999')],
  ['a value with a unit', 'samples.bad-value', withValue('1ms')],
  ['a sample of three', 'server.bad-answer', pairs((all) => all.map(([t, v]) => [t, v, 1] as const))],
  [
    'a sample that is an object',
    'server.bad-answer',
    pairs((all) => all.map(([t, v]) => ({ t, v })) as never),
  ],
  ['times as texts', 'samples.bad-time', withTime((time) => String(time))],
  ['times in milliseconds', 'samples.bad-time', withTime((time) => time * 1000)],
  ['times beyond any calendar', 'samples.bad-time', withTime((time) => time * 1e9)],
  ['times before what was asked', 'samples.bad-time', withTime((time) => time - 86_400)],
  ['times after what was asked', 'samples.bad-time', withTime((time) => time + 86_400)],
  ['times beside the steps', 'samples.bad-time', withTime((time) => time + 7)],
  ['a time twice', 'samples.bad-time', withTime((time, index) => (index === 1 ? time - 60 : time))],
  ['the newest first', 'samples.bad-time', pairs((all) => all.reverse())],
];

let server: Running;
let answer: Handler;

beforeAll(async () => {
  server = await startServer((request, response) => answer(request, response));
});
afterAll(() => server.close());

const at = (more: Parameters<typeof serverAt>[1] = {}, parts: Partial<PrometheusSpec> = {}) =>
  prometheusAt(serverAt(server.url, more), parts);

describe('a broken server', () => {
  it('is broken in more than 60 ways', () => {
    expect(faults.length).toBeGreaterThan(60);
  });

  it.each(faults)('%s', async (_, code, handler) => {
    answer = handler;
    const timeout = code === 'server.timed-out' ? 300 : 15_000;
    const { item, rule, decision } = await look(at({ timeout }));
    expect(item).toMatchObject({ status: 'absent', code });
    expect(rule).toMatchObject({ outcome: 'unknown', code });
    expect(decision).toBe('hold');
  });

  it.each([
    ['NaN', withValue('NaN')],
    ['infinite', withValue('+Inf')],
    ['NaN now and then', pairs((all) => all.map(([time], i) => [time, i === 3 ? 'NaN' : '1'] as const))],
    ['only half of them', pairs((all) => all.slice(0, 5))],
    ['only the newest', pairs((all) => all.slice(-1))],
  ])('samples that are %s prove nothing', async (_, handler) => {
    answer = handler;
    const { item, rule, decision } = await look(at());
    expect(item.status).toBe('observed');
    expect(rule.outcome).toBe('unknown');
    expect(decision).toBe('hold');
  });
});

describe('a server that cannot be reached', () => {
  it('is not there', async () => {
    const { item, decision } = await look(prometheusAt(serverAt(`http://127.0.0.1:${await freePort()}`)));
    expect(item).toMatchObject({ status: 'absent', code: 'server.unreachable' });
    expect(decision).toBe('hold');
  });

  it.each([
    ['no scheme', 'prometheus:9090'],
    ['no form', 'not one'],
    ['another scheme', 'ftp://127.0.0.1/'],
    ['credentials', 'http://me:hunter22@127.0.0.1/'],
  ])('has a URL with %s', async (_, url) => {
    const { item, decision } = await look(prometheusAt(serverAt(url)));
    expect(item).toMatchObject({ status: 'absent', code: 'server.bad-address' });
    expect(JSON.stringify(item)).not.toContain('hunter22');
    expect(decision).toBe('hold');
  });
});

describe('attempts', () => {
  const failing = (times: number, fault: Handler): Handler => {
    let left = times;
    return (request, response) =>
      left-- > 0 ? fault(request, response) : json(matrix(goodPairs(request.url ?? '')))(request, response);
  };

  it.each([
    ['503', raw(503, {})],
    ['a connection that breaks', ((_, response) => void response.socket?.destroy()) satisfies Handler],
  ])('%s is tried again', async (_, fault) => {
    answer = failing(2, fault);
    const before = server.asked.length;
    const { item } = await look(at({ retries: 2, timeout: 5000 }));
    expect(item.status).toBe('observed');
    expect(server.asked.length - before).toBe(3);
  });

  it.each([400, 401, 404])('%d is not tried again', async (status) => {
    answer = failing(1, raw(status, {}));
    const before = server.asked.length;
    expect((await look(at({ retries: 2 }))).item.status).toBe('absent');
    expect(server.asked.length - before).toBe(1);
  });

  it('ends with the timeout, whatever is left to try', async () => {
    answer = raw(503, {});
    const start = performance.now();
    const { item } = await look(at({ retries: 5, timeout: 500 }));
    expect(item.status).toBe('absent');
    expect(performance.now() - start).toBeLessThan(1500);
  });

  it('can be interrupted', async () => {
    answer = () => undefined;
    const ending = new AbortController();
    setTimeout(() => ending.abort(), 50);
    const start = performance.now();
    const { item } = await look(at({ timeout: 10_000 }), { signal: ending.signal });
    expect(item).toMatchObject({ code: 'server.interrupted' });
    expect(performance.now() - start).toBeLessThan(2000);
  });
});

describe('memory', () => {
  it('stays bounded under a flood', async () => {
    answer = flood;
    const before = process.memoryUsage().rss;
    await look(at({ timeout: 5000 }));
    expect(process.memoryUsage().rss - before).toBeLessThan(128 * 1024 * 1024);
  });
});

describe('several at once', () => {
  it('are asked side by side', async () => {
    answer = (request, response) => {
      setTimeout(() => json(matrix(goodPairs(request.url ?? '')))(request, response), 300);
    };
    const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'];
    const policy = policyOf(Object.fromEntries(ids.map((id) => [id, spec(at())])));
    const start = performance.now();
    const collected = await collectEvidence(policy, optionsOf({}, { clock: Date.now }));
    expect(performance.now() - start).toBeLessThan(2400);
    expect(collected.ok && collected.value.evidence.map(({ id, status }) => [id, status])).toEqual(
      ids.map((id) => [id, 'observed']),
    );
  });
});

describe('an instant query', () => {
  const vector = (value: unknown, ago = 0): Handler => {
    return (request, response) => {
      const time = Number(new URL(request.url ?? '', 'http://x').searchParams.get('time')) - ago;
      const text = JSON.stringify({ resultType: 'vector', result: [{ metric: {}, value: [time, value] }] });
      response.end(`{"status":"success","data":${text}}`);
    };
  };
  const instant = (step = 10 * 60_000) => look(at({}, { instant: true, step }));

  it('is one sample of now', async () => {
    answer = vector('3');
    const { item, rule } = await instant();
    expect(server.asked.at(-1)).toMatch(/^GET \/api\/v1\/query\?query=errors&time=\d+$/);
    expect(item).toMatchObject({ status: 'observed', content: { samples: [{ value: 3 }] } });
    expect(rule.outcome).toBe('pass');
    answer = vector('6');
    expect((await instant()).rule.outcome).toBe('fail');
  });

  it('does not stand for a longer window', async () => {
    answer = vector('3');
    expect((await instant(60_000)).rule.outcome).toBe('unknown');
  });

  it.each<[string, Handler, ReasonCode]>([
    ['a matrix', (q, s) => json(matrix([[1, '1']]))(q, s), 'server.bad-answer'],
    [
      'a native histogram',
      result('vector', [{ metric: {}, value: [1, '1'], histogram: [] }]),
      'server.bad-answer',
    ],
    ['a value of another time', vector('3', 3600), 'samples.bad-time'],
    ['a value of the future', vector('3', -1), 'samples.bad-time'],
    ['a value that is a number', vector(3), 'samples.bad-value'],
    ['nothing', result('vector', []), 'samples.none'],
    ['a vector that is no list', result('vector', {}), 'server.bad-answer'],
  ])('%s is refused', async (_, handler, code) => {
    answer = handler;
    expect((await instant()).item).toMatchObject({ status: 'absent', code });
  });
});
