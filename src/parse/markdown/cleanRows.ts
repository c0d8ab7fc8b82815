import { plainTimeLength, unclean } from './cleanTime.ts';
import { batchRows, type LogBuilder } from './logBuilder.ts';
import type { RowContext } from './logRow.ts';
import type { LogShape } from './logShape.ts';
import { createRowInterner, type Interned, isAt, type RowInterner } from './rowInterner.ts';
import { readRowTime } from './rowTime.ts';
import type { Cursor } from './scan.ts';

/** Takes rows until one is not clean; that one is left to the slower reader. */
export type TakeRows = (text: string, view: DataView, cursor: Cursor, file: number) => void;

/**
 * Reads the cells behind a pipe, then all that follow, up to the place behind the row's last pipe; false if they are not
 * clean. A row is read by a chain of these, one for each stretch of columns that are read alike.
 */
type TakeCells = (text: string, view: DataView, pipe: number, end: number) => boolean;

type CellText = (raw: string) => string | undefined;

type RowReader = RowContext & { builder: LogBuilder };

/** Longer cells are nobody's flags or results; they are left to the slower reader. */
const maxKept = 4096;

/** The row that is being read: its time, and the numbers of its groups of kept cells. */
interface RowInHand {
  time: number;
  ids: number[];
  /** -1 if the numbers are others than those of the row before. */
  pattern: number;
}

/**
 * The hot loop: a million rows in little more than the time it takes to read their bytes. A clean row begins and ends
 * with a pipe, has no backslash that matters, a cell for each column, and a time in whole seconds. Everything else is read
 * elsewhere. `textOf` gives the plain text of a raw cell, or undefined if it cannot.
 */
export function createTakeRows(shape: LogShape, context: RowReader, textOf: CellText): TakeRows {
  const { builder } = context;
  const { seconds, patterns } = builder.batch;
  const groups = shape.groups.map(() => createKeptCells(textOf));
  const patternOf = createPatternOf(shape, builder, groups);
  const nextReturn = createReturns();
  const row: RowInHand = { time: unclean, ids: groups.map(() => -1), pattern: -1 };
  const takeRow = createTakeRow(row, shape, groups, (next) => takeTime(row, next, context, textOf));

  /** Takes rows until one is not clean or the batch is full; says how many. */
  function takeBatch(text: string, view: DataView, cursor: Cursor): number {
    let at = cursor.at;
    let count = 0;
    let cr = nextReturn(text, cursor.part, at);
    while (count < batchRows) {
      const lf = text.indexOf('\n', at);
      // A carriage return inside a line would end it.
      if (lf < 0 || cr < lf - 1 || !takeRow(text, view, at, cr < lf ? cr : lf)) break;
      if (cr < lf) cr = nextReturn(text, cursor.part, lf);
      if (row.pattern < 0) row.pattern = patternOf(row.ids);
      seconds[count] = row.time;
      patterns[count] = row.pattern;
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

/** The chain for the columns of a table. */
function createTakeRow(
  row: RowInHand,
  shape: LogShape,
  groups: readonly KeptCells[],
  takeTime: (next: TakeCells) => TakeCells,
): TakeCells {
  const columns = shape.header.length;
  const from = (column: number): TakeCells => {
    if (column === columns) return atEnd;
    if (column === shape.time) return takeTime(from(column + 1));
    const group = shape.groups.findIndex((one) => one.from === column);
    const to = shape.groups[group]?.to;
    if (to !== undefined)
      return takeKept(
        row,
        { group, columns: to - column + 1, cells: groups[group] as KeptCells },
        from(to + 1),
      );
    return column + 1 === columns ? skipLastCell : skipCell(from(column + 1));
  };
  return shape.time === 0 ? from(0) : behindPipe(from(0));
}

function takeTime(row: RowInHand, next: TakeCells, context: RowReader, textOf: CellText): TakeCells {
  const takeOther = takeOtherTime(row, next, context, textOf);
  if (context.spec.time.kind === 'date') return takeOther;
  const { readPlain } = context.builder.times;
  return (text, view, pipe, end) => {
    const time = pipe + plainTimeLength <= end ? readPlain(text, view, pipe) : unclean;
    if (time === unclean) return takeOther(text, view, pipe, end);
    row.time = time;
    return next(text, view, pipe + plainTimeLength - 1, end);
  };
}

/** A time of another form, as the slower reader would read it; the same text is read once while it comes again. */
function takeOtherTime(
  row: RowInHand,
  next: TakeCells,
  { builder, spec, localToInstant }: RowReader,
  textOf: CellText,
): TakeCells {
  let last: string | undefined;
  let known = unclean;
  return (text, view, pipe, end) => {
    const after = text.indexOf('|', pipe + 1);
    if (after < 0 || view.getUint8(pipe) !== 124) return false;
    const raw = text.slice(pipe + 1, after);
    if (raw !== last) {
      const cell = textOf(raw);
      known = cell === undefined ? unclean : builder.times.from(readRowTime(cell, spec.time, localToInstant));
      last = raw;
    }
    row.time = known;
    return known !== unclean && next(text, view, after, end);
  };
}

/** Cells of kept columns side by side; most rows of a log say the same as the one before. */
function takeKept(
  row: RowInHand,
  { group, columns, cells }: { group: number; columns: number; cells: KeptCells },
  next: TakeCells,
): TakeCells {
  let last: Interned | undefined;
  return (text, view, pipe, end) => {
    if (last === undefined || !isAt(view, pipe + 1, end, last)) {
      const found = findKept(cells, text, view, { pipe, end, columns });
      if (found === undefined) return false;
      last = found;
      row.ids[group] = found.id;
      row.pattern = -1;
    }
    return next(text, view, pipe + last.length, end);
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

const atEnd: TakeCells = (_text, _view, pipe, end) => pipe + 1 === end;

/** For rows that do not begin with their time, which tells its pipes by itself. */
function behindPipe(next: TakeCells): TakeCells {
  return (text, view, pipe, end) => view.getUint8(pipe) === 124 && next(text, view, pipe, end);
}

function skipCell(next: TakeCells): TakeCells {
  return (text, view, from, end) => {
    const pipe = text.indexOf('|', from + 1);
    return pipe >= 0 && view.getUint8(pipe - 1) !== 92 && next(text, view, pipe, end);
  };
}

/** As `skipCell` with `atEnd` behind it, in one step: most rows end with a text that nobody reads. */
const skipLastCell: TakeCells = (text, view, from, end) => {
  const pipe = text.indexOf('|', from + 1);
  return pipe + 1 === end && view.getUint8(pipe - 1) !== 92;
};

/** Cells side by side, by number: their raw texts found again fast, and their plain texts. */
interface KeptCells {
  interner: RowInterner;
  texts: (string | undefined)[][];
}

function createKeptCells(textOf: CellText): KeptCells {
  const texts: (string | undefined)[][] = [];
  const interner = createRowInterner((raw, id) => {
    const cells = raw.slice(0, -1).split('|').map(textOf);
    texts[id] = cells;
    return !cells.includes(undefined);
  });
  return { interner, texts };
}

function findKept(
  { interner }: KeptCells,
  text: string,
  view: DataView,
  { pipe, end, columns }: { pipe: number; end: number; columns: number },
): Interned | undefined {
  const known = interner.guess(view, pipe + 1, end);
  if (known !== undefined) return known;
  let after = pipe;
  for (let column = 0; column < columns && after >= 0 && after < end; column++)
    after = text.indexOf('|', after + 1);
  if (after < 0 || after >= end || after - pipe > maxKept) return undefined;
  return interner.find(text, view, pipe + 1, after + 1);
}

/** The pattern of a row by the numbers of its groups of cells. */
function createPatternOf(
  shape: LogShape,
  builder: LogBuilder,
  groups: readonly KeptCells[],
): (ids: readonly number[]) => number {
  const patterns: number[] = [];
  const folded = new Map<number, number>();

  function look(ids: readonly number[]): number {
    const texts: (string | undefined)[] = [];
    for (const [index, group] of shape.groups.entries()) {
      for (const [cell, name] of group.names.entries())
        texts[name] = groups[index]?.texts[ids[index] as number]?.[cell];
    }
    return builder.patternOf(texts);
  }

  /** Pairs of numbers are folded into one, from left to right. */
  function foldOf(ids: readonly number[]): number {
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
