import type { ReasonCode } from '../../model/reasons.ts';
import { isClosed, splitCells, trim } from './cells.ts';
import type { LogRow } from './logRow.ts';
import { createLogSink, type LogContext, type LogSink } from './logSink.ts';
import { wholeText, type LogSource } from './logSource.ts';
import { plainText } from './plainText.ts';
import type { LooseLine, MarkdownReading, Refused, RowReading } from './reading.ts';
import { createScanner, type ScanSink } from './scan.ts';
import { eventsOf, rowOf } from './tables.ts';
import { decodeUtf8 } from './utf8.ts';

/** The full Markdown reader, handed in so that it is loaded only when a file asks for it. */
export interface RichReader {
  readText(text: string): MarkdownReading | Refused;
  createCellReader(): (raw: string) => string;
}

export interface LogAbsence {
  code: ReasonCode;
  message: string;
  path: string;
  line?: number;
}

export interface Series {
  /** Rows of each file. */
  counts: number[];
  /** Files that the scanner refused, with the line. */
  refused: Map<number, number>;
  absent: LogAbsence | undefined;
}

/** Reads the files one after the other into the builder of the context; those of `byRich` with the full reader. */
export function readSeries(
  files: readonly LogSource[],
  context: LogContext,
  { rich, byRich }: { rich: RichReader | undefined; byRich: ReadonlySet<number> },
): Series {
  const series: Series = { counts: [], refused: new Map(), absent: undefined };
  const richCell = rich?.createCellReader();
  for (const [file, source] of files.entries()) {
    const before = context.builder.columns.rows;
    const whole = rich && byRich.has(file);
    // The full reader is given the whole file as text, so its cells are text too.
    const textOf = cellText(whole ? 'text' : source.form, richCell);
    const sink = createLogSink(context, { path: source.path, file, textOf });
    if (whole) {
      const refusal = replay(rich.readText(wholeText(source)), sink, textOf);
      if (refusal)
        series.absent ??= {
          code: 'file.unparsable',
          message: refusal.refused,
          path: source.path,
          line: refusal.line,
        };
    } else {
      const line = scan(source, sink, textOf);
      if (line !== undefined) series.refused.set(file, line);
    }
    const missing = series.refused.has(file) ? undefined : sink.missing();
    if (missing) series.absent ??= { path: source.path, ...missing };
    series.counts.push(context.builder.columns.rows - before);
  }
  return series;
}

type CellText = (raw: string) => string | undefined;

function cellText(form: LogSource['form'], richCell: CellText | undefined): CellText {
  return (raw) => {
    const cell = trim(raw, 0, raw.length);
    const text = form === 'latin1' ? decodeUtf8(cell) : cell;
    return plainText(text, 'cell') ?? richCell?.(text);
  };
}

/** The line at which the scanner refused; undefined if it read all. */
function scan(source: LogSource, sink: LogSink, textOf: CellText): number | undefined {
  const decode = (raw: string) => (source.form === 'latin1' ? decodeUtf8(raw) : raw);
  const rowAt = (line: number, raw: string, terminated: boolean): LogRow => {
    const cells = splitCells(raw);
    const text = (cell: number) => textOf(cells[cell] ?? '');
    return { line, source: raw, cells: cells.length, text, closed: isClosed(raw), terminated };
  };
  const scanSink: ScanSink = {
    heading(_line, _level, raw) {
      const text = plainText(decode(raw), 'heading');
      if (text !== undefined) sink.heading(text);
      return text !== undefined;
    },
    table(line, raw) {
      const header = splitCells(raw).map(textOf);
      if (!header.every((cell) => cell !== undefined)) return false;
      sink.table({ line, cells: header, closed: isClosed(raw) });
      return true;
    },
    row: (line, raw, terminated) => sink.row(rowAt(line, raw, terminated)),
    loose(line, raw, terminated) {
      return sink.loose({ line, source: raw, terminated, within: 'paragraph' }, rowAt(line, raw, terminated));
    },
    rows: (text, view, cursor) => {
      sink.takeRows(text, view, cursor);
    },
  };
  const scanner = createScanner(scanSink, source.form === 'latin1' ? '\xef\xbb\xbf' : '\ufeff');
  for (const part of source.read()) scanner.push(part);
  const result = scanner.end();
  return result.accepted ? undefined : result.line;
}

/** Tells the sink what the full reader found, in the order of the lines. */
function replay(reading: MarkdownReading | Refused, sink: LogSink, textOf: CellText): Refused | undefined {
  if ('refused' in reading) return reading;
  const rowAt = ({ line, source, cells, closed, terminated }: RowReading): LogRow => {
    return { line, source, cells: cells.length, text: (cell) => cells[cell] ?? '', closed, terminated };
  };
  const looseRow = (loose: LooseLine) => rowAt(rowOf(loose, (raw) => textOf(raw) ?? raw));
  for (const event of eventsOf(reading)) {
    switch (event.kind) {
      case 'heading':
        sink.heading(event.text);
        break;
      case 'table':
        sink.table({ line: event.line, cells: event.table.header, closed: event.table.closed });
        for (const row of event.table.rows) sink.row(rowAt(row));
        break;
      case 'loose':
        sink.loose(event.loose, looseRow(event.loose));
        break;
    }
  }
  return undefined;
}
