import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import type { Redactor } from '../redact.ts';

/** Characters of each stream that are kept: the last ones. */
export const keptTail = 64 * 1024;

/** What is kept of one stream. */
export interface Capture {
  /** The redacted end of the output; begins at a line where it can. */
  end: () => string;
}

export interface CaptureOptions {
  redactor: Redactor;
  /** Called with every chunk as it comes, before redaction: for counting and for reading JSON. */
  onBytes: (chunk: Buffer) => void;
  onLine: (text: string) => void;
}

/** Bytes of a stream that are redacted as they come. Of what follows only the end is, since no more is kept. */
const redactedAtOnce = 4 * 1024 * 1024;

/** Bytes that are kept of what follows; and how many of them are looked at but not kept, if there were more before. */
const lateBytes = 1024 * 1024;
const lateLead = 256 * 1024;

/** Reads a stream to its end, or until it is destroyed. Text is decoded and redacted across the borders of chunks. */
export function capture(stream: Readable, { redactor, onBytes, onLine }: CaptureOptions): Capture {
  const decoder = new StringDecoder('utf8');
  const hiding = redactor.stream();
  const lines = lineFinder(onLine);
  const tail = createTail();
  const late = createRing(lateBytes);
  let bytes = 0;
  const keep = (text: string): void => {
    lines(text);
    tail.add(text);
  };
  stream.on('data', (chunk: Buffer) => {
    onBytes(chunk);
    bytes += chunk.length;
    if (bytes <= redactedAtOnce) keep(hiding.push(decoder.write(chunk)));
    else late.add(chunk);
  });
  // A pipe that breaks has simply ended.
  stream.on('error', () => undefined);
  return {
    end: () => {
      const rest = late.take();
      if (late.lost()) {
        // A secret may have been cut where the rest begins: the text there is looked at and thrown away.
        hiding.end();
        decoder.end();
        hiding.push(decoder.write(rest.subarray(0, lateLead)));
        tail.restart();
        keep(hiding.push(decoder.write(rest.subarray(lateLead))));
      } else keep(hiding.push(decoder.write(rest)));
      keep(hiding.push(decoder.end()) + hiding.end());
      return tail.text();
    },
  };
}

/** The end of a text that comes in pieces. */
function createTail() {
  let tail = '';
  let cut = false;
  const shorten = (): void => {
    cut = true;
    tail = tail.slice(-keptTail);
  };
  return {
    add: (text: string): void => {
      tail += text;
      if (tail.length > 2 * keptTail) shorten();
    },
    restart: (): void => {
      cut = true;
      tail = '';
    },
    text: (): string => {
      if (tail.length > keptTail) shorten();
      return cut ? fromLineStart(tail) : tail;
    },
  };
}

/** The last bytes of a stream, `size` of them or a chunk more. */
function createRing(size: number) {
  const chunks: Buffer[] = [];
  let held = 0;
  let lost = false;
  return {
    add: (chunk: Buffer): void => {
      chunks.push(chunk);
      held += chunk.length;
      while (held - (chunks[0]?.length ?? 0) > size) {
        held -= chunks.shift()?.length ?? 0;
        lost = true;
      }
    },
    take: (): Buffer => Buffer.concat(chunks),
    lost: (): boolean => lost,
  };
}

/** The first line was cut somewhere, maybe within a character. Without a second line all is kept but half a character. */
function fromLineStart(text: string): string {
  const line = text.indexOf('\n');
  if (line >= 0 && line < text.length - 1) return text.slice(line + 1);
  return text.replace(/^[\udc00-\udfff]/, '');
}

/** Tells the newest whole line that is not blank; `\r` ends a line too, since progress bars write it. */
function lineFinder(onLine: (text: string) => void): (text: string) => void {
  const longest = 500;
  let open = '';
  return (text) => {
    const end = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r'));
    if (end < 0) {
      open = (open + text).slice(0, longest);
      return;
    }
    const whole = (open + text.slice(0, end)).split(/[\r\n]+/).findLast((line) => line.trim() !== '');
    open = text.slice(end + 1).slice(0, longest);
    if (whole !== undefined) onLine(whole.slice(0, longest));
  };
}
