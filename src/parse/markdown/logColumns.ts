import { second } from '../../model/instant.ts';

/** Rows of a page: columns are packed a page at a time, so nothing large is ever copied. */
const pageBits = 10;
const pageRows = 1 << pageBits;

/** As many seconds may lie between a time and the base of its page, some 34 years: any two differ by a 32-bit number. */
export const mostSeconds = 2 ** 30;

/** Times and pattern numbers of rows, a few bytes a row. */
export interface LogColumns {
  readonly rows: number;
  add(time: number, pattern: number): void;
  /** Adds the first `count` of these, whose times are whole seconds since `base`. */
  addAll(base: number, seconds: Int32Array, patterns: Uint32Array, count: number): void;
  time(row: number): number;
  pattern(row: number): number;
}

interface Page {
  base: number;
  /** Whole seconds since the base, in as few bytes as they need. */
  seconds: Uint16Array | Int32Array;
  /** Milliseconds as they are, where one of the page is not such a number. */
  exact: Float64Array | undefined;
  patterns: Uint8Array | Uint16Array | Uint32Array;
}

export function createLogColumns(): LogColumns {
  const pages: Page[] = [];
  const page = {
    base: 0,
    seconds: new Int32Array(pageRows),
    exact: undefined as Float64Array | undefined,
    patterns: new Uint32Array(pageRows),
  };
  let full = 0;
  let filled = 0;

  function start(base: number): void {
    if (filled > 0) return;
    page.base = base;
    page.exact = undefined;
  }

  function turn(): void {
    if (filled < pageRows) return;
    pages.push(pack(page));
    full += pageRows;
    filled = 0;
  }

  function add(time: number, pattern: number): void {
    start(time);
    const offset = (time - page.base) / second;
    page.seconds[filled] = offset;
    // NaN and fractions are no 32-bit numbers either.
    if (page.seconds[filled] !== offset || Math.abs(offset) > mostSeconds) page.exact ??= exactTimes(page);
    if (page.exact) page.exact[filled] = time;
    page.patterns[filled] = pattern;
    filled++;
    turn();
  }

  return {
    get rows() {
      return full + filled;
    },
    add,
    addAll(base, seconds, patterns, count) {
      for (let from = 0; from < count; ) {
        start(base);
        const to = Math.min(count, from + pageRows - filled);
        if (page.base === base && !page.exact) {
          page.seconds.set(seconds.subarray(from, to), filled);
          page.patterns.set(patterns.subarray(from, to), filled);
          filled += to - from;
          turn();
        } else {
          for (let row = from; row < to; row++)
            add(base + (seconds[row] as number) * second, patterns[row] as number);
        }
        from = to;
      }
    },
    time(row) {
      const { base, seconds, exact } = row < full ? (pages[row >>> pageBits] as Page) : page;
      const at = row & (pageRows - 1);
      return exact === undefined ? base + (seconds[at] as number) * second : (exact[at] as number);
    },
    pattern(row) {
      const { patterns } = row < full ? (pages[row >>> pageBits] as Page) : page;
      return patterns[row & (pageRows - 1)] as number;
    },
  };
}

function exactTimes({ base, seconds }: Page): Float64Array {
  return Float64Array.from(seconds, (offset) => base + offset * second);
}

/** A copy in as few bytes as the page needs. */
function pack({ base, seconds, exact, patterns }: Page): Page {
  const first = seconds[0] as number;
  const offsets = new Int32Array(pageRows);
  // All numbers in one: the highest bit of any is its highest, and a negative one sets the very first.
  let widest = 0;
  let largest = 0;
  for (let row = 0; row < pageRows; row++) {
    const offset = (seconds[row] as number) - first;
    offsets[row] = offset;
    widest |= offset;
    largest |= patterns[row] as number;
  }
  const packed = narrow(patterns, largest);
  if (exact) return { base, seconds: new Int32Array(0), exact, patterns: packed };
  if (widest >>> 16 !== 0) return { base, seconds: seconds.slice(), exact, patterns: packed };
  return { base: base + first * second, seconds: new Uint16Array(offsets), exact, patterns: packed };
}

function narrow(numbers: Page['patterns'], largest: number): Page['patterns'] {
  if (largest >>> 8 === 0) return new Uint8Array(numbers);
  return largest >>> 16 === 0 ? new Uint16Array(numbers) : numbers.slice();
}
