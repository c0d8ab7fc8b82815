import { type CachePlace, readCached } from '../files/cacheFolder.ts';
import type { Policy } from '../model/policy.ts';
import { readExact } from '../parse/exactJson.ts';

/** 64 kB: what a policy or waiver file may hold. */
export const policyCap = 64 * 1024;

/** Where parsed policies are kept between runs, and for which program. */
export interface PolicyCache {
  place: CachePlace;
  /** Tells this build of the program, on this Node, from every other one. */
  build: string;
}

/** Everything that a parsed policy depends on. */
export interface PolicyBytes {
  /** Absolute path of the file. */
  file: string;
  bytes: Uint8Array;
  /** The path as it stands in verdicts. */
  path: string;
  /** Values of `--input`. */
  inputs: Readonly<Record<string, string>>;
}

/** The name of an entry: one for each file and way of asking, so that an edited policy takes the place of the old one. */
export function entryName({ file, path, inputs }: PolicyBytes): string {
  return `policy-${shortHash(JSON.stringify([file, path, inputsOf(inputs)]))}`;
}

/** FNV-1a, twice 32 bits. Two texts may share a name and then take turns: what is in an entry is compared. */
function shortHash(text: string): string {
  let [a, b] = [0x811c9dc5, 0x01000193];
  for (let at = 0; at < text.length; at++) {
    a = Math.imul(a ^ text.charCodeAt(at), 0x01000193);
    b = Math.imul(b ^ text.charCodeAt(at), 0x85ebca6b);
  }
  return (a >>> 0).toString(16).padStart(8, '0') + (b >>> 0).toString(16).padStart(8, '0');
}

/** How an entry for just this file, program and way of asking begins; the policy follows. */
export function entryHead({ bytes, path, inputs }: PolicyBytes, { build }: PolicyCache): Buffer {
  const told = JSON.stringify(['soakgate policy 1', build, path, inputsOf(inputs), bytes.length]);
  return Buffer.concat([Buffer.from(`${told}\n`), bytes, Buffer.from('\n')]);
}

function inputsOf(inputs: Readonly<Record<string, string>>): readonly (readonly [string, string])[] {
  return Object.keys(inputs)
    .sort()
    .map((name) => [name, inputs[name] as string]);
}

/**
 * The policy that an earlier run made of the very same bytes. INVARIANT: it stands in for nothing else: the entry holds
 * the whole text it was made from, and begins exactly as one of this run would.
 */
export function recallPolicy(source: PolicyBytes, cache: PolicyCache): Policy | undefined {
  const entry = readCached(cache.place, entryName(source));
  if (!entry) return undefined;
  const head = entryHead(source, cache);
  if (!head.equals(entry.subarray(0, head.length))) return undefined;
  return readExact(entry.toString('utf8', head.length)) as Policy;
}
