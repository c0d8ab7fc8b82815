// When the phases were entered and left again, as the transition log of the rollout tells it.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readMarkdownTables } from 'soakgate';

/** By phase: its first switch, and its first rollback. Undefined without a log. */
export function readSteps(folder) {
  const files = existsSync(folder)
    ? readdirSync(folder).filter((name) => /-transitions-\d{4}\.md$/.test(name))
    : [];
  if (files.length === 0) return undefined;
  const rows = files.sort().flatMap((name) => rowsOf(readFileSync(join(folder, name), 'utf8')));
  const firstBy = (kind, column) =>
    Object.fromEntries(
      rows
        .filter((row) => row.kind === kind)
        .map((row) => [row[column], row.time])
        .reverse(),
    );
  return { switches: firstBy('advance', 'to'), rollbacks: firstBy('rollback', 'from') };
}

/** Columns: Timestamp (UTC), Kind, From, To and what is of no use here. */
function rowsOf(text) {
  const rows = readMarkdownTables(text).tables.flatMap((table) => table.rows);
  return rows.map(({ cells: [time, kind, from, to] }) => ({ time: Date.parse(time), kind, from, to }));
}
