import { type LineState, takeEnd, takeLine } from './lineReader.ts';

/** Where a scan stands: the character after the last whole line, and the number of the next line (from 1). */
export interface Cursor {
  at: number;
  line: number;
  /** Number of the text in hand, so that a sink can remember things about it. */
  part: number;
}

/** The next part of a file, cut anywhere; with its bytes if the text is latin1, one character for each. */
export interface Part {
  text: string;
  bytes?: Uint8Array;
}

/**
 * What a scan tells, in the order of the lines. `source` is a line without its line end, as it came in; `terminated`
 * is false for a last line without line end. A callback that returns false cannot tell what the line means: the scan
 * ends refused.
 */
export interface ScanSink {
  heading(line: number, level: number, source: string): boolean;
  table(line: number, header: string): boolean;
  row(line: number, source: string, terminated: boolean): boolean;
  /** A line of a plain paragraph that holds a pipe. */
  loose(line: number, source: string, terminated: boolean): boolean;
  /** A line of a plain paragraph; those with pipes are told as loose lines too. */
  text?(line: number, source: string): void;
  /** Takes as many plain rows of the table or of the detached rows in hand as it can, and moves the cursor behind them. */
  rows?(text: string, view: DataView, cursor: Cursor): void;
}

export interface Scanner {
  push(part: Part): void;
  end(): ScanResult;
}

export type ScanResult = { accepted: true; frontMatterLines: number } | { accepted: false; line: number };

/** A longer line is nobody's log; without a bound one endless line would be copied again with each part. */
const maxLine = 1 << 20;

/**
 * The fast reader, behind a strict acceptance rule: front matter, blank lines, ATX headings, plain paragraphs, tables
 * with outer pipes at column 0 after a blank line or heading, and detached rows. Within that rule it agrees with
 * remark-gfm; whatever else stands in a file refuses it. Works on text and on bytes as latin1 alike, since all structure
 * is ASCII. `mark` is the byte order mark in that form; it is cut off.
 */
export function createScanner(sink: ScanSink, mark: string): Scanner {
  const cursor: Cursor = { at: 0, line: 1, part: 0 };
  const state: LineState = { within: 'start', header: undefined, frontMatterLines: 0 };
  /** INVARIANT: holds no line feed. Only it is ever copied, never a whole part. */
  let rest = '';
  let started = false;
  let refused: number | undefined;

  function takePart(part: Part): void {
    const first = part.text.indexOf('\n') + 1;
    if (first === 0) {
      rest += part.text;
      if (rest.length > maxLine) refused = cursor.line;
      return;
    }
    const from = rest === '' ? 0 : first;
    const end = part.text.lastIndexOf('\n') + 1;
    if (from > 0) {
      const line = rest + part.text.slice(0, from);
      refused = takeLines(lineOf(line, part), { from: 0, end: line.length });
    }
    refused ??= takeLines(part, { from, end });
    rest = part.text.slice(end);
  }

  /** Takes the lines between two places, the last of which may lack its line end; the number of a line that it refuses. */
  function takeLines(
    { text, bytes }: Part,
    { from, end }: { from: number; end: number },
  ): number | undefined {
    cursor.at = from;
    cursor.part++;
    const view = bytes && new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    while (cursor.at < end) {
      if (view && (state.within === 'table' || (state.within === 'loose' && state.header === undefined))) {
        sink.rows?.(text, view, cursor);
        if (cursor.at >= end) break;
      }
      const found = text.indexOf('\n', cursor.at);
      const after = found < 0 ? end : found;
      const cut = found > cursor.at && text.charCodeAt(found - 1) === 13 ? found - 1 : after;
      const source = text.slice(cursor.at, cut);
      if (!takeLine(state, sink, { line: cursor.line, source, terminated: found >= 0 })) return cursor.line;
      cursor.at = after + 1;
      cursor.line++;
    }
    return undefined;
  }

  function start(part: Part): void {
    started = true;
    rest = '';
    takePart(part.text.startsWith(mark) ? behind(part, mark.length) : part);
  }

  return {
    push(part) {
      if (refused !== undefined) return;
      if (started) takePart(part);
      else if (rest === '' && part.text.length >= mark.length) start(part);
      else {
        rest += part.text;
        if (rest.length >= mark.length) start({ text: rest });
      }
    },
    end() {
      if (!started) start({ text: rest });
      refused ??= takeLines({ text: rest }, { from: 0, end: rest.length });
      if (refused === undefined && !takeEnd(state, sink, cursor.line - 1)) refused = cursor.line - 1;
      if (refused !== undefined) return { accepted: false, line: refused };
      return { accepted: true, frontMatterLines: state.frontMatterLines };
    },
  };
}

function behind({ text, bytes }: Part, from: number): Part {
  return bytes ? { text: text.slice(from), bytes: bytes.subarray(from) } : { text: text.slice(from) };
}

/** A line that was cut in two, as a part of its own. */
function lineOf(text: string, { bytes }: Part): Part {
  if (!bytes) return { text };
  const copy = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) copy[at] = text.charCodeAt(at);
  return { text, bytes: copy };
}
