import type { LogSpec } from '../../model/policy.ts';

/** How the header of a table maps to the columns that a log needs. */
export interface LogShape {
  header: readonly string[];
  /** The header ends with a pipe, so a whole row does too. */
  closed: boolean;
  time: number;
  /** Positions of the kept columns, in the order of `names`. */
  kept: readonly number[];
  /** Kept columns that stand side by side, from and to inclusive, and which of `names` they are. */
  groups: readonly { from: number; to: number; names: readonly number[] }[];
}

export type ShapeResult = { ok: true; shape: LogShape } | { ok: false; column: string; times: number };

/** Maps a header; fails on the first declared column that is missing or stands there twice. */
export function shapeOf(
  header: readonly string[],
  closed: boolean,
  { spec, names }: { spec: LogSpec; names: readonly string[] },
): ShapeResult {
  for (const column of [spec.time.column, ...Object.keys(spec.columns)]) {
    const times = header.filter((name) => name === column).length;
    if (times !== 1) return { ok: false, column, times };
  }
  const kept = names.map((name) => header.indexOf(name));
  const groups: { from: number; to: number; names: number[] }[] = [];
  for (let column = 0; column < header.length; column++) {
    const name = kept.indexOf(column);
    if (name < 0) continue;
    const last = groups.at(-1);
    if (last && last.to === column - 1) {
      last.to = column;
      last.names.push(name);
    } else groups.push({ from: column, to: column, names: [name] });
  }
  return { ok: true, shape: { header, closed, time: header.indexOf(spec.time.column), kept, groups } };
}
