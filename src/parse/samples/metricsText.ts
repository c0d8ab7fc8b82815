import type { Instant } from '../../model/instant.ts';
import type { MetricsTextSpec } from '../../model/policy.ts';
import { type PlacedPoint, parseExposition } from './exposition.ts';
import type { TextFormat } from './line.ts';
import { fromSeconds } from './number.ts';
import { parseOpenMetrics } from './openmetrics.ts';
import { type Refusal, refusal, type Sample, type Series } from './series.ts';

export interface TextRequest {
  spec: Pick<MetricsTextSpec, 'name' | 'labels'>;
  format: TextFormat;
  /** When samples without a timestamp were taken; undefined if nobody knows. */
  takenAt: Instant | undefined;
}

export type TextReading = { ok: true; series: readonly Series[]; line?: number } | Refusal;

/** Reads the series of one name that have the labels; `line` is that of the first. */
export function parseMetricsText(text: string, { spec, format, takenAt }: TextRequest): TextReading {
  const source = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const read =
    format === 'openmetrics' ? parseOpenMetrics(source, spec.name) : parseExposition(source, spec.name);
  if (!read.ok) return refusal('server.bad-answer', `is not in the text format at line ${read.line}`);
  const wanted = Object.entries(spec.labels);
  const points = read.points.filter(({ labels }) =>
    wanted.every(([name, text]) => labels.get(name) === text),
  );
  const series = new Map<string, Sample[]>();
  for (const point of points) {
    const time = point.time === undefined ? takenAt : readTime(point.time, format);
    if (time === undefined) return untimed(point);
    const key = JSON.stringify([...point.labels].sort(([a], [b]) => (a < b ? -1 : 1)));
    const samples = series.get(key) ?? [];
    samples.push(point.value === undefined ? { time } : { time, value: point.value });
    series.set(key, samples);
  }
  const [first] = points;
  const found = [...series].map(([key, samples]) => ({ key, samples }));
  return { ok: true, series: found, ...(first ? { line: first.line } : {}) };
}

function readTime(text: string, format: TextFormat): Instant | undefined {
  return fromSeconds(format === 'openmetrics' ? Number(text) : Number(text) / 1000);
}

function untimed({ time, line }: PlacedPoint): Refusal {
  if (time !== undefined)
    return refusal('samples.bad-time', `has a sample without a usable time at line ${line}`);
  return refusal(
    'evidence.undated',
    `has no timestamp at line ${line}, and nothing says when it was written`,
  );
}

/**
 * OpenMetrics says where it ends. INVARIANT: a file that was cut off before that is not taken for one of the older format,
 * as far as its text can be told from one.
 */
export function formatOfFile(text: string): TextFormat {
  return /(?:^|\n)# EOF\n?$/.test(text) || isMarked(text) ? 'openmetrics' : 'prometheus';
}

/** Types and exemplars that only OpenMetrics has are refused as the older format; these would pass as it. */
function isMarked(text: string): boolean {
  if (/^# UNIT /m.test(text)) return true;
  const types = new Map<string, string>();
  for (const [, name = '', type = ''] of text.matchAll(/^# TYPE (\S+) (\S+)$/gm)) types.set(name, type);
  // In the older format a counter is named with its `_total`, and `_created` has a type of its own.
  return [...text.matchAll(/^([a-zA-Z_:][a-zA-Z0-9_:]*)(_total|_created)[{ ]/gm)].some(
    ([, name = '', suffix = '']) => {
      const type = types.get(name);
      if (type === undefined || types.has(name + suffix)) return false;
      return suffix === '_total' ? type === 'counter' : type !== 'gauge' && type !== 'untyped';
    },
  );
}

/** The text format that a media type names, if it is one. */
export function formatOfType(type: string): TextFormat | undefined {
  const [name = '', ...parameters] = type
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  if (name === 'application/openmetrics-text') return 'openmetrics';
  const version = parameters.find((parameter) => parameter.startsWith('version='));
  return name === 'text/plain' && (version === undefined || version === 'version=0.0.4')
    ? 'prometheus'
    : undefined;
}
