import { sha1OfBytes, utf8 } from './sha1.ts';

/** The namespace for addresses of RFC 9562, appendix C. */
const urlNamespace = [
  0x6b, 0xa7, 0xb8, 0x11, 0x9d, 0xad, 0x11, 0xd1, 0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8,
];

/** A UUID of version 5 (RFC 9562, section 5.5) of an address: the same for the same address. */
export function uuidOf(address: string): string {
  const words = sha1OfBytes([...urlNamespace, ...utf8(address)]);
  const digits = words.map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
  const variant = ((Number.parseInt(digits.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `5${digits.slice(13, 16)}`,
    variant + digits.slice(17, 20),
    digits.slice(20, 32),
  ].join('-');
}
