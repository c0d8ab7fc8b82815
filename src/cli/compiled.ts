import { readFileSync } from 'node:fs';
import { Module } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { Script } from 'node:vm';
import { readCached } from '../files/cacheFolder.ts';
import type { Cache } from './cache.ts';

/** Keeps what the engine has compiled by now, where neither the build nor an earlier run has left anything like it. */
export type KeepCode = () => Promise<void>;

/** The chunks that most runs load. The build compiles them ahead (`scripts/ahead.mjs`). */
const compiledChunks: ReadonlySet<string> = new Set(['check.cjs', 'yaml.cjs', 'policy.cjs']);

/** What reads policies: the last of these chunks that a run loads, and only if it has no use for a kept policy. */
const lastChunk = 'policy.cjs';

/** The engine and the machine that it compiles for. Node changes the version of its V8 with each change to its code. */
const machine = `${process.versions.v8}-${process.platform}-${process.arch}`;

type Load = (module: Module, file: string) => void;
/** How `require` loads files, by the ends of their names: what Node documents as `require.extensions`. */
const { _extensions: loaders } = Module as unknown as { _extensions: Record<'.js' | '.cjs', Load> };

/**
 * From here on those chunks load with what the engine compiled of them before: when the program was built, if it was
 * this engine that did, else in an earlier run of this user. INVARIANT: the engine trusts what it is given (it looks at
 * its own version, its flags and the length of the source), so it is given nothing but what this very engine made of
 * these very bytes.
 */
export function useCompiled(cache: Cache | undefined): KeepCode {
  const toKeep: { name: string; entry: () => Buffer }[] = [];
  const missing = (name: string, chunk: Buffer): Script => {
    const script = scriptOf(name, chunk);
    if (cache) toKeep.push({ name, entry: () => Buffer.concat([head, script.createCachedData(), chunk]) });
    return script;
  };
  loaders['.cjs'] = (module, file) => {
    const name = basename(file);
    if (!compiledChunks.has(name)) {
      loaders['.js'](module, file);
      return;
    }
    const chunk = readFileSync(file);
    const script =
      compiledOf(name, chunk, compiledAhead(file, chunk)) ??
      compiledOf(name, chunk, compiledEarlier(name, chunk, cache)) ??
      missing(name, chunk);
    run(script, module, file);
    if (name === lastChunk && toKeep.length === 0) optimiseLater();
  };
  return async () => {
    if (cache === undefined || toKeep.length === 0) return;
    const { writeCached } = await import('../files/cacheWrite.ts');
    for (const { name, entry } of toKeep) writeCached(cache.place, cacheName(name), entry);
  };
}

function run(script: Script, module: Module, file: string): void {
  const wrapped = script.runInThisContext() as (...of: readonly unknown[]) => void;
  // Made for many properties; a usual object takes on a new shape with each.
  module.exports = Object.create(null) as object;
  wrapped.call(module.exports, module.exports, module.require.bind(module), module, file, dirname(file));
}

/** Undefined if the engine does not take it, as when it was told to work by other flags. */
function compiledOf(name: string, chunk: Buffer, cachedData: Buffer | undefined): Script | undefined {
  const script = cachedData && scriptOf(name, chunk, { cachedData });
  return script?.cachedDataRejected === false ? script : undefined;
}

/** Its name becomes part of what is compiled, so no path of the machine that builds goes in. */
function scriptOf(name: string, chunk: Buffer, more: { cachedData?: Buffer } = {}): Script {
  const source = `(function (exports, require, module, __filename, __dirname) {${chunk.toString('latin1')}\n})`;
  return new Script(source, { filename: name, ...more });
}

const cacheName = (chunk: string): string => `code-${chunk}-${machine}`;

function compiledEarlier(name: string, chunk: Buffer, cache: Cache | undefined): Buffer | undefined {
  return cache && codeFor(chunk, readCached(cache.place, cacheName(name)));
}

function compiledAhead(file: string, chunk: Buffer): Buffer | undefined {
  try {
    return codeFor(chunk, readFileSync(join(dirname(file), 'ahead', machine, `${basename(file)}.code`)));
  } catch {
    // Built by another Node: never missed.
    return undefined;
  }
}

/**
 * Names the engine. A multiple of eight bytes, so that what follows need not be copied to be read. `scripts/ahead` writes
 * entries as well, and `test/package/ahead.test.ts` holds the two together.
 */
const head = Buffer.from(`soakgate code 2 ${machine}\n`.padEnd(128));

/** The compiled code of an entry: it stands between the engine's name and the whole chunk that it was made of. */
function codeFor(chunk: Buffer, entry: Buffer | undefined): Buffer | undefined {
  if (!entry?.subarray(0, head.length).equals(head)) return undefined;
  const end = entry.length - chunk.length;
  return entry.subarray(end).equals(chunk) ? entry.subarray(head.length, end) : undefined;
}

/**
 * Engines begin to optimise functions so early that a short run never gets back what it pays: on Node 20 a third of a
 * check that reads its policy, and 4 to 9 MB on each. Functions that a long log keeps busy are still optimised, a little
 * later. Flags by the major version of Node, since an engine that does not know one says so. Compiled code counts only
 * under the flags it was made under, Node's own too: so this comes when all is loaded, and not where code is to be kept.
 */
const later: Readonly<Record<string, string | undefined>> = {
  v20: '--interrupt-budget=1000000',
  v22: '--invocation-count-for-turbofan=30000',
  v24: '--invocation-count-for-maglev=4000 --invocation-count-for-turbofan=30000',
  v26: '--invocation-count-for-maglev=4000 --invocation-count-for-turbofan=30000',
};

function optimiseLater(): void {
  const flags = later[process.version.split('.')[0] ?? ''];
  if (flags !== undefined) process.getBuiltinModule('node:v8').setFlagsFromString(flags);
}
