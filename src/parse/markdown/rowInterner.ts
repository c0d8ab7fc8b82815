/** What is known of the raw text of some neighbouring cells, with the pipe behind each. */
export interface Interned {
  /** Numbered from 0 in the order of first sight. */
  id: number;
  length: number;
  /** The bytes of the text, four at a time; the last four may overlap those before. */
  words: Int32Array;
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
  let latest: Interned | undefined;

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
    const words = new Int32Array(raw.length < 4 ? 0 : Math.ceil(raw.length / 4));
    for (let word = 0; word < words.length; word++)
      words[word] = view.getInt32(from + wordAt(word, raw.length), true);
    const entry = { id: known.size, length: raw.length, words };
    // A part of a larger string would keep all of that alive.
    const copy = String.fromCharCode(...Array.from({ length: raw.length }, (_, at) => raw.charCodeAt(at)));
    if (!make(copy, entry.id)) return undefined;
    known.set(copy, entry);
    if (words.length > 0) shrink(raw.length);
    return entry;
  }

  return {
    guess(view, from, end) {
      // Most rows of a log say the same as the one before.
      if (latest !== undefined && isAt(view, from, end, latest)) return latest;
      if (from + reach > end) return undefined;
      const slot = slotAt(view, from);
      const first = recent[slot];
      if (first !== undefined && isAt(view, from, end, first)) return (latest = first);
      const second = recent[slot + 1];
      return second !== undefined && isAt(view, from, end, second) ? (latest = second) : undefined;
    },
    find(text, view, from, to) {
      const entry = known.get(text.slice(from, to)) ?? learn(text, view, from, to);
      if (entry === undefined || entry.words.length === 0) return entry;
      const slot = slotAt(view, from);
      recent[slot + 1] = recent[slot];
      recent[slot] = entry;
      return entry;
    },
  };
}

function wordAt(word: number, length: number): number {
  return Math.min(4 * word, length - 4);
}

function isAt(view: DataView, from: number, end: number, { length, words }: Interned): boolean {
  if (from + length > end) return false;
  const last = words.length - 1;
  for (let word = 0; word < last; word++)
    if (view.getInt32(from + 4 * word, true) !== words[word]) return false;
  return view.getInt32(from + length - 4, true) === words[last];
}
