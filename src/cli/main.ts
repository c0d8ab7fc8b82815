import { join } from 'node:path';
import { version } from '../generated/version.js';
import type { ExitCode } from '../model/exit.ts';
import { findCache } from './cache.ts';
import { type KeepCode, loadCompiled } from './codeCache.ts';
import { commands } from './commands.ts';
import { type Guard, guard } from './guard.ts';
import { systemCode, writeError, writeOut } from './write.ts';

// INVARIANT: from here on whatever ends the program ends it with 4, until `finish` has said otherwise.
const watch = guard();

/** `--version` and `--help` answer before anything else is loaded. */
async function main(words: readonly string[], watch: Guard): Promise<ExitCode> {
  const [first] = words;
  if (words.length === 1 && (first === '--version' || first === '-V')) return print(`${version}\n`);
  if (words.length === 1 && (first === '--help' || first === '-h' || first === 'help'))
    return print((await import('./help.ts')).programHelp());
  const keepCode = loadCode(words);
  if (keepCode === undefined) optimiseLater();
  const code = await (await import('./run.ts')).run(words, watch);
  // Only what has judged has had everything compiled that the next check needs.
  if (first === 'check' && (code === 0 || code === 1 || code === 3)) await keepCode?.();
  return code;
}

/**
 * The engine of Node 20 begins to optimise functions so early that a short run never gets back what it pays: a tenth of
 * the time of a check and 6 MB. Functions that a long log keeps busy are still optimised, a little later. Newer engines
 * wait by themselves; they do not know the flag, and would say so. Compiled code counts only under the flags it was made
 * under, Node's own too: a run that has compiled code, or keeps it, is better off without.
 */
function optimiseLater(): void {
  if (process.version.startsWith('v20.'))
    process.getBuiltinModule('node:v8').setFlagsFromString('--interrupt-budget=1000000');
}

/** Loads what most commands need with what the engine compiled of it before, where that may be kept. */
function loadCode(words: readonly string[]): KeepCode | undefined {
  if (!commands.get(words[0] ?? '')?.caches || words.includes('--no-cache')) return undefined;
  const cache = findCache(process.env, process.platform);
  return cache && loadCompiled(join(import.meta.dirname, 'check.cjs'), cache);
}

async function print(text: string): Promise<ExitCode> {
  try {
    await writeOut(text);
    return 0;
  } catch (error) {
    if (systemCode(error) !== 'EPIPE')
      writeError(`soakgate: cannot write to standard output (${systemCode(error)})\n`);
    return 4;
  }
}

// A rejection is caught by the guard, which says so in one line and exits 4.
void main(process.argv.slice(2), watch).then(watch.finish);
