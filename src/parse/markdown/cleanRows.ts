import { batchRows, type LogBuilder } from './logBuilder.ts';
import type { LogShape } from './logShape.ts';
import { createRowInterner, type RowInterner } from './rowInterner.ts';
import { type DayCache, readUtcTime } from './rowTime.ts';
import type { Cursor } from './scan.ts';

/** Takes rows until one is not clean; that one is left to the slower reader. */
export type TakeRows = (text: string, view: DataView, cursor: Cursor, file: number) => void;

/** A stretch of columns that are read alike: 0 the time, 1 kept columns side by side, 2 columns that nobody reads. */
interface Stretch {
  kind: 0 | 1 | 2;
  columns: number;
  /** Which group of kept columns; -1 if none. */
  group: number;
}

/** Longer cells are nobody's flags or results; they are left to the slower reader. */
const maxKept = 4096;

/**
 * The hot loop: a million rows in little more than the time it takes to read their bytes. A clean row begins and ends
 * with a pipe, has no backslash that matters, a cell for each column, and a time in UTC to the second. Everything else is read
 * elsewhere. `textOf` gives the plain text of a raw cell, or undefined if it cannot.
 */
export function createTakeRows(
  shape: LogShape,
  builder: LogBuilder,
  textOf: (raw: string) => string | undefined,
): TakeRows {
  const stretches = stretchesOf(shape);
  const ids = new Int32Array(shape.groups.length);
  const groups = shape.groups.map(() => createKeptCells(textOf));
  const patternOf = createPatternOf(shape, builder, groups);
  const day: DayCache = { year: 0, month: 0, day: 0, start: 0 };
  const nextReturn = createReturns();
  const { times, patterns } = builder.batch;
  /** Milliseconds of the day of the row in hand; all such variables are small integers, which cost no memory. */
  let millis = 0;

  /** Reads the time cell behind a pipe; the place of the pipe behind it, or -1 if it is not clean. */
  function takeTime(view: DataView, pipe: number, lf: number): number {
    const from = view.getUint8(pipe + 1) === 32 ? pipe + 2 : pipe + 1;
    if (from + 21 > lf) return -1;
    const after = view.getUint8(from + 20) === 32 ? from + 21 : from + 20;
    if (view.getUint8(after) !== 124) return -1;
    millis = readUtcTime(view, from, day);
    return millis < 0 ? -1 : after;
  }

  /** Reads kept cells behind a pipe that were not seen lately, as above. */
  function takeNewKept(text: string, view: DataView, pipe: number, { columns, group }: Stretch): number {
    const after = skip(text, view, pipe, columns);
    if (after < 0 || after - pipe > maxKept) return -1;
    const entry = groups[group]?.interner.find(text, view, pipe + 1, after + 1);
    if (entry === undefined) return -1;
    ids[group] = entry.id;
    return after;
  }

  /** Reads the row between a pipe and its line feed into a place of the batch; false if it is not clean. */
  function takeRow(text: string, view: DataView, at: number, lf: number): boolean {
    let pipe = at;
    // INVARIANT: no byte behind `lf` is touched.
    for (let index = 0; index < stretches.length; index++) {
      const stretch = stretches[index] as Stretch;
      if (stretch.kind === 0) pipe = takeTime(view, pipe, lf);
      else if (stretch.kind === 1) {
        const known = (groups[stretch.group] as KeptCells).interner.guess(view, pipe + 1, lf);
        if (known !== undefined) ids[stretch.group] = known.id;
        pipe = known === undefined ? takeNewKept(text, view, pipe, stretch) : pipe + known.length;
      } else pipe = skip(text, view, pipe, stretch.columns);
      if (pipe < 0 || pipe >= lf) return false;
    }
    return pipe + 1 === (view.getUint8(lf - 1) === 13 ? lf - 1 : lf);
  }

  /** Takes rows until one is not clean or the batch is full; says how many. */
  function takeBatch(text: string, view: DataView, cursor: Cursor): number {
    const size = view.byteLength;
    let at = cursor.at;
    let count = 0;
    let cr = nextReturn(text, cursor.part, at);
    while (count < batchRows && at < size && view.getUint8(at) === 124) {
      const lf = text.indexOf('\n', at);
      // A carriage return inside a line would end it.
      if (lf < 0 || cr < lf - 1 || !takeRow(text, view, at, lf)) break;
      if (cr < lf) cr = nextReturn(text, cursor.part, lf);
      times[count] = day.start + millis;
      patterns[count] = patternOf(ids);
      count++;
      at = lf + 1;
    }
    cursor.at = at;
    return count;
  }

  return (text, view, cursor, file) => {
    for (let count = batchRows; count === batchRows; ) {
      count = takeBatch(text, view, cursor);
      if (count > 0) builder.addBatch(file, cursor.line, count);
      cursor.line += count;
    }
  };
}

/** Farther than any place in a part, and a small integer. */
const nowhere = 2 ** 30;

/** Finds carriage returns, each looked for once. */
function createReturns(): (text: string, part: number, from: number) => number {
  let known = -1;
  let place = nowhere;
  return (text, part, from) => {
    if (part === known && place >= from) return place;
    known = part;
    place = text.indexOf('\r', from);
    if (place < 0) place = nowhere;
    return place;
  };
}

/** The pipe behind the next `columns` cells; -1 if there is none, or if a backslash makes a pipe doubtful. */
function skip(text: string, view: DataView, from: number, columns: number): number {
  let pipe = from;
  for (let column = 0; column < columns; column++) {
    pipe = text.indexOf('|', pipe + 1);
    if (pipe < 0 || view.getUint8(pipe - 1) === 92) return -1;
  }
  return pipe;
}

function stretchesOf(shape: LogShape): Stretch[] {
  const stretches: Stretch[] = [];
  for (let column = 0; column < shape.header.length; column++) {
    const group = shape.groups.findIndex(({ from }) => from === column);
    const last = stretches.at(-1);
    if (column === shape.time) stretches.push({ kind: 0, columns: 1, group: -1 });
    else if (group >= 0) {
      const to = shape.groups[group]?.to ?? column;
      stretches.push({ kind: 1, columns: to - column + 1, group });
      column = to;
    } else if (last?.kind === 2) last.columns++;
    else stretches.push({ kind: 2, columns: 1, group: -1 });
  }
  return stretches;
}

/** Cells side by side, by number: their raw texts found again fast, and their plain texts. */
interface KeptCells {
  interner: RowInterner;
  texts: (string | undefined)[][];
}

function createKeptCells(textOf: (raw: string) => string | undefined): KeptCells {
  const texts: (string | undefined)[][] = [];
  const interner = createRowInterner((raw, id) => {
    const cells = raw.slice(0, -1).split('|').map(textOf);
    texts[id] = cells;
    return !cells.includes(undefined);
  });
  return { interner, texts };
}

/** The pattern of a row by the numbers of its groups of cells. */
function createPatternOf(
  shape: LogShape,
  builder: LogBuilder,
  groups: readonly KeptCells[],
): (ids: Int32Array) => number {
  const patterns: number[] = [];
  const folded = new Map<number, number>();

  function look(ids: Int32Array): number {
    const texts: (string | undefined)[] = [];
    for (const [index, group] of shape.groups.entries()) {
      for (const [cell, name] of group.names.entries())
        texts[name] = groups[index]?.texts[ids[index] as number]?.[cell];
    }
    return builder.patternOf(texts);
  }

  /** Pairs of numbers are folded into one, from left to right. */
  function foldOf(ids: Int32Array): number {
    let key = ids[0] as number;
    for (let index = 1; index < ids.length; index++) {
      const pair = key * 2 ** 24 + (ids[index] as number);
      const number = folded.get(pair) ?? folded.size;
      if (number === folded.size) folded.set(pair, number);
      key = number;
    }
    return key;
  }

  return (ids) => {
    const key = ids.length > 1 ? foldOf(ids) : ids.length === 1 ? (ids[0] as number) : 0;
    let pattern = patterns[key];
    if (pattern === undefined) {
      pattern = look(ids);
      patterns[key] = pattern;
    }
    return pattern;
  };
}
