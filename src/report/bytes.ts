/** Number of bytes that a text takes in UTF-8. A lone surrogate is written as U+FFFD, three bytes as well. */
export function bytesOf(text: string): number {
  let bytes = text.length;
  for (const [char] of text.matchAll(/[^\0-\u007f]/gu)) {
    const point = char.codePointAt(0) as number;
    // Of what is counted already: one code unit each, two beyond the basic plane.
    bytes += point < 0x800 ? 1 : 2;
  }
  return bytes;
}
