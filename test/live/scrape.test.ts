import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { second } from '../../src/model/instant.ts';
import type { MetricsTextSpec } from '../../src/model/policy.ts';
import { look, type Looked, prometheusAt, serverAt } from '../collect/server/samples.ts';
import { type Running, startServer } from '../support/server.ts';
import { type Prometheus, startPrometheus, until } from './prometheus.ts';

const text = `# TYPE jobs counter
# HELP jobs Jobs that were done.
jobs_total{queue="a \\"quoted\\" one"} 3 # {trace_id="abc"} 1
jobs_created{queue="a \\"quoted\\" one"} 1.7e9
# TYPE waiting gauge
waiting{queue="b"} 7
# EOF
`;

let exporter: Running;
let server: Prometheus;

beforeAll(async () => {
  exporter = await startServer((_, response) => {
    response.writeHead(200, { 'Content-Type': 'application/openmetrics-text; version=1.0.0' }).end(text);
  });
  server = await startPrometheus({ jobs: { web: `127.0.0.1:${exporter.port}` } });
  await until(async () => (await ask('sum(up{job="web"} == 1)')).item.status === 'observed');
});
afterAll(async () => {
  await server.remove();
  await exporter.close();
});

function ask(query: string): Promise<Looked> {
  return look(prometheusAt(serverAt(server.url), { query, step: second, instant: true }));
}

function scrape(name: string, more: Partial<MetricsTextSpec> = {}): Promise<Looked> {
  const at = serverAt(`${server.url}/metrics`);
  return look({ kind: 'metrics-text', server: at, step: second, name, labels: {}, ...more });
}

const valuesOf = ({ item }: Looked) =>
  item.status === 'observed' && item.content.type === 'samples'
    ? item.content.samples.map(({ value }) => value)
    : item;

describe('the metrics of a real program', () => {
  it('are read as they stand', async () => {
    expect(valuesOf(await scrape('prometheus_build_info'))).toEqual([1]);
    expect(valuesOf(await scrape('go_goroutines'))).toEqual([expect.any(Number)]);
    expect(valuesOf(await scrape('process_start_time_seconds'))).toEqual([expect.any(Number)]);
  });

  it('of several series need labels or a reducer', async () => {
    const name = 'prometheus_http_requests_total';
    expect((await scrape(name)).item).toMatchObject({ code: 'samples.several-series' });
    expect(valuesOf(await scrape(name, { reduce: 'sum' }))).toEqual([expect.any(Number)]);
    const labels = { handler: '/-/ready', code: '200' };
    expect(valuesOf(await scrape(name, { labels }))).toEqual([expect.any(Number)]);
  });

  it('that are not there are not zero', async () => {
    expect((await scrape('no_such_metric')).item).toMatchObject({ code: 'samples.none' });
  });

  it('are those that Prometheus itself reads', async () => {
    const at = serverAt(exporter.url);
    const read = (name: string) => look({ kind: 'metrics-text', server: at, step: second, name, labels: {} });
    expect(valuesOf(await read('waiting'))).toEqual(valuesOf(await ask('waiting{job="web"}')));
    expect(valuesOf(await read('jobs_total'))).toEqual(valuesOf(await ask('jobs_total{job="web"}')));
    const quoted = 'jobs_total{queue="a \\"quoted\\" one"}';
    expect(valuesOf(await ask(quoted))).toEqual([3]);
    const labels = { queue: 'a "quoted" one' };
    expect(
      valuesOf(await look({ kind: 'metrics-text', server: at, step: second, name: 'jobs_total', labels })),
    ).toEqual([3]);
  });
});

describe('a live scrape', () => {
  const proven = 'sum(rate(failures_total[1m])) or 0 * sum(up{job="web"} == 1)';

  it('proves zero while it works, and stops to when the exporter dies', async () => {
    expect(valuesOf(await ask(proven))).toEqual([0]);
    await exporter.close();
    await until(async () => (await ask('sum(up{job="web"} == 0)')).item.status === 'observed');
    const { item, decision } = await ask(proven);
    expect(item).toMatchObject({ status: 'absent', code: 'samples.none' });
    expect(decision).toBe('hold');
  });
});
