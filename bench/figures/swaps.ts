import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { treeWorkspace } from '../../src/files/tree.ts';

export const about = 'R30: reads while a folder and a link out of the root are swapped 100,000 times';

/** Swaps `race` between a folder of the root and a link out of it; counts in shared memory. */
const swapper = `
  const { renameSync } = require('node:fs');
  const { workerData: { root, counts, swaps } } = require('node:worker_threads');
  const seen = new Int32Array(counts);
  for (let i = 0; i < swaps; i += 2) {
    renameSync(root + '/inside', root + '/race'); renameSync(root + '/race', root + '/inside');
    renameSync(root + '/outside', root + '/race'); renameSync(root + '/race', root + '/outside');
    seen[0] = i + 2;
  }`;

export async function run({ args }: { args: readonly string[] }) {
  const swaps = Number(args[0] ?? 100_000);
  const base = mkdtempSync(join(tmpdir(), 'soakgate-swaps-'));
  const root = join(base, 'root');
  mkdirSync(join(root, 'inside'), { recursive: true });
  mkdirSync(join(base, 'beside'));
  writeFileSync(join(root, 'inside/f'), 'inside');
  writeFileSync(join(base, 'beside/f'), 'outside');
  symlinkSync('../beside', join(root, 'outside'));
  const counts = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(swapper, { eval: true, workerData: { root, counts: counts.buffer, swaps } });
  const ended = new Promise((resolve) => worker.once('exit', resolve));
  const workspace = treeWorkspace(root);
  const seen = { inside: 0, refused: 0, missing: 0, escapes: 0 };
  while ((counts[0] ?? 0) < swaps) {
    const file = workspace.read('race/f');
    if (!file.ok) seen[file.code === 'file.outside-root' ? 'refused' : 'missing']++;
    else if (Buffer.from(file.bytes).toString() === 'inside') seen.inside++;
    else seen.escapes++;
  }
  await ended;
  rmSync(base, { recursive: true, force: true });
  // Without reads of both kinds nothing was raced.
  return { ok: seen.escapes === 0 && seen.inside > 0 && seen.refused > 0, figures: { swaps, ...seen } };
}
