import type { LogSpec } from '../../../src/model/policy.ts';
import { logFromText, type LogSource } from '../../../src/parse/markdown/logSource.ts';
import { type LogOptions, type LogReading, readLog } from '../../../src/parse/markdown/readLog.ts';
import { createCellReader, readWithRemark } from '../../../src/parse/markdown/remark.ts';
import { header, smoke } from '../../support/smokeLog.ts';

/** A log with a heading, some prose, the table and these rows. */
export function logText(...rows: string[]): string {
  return `# Smoke\n\nOwner: kim  \n\n## Entries\n\n${header}${rows.map((row) => `${row}\n`).join('')}`;
}

export function row(time: string, checks = 'pass', details = 'ok'): string {
  return `| ${time} | shadow | ${checks} | ${details} |`;
}

const options: LogOptions = {
  keep: new Set(['AUTH_MODE', 'Checks']),
  localToInstant: (zone, local) => (zone === 'UTC' ? local : undefined),
};

const rich = { readText: readWithRemark, createCellReader };

/** Reads by the scanner where it accepts, else by remark. */
export function read(
  text: string | LogSource[],
  spec: LogSpec = smoke,
  changed: Partial<LogOptions> = {},
): LogReading {
  const files = typeof text === 'string' ? [logFromText('log.md', text)] : text;
  return readLog(files, spec, { ...options, rich, ...changed });
}

export function readFast(text: string | LogSource[], spec: LogSpec = smoke): LogReading {
  return readLog(typeof text === 'string' ? [logFromText('log.md', text)] : text, spec, options);
}

/** Everything that is to be known of a log, row by row. */
export interface Told {
  line: number;
  time: string;
  cells: object;
  flaw?: string;
  duplicate?: true;
}

export function tell(reading: LogReading): Told[] {
  if (reading.status !== 'read') throw new Error(JSON.stringify(reading));
  const { table } = reading;
  return Array.from({ length: table.rows }, (_, at) => {
    const time = table.time(at);
    const flaw = table.flaw(at);
    return {
      line: table.at(at).line,
      time: Number.isNaN(time) ? 'NaN' : new Date(time).toISOString(),
      cells: { ...table.patterns[table.pattern(at)]?.cells },
      ...(flaw ? { flaw } : {}),
      ...(table.duplicate(at) ? { duplicate: true as const } : {}),
    };
  });
}

export function codes(reading: LogReading): string[] {
  return reading.status === 'needs-rich' ? [] : reading.findings.map(({ code, line }) => `${code}:${line}`);
}

/** The file in parts of some bytes, each made in the same buffer, as a collector gives it. */
export function inParts(path: string, text: string, size: number): LogSource {
  const all = Buffer.from(text, 'utf8');
  const buffer = Buffer.alloc(size);
  return {
    path,
    form: 'latin1',
    *read() {
      for (let from = 0; from < all.length; from += size) {
        const length = all.copy(buffer, 0, from, Math.min(from + size, all.length));
        yield { text: buffer.toString('latin1', 0, length), bytes: buffer.subarray(0, length) };
        buffer.fill(120);
      }
    },
  };
}
