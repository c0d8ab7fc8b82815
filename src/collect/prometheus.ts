import { second } from '../model/instant.ts';
import type { PrometheusSpec } from '../model/policy.ts';
import { decodeText } from '../files/text.ts';
import { type Asked, parsePrometheus } from '../parse/samples/prometheus.ts';
import { oneSeries, type SamplesReading, type Span } from '../parse/samples/series.ts';
import { type CollectContext, type Collector, type Unseen, unseen } from './collector.ts';
import { spanOf } from './metricSpan.ts';
import type { Answer } from './server/exchange.ts';
import { targetOf } from './server/target.ts';

/** `prometheus` evidence: the samples of one series of a query, over the span that rules need, or of now alone. */
export const collectPrometheus: Collector<'prometheus'> = async (spec, context, id) => {
  const source = { query: spec.query };
  if (context.at !== undefined)
    return unseen('evidence.as-of', 'what a server says today of the past is no evidence of then', source);
  const asking = askedOf(id, spec, context);
  if (!asking.ok) return { ...asking, source };
  const { asked, span } = asking;
  const reading = await targetOf(spec.server, context);
  if (!reading.ok) return { ...reading, source };
  const { target } = reading;
  const { ask } = await import('./server/ask.ts');
  const answer = await ask(target, urlOf(target.url, spec.query, asked), 'application/json');
  if (!answer.ok) return { ...answer, source };
  const read = samplesOf(answer, spec, asked);
  if (!read.ok) return unseen(read.code, `\`${target.shown}\` ${read.what}`, source);
  const { samples } = read;
  const { from, to } = span;
  return {
    ok: true,
    content: { type: 'samples', step: spec.step, from, to, samples },
    source,
    findings: [],
  };
};

/** An instant query is of the end of the span; it is taken for whole seconds, which every server gives back as asked. */
function askedOf(
  id: string,
  { step, instant }: PrometheusSpec,
  context: CollectContext,
): { ok: true; span: Span; asked: Asked } | Unseen {
  const now = context.now();
  const to = instant ? Math.floor(now / second) * second : now;
  const span = spanOf(id, { step, to }, context);
  if (!span.ok) return span;
  return { ok: true, span, asked: instant ? { from: to - step, to, step: 0 } : { ...span, step } };
}

/** The URL of the query under the address of the server, whose own path and parameters stay. */
function urlOf(base: URL, query: string, { from, to, step }: Asked): URL {
  const url = new URL(base);
  url.pathname = `${base.pathname.replace(/\/+$/, '')}/api/v1/query${step > 0 ? '_range' : ''}`;
  url.searchParams.set('query', query);
  if (step > 0) {
    url.searchParams.set('start', String(from / second));
    url.searchParams.set('end', String(to / second));
    url.searchParams.set('step', String(step / second));
  } else {
    url.searchParams.set('time', String(to / second));
  }
  return url;
}

function samplesOf({ status, bytes }: Answer, spec: PrometheusSpec, asked: Asked): SamplesReading {
  const text = decodeText(bytes);
  if (status !== 200) {
    // A refused query is told in JSON; whatever else stands there is none of the server that was meant.
    const told = text === undefined ? undefined : parsePrometheus(text, asked);
    if (told?.ok === false && told.code === 'server.refused-query') return told;
    return { ok: false, code: 'server.status', what: `answered with HTTP status ${status}` };
  }
  if (text === undefined) return { ok: false, code: 'server.bad-answer', what: 'does not answer in UTF-8' };
  const series = parsePrometheus(text, asked);
  return series.ok ? oneSeries(series.series, spec.reduce) : series;
}
