import { entity, hexValue, isEntityByte, isHex, isWhiteEscape, utf8 } from './characters.ts';

/** A place that takes bytes one by one, each with the stretch of the original text `[start, end)` that it came from. */
export interface Stage {
  feed: (byte: number, start: number, end: number) => void;
  /** Start of the oldest text that may still turn into something else; Infinity if there is none. */
  held: () => number;
  /** The text has ended: lets go of whatever is held. */
  end: () => void;
}

type Feed = Stage['feed'];
type Symbol = readonly [byte: number, start: number, end: number];

const percent = 0x25;
const ampersand = 0x26;
const semicolon = 0x3b;
const backslash = 0x5c;

/**
 * Undoes URL, HTML and backslash escapes. It is applied to the secrets as well as to the text, so it may lose differences
 * but must give the same for every escaped form. Two rounds, because a secret that looks escaped itself (`%41`) may be
 * escaped throughout and in another way (`\u0025\u0034\u0031`).
 */
export function decoder(next: Stage): Stage {
  return round(round(next));
}

function round(next: Stage): Stage {
  return percentStage(htmlStage(backslashStage(next)));
}

/** `%2F` and `%2f`; `%252F` also, since a decoded `%` begins a new escape. */
function percentStage(next: Stage): Stage {
  const pending = holder(next);
  const feed: Feed = (byte, start, end) => {
    if (pending.symbols.length > 0 && isHex(byte)) {
      pending.symbols.push([byte, start, end]);
      if (pending.symbols.length < 3) return;
      const [first, high, low] = pending.take();
      feed(valueOf(high) * 16 + valueOf(low), (first as Symbol)[1], end);
      return;
    }
    pending.release();
    if (byte === percent) pending.symbols.push([byte, start, end]);
    else next.feed(byte, start, end);
  };
  return { feed, held: pending.held, end: pending.end };
}

const longestEntity = 12;

/** `&lt;`, `&#60;`, `&#x3c;`; `&amp;lt;` also. */
function htmlStage(next: Stage): Stage {
  const pending = holder(next);
  const feed: Feed = (byte, start, end) => {
    if (pending.symbols.length > 0 && byte === semicolon) {
      const code = entity(String.fromCharCode(...pending.symbols.slice(1).map(([b]) => b)));
      if (code !== undefined) {
        const [first] = pending.take();
        for (const b of utf8(code)) {
          if (b === ampersand) feed(b, (first as Symbol)[1], end);
          else next.feed(b, (first as Symbol)[1], end);
        }
        return;
      }
    } else if (pending.symbols.length > 0 && pending.symbols.length < longestEntity && isEntityByte(byte)) {
      pending.symbols.push([byte, start, end]);
      return;
    }
    pending.release();
    if (byte === ampersand) pending.symbols.push([byte, start, end]);
    else next.feed(byte, start, end);
  };
  return { feed, held: pending.held, end: pending.end };
}

/**
 * Drops every run of backslashes, and the letter of `\n`, `\t` and their like, which stand for white space. `\u0041` and
 * `\x41` become what they mean. A run counts as one backslash: so JSON in JSON in JSON reads as JSON.
 */
function backslashStage(next: Stage): Stage {
  const pending = holder(next);
  let run = Number.POSITIVE_INFINITY;
  let high = 0;
  const emit = (code: number, start: number, end: number): void => {
    for (const b of utf8(code)) next.feed(b, start, end);
  };
  const unit = (code: number, start: number, end: number): void => {
    if (code >= 0xd800 && code < 0xdc00) high = code;
    else if (code >= 0xdc00 && code < 0xe000) {
      if (high !== 0) emit((high - 0xd800) * 0x400 + (code - 0xdc00) + 0x10000, start, end);
      high = 0;
    } else emit(code, start, end);
  };
  const afterRun = (byte: number, end: number): void => {
    const from = run;
    run = Number.POSITIVE_INFINITY;
    if (byte === 0x75 || byte === 0x78) pending.symbols.push([byte, from, end]);
    else if (!isWhiteEscape(byte)) next.feed(byte, from, end);
  };
  const feed: Feed = (byte, start, end) => {
    const first = pending.symbols[0];
    if (first !== undefined) {
      if (isHex(byte)) {
        pending.symbols.push([byte, start, end]);
        if (pending.symbols.length < (first[0] === 0x75 ? 5 : 3)) return;
        const code = pending
          .take()
          .slice(1)
          .reduce((sum, symbol) => sum * 16 + valueOf(symbol), 0);
        if (first[0] === 0x75) unit(code, first[1], end);
        else next.feed(code, first[1], end);
        return;
      }
      pending.release();
    }
    if (byte === backslash) run = Math.min(run, start);
    else if (run !== Number.POSITIVE_INFINITY) afterRun(byte, end);
    else next.feed(byte, start, end);
  };
  return {
    feed,
    held: () => Math.min(run, pending.held()),
    end: () => {
      run = Number.POSITIVE_INFINITY;
      high = 0;
      pending.end();
    },
  };
}

/** Symbols that may be the beginning of an escape. */
function holder(next: Stage) {
  const symbols: Symbol[] = [];
  const take = (): Symbol[] => symbols.splice(0);
  const release = (): void => {
    if (symbols.length > 0) for (const [byte, start, end] of take()) next.feed(byte, start, end);
  };
  const held = (): number => Math.min(symbols[0]?.[1] ?? Number.POSITIVE_INFINITY, next.held());
  const end = (): void => {
    release();
    next.end();
  };
  return { symbols, take, release, held, end };
}

function valueOf(symbol: Symbol | undefined): number {
  return hexValue((symbol as Symbol)[0]);
}
