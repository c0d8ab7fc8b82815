import { second } from '../../model/instant.ts';

/** Rows of a page: columns are packed a page at a time, so nothing large is ever copied. */
const pageBits = 10;
const pageRows = 1 << pageBits;

/** Times and pattern numbers of rows, a few bytes a row. */
export interface LogColumns {
  readonly rows: number;
  add(time: number, pattern: number): void;
  /** Adds the first `count` of these. */
  addAll(times: Float64Array, patterns: Uint32Array, count: number): void;
  time(row: number): number;
  pattern(row: number): number;
}

interface Page {
  /** Whole seconds from `base` on, in as few bytes as they need, or milliseconds as they are. */
  times: Uint16Array | Int32Array | Float64Array;
  base: number;
  scale: number;
  patterns: Uint8Array | Uint16Array | Uint32Array;
}

export function createLogColumns(): LogColumns {
  const pages: Page[] = [];
  const times = new Float64Array(pageRows);
  const patterns = new Uint32Array(pageRows);
  let full = 0;
  let filled = 0;
  function turnPage(): void {
    if (filled < pageRows) return;
    pages.push(pack(times, patterns));
    full += pageRows;
    filled = 0;
  }

  return {
    get rows() {
      return full + filled;
    },
    add(time, pattern) {
      times[filled] = time;
      patterns[filled] = pattern;
      filled++;
      turnPage();
    },
    addAll(moreTimes, morePatterns, count) {
      for (let from = 0; from < count; ) {
        const to = Math.min(count, from + pageRows - filled);
        times.set(moreTimes.subarray(from, to), filled);
        patterns.set(morePatterns.subarray(from, to), filled);
        filled += to - from;
        from = to;
        turnPage();
      }
    },
    time(row) {
      if (row >= full) return times[row - full] as number;
      const page = pages[row >>> pageBits] as Page;
      return page.base + (page.times[row & (pageRows - 1)] as number) * page.scale;
    },
    pattern(row) {
      if (row >= full) return patterns[row - full] as number;
      return (pages[row >>> pageBits] as Page).patterns[row & (pageRows - 1)] as number;
    },
  };
}

function pack(times: Float64Array, patterns: Uint32Array): Page {
  const base = times[0] as number;
  const seconds = new Int32Array(pageRows);
  let widest = 0;
  let largest = 0;
  for (let row = 0; row < pageRows; row++) {
    const offset = ((times[row] as number) - base) / second;
    // NaN and fractions are no 32-bit numbers either.
    if ((offset | 0) !== offset) widest = -1;
    seconds[row] = offset;
    // A negative offset sets the highest bit, and so asks for the wide form.
    if (widest >= 0) widest = Math.max(widest, offset >>> 0);
    largest = Math.max(largest, patterns[row] as number);
  }
  const packed = narrow(patterns, largest);
  if (widest < 0) return { times: times.slice(), base: 0, scale: 1, patterns: packed };
  return {
    times: widest < 65536 ? new Uint16Array(seconds) : seconds,
    base,
    scale: second,
    patterns: packed,
  };
}

function narrow(numbers: Uint32Array, largest: number): Page['patterns'] {
  if (largest < 256) return new Uint8Array(numbers);
  return largest < 65536 ? new Uint16Array(numbers) : numbers.slice();
}
