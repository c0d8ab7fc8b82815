import { type Duration, formatInstant } from '../../model/instant.ts';
import { isObject, type Json } from '../../model/json.ts';
import { parseJson } from '../json.ts';
import { fromSeconds, readValue } from './number.ts';
import {
  type Refusal,
  refusal,
  type Sample,
  type SamplesReading,
  type Series,
  type SeriesReading,
  type Span,
} from './series.ts';

/** What was asked of the HTTP API of Prometheus. */
export interface Asked extends Span {
  /** 0 for an instant query, whose one sample is of `to`. */
  step: Duration;
}

/** Error types that the API documents; no other word of an error is repeated. */
const errorTypes: readonly string[] = [
  ...[
    'timeout',
    'canceled',
    'execution',
    'bad_data',
    'internal',
    'unavailable',
    'not_found',
    'not_acceptable',
  ],
];

/** Reads an answer of `/api/v1/query` or `/api/v1/query_range`, whole and of exactly what was asked, or refuses it. */
export function parsePrometheus(text: string, asked: Asked): SeriesReading {
  const json = parseJson(text);
  if (!json.ok || !isObject(json.value)) return bad('does not answer in the JSON of Prometheus');
  const { status, data, warnings, isPartial } = json.value;
  if (status === 'error') return refusedQuery(json.value);
  if (status !== 'success') return bad('does not say that the query succeeded');
  if (tellsError(json.value)) return bad('says that the query succeeded, and tells of an error beside it');
  if (warnings !== undefined && !Array.isArray(warnings)) return bad('has warnings that are no list');
  // `isPartial` is how VictoriaMetrics says it.
  if ((warnings && warnings.length > 0) || (isPartial !== undefined && isPartial !== false))
    return refusal('samples.partial', 'warns that its answer may not be whole');
  if (!isObject(data)) return bad('has no data');
  return asked.step > 0 ? readMatrix(data, asked) : readInstant(data, asked);
}

/** Beside data an error means that they are not whole; an empty text is how some proxies write none. */
function tellsError(answer: Json): boolean {
  const { errorType, error } = isObject(answer) ? answer : {};
  return [errorType, error].some((one) => one !== undefined && one !== null && one !== '');
}

/** Why a query was refused, as far as it can be told in words of our own. */
export function refusedQuery(answer: Json): Refusal {
  const { errorType, error } = isObject(answer) ? answer : {};
  const type =
    typeof errorType === 'string' && errorTypes.includes(errorType) ? errorType : 'no known reason';
  const place = typeof error === 'string' ? /(?:^| )(\d{1,6}):(\d{1,6}): parse error/.exec(error) : null;
  const where = place ? ` at line ${place[1] as string}, column ${place[2] as string}` : '';
  return refusal('server.refused-query', `refuses the query (${type}${where})`);
}

function bad(what: string): Refusal {
  return refusal('server.bad-answer', what);
}

type Data = Readonly<Record<string, unknown>>;

function readMatrix({ resultType, result }: Data, asked: Asked): SeriesReading {
  if (resultType !== 'matrix' || !Array.isArray(result))
    return bad(`has no range of samples${typeWords(resultType)}`);
  return readAll(result, ({ values, histograms }) => {
    if (!Array.isArray(values) || values.length === 0 || histograms !== undefined)
      return bad('has a series that holds no plain samples');
    return readSamples(values, asked);
  });
}

function readInstant({ resultType, result }: Data, asked: Asked): SeriesReading {
  if ((resultType !== 'vector' && resultType !== 'scalar') || !Array.isArray(result))
    return bad(`has no value of one instant${typeWords(resultType)}`);
  const items: readonly unknown[] = resultType === 'scalar' ? [{ metric: {}, value: result }] : result;
  return readAll(items, ({ value, histogram }) =>
    histogram === undefined ? readSamples([value], asked) : bad('has a series that holds no plain samples'),
  );
}

function typeWords(resultType: unknown): string {
  const known = ['matrix', 'vector', 'scalar', 'string'];
  return typeof resultType === 'string' && known.includes(resultType) ? `, but a ${resultType}` : '';
}

function readAll(items: readonly unknown[], read: (item: Data) => SamplesReading): SeriesReading {
  const series: Series[] = [];
  for (const item of items) {
    if (!isObject(item)) return bad('has a series of an unknown form');
    const key = keyOf(item['metric']);
    if (key === undefined) return bad('has a series without labels');
    const one = read(item);
    if (!one.ok) return one;
    series.push({ key, samples: one.samples });
  }
  return { ok: true, series };
}

function keyOf(metric: unknown): string | undefined {
  if (!isObject(metric)) return undefined;
  const labels = Object.entries(metric);
  if (labels.some(([, value]) => typeof value !== 'string')) return undefined;
  return JSON.stringify(labels.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function readSamples(pairs: readonly unknown[], asked: Asked): SamplesReading {
  const samples: Sample[] = [];
  let last = Number.NEGATIVE_INFINITY;
  for (const pair of pairs) {
    if (!Array.isArray(pair) || pair.length !== 2) return bad('has a sample of an unknown form');
    const [seconds, text] = pair as readonly unknown[];
    const time = typeof seconds === 'number' ? fromSeconds(seconds) : undefined;
    if (time === undefined) return refusal('samples.bad-time', 'has a sample without a time');
    if (!wasAsked(time, asked) || time <= last)
      return refusal(
        'samples.bad-time',
        `has a sample of ${formatInstant(time)}, which was not asked for there`,
      );
    const value = typeof text === 'string' ? readValue(text) : undefined;
    if (!value) return refusal('samples.bad-value', 'has a sample whose value is no decimal number');
    samples.push({ time, ...value });
    last = time;
  }
  return { ok: true, samples };
}

/** A range is evaluated at `from` and in steps from there; a server may date an instant back by a little. */
function wasAsked(time: number, { from, to, step }: Asked): boolean {
  if (time < from || time > to) return false;
  return step === 0 || (time - from) % step === 0;
}
