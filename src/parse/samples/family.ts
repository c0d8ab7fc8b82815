import { addToHistogram, closeHistogram, type Histogram, openHistogram } from './histogram.ts';
import type { Point } from './line.ts';
import { readDecimal } from './number.ts';

/** The types of OpenMetrics 1.0, with what their samples add to the name of the family. */
export const types = {
  unknown: [''],
  gauge: [''],
  stateset: [''],
  counter: ['_total', '_created'],
  summary: ['', '_count', '_sum', '_created'],
  histogram: ['_count', '_sum', '_bucket', '_created'],
  gaugehistogram: ['_gcount', '_gsum', '_bucket'],
  info: ['_info'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type Type = keyof typeof types;

/** Samples of one metric, which stand together. */
export interface Family {
  name: string;
  type: Type;
  unit: string;
  /** Keywords of the metadata that was told. */
  told: Set<string>;
  sampled: boolean;
  /** Labels of the metric that is being told, and of all before. */
  group?: string;
  groups: Set<string>;
  time?: string;
  histogram?: Histogram;
}

export function openFamily(name: string): Family {
  return { name, type: 'unknown', unit: '', told: new Set(), sampled: false, groups: new Set() };
}

export function closeFamily(family: Family): boolean {
  const { name, type, unit } = family;
  const fits = unit === '' || (name.endsWith(`_${unit}`) && type !== 'info' && type !== 'stateset');
  return fits && closeHistogram(family.histogram);
}

/** Takes the next sample of a family; false if it cannot stand there. */
export function takePoint(family: Family, point: Point): boolean {
  family.sampled = true;
  const suffix = point.name.slice(family.name.length);
  return (
    hasLabels(family, point, suffix) &&
    hasValue(family, point, suffix) &&
    (!point.exemplar || suffix === (family.type === 'counter' ? '_total' : '_bucket')) &&
    isInOrder(family, point) &&
    takeBucket(family, point, suffix)
  );
}

function takeBucket(family: Family, point: Point, suffix: string): boolean {
  if (family.type !== 'histogram' && family.type !== 'gaugehistogram') return true;
  family.histogram ??= openHistogram(family.type);
  return addToHistogram(family.histogram, point, suffix);
}

function hasLabels({ name, type }: Family, { labels }: Point, suffix: string): boolean {
  if (type === 'stateset') return labels.has(name);
  if (type !== 'summary' || suffix !== '') return true;
  const quantile = readDecimal(labels.get('quantile') ?? '');
  return quantile !== undefined && quantile >= 0 && quantile <= 1;
}

/** What is counted is a number, and not below 0. */
const counted: readonly string[] = ['_total', '_sum', '_count', '_bucket', '_gcount'];

function hasValue({ type }: Family, { value }: Point, suffix: string): boolean {
  // An infinite value is not told apart from NaN here, and is no count either.
  if (type === 'info') return value === 1;
  if (type === 'stateset') return value === 0 || value === 1;
  if (type === 'summary' && suffix === '') return value === undefined || value >= 0;
  if (type === 'unknown' || type === 'gauge') return true;
  if (suffix === '_gsum') return value !== undefined;
  return !counted.includes(suffix) || (value !== undefined && value >= 0);
}

/** Samples of one metric stand together, all with a timestamp or none, and the timestamps never go back. */
function isInOrder(family: Family, point: Point): boolean {
  const group = groupOf(family, point);
  const { time } = point;
  if (group !== family.group) {
    if (family.groups.has(group) || !closeHistogram(family.histogram)) return false;
    delete family.histogram;
    family.groups.add(group);
    family.group = group;
  } else {
    if ((time === undefined) !== (family.time === undefined)) return false;
    if (family.type !== 'info' && Number(time) < Number(family.time)) return false;
    if (Number(time) > Number(family.time)) {
      if (!closeHistogram(family.histogram)) return false;
      delete family.histogram;
    }
  }
  if (time === undefined) delete family.time;
  else family.time = time;
  return true;
}

/** Labels that tell the samples of one metric apart do not belong to the metric itself. */
function groupOf({ name, type }: Family, { labels }: Point): string {
  if (type === 'info') return '';
  const own = type === 'stateset' ? name : type === 'summary' ? 'quantile' : 'le';
  const inner = type === 'unknown' || type === 'gauge' || type === 'counter' ? undefined : own;
  const rest = [...labels].filter(([label]) => label !== inner);
  return JSON.stringify(rest.sort(([a], [b]) => (a < b ? -1 : 1)));
}
