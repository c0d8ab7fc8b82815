import { day, parseDate, second } from '../../model/instant.ts';
import { mostSeconds } from './logColumns.ts';

/** Times of the rows of a log while they are read, as whole seconds since a base: small integers, which cost no memory. */
export interface CleanTimes {
  /** The start of some day, in epoch milliseconds; it stays what it is once a time was read. */
  readonly base: number;
  /**
   * An instant from a cell with both its pipes, if it is of the plain form `| YYYY-MM-DDTHH:MM:SSZ |`; `unclean` says
   * that it is of another. All of `plainTimeLength` bytes must be there.
   * INVARIANT: where this gives a time, `parseInstant` gives the same.
   */
  readPlain: (text: string, view: DataView, pipe: number) => number;
  /** A time in epoch milliseconds; `unclean` if it is none, no whole seconds or far from the base. */
  from: (time: number) => number;
}

export const plainTimeLength = 24;

export const unclean = -(2 ** 31);

/** The bytes of `0Z |`, the first one lowest: each second more is one more. */
const secondForm = 0x7c205a30;

/**
 * The 24 bytes are read as few as they can be: sixteen, `| YYYY-MM-DDTHH:`, are those of the row before but once an
 * hour, four, `MM:S`, are one of 360, and four are left. The fewer steps the better, above all before the engine has
 * warmed up. Eight bytes at once are a double; such are compared and nothing else.
 */
export function createCleanTimes(): CleanTimes {
  let base: number | undefined;
  /** The sixteen bytes of the row before, and the start of that hour. */
  let [half0, half1, hours] = [Number.NaN, Number.NaN, unclean];
  let [date, midnight] = ['', unclean];
  /** The words `MM:S` that were seen, each in a place of its own, and the seconds they mean. */
  const words = new Int32Array(1024);
  const tens = new Int32Array(1024).fill(unclean);

  function readHour(text: string, view: DataView, pipe: number): number {
    const start = midnightOf(text.slice(pipe, pipe + 12));
    const [, digits] = /^T([01]\d|2[0-3]):$/.exec(text.slice(pipe + 12, pipe + 16)) ?? [];
    if (start === unclean || digits === undefined) return unclean;
    half0 = view.getFloat64(pipe);
    half1 = view.getFloat64(pipe + 8);
    hours = start + Number(digits) * 3600;
    return hours;
  }

  function from(time: number): number {
    base ??= Number.isNaN(time) ? undefined : Math.floor(time / day) * day;
    const seconds = (time - (base ?? 0)) / second;
    // One more day may follow.
    return Number.isInteger(seconds) && Math.abs(seconds) <= mostSeconds - day / second ? seconds : unclean;
  }

  /** Of `| YYYY-MM-DD`. */
  function midnightOf(cell: string): number {
    if (cell === date) return midnight;
    const number = cell.startsWith('| ') ? parseDate(cell.slice(2)) : undefined;
    date = cell;
    midnight = number === undefined ? unclean : from(number * day);
    return midnight;
  }

  function readTens(text: string, at: number): number {
    const [, minutes, ten] = /^([0-5]\d):([0-5])$/.exec(text.slice(at, at + 4)) ?? [];
    return minutes === undefined ? unclean : Number(minutes) * 60 + Number(ten) * 10;
  }

  return {
    get base() {
      return base ?? 0;
    },
    from,
    readPlain(text, view, pipe) {
      const same = view.getFloat64(pipe + 8) === half1 && view.getFloat64(pipe) === half0;
      const start = same ? hours : readHour(text, view, pipe);
      const word = view.getInt32(pipe + 16, true);
      // The lowest bits of its three digits are the place of a word.
      const place = (word & 7) | ((word >>> 5) & 0x78) | ((word >>> 17) & 0x380);
      if (words[place] !== word) {
        words[place] = word;
        tens[place] = readTens(text, pipe + 16);
      }
      const ten = tens[place] as number;
      const seconds = view.getInt32(pipe + 20, true) - secondForm;
      if (start === unclean || ten === unclean || seconds < 0 || seconds > 9) return unclean;
      return start + ten + seconds;
    },
  };
}
