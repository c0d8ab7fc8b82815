import { version } from '../generated/version.js';
import type { ExitCode } from '../model/exit.ts';
import { type Cache, findCache } from './cache.ts';
import { commands } from './commands.ts';
import { useCompiled } from './compiled.ts';
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
  const keepCode = useCompiled(cacheFor(first, words));
  const code = await (await import('./run.ts')).run(words, watch);
  // Only what has judged has had everything compiled that the next check needs.
  if (first === 'check' && (code === 0 || code === 1 || code === 3)) await keepCode();
  return code;
}

/** Where this run may take what earlier ones have kept, and keep something itself. */
function cacheFor(command: string | undefined, words: readonly string[]): Cache | undefined {
  if (!commands.get(command ?? '')?.caches || words.includes('--no-cache')) return undefined;
  return findCache(process.env, process.platform);
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
