import { readFileSync, statSync } from 'node:fs';
import { createRequire, Module } from 'node:module';
import { basename, dirname } from 'node:path';
import { Script } from 'node:vm';
import { readCached } from '../files/cacheFolder.ts';
import type { Cache } from './cache.ts';

/** Keeps what the engine has compiled by now; does nothing if that is there already. */
export type KeepCode = () => Promise<void>;

/**
 * Loads a chunk of the program with what an earlier run had the engine compile of it, so that `require` finds it loaded.
 * INVARIANT: the engine trusts what it is given (it looks at its own version, its flags and the length of the source), so
 * it is given nothing but what this build on this Node has written, whole, for a file that has not been touched since.
 */
export function loadCompiled(file: string, cache: Cache): KeepCode {
  const name = `code-${basename(file)}-${process.version}-${process.arch}`;
  const { size, mtimeMs } = statSync(file);
  const head = Buffer.from(`${JSON.stringify(['soakgate code 1', cache.build, size, mtimeMs])}\n`);
  const source = readFileSync(file, 'latin1');
  const cachedData = recall(cache, name, head);
  const script = new Script(`(function (exports, require, module, __filename, __dirname) {${source}\n})`, {
    filename: file,
    ...(cachedData === undefined ? {} : { cachedData }),
  });
  run(script, file);
  if (cachedData !== undefined && script.cachedDataRejected === false) return () => Promise.resolve();
  return async () => {
    const { writeCached } = await import('../files/cacheWrite.ts');
    writeCached(cache.place, name, () => Buffer.concat([head, script.createCachedData()]));
  };
}

function recall({ place }: Cache, name: string, head: Buffer): Buffer | undefined {
  const entry = readCached(place, name);
  return entry?.subarray(0, head.length).equals(head) ? entry.subarray(head.length) : undefined;
}

function run(script: Script, file: string): void {
  const require = createRequire(file);
  const module = new Module(file);
  module.filename = file;
  require.cache[file] = module;
  const wrapped = script.runInThisContext() as (...of: readonly unknown[]) => void;
  wrapped.call(module.exports, module.exports, require, module, file, dirname(file));
  module.loaded = true;
}
