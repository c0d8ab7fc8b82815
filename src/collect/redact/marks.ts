import type { Mark } from './match.ts';

/** Stands where a secret stood. */
export const redacted = '[redacted]';

export interface Marks {
  add: Mark;
  /** The text from offset `from` to `safe`, with each marked stretch replaced; `text` begins at `from`. */
  take: (text: string, from: number, safe: number) => string;
  clear: () => void;
}

/** Stretches to be hidden, by offset. Stretches that touch become one. */
export function createMarks(): Marks {
  let spans: { start: number; end: number }[] = [];
  // The text up to here was hidden and the marker for it is written; a stretch that begins here goes on with it.
  let hiddenTo = -1;
  return {
    add: (start, end) => {
      const last = spans.at(-1);
      if (last && start <= last.end && start >= last.start) last.end = Math.max(last.end, end);
      else spans.push({ start, end });
    },
    take: (text, from, safe) => {
      spans.sort((a, b) => a.start - b.start);
      let out = '';
      let at = from;
      for (const { start, end } of spans) {
        if (start >= safe) break;
        if (end <= at) continue;
        if (start > at) out += text.slice(at - from, start - from);
        if (Math.max(start, at) !== hiddenTo) out += redacted;
        at = Math.min(end, safe);
        hiddenTo = at;
      }
      if (at < safe) out += text.slice(at - from, safe - from);
      spans = spans.filter(({ end }) => end > safe);
      return out;
    },
    clear: () => {
      spans = [];
      hiddenTo = -1;
    },
  };
}
