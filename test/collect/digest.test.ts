import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { digestPieces, sha256 } from '../../src/collect/digest.ts';

const digestOf = (bytes: Uint8Array) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

it('pieces have the digest of the whole, though their memory is used again', () =>
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 64 })), (pieces) => {
      const memory = Buffer.alloc(64);
      const { add, digest } = digestPieces();
      for (const piece of pieces) {
        memory.set(piece);
        add(memory.subarray(0, piece.length));
      }
      expect(digest()).toBe(digestOf(Buffer.concat(pieces)));
      expect(digest()).toBe(digest());
    }),
  ));

it.each([0, 1, 2 * 1024 * 1024, 2 * 1024 * 1024 + 1, 5_000_000])('also of %i bytes', (size) => {
  const bytes = Buffer.alloc(size, 'a log of audits\n');
  const { add, digest } = digestPieces();
  for (let from = 0; from < size; from += 65536) add(bytes.subarray(from, from + 65536));
  expect(digest()).toBe(digestOf(bytes));
  expect(sha256(bytes)).toBe(digestOf(bytes));
});

it('many files that nobody asks about do not pile up', () => {
  const rows = Buffer.alloc(65536, 'row\n');
  const before = process.memoryUsage().arrayBuffers;
  const files = Array.from({ length: 100 }, () => {
    const { add, digest } = digestPieces();
    for (let piece = 0; piece < 10; piece++) add(rows);
    return digest;
  });
  // 64 MB went by.
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(40 * 1024 * 1024);
  expect(new Set(files.map((digest) => digest())).size).toBe(1);
});
