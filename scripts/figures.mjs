// `npm run figures [-- NAME [--seed N] [args…]]`: long runs, each reproducible from the seed and the commit it prints.
import { chdir } from 'node:process';
import { commit, entryNames, loadEntry } from './entries.mjs';
import { root } from './run.mjs';

chdir(root);
const folder = 'bench/figures';

function parse(argv) {
  const rest = [...argv];
  const name = rest[0]?.startsWith('-') ? undefined : rest.shift();
  const at = rest.indexOf('--seed');
  const seed = at < 0 ? 20260224 : Number(rest[at + 1]);
  if (at >= 0) rest.splice(at, 2);
  return { name, seed, args: rest };
}

async function list() {
  process.stdout.write('usage: npm run figures -- NAME [--seed N] [args…]\n');
  for (const name of entryNames(folder, '')) {
    const { about } = await loadEntry(folder, '', name);
    process.stdout.write(`  ${name.padEnd(20)} ${about}\n`);
  }
}

async function main({ name, seed, args }) {
  if (name === undefined) {
    await list();
    return 2;
  }
  if (!Number.isSafeInteger(seed)) {
    process.stderr.write('--seed takes a whole number\n');
    return 2;
  }
  const entry = await loadEntry(folder, '', name);
  if (entry === undefined) {
    process.stderr.write(`no figures named \`${name}\`; there are: ${entryNames(folder, '').join(', ')}\n`);
    return 2;
  }
  const started = performance.now();
  const say = (line) => process.stderr.write(`${line}\n`);
  const { ok, figures } = await entry.run({ seed, args, say });
  const seconds = (performance.now() - started) / 1000;
  const facts = { figures: name, seed, commit: await commit(), node: process.versions.node, ...figures };
  for (const [key, value] of Object.entries({
    ...facts,
    seconds: seconds.toFixed(1),
    ok: ok ? 'yes' : 'NO',
  })) {
    process.stdout.write(`${key}: ${String(value)}\n`);
  }
  return ok ? 0 : 1;
}

process.exitCode = 4;
process.exitCode = await main(parse(process.argv.slice(2)));
