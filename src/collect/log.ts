import { instantOfLocal } from '../model/calendar.ts';
import type { LogTable, RowPattern } from '../model/log.ts';
import { readLogFiles } from '../parse/markdown/readLogFiles.ts';
import { type LogSource, partBytes } from '../parse/markdown/logSource.ts';
import type { Part } from '../parse/markdown/scan.ts';
import { listSeries } from '../files/series.ts';
import type { FileFailure, Workspace } from '../files/workspace.ts';
import { type Collector, unreadable, unseen } from './collector.ts';
import { digestPieces } from './digest.ts';
import { keptColumns } from './keptColumns.ts';
import type { Redactor } from './redact.ts';

/** `log` evidence: all files of the pattern, in the order of their dates, as one table (semantics section 8). */
export const collectLog: Collector<'log'> = async (spec, { workspace, policy, redactor, hasSecrets }) => {
  const series = listSeries(workspace, spec.path);
  if (!series.ok) return unreadable(series, spec.path);
  const files = series.files.map(({ path }) => openFile(workspace, path));
  const reading = await readLogFiles(
    files.map(({ source }) => source),
    spec,
    { keep: keptColumns(policy, spec), localToInstant: instantOfLocal },
  );
  for (const file of files) {
    const failure = file.failure();
    if (failure) return unreadable(failure, file.source.path);
  }
  if (reading.status === 'absent') {
    const { code, message, path, line, findings } = reading;
    return { ...unseen(code, message, line === undefined ? { path } : { path, line }), findings };
  }
  const content = {
    type: 'log' as const,
    table: hasSecrets ? redactTable(reading.table, redactor) : reading.table,
    timeKind: spec.time.kind,
    order: spec.order,
    files: reading.files.map(({ path, rows }, index) => ({
      path,
      rows,
      get digest() {
        return files[index]?.digest() ?? '';
      },
    })),
  };
  // The newest file is where the next row goes, so that is where a reader looks first.
  return {
    ok: true,
    content,
    source: { path: files.at(-1)?.source.path ?? spec.path },
    findings: reading.findings,
  };
};

interface OpenLog {
  source: LogSource;
  failure(): FileFailure | undefined;
  digest(): string;
}

/**
 * A file that is hashed while it is read. INVARIANT: the digest is that of the bytes that were read; a file that is
 * read twice and changed in between is a failure.
 */
function openFile(workspace: Workspace, path: string): OpenLog {
  let failed: FileFailure | undefined;
  let known: (() => string) | undefined;
  function* read(): Generator<Part> {
    const { add, digest } = digestPieces();
    const pieces = workspace.pieces(path);
    for (;;) {
      const next = pieces.next();
      if (next.done) {
        failed ??= next.value;
        break;
      }
      add(next.value);
      yield* partsOf(Buffer.from(next.value.buffer, next.value.byteOffset, next.value.length));
    }
    if (known !== undefined && known() !== digest()) {
      failed ??= { ok: false, code: 'file.unreadable', message: `\`${path}\` changed while it was read` };
    }
    known = digest;
  }
  return {
    source: { path, form: 'latin1', read },
    failure: () => failed,
    digest: () => known?.() ?? '',
  };
}

/** Parts of the size that the reader of logs likes best; all but the last of a piece end with a line end. */
function* partsOf(piece: Buffer): Generator<Part> {
  for (let from = 0; from < piece.length; ) {
    const full = from + partBytes;
    const line = full < piece.length ? piece.lastIndexOf(10, full - 1) + 1 : piece.length;
    const end = line > from ? line : full;
    yield { text: piece.toString('latin1', from, end), bytes: piece.subarray(from, end) };
    from = end;
  }
}

/** The same table with secrets taken out of its cells; row texts themselves are never kept. */
function redactTable(table: LogTable, redactor: Redactor): LogTable {
  const patterns: RowPattern[] = table.patterns.map(({ cells, illTyped }) => {
    const redacted: Record<string, string | number | boolean> = Object.create(null) as Record<string, string>;
    for (const [name, cell] of Object.entries(cells)) {
      redacted[name] = typeof cell === 'string' ? redactor.text(cell) : cell;
    }
    return { cells: redacted, illTyped };
  });
  return { ...table, rows: table.rows, patterns };
}
