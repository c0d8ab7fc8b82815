// Bundles a measured entry (bench/README.md) into .bench/ and loads it.
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';
import { measured } from '../rolldown.config.mjs';
import { run, root } from './run.mjs';

/** Names of the entries of a folder, sorted: `logic` for bench/logic.bench.ts. */
export function entryNames(folder, ending) {
  const pattern = new RegExp(`^([a-z][a-z0-9-]*)${ending}\\.(ts|mjs)$`);
  return readdirSync(join(root, folder))
    .flatMap((file) => pattern.exec(file)?.[1] ?? [])
    .sort();
}

export async function loadEntry(folder, ending, name) {
  const file = readdirSync(join(root, folder)).find(
    (f) => f === `${name}${ending}.ts` || f === `${name}${ending}.mjs`,
  );
  if (file === undefined) return undefined;
  const out = join(root, '.bench');
  mkdirSync(out, { recursive: true });
  const { output, ...input } = measured(join(root, folder, file), out, name);
  const build = await rolldown(input);
  await build.write(output);
  await build.close();
  return import(pathToFileURL(join(out, `${name}.mjs`)).href);
}

/** The commit the figures belong to, `+changes` if the tree differs from it, `none` without git. */
export async function commit() {
  const git = (...args) => run('git', args, { capture: true }).catch(() => ({ code: 1, stdout: '' }));
  const head = await git('rev-parse', '--short=12', 'HEAD');
  if (head.code !== 0) return 'none';
  const status = await git('status', '--porcelain');
  return head.stdout.trim() + (status.stdout === '' ? '' : '+changes');
}
