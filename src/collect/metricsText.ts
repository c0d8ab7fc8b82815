import type { Instant } from '../model/instant.ts';
import type { MetricsTextSpec, ServerSpec } from '../model/policy.ts';
import { decodeText } from '../files/text.ts';
import {
  formatOfFile,
  formatOfType,
  parseMetricsText,
  type TextReading,
} from '../parse/samples/metricsText.ts';
import { oneSeries, refusal, withinSpan } from '../parse/samples/series.ts';
import { type CollectContext, type Collected, type Collector, unreadable, unseen } from './collector.ts';
import { spanOf } from './metricSpan.ts';
import type { Answer } from './server/exchange.ts';
import { targetOf } from './server/target.ts';

const accepted = 'application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5';

/** `metrics-text` evidence: one series of what an exporter shows, or of a file of that form. */
export const collectMetricsText: Collector<'metrics-text'> = (spec, context, id) => {
  const { server, path } = spec;
  if (server) return fromServer(server, { spec, context, id });
  return fromFile(path ?? '', { spec, context, id });
};

interface Collecting {
  spec: MetricsTextSpec;
  context: CollectContext;
  id: string;
}

async function fromServer(server: ServerSpec, { spec, context, id }: Collecting): Promise<Collected> {
  const reading = await targetOf(server, context);
  const source = reading.ok ? { query: `${spec.name} of ${reading.target.shown}` } : { query: spec.name };
  if (context.at !== undefined)
    return unseen('evidence.as-of', 'what a server says today is no evidence of the past', source);
  if (!reading.ok) return { ...reading, source };
  const { target } = reading;
  const { ask } = await import('./server/ask.ts');
  const answer = await ask(target, target.url, accepted);
  if (!answer.ok) return { ...answer, source };
  const now = context.now();
  const read = readAnswer(answer, spec, now);
  return settled(read, { spec, context, id, now, shown: target.shown, source });
}

function readAnswer(
  { status, type, bytes, framed }: Answer,
  spec: MetricsTextSpec,
  now: Instant,
): TextReading {
  if (status !== 200) return refusal('server.status', `answered with HTTP status ${status}`);
  const format = formatOfType(type);
  const text = decodeText(bytes);
  if (format === undefined || text === undefined)
    return refusal('server.bad-answer', 'does not answer in a text format of Prometheus');
  // Where neither the answer nor the format has an end, half of it looks like all of it.
  if (format === 'prometheus' && !framed)
    return refusal('server.bad-answer', 'does not tell where its answer ends');
  return parseMetricsText(text, { spec, format, takenAt: now });
}

function fromFile(path: string, { spec, context, id }: Collecting): Collected {
  const file = context.workspace.read(path);
  if (!file.ok) return unreadable(file, path);
  const source = { path: file.path };
  const text = decodeText(file.bytes);
  if (text === undefined) return unseen('file.unparsable', `\`${file.path}\` is not UTF-8`, source);
  const now = context.now();
  const takenAt = context.git.writtenAt(file.path, now);
  const read = parseMetricsText(text, { spec, format: formatOfFile(text), takenAt });
  const found = read.ok ? { ...source, ...(read.line === undefined ? {} : { line: read.line }) } : source;
  const told =
    read.ok || read.code !== 'server.bad-answer' ? read : { ...read, code: 'file.unparsable' as const };
  const collected = settled(told, { spec, context, id, now, shown: file.path, source: found });
  return collected.ok ? { ...collected, madeAt: newest(collected) ?? now } : collected;
}

function newest(collected: Collected): Instant | undefined {
  return collected.ok && collected.content.type === 'samples'
    ? collected.content.samples.at(-1)?.time
    : undefined;
}

interface Settling extends Collecting {
  now: Instant;
  shown: string;
  source: Collected['source'];
}

function settled(read: TextReading, { spec, context, id, now, shown, source }: Settling): Collected {
  const span = spanOf(id, { step: spec.step, to: now }, context);
  if (!span.ok) return { ...span, source };
  const one = read.ok ? oneSeries(read.series, spec.reduce) : read;
  const samples = one.ok ? withinSpan(one.samples, span) : one;
  if (!samples.ok) return unseen(samples.code, `\`${shown}\` ${samples.what}`, source);
  const { from, to } = span;
  return {
    ok: true,
    content: { type: 'samples', step: spec.step, from, to, samples: samples.samples },
    source,
    findings: [],
  };
}
