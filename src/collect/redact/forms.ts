import { decoder, type Stage } from './decode.ts';

/** What is looked for in each view of the text. */
export interface Patterns {
  /** In the text as it stands. */
  plain: Uint8Array[];
  /** In the text as it stands, but only between other characters than letters and digits. */
  words: Uint8Array[];
  /** In the unescaped text without white space, quotes and plus signs. */
  loose: Uint8Array[];
  /** In the unescaped text: secrets of which the loose form leaves too little. */
  unescaped: Uint8Array[];
  /** In lower case, without separators. */
  hex: Uint8Array[];
  /** In the standard alphabet, without white space. */
  base64: Uint8Array[];
}

/** Secrets shorter than this are hidden only where they stand as a word: they would black out everything else. */
export const shortest = 4;

export function patternsOf(secrets: readonly string[]): Patterns {
  const patterns: Patterns = { plain: [], words: [], loose: [], unescaped: [], hex: [], base64: [] };
  for (const text of new Set(secrets.flatMap(partsOf))) addForms(patterns, text);
  return patterns;
}

/** The secret itself, its lines, and the password of a URL. */
function partsOf(secret: string): readonly string[] {
  const trimmed = secret.trim();
  if (trimmed === '') return [];
  const lines = trimmed
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line.length >= shortest);
  const password = /^[a-z][a-z0-9+.-]*:\/\/[^/?#@:]*:([^/?#@]+)@/i.exec(trimmed)?.[1] ?? '';
  return [trimmed, ...lines, ...(password.length >= shortest ? [password, percentDecoded(password)] : [])];
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function addForms(patterns: Patterns, text: string): void {
  const bytes = Buffer.from(text);
  if (text.length < shortest) {
    patterns.words.push(bytes);
    return;
  }
  patterns.plain.push(bytes);
  const loose = looseForm(bytes);
  if (loose.length >= shortest) patterns.loose.push(loose);
  else addOddForms(patterns, text);
  patterns.hex.push(Buffer.from(bytes.toString('hex')));
  for (const offset of [0, 1, 2]) patterns.base64.push(...base64Forms(bytes, offset));
}

/** For secrets made of little else than white space, quotes, plus signs and backslashes. */
function addOddForms(patterns: Patterns, text: string): void {
  const unescaped = decoded(Buffer.from(text));
  if (unescaped.length >= shortest) patterns.unescaped.push(unescaped);
  const once = JSON.stringify(text).slice(1, -1);
  const twice = JSON.stringify(once).slice(1, -1);
  const url = encodeURIComponent(text);
  const form = new URLSearchParams([['', text]]).toString().slice(1);
  for (const one of [once, twice, url, url.toLowerCase(), form]) patterns.plain.push(Buffer.from(one));
}

function looseForm(bytes: Uint8Array): Uint8Array {
  return decoded(bytes, looseView);
}

function decoded(bytes: Uint8Array, view: (next: Stage) => Stage = (next) => next): Uint8Array {
  const kept: number[] = [];
  const stage = decoder(view({ feed: (byte) => kept.push(byte), held: () => 0, end: () => undefined }));
  for (const byte of bytes) stage.feed(byte, 0, 0);
  stage.end();
  return Uint8Array.from(kept);
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/**
 * The characters that the secret alone decides when it begins `offset` bytes into a group of three. The character after
 * them holds bits of the secret as well: every value it can have is a pattern of its own, so that it is hidden too.
 */
function base64Forms(bytes: Uint8Array, offset: number): Buffer[] {
  const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
  const bits = (offset + bytes.length) * 8;
  const whole = Math.floor(bits / 6);
  const body = text.slice([0, 2, 3][offset], whole);
  const spare = (6 - (bits % 6)) % 6;
  const last = alphabet.indexOf(text[whole] ?? 'A');
  const tails =
    spare === 0 ? [] : Array.from({ length: 2 ** spare }, (_, i) => body + alphabet.charAt(last + i));
  return [body, ...tails].map((form) => Buffer.from(form));
}

/** Passes on what is neither white space nor a quote nor a plus sign (a space in URLs) nor a backslash. */
export function looseView(next: Stage): Stage {
  return view(next, (byte) =>
    byte > 0x20 && byte !== 0x7f && !'"\'`+\\'.includes(String.fromCharCode(byte)) ? byte : 0,
  );
}

/** Lower case; white space and the separators of hexadecimal dumps (`de:ad`, `de-ad`, `de,ad`) are left out. */
export function hexView(next: Stage): Stage {
  return view(next, (byte) => {
    if (byte <= 0x20 || byte === 0x3a || byte === 0x2d || byte === 0x2c || byte === 0x5c) return 0;
    return byte >= 0x41 && byte <= 0x46 ? byte + 0x20 : byte;
  });
}

/** The URL alphabet becomes the standard one; white space is left out, since long texts are wrapped. */
export function base64View(next: Stage): Stage {
  return view(next, (byte) => {
    if (byte <= 0x20 || byte === 0x5c) return 0;
    return byte === 0x2d ? 0x2b : byte === 0x5f ? 0x2f : byte;
  });
}

/** Maps every byte; 0 leaves it out. */
function view(next: Stage, map: (byte: number) => number): Stage {
  const table = Uint8Array.from({ length: 256 }, (_, byte) => map(byte));
  return {
    ...next,
    feed: (byte, start, end) => {
      const mapped = table[byte] as number;
      if (mapped !== 0) next.feed(mapped, start, end);
    },
  };
}

/**
 * 1 for each byte with which an escape or a pattern can begin in some view. Characters that begin with another byte leave
 * a stream that is in the middle of nothing as it was, so it need not look at them.
 */
export function startTable(patterns: Patterns): Uint8Array {
  const table = new Uint8Array(256);
  // A word asks what stands before it: then every character counts.
  if (patterns.words.length > 0) return table.fill(1);
  for (const escape of ['%', '&', '\\', '\u001b', '\u009b']) table[leadByte(escape.charCodeAt(0))] = 1;
  for (const pattern of [...patterns.plain, ...patterns.loose, ...patterns.unescaped])
    table[pattern[0] as number] = 1;
  for (const pattern of patterns.hex) for (const form of upperToo(pattern)) table[form] = 1;
  for (const pattern of patterns.base64) for (const form of urlToo(pattern)) table[form] = 1;
  // Surrogates say nothing yet of the byte that their pair begins with.
  table[surrogate] = table.subarray(surrogate).includes(1) ? 1 : 0;
  return table;
}

const surrogate = 0xed;

/** The first byte of UTF-8 of a code unit; for surrogates, `0xed`. */
export function leadByte(unit: number): number {
  if (unit < 0x80) return unit;
  if (unit < 0x800) return 0xc0 | (unit >> 6);
  return 0xe0 | (unit >> 12);
}

function upperToo(pattern: Uint8Array): readonly number[] {
  const first = String.fromCharCode(pattern[0] as number);
  return [first.charCodeAt(0), first.toUpperCase().charCodeAt(0)];
}

function urlToo(pattern: Uint8Array): readonly number[] {
  const first = pattern[0] as number;
  return first === 0x2b ? [first, 0x2d] : first === 0x2f ? [first, 0x5f] : [first];
}
