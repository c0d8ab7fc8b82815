import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { ReasonCode } from '../../src/model/reasons.ts';
import { type Asked, parsePrometheus } from '../../src/parse/samples/prometheus.ts';
import { oneSeries, type Sample } from '../../src/parse/samples/series.ts';

// Answers of a real server, and the examples of its documentation. Each is read as what it was asked for.
const folder = new URL('../../../shared/standards/prometheus/', import.meta.url);
const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));

interface Exchange {
  name: string;
  path?: string;
  query?: Readonly<Record<string, string>>;
  request?: string;
  httpStatus: number;
  body?: unknown;
  bodyText?: string;
}

const captured = (read('http-api-captured-2.42.json') as { exchanges: readonly Exchange[] }).exchanges;
const examples = (read('http-api-examples.json') as { examples: readonly Exchange[] }).examples;

type Expected = readonly Sample[] | ReasonCode;
const at = (seconds: number, value?: number): Sample =>
  value === undefined ? { time: seconds * 1000 } : { time: seconds * 1000, value };

const expectedOfCaptured: Readonly<Record<string, Expected>> = {
  vector: 'samples.several-series',
  'vector, aggregated: empty metric': [at(1771200000, 4)],
  'vector, float in exponent form': [at(1771200000, 1e-7)],
  'vector, NaN': [at(1771113600)],
  'vector, +Inf': [at(1771286400)],
  'vector, empty: series does not exist': 'samples.none',
  'vector, empty: staleness (sample older than 5 minutes)': 'samples.none',
  'vector, empty: comparison filters': 'samples.none',
  'vector, bool comparison keeps series': 'samples.several-series',
  scalar: [at(1771200000, 4)],
  'scalar, division by zero': [at(1771200000)],
  string: 'server.bad-answer',
  'matrix from an instant query with a range selector': 'server.bad-answer',
  'matrix, range query with gaps and NaN': [
    at(1771027200, 0.001),
    at(1771113600),
    at(1771200000, 1e-7),
    at(1771286400),
  ],
  'matrix, counter reset in the window': 'samples.several-series',
  'error: parse': 'server.refused-query',
  'error: missing query': 'server.refused-query',
  'error: too many points': 'server.refused-query',
  'error: end before start': 'server.refused-query',
  'error: execution (many-to-many)': 'server.refused-query',
  labels: 'server.bad-answer',
  buildinfo: 'server.bad-answer',
  'not found (not JSON)': 'server.bad-answer',
};

const expectedOfExamples: Readonly<Record<string, Expected>> = {
  'instant vector (verbatim example, query=up)': 'samples.several-series',
  'range matrix (verbatim example, query_range up step 15s)': 'samples.several-series',
  scalar: [at(1435781460.781, 1)],
  string: 'server.bad-answer',
  'empty vector: no series is not the value 0': 'samples.none',
  'NaN and infinities arrive as quoted strings': 'samples.several-series',
  'success with warnings (partial data)': 'samples.partial',
  'success with infos (newer servers)': 'samples.none',
  'bad query': 'server.refused-query',
  'execution error': 'server.refused-query',
  timeout: 'server.refused-query',
};

/** What was asked, as far as it is told; else what the answer itself names, so that its times fit. */
function askedOf({ path, query, request, body }: Exchange): Asked {
  const { searchParams } = new URL(request?.replace(/^GET /, '') ?? '', 'http://x');
  const told = (name: string) => query?.[name] ?? searchParams.get(name) ?? undefined;
  const instant = (text: string | undefined) =>
    text?.includes('T') ? Date.parse(text) : Number(text ?? Number.NaN) * 1000;
  if ((path ?? request ?? '').includes('query_range')) {
    const step = Number.parseFloat(told('step') ?? '1') * 1000;
    return { from: instant(told('start')), to: instant(told('end')), step };
  }
  const first = /\[(\d+(?:\.\d+)?),"/.exec(JSON.stringify(body ?? ''))?.[1];
  const to = instant(told('time') ?? first ?? '0');
  return { from: to - 60_000, to, step: 0 };
}

function answer(exchange: Exchange): Expected {
  const { body, bodyText } = exchange;
  const series = parsePrometheus(bodyText ?? JSON.stringify(body), askedOf(exchange));
  const one = series.ok ? oneSeries(series.series, undefined) : series;
  return one.ok ? one.samples : one.code;
}

describe.each([
  ['captured from Prometheus 2.42', captured, expectedOfCaptured, 23],
  ['of the documentation', examples, expectedOfExamples, 11],
] as const)('answers %s', (_, exchanges, expected, count) => {
  test(`are ${count}, each with what is expected of it`, () => {
    expect(exchanges.map(({ name }) => name)).toEqual(Object.keys(expected));
    expect(exchanges).toHaveLength(count);
  });

  test.each(exchanges.map((exchange) => [exchange.name, exchange] as const))('%s', (name, exchange) => {
    expect(answer(exchange)).toEqual(expected[name]);
  });
});

test('series become one, instant by instant', () => {
  const reset = captured.find(({ name }) => name === 'matrix, counter reset in the window') as Exchange;
  const series = parsePrometheus(JSON.stringify(reset.body), askedOf(reset));
  const reduced = (reduce: 'sum' | 'max') => (series.ok ? oneSeries(series.series, reduce) : series);
  const samples = (values: readonly [number, number, number]) =>
    values.map((value, index) => at(1771113600 + index * 86_400, value));
  expect(reduced('sum')).toEqual({ ok: true, samples: samples([0, 4, 5]) });
  expect(reduced('max')).toEqual({ ok: true, samples: samples([0, 3, 3]) });
});
