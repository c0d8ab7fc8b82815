/** What is known of the raw text of some neighbouring cells, with the pipe behind each. */
export interface Interned {
  /** Numbered from 0 in the order of first sight. */
  id: number;
  length: number;
  /** The bytes of the text, four at a time, and its last four, which may overlap those before. */
  words: readonly number[];
  tail: number;
}

export interface RowInterner {
  /** The text seen lately that stands at this place and ends before `end`, if there is one. */
  guess(view: DataView, from: number, end: number): Interned | undefined;
  /** The entry of `text` between two places; undefined if `make` was asked and refused. */
  find(text: string, view: DataView, from: number, to: number): Interned | undefined;
}

const slots = 512;
const samples = 6;

/**
 * Finds equal texts without making strings of them: some bytes lead to the two entries seen last with these bytes, which
 * are compared word for word. Whatever is not found so is looked up by its text. (Comparing single characters, in bytes
 * or strings, takes five times as long.)
 */
export function createRowInterner(make: (raw: string, id: number) => boolean): RowInterner {
  const known = new Map<string, Interned>();
  const recent = new Array<Interned | undefined>(2 * slots).fill(undefined);
  const offsets = new Int32Array(samples);
  let reach = Number.POSITIVE_INFINITY;

  function slotAt(view: DataView, from: number): number {
    let hint = 0;
    for (let sample = 0; sample < samples; sample++) {
      hint = (Math.imul(hint, 33) + view.getInt32(from + (offsets[sample] as number), true)) | 0;
    }
    return 2 * ((hint ^ (hint >>> 11) ^ (hint >>> 21)) & (slots - 1));
  }

  /** Samples reach as far as the shortest text, so that they never depend on what follows a text. */
  function shrink(length: number): void {
    if (length >= reach) return;
    reach = length;
    for (let sample = 0; sample < samples; sample++) {
      offsets[sample] = Math.floor((sample * (length - 4)) / (samples - 1));
    }
    recent.fill(undefined);
  }

  function learn(text: string, view: DataView, from: number, to: number): Interned | undefined {
    const raw = text.slice(from, to);
    if (/[\\\r\n\0]/.test(raw)) return undefined;
    const words = Array.from({ length: Math.ceil(raw.length / 4) - 1 }, (_, word) =>
      view.getInt32(from + 4 * word, true),
    );
    const tail = raw.length < 4 ? 0 : view.getInt32(to - 4, true);
    const entry = { id: known.size, length: raw.length, words, tail };
    // A part of a larger string would keep all of that alive.
    const copy = String.fromCharCode(...Array.from({ length: raw.length }, (_, at) => raw.charCodeAt(at)));
    if (!make(copy, entry.id)) return undefined;
    known.set(copy, entry);
    if (raw.length >= 4) shrink(raw.length);
    return entry;
  }

  return {
    guess(view, from, end) {
      if (from + reach > end) return undefined;
      const slot = slotAt(view, from);
      const first = recent[slot];
      if (first !== undefined && isAt(view, from, end, first)) return first;
      const second = recent[slot + 1];
      return second !== undefined && isAt(view, from, end, second) ? second : undefined;
    },
    find(text, view, from, to) {
      const entry = known.get(text.slice(from, to)) ?? learn(text, view, from, to);
      if (entry === undefined || entry.length < 4) return entry;
      const slot = slotAt(view, from);
      recent[slot + 1] = recent[slot];
      recent[slot] = entry;
      return entry;
    },
  };
}

/** Whether a text stands at a place and ends before `end`. Texts of fewer than four bytes are not found so. */
export function isAt(view: DataView, from: number, end: number, { length, words, tail }: Interned): boolean {
  const last = from + length - 4;
  if (length < 4 || last + 4 > end || view.getInt32(last, true) !== tail) return false;
  // Not `for … of`: it takes half as long again before the engine has warmed up.
  for (let word = 0, at = from; word < words.length; word++, at += 4)
    if (view.getInt32(at, true) !== words[word]) return false;
  return true;
}
