import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { capture, keptTail } from '../../../src/collect/command/output.ts';
import { createRedactor } from '../../../src/collect/redact.ts';

const secret = 'canary-secret-0123456789';
const megabyte = 1024 * 1024;

async function captured(
  text: string,
  size: number,
  hidden = secret,
): Promise<{ text: string; lines: string[]; bytes: number }> {
  const stream = new PassThrough();
  const lines: string[] = [];
  let bytes = 0;
  const capturing = capture(stream, {
    redactor: createRedactor([hidden]),
    onBytes: (chunk) => (bytes += chunk.length),
    onLine: (line) => lines.push(line),
  });
  const buffer = Buffer.from(text);
  for (let i = 0; i < buffer.length; i += size) stream.write(buffer.subarray(i, i + size));
  stream.end();
  await new Promise((resolve) => stream.on('end', resolve));
  return { text: capturing.end(), lines, bytes };
}

describe('long outputs', () => {
  test.each([1, 4.9, 9])('of %d MB the last lines are kept, with secrets hidden', async (size) => {
    const line = `a line with ${secret} and \u{1f511} in it, number `;
    const count = Math.floor((size * megabyte) / 60);
    const lines = Array.from({ length: count }, (_, i) => `${line}${i}\n`);
    const out = await captured(lines.join(''), 65_535);
    const expected = lines.map((text) => text.replace(secret, '[redacted]')).join('');
    expect(out.text.length).toBeGreaterThan(keptTail - 100);
    expect(out.text.length).toBeLessThanOrEqual(keptTail);
    expect(expected.endsWith(out.text)).toBe(true);
    expect(out.text.startsWith('a line')).toBe(true);
    expect(out.bytes).toBe(Buffer.byteLength(lines.join('')));
  });

  test.each([0, 7])('no part of a secret shows where bytes were left out (%i)', async (shift) => {
    const out = await captured('x'.repeat(shift) + secret.repeat(240_000), 65_535);
    // The one marker for all of them may lie in what is thrown away.
    expect(out.text).toMatch(/^(\[redacted\])?$/);
  });

  test('nor where little is left of a megabyte of secrets', async () => {
    const long = Array.from({ length: 300 }, (_, i) => `canary${i * 7919}`).join('-');
    const { text } = await captured(`${long}.`.repeat(Math.ceil((6 * megabyte) / long.length)), 65_535, long);
    expect(text).toMatch(/^(\[redacted\])?\.(\[redacted\]\.)+$/);
  });

  test('without a line break all that fits is kept', async () => {
    expect((await captured('ab'.repeat(100_000), 1000)).text).toBe('ab'.repeat(keptTail / 2));
  });

  test('a short output is kept as it is', async () => {
    expect((await captured('no break at the end', 3)).text).toBe('no break at the end');
    expect((await captured('', 1)).text).toBe('');
  });
});

test('lines are told when they are whole, the newest of each chunk', async () => {
  const { lines } = await captured('one\ntwo\nthr', 4);
  expect(lines).toEqual(['one', 'two']);
  expect((await captured('10 %\r20 %\r  \n', 100)).lines).toEqual(['20 %']);
});
