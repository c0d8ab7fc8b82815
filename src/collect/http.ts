import { decodeText } from '../files/text.ts';
import { parseJsonSamples } from '../parse/samples/json.ts';
import { type SamplesReading, withinSpan } from '../parse/samples/series.ts';
import { type Collector, unseen } from './collector.ts';
import { spanOf } from './metricSpan.ts';
import type { Answer } from './server/exchange.ts';
import { targetOf } from './server/target.ts';

/** `http` evidence: the samples of a JSON endpoint that lie in the span that rules need. */
export const collectHttp: Collector<'http'> = async (spec, context, id) => {
  const reading = await targetOf(spec.server, context);
  const source = reading.ok ? { query: reading.target.shown } : {};
  if (context.at !== undefined)
    return unseen('evidence.as-of', 'what a server says today of the past is no evidence of then', source);
  if (!reading.ok) return reading;
  const { target } = reading;
  const { ask } = await import('./server/ask.ts');
  const answer = await ask(target, target.url, 'application/json');
  if (!answer.ok) return { ...answer, source };
  const span = spanOf(id, { step: spec.step, to: context.now() }, context);
  if (!span.ok) return { ...span, source };
  const all = readAnswer(answer, (text) => parseJsonSamples(text, spec));
  const read = all.ok ? withinSpan(all.samples, span) : all;
  if (!read.ok) return unseen(read.code, `\`${target.shown}\` ${read.what}`, source);
  const { from, to } = span;
  return {
    ok: true,
    content: { type: 'samples', step: spec.step, from, to, samples: read.samples },
    source,
    findings: [],
  };
};

/** The text of an answer of status 200. */
export function readAnswer(
  { status, bytes }: Answer,
  read: (text: string) => SamplesReading,
): SamplesReading {
  if (status !== 200)
    return { ok: false, code: 'server.status', what: `answered with HTTP status ${status}` };
  const text = decodeText(bytes);
  return text === undefined
    ? { ok: false, code: 'server.bad-answer', what: 'does not answer in UTF-8' }
    : read(text);
}
