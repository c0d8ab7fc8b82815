import type { Exposition, PlacedPoint } from './exposition.ts';
import { closeFamily, type Family, openFamily, type Type, takePoint, types } from './family.ts';
import { readPoint } from './line.ts';

interface Reading {
  /** Every name that a family seen so far gives, or could give, to a sample. */
  names: Set<string>;
  family?: Family;
}

/**
 * Reads OpenMetrics 1.0 and hands out the samples of one name. The whole text has to be in order, up to `# EOF`, which
 * proves that nothing is missing.
 */
export function parseOpenMetrics(text: string, name: string): Exposition {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  if (lines.pop() !== '# EOF') return { ok: false, line: lines.length + 1 };
  const reading: Reading = { names: new Set() };
  const points: PlacedPoint[] = [];
  for (const [index, line] of lines.entries()) {
    const point = line.startsWith('#') ? undefined : readPoint(line, 'openmetrics');
    const fits = line.startsWith('#') ? readMetadata(line, reading) : point && enter(reading, point.name);
    if (fits !== true || (point && !takePoint(reading.family as Family, point)))
      return { ok: false, line: index + 1 };
    if (point?.name === name) points.push({ ...point, line: index + 1 });
  }
  return leave(reading) ? { ok: true, points } : { ok: false, line: lines.length + 1 };
}

function readMetadata(line: string, reading: Reading): boolean {
  const found = /^# (TYPE|HELP|UNIT) ([a-zA-Z_:][a-zA-Z0-9_:]*) ([^]*)$/.exec(line);
  if (!found) return false;
  const [, keyword, name, text] = found as unknown as readonly [
    string,
    'TYPE' | 'HELP' | 'UNIT',
    string,
    string,
  ];
  if (reading.family?.name !== name) {
    if (!leave(reading)) return false;
    reading.family = openFamily(name);
  }
  const { family } = reading;
  if (family.sampled || family.told.has(keyword)) return false;
  family.told.add(keyword);
  if (keyword === 'TYPE') {
    if (!Object.hasOwn(types, text)) return false;
    family.type = text as Type;
  }
  if (keyword === 'UNIT') family.unit = text;
  return true;
}

/** A sample belongs to the family that is open, or begins one of which nothing is told. */
function enter(reading: Reading, name: string): boolean {
  const { family } = reading;
  if (family && types[family.type].some((suffix) => family.name + suffix === name)) return true;
  if (!leave(reading)) return false;
  reading.family = openFamily(name);
  return true;
}

/** The family is complete; its names must not be those of another. */
function leave({ names, family }: Reading): boolean {
  if (!family) return true;
  if (!closeFamily(family)) return false;
  for (const suffix of new Set(['', ...types[family.type]])) {
    if (names.has(family.name + suffix)) return false;
    names.add(family.name + suffix);
  }
  return true;
}
