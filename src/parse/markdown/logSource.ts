import type { Part } from './scan.ts';
import { decodeUtf8 } from './utf8.ts';

/**
 * A file of a log. `read` gives its content in parts, cut anywhere, anew each time it is called. Form `latin1`: `text`
 * has one character per byte, and `bytes` are those bytes, good until the next part is asked for. Parts of `partBytes`
 * take little memory, and those that end with a line end save the joining of cut lines; above 64 KiB they are slow.
 */
export interface LogSource {
  path: string;
  form: 'latin1' | 'text';
  read(): Iterable<Part>;
}

/** Measured: larger parts are hardly faster, and from 16 KiB on the strings made of them take 4 MB more. */
export const partBytes = 14 * 1024;

export function logFromText(path: string, text: string): LogSource {
  return { path, form: 'text', read: () => [{ text }] };
}

/** For hosts that cannot make latin1 strings of bytes themselves; that is several times faster. */
export function logFromBytes(path: string, bytes: Uint8Array): LogSource {
  return { path, form: 'latin1', read: () => latin1Parts(bytes) };
}

function* latin1Parts(bytes: Uint8Array): Iterable<Part> {
  for (let from = 0; from < bytes.length; from += 1 << 16) {
    const part = bytes.subarray(from, from + (1 << 16));
    let text = '';
    for (let at = 0; at < part.length; at += 4096)
      text += String.fromCharCode(...part.subarray(at, at + 4096));
    yield { text, bytes: part };
  }
}

/** The whole content as text; a byte order mark stays. */
export function wholeText({ form, read }: LogSource): string {
  const parts = Array.from(read(), ({ text }) => text).join('');
  return form === 'latin1' ? decodeUtf8(parts) : parts;
}

/** The texts of some lines of a file, as they stand there, to rebuild rows for citations. Lines count from 1. */
export function lineTexts(source: LogSource, wanted: ReadonlySet<number>): Map<number, string> {
  const found = new Map<number, string>();
  let rest = '';
  let line = 1;
  const take = (raw: string) => {
    if (wanted.has(line)) found.set(line, source.form === 'latin1' ? decodeUtf8(raw) : raw);
    line++;
  };
  for (const part of source.read()) {
    const text = rest + part.text;
    // A CR at the very end may be half of a line end.
    const end = text.endsWith('\r') ? text.length - 1 : text.length;
    const lines = text.slice(0, end).split(/\r\n|\n|\r/);
    rest = (lines.pop() ?? '') + text.slice(end);
    lines.forEach(take);
  }
  rest.split('\r').forEach(take);
  return found;
}
