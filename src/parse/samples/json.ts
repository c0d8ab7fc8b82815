import { parseInstant } from '../../model/instant.ts';
import type { Json } from '../../model/json.ts';
import type { HttpSpec } from '../../model/policy.ts';
import { parseJson } from '../json.ts';
import { valueAt } from '../pointer.ts';
import { fromSeconds, readValue } from './number.ts';
import { type Refusal, refusal, type Sample, type SamplesReading } from './series.ts';

/** Reads the list of samples that a JSON document holds; in whatever order it has. */
export function parseJsonSamples(
  text: string,
  spec: Pick<HttpSpec, 'samples' | 'time' | 'value'>,
): SamplesReading {
  const json = parseJson(text);
  if (!json.ok) return refusal('server.bad-answer', 'does not answer in JSON');
  const list = valueAt(json.value, spec.samples);
  if (!Array.isArray(list)) return refusal('server.bad-answer', `has no list at \`${spec.samples}\``);
  const samples: Sample[] = [];
  for (const item of list as readonly Json[]) {
    const sample = readSample(item, spec);
    if ('ok' in sample) return sample;
    samples.push(sample);
  }
  return { ok: true, samples };
}

function readSample(item: Json, spec: Pick<HttpSpec, 'time' | 'value'>): Sample | Refusal {
  const time = readTime(valueAt(item, spec.time));
  if (time === undefined)
    return refusal('samples.bad-time', `has a sample without a time at \`${spec.time}\``);
  const value = readNumber(valueAt(item, spec.value));
  return value
    ? { time, ...value }
    : refusal('samples.bad-value', `has a sample without a decimal number at \`${spec.value}\``);
}

/** RFC 3339, or seconds since 1970. */
function readTime(value: Json | undefined): number | undefined {
  if (typeof value === 'string') return parseInstant(value);
  return typeof value === 'number' ? fromSeconds(value) : undefined;
}

/** A number, or a text that is one; null is how JSON says that nothing was measured. */
function readNumber(value: Json | undefined): { value?: number } | undefined {
  if (value === null) return {};
  if (typeof value === 'number') return { value };
  return typeof value === 'string' ? readValue(value) : undefined;
}
