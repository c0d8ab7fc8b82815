import { createServer, request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { hour, minute } from '../../src/model/instant.ts';
import type { PrometheusSpec, ServerSpec } from '../../src/model/policy.ts';
import { look, type Looked, prometheusAt, serverAt } from '../collect/server/samples.ts';
import { listen, type Running } from '../support/server.ts';
import { historyUntil } from './history.ts';
import { type Prometheus, startPrometheus } from './prometheus.ts';

/** The history ends at a whole minute, a moment before it is asked for. */
const end = Math.floor(Date.now() / minute) * minute;

const history = historyUntil(end, [
  { type: 'gauge', name: 'up', labels: '{job="web"}', course: () => 1 },
  // Six a minute; the process began anew an hour ago.
  { type: 'counter', name: 'requests', course: (ago) => (ago > 60 ? (180 - ago) * 6 : (60 - ago) * 6) },
  { type: 'counter', name: 'errors', labels: '{pod="a"}', course: (ago) => (180 - ago) * 3 },
  { type: 'counter', name: 'errors', labels: '{pod="b"}', course: (ago) => (180 - ago) * 9 },
  // Nothing for the last half hour.
  { type: 'gauge', name: 'gone', course: (ago) => (ago < 30 ? undefined : 1) },
  // A hole of a quarter of an hour, forty minutes ago.
  { type: 'gauge', name: 'holed', course: (ago) => (ago > 40 && ago < 55 ? undefined : 1) },
  { type: 'gauge', name: 'ratio', course: (ago) => (ago === 5 ? 'NaN' : 0.001) },
  { type: 'gauge', name: 'spike', course: (ago) => (ago === 3 ? 50 : 1) },
]);

let server: Prometheus;

beforeAll(async () => {
  server = await startPrometheus({ history });
});
afterAll(() => server.remove());

function ask(
  query: string,
  more: Partial<PrometheusSpec> = {},
  way: Partial<ServerSpec> = {},
): Promise<Looked> {
  return look(prometheusAt(serverAt(server.url, { timeout: 5000, ...way }), { query, ...more }));
}

function valuesOf({ item }: Looked): readonly (number | undefined)[] {
  if (item.status !== 'observed' || item.content.type !== 'samples') throw new Error(JSON.stringify(item));
  return item.content.samples.map(({ value }) => value);
}

describe('a range', () => {
  it('is what was measured, at whole steps, and is judged', async () => {
    const found = await ask('sum(rate(requests_total[5m])) * 60 or 0 * sum(up == 1)');
    const values = valuesOf(found);
    expect(values.length).toBeGreaterThanOrEqual(10);
    for (const value of values) expect(value).toBeCloseTo(6, 5);
    expect(found.rule).toMatchObject({ outcome: 'fail' });
    expect((await ask('sum(rate(requests_total[5m]))')).rule).toMatchObject({ outcome: 'pass' });
  });

  it('sees a single spike', async () => {
    const { rule } = await ask('spike');
    expect(rule).toMatchObject({ outcome: 'fail', observed: 50 });
  });

  it('has no negative rate where a counter begins anew', async () => {
    const found = await ask('rate(requests_total[10m] offset 50m) * 60');
    const values = valuesOf(found);
    expect(values.length).toBeGreaterThanOrEqual(10);
    for (const value of values) {
      expect(value).toBeGreaterThan(3);
      expect(value).toBeLessThan(9);
    }
  });

  it('is zero where a live scrape proves it, and nothing where none does', async () => {
    expect(new Set(valuesOf(await ask('sum(rate(never_total[5m])) or 0 * sum(up{job="web"} == 1)')))).toEqual(
      new Set([0]),
    );
    const unproven = await ask('sum(rate(never_total[5m])) or 0 * sum(up{job="other"} == 1)');
    expect(unproven.item).toMatchObject({ status: 'absent', code: 'samples.none' });
    expect(unproven.decision).toBe('hold');
  });

  it('becomes one series by aggregation or by a reducer, else it is refused', async () => {
    expect((await ask('rate(errors_total[5m]) * 60')).item).toMatchObject({ code: 'samples.several-series' });
    const sums = [
      await ask('sum(rate(errors_total[5m])) * 60'),
      await ask('rate(errors_total[5m]) * 60', { reduce: 'sum' }),
    ];
    for (const found of sums) for (const value of valuesOf(found)) expect(value).toBeCloseTo(12, 5);
    const [most] = valuesOf(await ask('rate(errors_total[5m]) * 60', { reduce: 'max' }));
    expect(most).toBeCloseTo(9, 5);
  });

  it('that has gone stale is nothing', async () => {
    const { item, rule } = await ask('gone');
    expect(item).toMatchObject({ status: 'absent', code: 'samples.none' });
    expect(rule.outcome).toBe('unknown');
  });

  it('with a hole lacks the samples of the hole, but for the five minutes that Prometheus looks back', async () => {
    const found = await ask('holed offset 40m');
    expect(valuesOf(found).length).toBeLessThan(8);
    expect(found.rule.outcome).toBe('unknown');
    expect((await ask('holed offset 1h')).rule.outcome).toBe('pass');
  });

  it('with NaN proves nothing', async () => {
    const found = await ask('ratio');
    expect(valuesOf(found)).toContain(undefined);
    expect(found.rule.outcome).toBe('unknown');
  });

  it.each([
    ['sum(', 'server.refused-query', '(bad_data at line 1, column 5)'],
    ['errors_total * on(x) errors_total', 'server.refused-query', '(execution)'],
    ['errors_total[5m]', 'server.refused-query', '(bad_data)'],
    ['"text"', 'server.refused-query', '(bad_data)'],
    ['no_such_metric', 'samples.none', 'not the number 0'],
  ])('%s is refused', async (query, code, words) => {
    const { item, decision } = await ask(query);
    expect(item).toMatchObject({ status: 'absent', code });
    expect(item.status === 'absent' && item.message).toContain(words);
    expect(decision).toBe('hold');
  });

  it('of too many samples is not asked for', async () => {
    const { item } = await ask('up', { step: 10 });
    expect(item).toMatchObject({ code: 'samples.too-many' });
  });
});

describe('an instant', () => {
  const instant = { instant: true } as const;

  it('is one sample', async () => {
    expect(valuesOf(await ask('max_over_time(spike[10m])', instant))).toEqual([50]);
    expect(valuesOf(await ask('scalar(sum(up))', instant))).toEqual([1]);
    expect((await ask('max_over_time(spike[10m])', { ...instant, step: 10 * minute })).rule.outcome).toBe(
      'fail',
    );
    expect((await ask('spike', { ...instant, step: 10 * minute })).rule.outcome).toBe('pass');
  });

  it.each([
    ['gone', 'samples.none'],
    ['rate(errors_total[5m])', 'samples.several-series'],
    ['errors_total[5m]', 'server.bad-answer'],
    ['"text"', 'server.bad-answer'],
  ])('%s is refused', async (query, code) => {
    expect((await ask(query, instant)).item).toMatchObject({ status: 'absent', code });
  });
});

/** A proxy that lets every answer of the server wait. */
async function slowly(pause: number): Promise<Running> {
  const proxy = createServer((asked, response) => {
    const { pathname, search } = new URL(asked.url ?? '');
    setTimeout(() => {
      const onward = request(`${server.url}${pathname}${search}`, (answer) => {
        response.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(response);
      });
      onward.on('error', () => response.destroy());
      onward.end();
    }, pause);
  });
  const running = await listen(proxy);
  onTestFinished(() => running.close());
  return running;
}

describe('a server in trouble', () => {
  const throughProxy = async (pause: number, timeout: number): Promise<Looked> => {
    const proxy = await slowly(pause);
    // This machine itself is never asked through a proxy.
    const asked = prometheusAt(serverAt('http://prometheus.test', { timeout }), { query: 'up' });
    return look(asked, { env: { HTTP_PROXY: proxy.url } });
  };

  it('that is slow is waited for, as long as the policy says', async () => {
    expect((await throughProxy(300, 5000)).item.status).toBe('observed');
    const { item, decision } = await throughProxy(1000, 300);
    expect(item).toMatchObject({ status: 'absent', code: 'server.timed-out' });
    expect(decision).toBe('hold');
  });

  it('that starts again is asked again', async () => {
    await server.kill();
    expect((await ask('up', {}, { retries: 0 })).item).toMatchObject({ code: 'server.unreachable' });
    const [found] = await Promise.all([ask('up', {}, { retries: 5, timeout: 20_000 }), server.start()]);
    expect(found.item.status).toBe('observed');
    expect(found.rule.outcome).toBe('pass');
  });
});

describe('evidence of a day', () => {
  it('is asked for in one request', async () => {
    const { item } = await ask('up', { step: hour });
    expect(item.status).toBe('observed');
  });
});
