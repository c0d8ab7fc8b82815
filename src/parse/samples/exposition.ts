import { readDecimal, readValue } from './number.ts';
import { type Point, readPoint } from './line.ts';

/** What a reader of a whole exposition hands out. */
export type Exposition = { ok: true; points: readonly PlacedPoint[] } | { ok: false; line: number };

export interface PlacedPoint extends Point {
  line: number;
}

const types: readonly string[] = ['counter', 'gauge', 'histogram', 'summary', 'untyped'];

/**
 * Reads the text format 0.0.4 of Prometheus and hands out the samples of one name. The whole text has to be in order,
 * its last line end included: half a line may be another number.
 */
export function parseExposition(text: string, name: string): Exposition {
  const lines = text.split('\n');
  if (lines.pop() !== '') return { ok: false, line: lines.length + 1 };
  const family: Families = { described: new Set(), types: new Map(), sampled: new Set() };
  const points: PlacedPoint[] = [];
  for (const [index, written] of lines.entries()) {
    const line = written.replace(/^[ \t]+|[ \t\r]+$/g, '');
    if (line === '') continue;
    const point = line.startsWith('#') ? undefined : readPoint(line, 'prometheus');
    const fits = line.startsWith('#') ? readComment(line, family) : point && fitsType(point, family);
    if (fits !== true) return { ok: false, line: index + 1 };
    if (point?.name === name) points.push({ ...point, line: index + 1 });
  }
  return { ok: true, points };
}

interface Families {
  described: Set<string>;
  types: Map<string, string>;
  sampled: Set<string>;
}

/** Comments say anything but for those that begin with HELP or TYPE. */
function readComment(line: string, { described, types: known, sampled }: Families): boolean {
  const [keyword, name, type] = line
    .slice(1)
    .trim()
    .split(/[ \t]+/);
  if ((keyword !== 'HELP' && keyword !== 'TYPE') || name === undefined) return true;
  if (!/^[a-zA-Z_:][a-zA-Z0-9_:]*$/.test(name)) return false;
  if (keyword === 'HELP') {
    // Without a text it describes nothing.
    if (type === undefined) return true;
    const again = described.has(name);
    described.add(name);
    return !again;
  }
  if (type === undefined || !types.includes(type) || known.has(name) || sampled.has(name)) return false;
  known.set(name, type);
  return true;
}

/** The bounds of buckets and quantiles are numbers. */
function fitsType({ name, labels }: Point, { types: known, sampled }: Families): boolean {
  sampled.add(name);
  const quantile = known.get(name) === 'summary' ? labels.get('quantile') : undefined;
  const bucket = known.get(name.replace(/_bucket$/, '')) === 'histogram' && name.endsWith('_bucket');
  const bound = bucket ? labels.get('le') : undefined;
  return (
    (quantile === undefined || readDecimal(quantile) !== undefined) &&
    (bound === undefined || readValue(bound) !== undefined)
  );
}
