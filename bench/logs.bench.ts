import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LogSpec } from '../src/model/policy.ts';
import { type LogSource, partBytes } from '../src/parse/markdown/logSource.ts';
import { readLog } from '../src/parse/markdown/readLog.ts';
import { createScanner, type ScanSink } from '../src/parse/markdown/scan.ts';
import { interleaved, median } from './support.ts';

export const name = 'logs';
export const goal =
  'Reading an audit log of a million rows, 126 bytes each, costs about as much as reading its bytes; memory as in a process that does nothing.';

const rows = 1_000_000;
const sample = 2000;
const columns = ['AUTH_MODE', 'AGENT_TRANSPORT', 'SECRETS_VAULT_MODE', 'Checks'];
const spec: LogSpec = {
  kind: 'log',
  path: 'smoke.md',
  table: 'Entries',
  time: { column: 'Timestamp (UTC)', zone: 'UTC', kind: 'instant' },
  columns: Object.fromEntries([...columns, 'Details'].map((column) => [column, { type: 'string' }])),
  views: {},
  order: 'oldest-first',
  dated: 'optional',
  tolerance: 0,
};

function logHead(): string {
  const header = ['Timestamp (UTC)', ...columns, 'Details'];
  const rule = header.map(() => '---');
  return `# Smoke window\n\nStatus: active  \n\n## Entries\n\n| ${header.join(' | ')} |\n| ${rule.join(' | ')} |\n`;
}

/** Rows of some months: 85 % pass, 10 % not-run, 5 % fail, the flags change now and then. */
function logRow(row: number): string {
  const chance = (Math.imul(row + 1, 2654435761) >>> 16) % 100;
  const result = chance < 5 ? 'fail' : chance < 15 ? 'not-run' : 'pass';
  const mode = Math.floor(row / 5000) % 2 ? 'enforced' : 'shadow';
  const time = new Date(Date.UTC(2024, 0, 1) + row * 61_000).toISOString().replace('.000', '');
  const commit = (Math.imul(row, 7919) >>> 4).toString(16).padStart(7, '0').slice(0, 7);
  const details = `mono-check pass, backend-tests ${result}, commit ${commit} run ${row}`;
  return `| ${time} | ${mode} | hybrid | shadow | ${result} | ${details} |\n`;
}

function writeLog(path: string, count: number): void {
  const file = openSync(path, 'w');
  writeSync(file, logHead());
  for (let row = 0; row < count; row += 1000) {
    writeSync(
      file,
      Array.from({ length: Math.min(1000, count - row) }, (_, at) => logRow(row + at)).join(''),
    );
  }
  closeSync(file);
}

function fileSource(path: string): LogSource {
  return {
    path,
    form: 'latin1',
    *read() {
      const buffer = Buffer.allocUnsafe(partBytes);
      const file = openSync(path, 'r');
      try {
        // Parts end with a line end; what is behind it is carried over to the next.
        for (let rest = 0, length = 1; length > 0; ) {
          length = readSync(file, buffer, rest, partBytes - rest, null);
          const size = rest + length;
          const end = length === 0 ? size : buffer.lastIndexOf(10, size - 1) + 1;
          yield { text: buffer.toString('latin1', 0, end), bytes: buffer.subarray(0, end) };
          rest = buffer.copy(buffer, 0, end, size);
        }
      } finally {
        closeSync(file);
      }
    },
  };
}

/** Folds a log into times and patterns; the number of its rows. */
export function fold(path: string): number {
  const reading = readLog([fileSource(path)], spec, {
    keep: new Set(columns),
    localToInstant: () => undefined,
  });
  if (reading.status !== 'read') throw new Error(reading.status);
  return reading.table.rows;
}

/** Finds the rows of a log and nothing in them. */
function locate(path: string): number {
  let found = 0;
  const yes = () => true;
  const sink: ScanSink = {
    heading: yes,
    table: yes,
    row: () => ++found > 0,
    loose: yes,
    rows(text, view, cursor) {
      while (cursor.at < view.byteLength && view.getUint8(cursor.at) === 124) {
        const end = text.indexOf('\n', cursor.at);
        if (end < 0) return;
        found++;
        cursor.at = end + 1;
        cursor.line++;
      }
    },
  };
  const scanner = createScanner(sink, '\u00ef\u00bb\u00bf');
  for (const part of fileSource(path).read()) scanner.push(part);
  if (!scanner.end().accepted) throw new Error('refused');
  return found;
}

function check(count: number, wanted: number): void {
  if (count !== wanted) throw new Error(`${count} rows instead of ${wanted}`);
}

/** Megabytes at the peak of a process that runs this code. `maxRSS` of a child counts its parent too, so Linux is asked. */
function peak(code: string): number {
  const tell = `import { readFileSync } from 'node:fs'; ${code};
    process.stdout.write(/VmHWM:\\s*(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]);`;
  const runs = [0, 1, 2].map(() => {
    return (
      Number(execFileSync(process.execPath, ['--input-type=module', '-e', tell], { encoding: 'utf8' })) / 1024
    );
  });
  return median(runs);
}

/** Milliseconds of remark for each row of a smaller log. */
async function remarkPerRow(folder: string): Promise<number> {
  const { readWithRemark } = await import('../src/parse/markdown/remark.ts');
  const path = join(folder, 'sample.md');
  writeLog(path, sample);
  const text = readFileSync(path, 'utf8');
  const whole = (lines: readonly string[]) => ({
    lines: [...lines],
    origin: lines.map((_, index) => index + 1),
  });
  const { remark } = await interleaved({ remark: () => readWithRemark(text, whole) }, { rounds: 3 });
  return remark / sample;
}

export async function run() {
  const folder = mkdtempSync(join(tmpdir(), 'soakgate-logs-'));
  try {
    const path = join(folder, 'million.md');
    writeLog(path, rows);
    const times = await interleaved(
      {
        bytes: () => readFileSync(path),
        located: () => {
          check(locate(path), rows);
        },
        folded: () => {
          check(fold(path), rows);
        },
      },
      { rounds: 15, warmUp: 2 },
    );
    const idle = peak('0');
    const extra =
      peak(
        `const { fold } = await import(${JSON.stringify(import.meta.url)}); fold(${JSON.stringify(path)})`,
      ) - idle;
    return [
      { what: 'rows located / `readFileSync`', ratio: times.located / times.bytes, target: '<= 1.5' },
      { what: 'rows folded / `readFileSync`', ratio: times.folded / times.bytes, target: '<= 2.5' },
      {
        what: 'remark / folded, per row',
        ratio: (await remarkPerRow(folder)) / (times.folded / rows),
        target: '>= 1000',
        note: `remark reads ${sample} rows`,
      },
      {
        what: 'memory above an idle process / 16 MB',
        ratio: extra / 16,
        target: '<= 1',
        note: `${extra.toFixed(1)} MB more at the peak`,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
