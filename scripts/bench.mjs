// `npm run bench [-- NAME…] [--write]`: ratios from one interleaved run; with --write into docs/performance.md.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { dirname, join } from 'node:path';
import { chdir } from 'node:process';
import { commit, entryNames, loadEntry } from './entries.mjs';
import { root } from './run.mjs';

// It makes every child `node` several times slower, and start-up is measured in children.
delete process.env.NODE_EXTRA_CA_CERTS;
chdir(root);

const page = join(root, 'docs/performance.md');
const [begin, end] = ['<!-- bench:begin -->', '<!-- bench:end -->'];

/** yes, NO, or - where the row states no goal. */
function met(ratio, target) {
  const [, sign, bound] = /^(<=|>=) ?([0-9.]+)/.exec(target) ?? [];
  if (sign === undefined) return '-';
  return (sign === '<=' ? ratio <= Number(bound) : ratio >= Number(bound)) ? 'yes' : 'NO';
}

const cell = (text) => String(text).replace(/\|/g, '\\|').replace(/\n/g, ' ');

function table({ name, goal, rows }) {
  const lines = rows.map(({ what, ratio, target, note }) => {
    const cells = [what, `${ratio.toFixed(2)}x`, target, met(ratio, target), note ?? ''];
    return `| ${cells.map(cell).join(' | ')} |`;
  });
  const head = ['| what | ratio | goal | met | note |', '| --- | ---: | --- | --- | --- |'];
  return [`### ${name}`, '', `${goal}`, '', ...head, ...lines, ''].join('\n');
}

function write(text) {
  const fresh = '# Performance\n\nRatios of one interleaved run, made by `npm run bench -- --write`.\n';
  const old = existsSync(page) ? readFileSync(page, 'utf8') : `${fresh}\n${begin}\n${end}\n`;
  const [from, to] = [old.indexOf(begin), old.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`docs/performance.md has no markers ${begin} and ${end}`);
  mkdirSync(dirname(page), { recursive: true });
  writeFileSync(page, `${old.slice(0, from + begin.length)}\n\n${text}\n${old.slice(to)}`);
}

const args = process.argv.slice(2);
const asked = args.filter((arg) => !arg.startsWith('-'));
const known = entryNames('bench', '\\.bench');
const unknown = asked.filter((name) => !known.includes(name));

process.exitCode = 1;
if (unknown.length > 0) {
  process.stderr.write(`no benchmark named ${unknown.join(', ')}; there are: ${known.join(', ')}\n`);
  process.exitCode = 2;
} else if (args.includes('--write') && asked.length > 0) {
  process.stderr.write('--write writes all tables of one run; leave the names away\n');
  process.exitCode = 2;
} else {
  const machine = `${cpus().length} cores, Node ${process.versions.node}, commit ${await commit()}`;
  const tables = [`${machine}. Ratios, not milliseconds, are what carries over to other machines.\n`];
  process.stdout.write(`${tables[0]}\n`);
  for (const name of asked.length > 0 ? asked : known) {
    const entry = await loadEntry('bench', '.bench', name);
    const text = table({ name: entry.name, goal: entry.goal, rows: await entry.run() });
    process.stdout.write(`${text}\n`);
    tables.push(text);
  }
  if (args.includes('--write')) write(tables.join('\n'));
  process.exitCode = 0;
}
