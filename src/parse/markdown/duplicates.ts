import { splitCells } from './cells.ts';
import type { LogBuilder } from './logBuilder.ts';
import { lineTexts, type LogSource } from './logSource.ts';

/**
 * Rows that equal an earlier one in the text of every cell. Equal rows have equal times, so only rows whose time comes
 * again are looked at, and only for them the files are read a second time.
 */
export function findDuplicates(
  files: readonly LogSource[],
  builder: LogBuilder,
  textOf: (raw: string) => string,
): Set<number> {
  const duplicates = new Set<number>();
  const candidates = rowsOfEqualTime(builder);
  const seen = new Set<string>();
  for (const [file, rows] of candidates) {
    const source = files[file];
    if (!source) continue;
    const lines = new Map(rows.map((row) => [builder.at(row).line, row]));
    for (const [line, text] of lineTexts(source, new Set(lines.keys()))) {
      const row = lines.get(line);
      if (row === undefined) continue;
      const key = `${builder.columns.time(row)} ${digestOf(splitCells(text).map(textOf))}`;
      if (seen.has(key)) duplicates.add(row);
      else seen.add(key);
    }
  }
  return duplicates;
}

/** By file, in the order of the rows. */
function rowsOfEqualTime({ columns, suspects, flaws, at }: LogBuilder): Map<number, number[]> {
  const byFile = new Map<number, number[]>();
  if (suspects.size === 0) return byFile;
  const counts = new Map<number, number>();
  const each = (visit: (row: number, time: number) => void) => {
    for (let row = 0; row < columns.rows; row++) {
      const time = columns.time(row);
      if (suspects.has(time) && !flaws.has(row)) visit(row, time);
    }
  };
  each((_row, time) => counts.set(time, (counts.get(time) ?? 0) + 1));
  each((row, time) => {
    if ((counts.get(time) ?? 0) < 2) return;
    const { file } = at(row);
    const rows = byFile.get(file) ?? [];
    rows.push(row);
    byFile.set(file, rows);
  });
  return byFile;
}

/** 106 bits of a text: texts of a million rows are not kept to compare them. */
function digestOf(cells: readonly string[]): string {
  const text = JSON.stringify(cells);
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  let c = 0x9e3779b9;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    a = Math.imul(a ^ code, 2654435761);
    b = Math.imul(b ^ code, 1597334677);
    c = Math.imul(c ^ code, 668265263) ^ (c >>> 13);
  }
  return `${text.length}.${a ^ (a >>> 16)}.${b ^ (b >>> 15)}.${c}`;
}
