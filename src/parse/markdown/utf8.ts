/**
 * Decodes UTF-8 that came as one character per byte (latin1). Whatever is not UTF-8 becomes U+FFFD, one per maximal
 * part of a sequence, as the WHATWG decoder does it. The core has no decoder of the host at hand.
 */
export function decodeUtf8(bytes: string): string {
  if (!/[\x80-\xff]/.test(bytes)) return bytes;
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const lead = bytes.charCodeAt(at);
    const size = sequenceSize(lead);
    let point = size > 1 ? lead & (0x7f >> size) : lead;
    let taken = 1;
    while (taken < size && isContinuation(bytes.charCodeAt(at + taken), lead, taken)) {
      point = (point << 6) | (bytes.charCodeAt(at + taken) & 0x3f);
      taken++;
    }
    text += size === 0 || taken < size ? '\ufffd' : String.fromCodePoint(point);
    at += taken;
  }
  return text;
}

/** 0 if no sequence begins with this byte. */
function sequenceSize(lead: number): number {
  if (lead < 0x80) return 1;
  if (lead < 0xc2 || lead > 0xf4) return 0;
  return lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

/** The second byte has narrower bounds after some leads: no overlong forms, surrogates or points above U+10FFFF. */
function isContinuation(code: number, lead: number, index: number): boolean {
  const low = index === 1 ? (lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80) : 0x80;
  const high = index === 1 ? (lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf) : 0xbf;
  return code >= low && code <= high;
}
