/**
 * SHA-1 (RFC 3174) of a text in UTF-8, as 40 hexadecimal digits. It makes stable names (UUIDs of version 5,
 * fingerprints) and protects nothing.
 */
export function sha1(text: string): string {
  return sha1OfBytes(utf8(text))
    .map((word) => (word >>> 0).toString(16).padStart(8, '0'))
    .join('');
}

/** The bytes of a text; lone surrogates become U+FFFD as everywhere else. */
export function utf8(text: string): readonly number[] {
  const bytes: number[] = [];
  for (const char of text.toWellFormed()) {
    const point = char.codePointAt(0) as number;
    if (point < 0x80) bytes.push(point);
    else if (point < 0x800) bytes.push(0xc0 | (point >> 6), tail(point));
    else if (point < 0x10000) bytes.push(0xe0 | (point >> 12), tail(point >> 6), tail(point));
    else bytes.push(0xf0 | (point >> 18), tail(point >> 12), tail(point >> 6), tail(point));
  }
  return bytes;
}

function tail(bits: number): number {
  return 0x80 | (bits & 0x3f);
}

function rotate(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}

/** Five words of 32 bits. */
export function sha1OfBytes(bytes: readonly number[]): readonly number[] {
  let state: readonly number[] = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0];
  const words = paddedWords(bytes);
  for (let at = 0; at < words.length; at += 16) {
    const schedule = words.slice(at, at + 16);
    for (let i = 16; i < 80; i++) {
      const [a = 0, b = 0, c = 0, d = 0] = [3, 8, 14, 16].map((back) => schedule[i - back]);
      schedule.push(rotate(a ^ b ^ c ^ d, 1));
    }
    const mixed = schedule.reduce(round, state);
    state = state.map((word, i) => (word + (mixed[i] ?? 0)) | 0);
  }
  return state;
}

function round(
  [a = 0, b = 0, c = 0, d = 0, e = 0]: readonly number[],
  word: number,
  i: number,
): readonly number[] {
  const [mix, constant] =
    i < 20
      ? [(b & c) | (~b & d), 0x5a827999]
      : i < 40
        ? [b ^ c ^ d, 0x6ed9eba1]
        : i < 60
          ? [(b & c) | (b & d) | (c & d), 0x8f1bbcdc]
          : [b ^ c ^ d, 0xca62c1d6];
  return [(rotate(a, 5) + mix + e + constant + word) | 0, a, rotate(b, 30), c, d];
}

/** The bytes, one bit set, zeros, and the length in bits: whole blocks of sixteen words. */
function paddedWords(bytes: readonly number[]): number[] {
  const length = (((bytes.length + 8) >> 6) + 1) * 16;
  const words = new Array<number>(length).fill(0);
  [...bytes, 0x80].forEach((byte, i) => {
    words[i >> 2] = (words[i >> 2] as number) | (byte << (24 - (i % 4) * 8));
  });
  words[length - 2] = Math.floor(bytes.length / 0x20000000);
  words[length - 1] = (bytes.length << 3) | 0;
  return words;
}
