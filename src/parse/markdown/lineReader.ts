import { isClosed, isDelimiterLike, isDelimiterRow, splitCells } from './cells.ts';
import { headingLevel, headingSource, isFrontMatterFence, type LineKind, lineKind } from './lineKind.ts';
import type { ScanSink } from './scan.ts';

/** What the lines read so far make of the next one. */
export interface LineState {
  within: 'start' | 'paragraph' | 'loose' | 'table' | 'front';
  /** A first line of pipes whose meaning the next line decides. */
  header: string | undefined;
  frontMatterLines: number;
}

/** One line without its line end; `terminated` is false for a last line that has none. */
export interface Line {
  line: number;
  source: string;
  terminated: boolean;
}

/** Takes the next line; false if it is not of the strict form. */
export function takeLine(state: LineState, sink: ScanSink, next: Line): boolean {
  if (next.line === 1 && isFrontMatterFence(next.source)) {
    state.within = 'front';
    return true;
  }
  if (state.within === 'front') {
    if (!isFrontMatterFence(next.source)) return true;
    state.frontMatterLines = next.line;
    state.within = 'start';
    return true;
  }
  const kind = lineKind(next.source);
  return state.header === undefined
    ? takeKind(state, sink, next, kind)
    : takeAfterHeader(state, sink, next, kind);
}

/** True if nothing is left open at the end of the file, whose last line is `line`. */
export function takeEnd(state: LineState, sink: ScanSink, line: number): boolean {
  if (state.within === 'front') return false;
  return state.header === undefined || sink.loose(line, state.header, true);
}

function takeKind(state: LineState, sink: ScanSink, next: Line, kind: LineKind): boolean {
  const { line, source, terminated } = next;
  switch (kind) {
    case 'blank':
      state.within = 'start';
      return true;
    case 'heading':
      state.within = 'start';
      return sink.heading(line, headingLevel(source), headingSource(source));
    case 'text':
      if (state.within === 'table') return false;
      state.within = 'paragraph';
      sink.text?.(line, source);
      return !source.includes('|') || sink.loose(line, source, terminated);
    case 'pipe':
      return takePipe(state, sink, next);
    case 'other':
      return false;
  }
}

function takePipe(state: LineState, sink: ScanSink, { line, source, terminated }: Line): boolean {
  if (state.within === 'table') return sink.row(line, source, terminated);
  // The last line of a paragraph can become the header of a table; remark is asked about that.
  if (state.within === 'paragraph' || isDelimiterLike(source)) return false;
  if (state.within === 'loose') return sink.loose(line, source, terminated);
  state.within = 'loose';
  if (!terminated) return sink.loose(line, source, false);
  state.header = source;
  return true;
}

function takeAfterHeader(state: LineState, sink: ScanSink, next: Line, kind: LineKind): boolean {
  const header = state.header ?? '';
  state.header = undefined;
  if (kind !== 'pipe' || !isDelimiterLike(next.source)) {
    return sink.loose(next.line - 1, header, true) && takeKind(state, sink, next, kind);
  }
  if (!isDelimiterRow(next.source) || !isClosed(header)) return false;
  if (splitCells(next.source).length !== splitCells(header).length) return false;
  state.within = 'table';
  return sink.table(next.line - 1, header);
}
