import { utf8 } from './characters.ts';
import type { Stage } from './decode.ts';

/** Where the reader passes the bytes on: everything, and everything but what a terminal does not show. */
export interface Views {
  plain: Stage;
  shown: Stage;
}

type State = 'text' | 'escape' | 'control';

export type Reader = ReturnType<typeof createReader>;

/** Longest control sequence that is taken for one; what is longer is text. */
const longestControl = 64;

/**
 * Takes text in chunks, splits it into code points and these into UTF-8 bytes. Offsets count UTF-16 code units from the
 * beginning of the whole text.
 */
export function createReader(views: Views) {
  let high = 0;
  let state: State = 'text';
  let controls = 0;

  /** Follows escape sequences (ECMA-48); true if the character is seen by nobody. */
  const hidden = (code: number): boolean => {
    if (code === 0x1b) {
      state = 'escape';
      return true;
    }
    switch (state) {
      case 'text':
        if (code === 0x9b) state = 'control';
        controls = 0;
        return isInvisible(code);
      case 'escape':
        controls = 0;
        // `ESC ]` and its like begin a string (a title, a link): the string itself is text that must be looked at.
        state = code === 0x5b ? 'control' : code >= 0x20 && code <= 0x2f ? 'escape' : 'text';
        return true;
      case 'control':
        controls++;
        if (code >= 0x40 || code < 0x20 || controls > longestControl) state = 'text';
        return code < 0x80;
    }
  };

  const point = (code: number, start: number, end: number): void => {
    const invisible = hidden(code);
    if (code < 0x80) {
      views.plain.feed(code, start, end);
      if (!invisible) views.shown.feed(code, start, end);
      return;
    }
    for (const byte of utf8(code)) {
      views.plain.feed(byte, start, end);
      if (!invisible) views.shown.feed(byte, start, end);
    }
  };

  return {
    push: (code: number, at: number): void => {
      const before = high;
      high = 0;
      if (before !== 0 && isLow(code)) {
        point((before - 0xd800) * 0x400 + (code - 0xdc00) + 0x10000, at - 1, at + 1);
        return;
      }
      if (before !== 0) point(before, at - 1, at);
      if (code >= 0xd800 && code < 0xdc00) high = code;
      else point(code, at, at + 1);
    },
    /** Whether the next character stands for itself: no surrogate and no escape sequence is open. */
    idle: (): boolean => high === 0 && state === 'text',
    held: (at: number): number =>
      Math.min(high === 0 ? Number.POSITIVE_INFINITY : at - 1, views.plain.held(), views.shown.held()),
    end: (at: number): void => {
      if (high !== 0) point(high, at - 1, at);
      high = 0;
      state = 'text';
      controls = 0;
      views.plain.end();
      views.shown.end();
    },
  };
}

function isLow(code: number): boolean {
  return code >= 0xdc00 && code < 0xe000;
}

/** Control characters but white space, zero-width and bidirectional characters, soft hyphen, variation selectors. */
function isInvisible(code: number): boolean {
  if (code < 0x20) return code !== 0x0a && code !== 0x0d && code !== 0x09;
  return (
    (code >= 0x7f && code < 0xa0) ||
    code === 0xad ||
    code === 0x34f ||
    code === 0x61c ||
    code === 0x180e ||
    (code >= 0x200b && code <= 0x200f) ||
    (code >= 0x202a && code <= 0x202e) ||
    (code >= 0x2060 && code <= 0x206f) ||
    (code >= 0xfe00 && code <= 0xfe0f) ||
    code === 0xfeff ||
    (code >= 0xe0000 && code <= 0xe01ef)
  );
}
