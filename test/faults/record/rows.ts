import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LogSpec } from '../../../src/model/policy.ts';
import { readWhole } from '../../../src/record/readWhole.ts';
import type { RowRequest } from '../../../src/record/request.ts';

/** One row that somebody wants to be written, by its key. */
export interface Line {
  path: string;
  key: string;
  /** Rows of one number are equal. */
  number: number;
  /** Only rows of usual length, so that the log stays one of an ordinary month. */
  short?: boolean;
}

const spec: LogSpec = {
  kind: 'log',
  path: 'log.md',
  table: 'Entries',
  time: { column: 'Time', zone: 'UTC', kind: 'instant' },
  columns: { Key: { type: 'string' }, Text: { type: 'string' } },
  views: {},
  order: 'oldest-first',
  dated: 'optional',
  tolerance: 0,
};

/** 50 bytes mostly, sometimes thousands, seldom 200 kB (R17). */
function sizeOf({ number, short = false }: Line): number {
  if (short) return 50 + ((number * 37) % 100);
  if (number % 97 === 96) return 200_000;
  return number % 11 === 10 ? 20_000 : 50 + ((number * 37) % 400);
}

export function rowRequest(root: string, line: Line): RowRequest {
  const { path, key, number } = line;
  const at = Date.UTC(2026, 0, 1) + number * 1000;
  const text = `${'lorem ipsum '.repeat(Math.ceil(sizeOf(line) / 12))}.`;
  return {
    root,
    path,
    spec,
    zone: 'UTC',
    title: 'A log of many writers',
    fields: [],
    columns: ['Time', 'Key', 'Text'],
    makeTable: false,
    at,
    wait: 60_000,
    cells: { Time: new Date(at).toISOString().replace('.000Z', 'Z'), Key: key, Text: text },
    key: { column: 'Key', holds: (cell) => cell === key },
  };
}

/** What the reader of logs says of a file: how often each key is there, and rows that are not whole. */
export async function tellLog(
  root: string,
  path: string,
): Promise<{ keys: Map<string, number>; flaws: string[] }> {
  const keys = new Map<string, number>();
  const flaws: string[] = [];
  let text: string;
  try {
    text = readFileSync(join(root, path), 'utf8');
  } catch {
    return { keys, flaws };
  }
  const reading = await readWhole(path, text, spec);
  if (reading.status === 'absent') return { keys, flaws: [`${reading.code} ${reading.message}`] };
  const { table } = reading;
  for (let row = 0; row < table.rows; row++) {
    const flaw = table.flaw(row);
    const { Key, Text } = table.patterns[table.pattern(row)]?.cells ?? {};
    if (flaw !== undefined || typeof Text !== 'string' || !Text.endsWith('.'))
      flaws.push(`line ${table.at(row).line}: ${flaw}`);
    keys.set(String(Key), (keys.get(String(Key)) ?? 0) + 1);
  }
  return { keys, flaws };
}
