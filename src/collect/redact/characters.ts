/** HTML names of the ASCII characters that escapers name; ASCII letters are never named. */
const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  Tab: '\t',
  NewLine: '\n',
  excl: '!',
  num: '#',
  dollar: '$',
  percnt: '%',
  lpar: '(',
  rpar: ')',
  ast: '*',
  plus: '+',
  comma: ',',
  period: '.',
  sol: '/',
  colon: ':',
  semi: ';',
  equals: '=',
  quest: '?',
  commat: '@',
  lbrack: '[',
  lsqb: '[',
  bsol: '\\',
  rbrack: ']',
  rsqb: ']',
  Hat: '^',
  lowbar: '_',
  grave: '`',
  lbrace: '{',
  lcub: '{',
  verbar: '|',
  vert: '|',
  rbrace: '}',
  rcub: '}',
};

/** The code point that `#60`, `#x3c` or `lt` stands for. */
export function entity(text: string): number | undefined {
  const numeric = /^#(?:[xX]([0-9a-fA-F]{1,6})|([0-9]{1,7}))$/.exec(text);
  if (!numeric) return Object.hasOwn(named, text) ? named[text]?.charCodeAt(0) : undefined;
  const code = numeric[1] === undefined ? Number(numeric[2]) : Number.parseInt(numeric[1], 16);
  return code <= 0x10ffff ? code : undefined;
}

/** UTF-8 of a code point. */
export function utf8(code: number): readonly number[] {
  if (code < 0x80) return [code];
  if (code < 0x800) return [0xc0 | (code >> 6), 0x80 | (code & 63)];
  if (code < 0x10000) return [0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63)];
  return [0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63)];
}

export function isHex(byte: number): boolean {
  return (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x46) || (byte >= 0x61 && byte <= 0x66);
}

/** The value of a hexadecimal digit. */
export function hexValue(byte: number): number {
  return Number.parseInt(String.fromCharCode(byte), 16);
}

export function isEntityByte(byte: number): boolean {
  return (
    byte === 0x23 ||
    (byte >= 0x30 && byte <= 0x39) ||
    (byte >= 0x41 && byte <= 0x5a) ||
    (byte >= 0x61 && byte <= 0x7a)
  );
}

/** The letter after the backslash in `\b \f \n \r \t \v`, and a line break after a backslash (shell). */
export function isWhiteEscape(byte: number): boolean {
  return (
    byte === 0x62 ||
    byte === 0x66 ||
    byte === 0x6e ||
    byte === 0x72 ||
    byte === 0x74 ||
    byte === 0x76 ||
    byte === 0x0a
  );
}
