import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { readHolder, removeIfThere } from './lock.ts';
import { livenessOf } from './process.ts';

/** The lock of a log stands beside it. */
export function lockPathOf(log: string): string {
  return join(dirname(log), `.${basename(log)}.lock`);
}

/**
 * Removes what writers that died have left beside a log. To be called by the holder of its lock: nobody else writes
 * the log, so any temporary file of it is stale. Files of the lock are judged by the process they name.
 */
export function sweepBeside(log: string): void {
  const folder = dirname(log);
  const name = basename(log);
  for (const entry of readdirSync(folder)) {
    if (!entry.startsWith(`.${name}.`)) continue;
    const rest = entry.slice(name.length + 2);
    const path = join(folder, entry);
    if (/^[0-9a-f]{12}\.tmp$/.test(rest)) removeIfThere(path);
    else if (rest.startsWith('lock.') && isOfTheDead(path)) removeIfThere(path);
  }
}

function isOfTheDead(path: string): boolean {
  const holder = readHolder(path);
  return holder !== undefined && holder !== 'nobody' && livenessOf(holder) === 'dead';
}
