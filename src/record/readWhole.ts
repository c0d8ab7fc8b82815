import { instantOfLocal } from '../model/calendar.ts';
import type { LogSpec } from '../model/policy.ts';
import { logFromText } from '../parse/markdown/logSource.ts';
import type { LogReading } from '../parse/markdown/readLog.ts';
import { readLogFiles } from '../parse/markdown/readLogFiles.ts';

export type WholeReading = Exclude<LogReading, { status: 'needs-rich' }>;

/** One file of a log as every reader of logs sees it, with all its declared columns. */
export function readWhole(path: string, text: string, spec: LogSpec): Promise<WholeReading> {
  const keep = new Set(Object.keys(spec.columns));
  return readLogFiles([logFromText(path, text)], spec, { keep, localToInstant: instantOfLocal });
}

/** What a row says, as one text, so that rows can be compared. Where it stands takes no part. */
export function rowTexts(reading: WholeReading): readonly string[] {
  if (reading.status === 'absent') return [];
  const { table } = reading;
  return Array.from({ length: table.rows }, (_, row) =>
    JSON.stringify([table.time(row), table.patterns[table.pattern(row)], table.flaw(row)]),
  );
}

/** The row in a line, if the last line of the log is one that its writer did not finish: it died. */
export function tornLine(reading: WholeReading): number | undefined {
  if (reading.status === 'absent') return undefined;
  const { table } = reading;
  const last = table.rows - 1;
  return last >= 0 && table.flaw(last) === 'log.torn-row' ? table.at(last).line : undefined;
}
