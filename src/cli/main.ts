import { version } from '../generated/version.js';
import type { ExitCode } from '../model/exit.ts';
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
  return (await import('./run.ts')).run(words, watch);
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
