// What the engine of a Node compiles of the program's large chunks, kept beside them so that no run has to compile it
// again. It stands for that engine on that machine alone; any other compiles as it always would. The build makes it for
// the Node that builds; `node scripts/ahead.mjs NODE…` adds that of other Nodes to dist/, as before a release.
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { root, run } from './run.mjs';

const example = join(root, 'scripts/ahead');
const probe = join(example, 'probe.cjs');

/** Ordinary checks: with a policy read anew, and with one kept. */
const shipped = ['check', join(root, 'policies/production-hardening.yaml'), '--root', '.'];
const own = ['check', 'policy.yaml', '--root', '.'];
const runs = [
  { words: shipped, env: { CI: 'true' } },
  { words: own, env: { CI: 'true' } },
  { words: own, env: {} },
  { words: own, env: {} },
];

/** Each run begins with what those before it had compiled. */
export async function compileAhead(program, node = process.execPath) {
  const work = mkdtempSync(join(tmpdir(), 'soakgate-ahead-'));
  try {
    cpSync(example, work, { recursive: true });
    mkdirSync(join(work, 'cache'), { mode: 0o700 });
    for (const { words, env } of runs) await runOnce({ node, program, words, env, work });
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function runOnce({ node, program, words, env, work }) {
  // The seed makes the bytes the same each time; the engine takes compiled code whatever seed it was made with.
  const args = ['--random-seed=1', '-r', probe, join(program, 'main.cjs'), ...words];
  const { code, stderr } = await run(node, args, {
    cwd: work,
    capture: true,
    env: { PATH: process.env.PATH, XDG_CACHE_HOME: join(work, 'cache'), MODE: 'enforced', ...env },
  });
  if (![0, 1, 3].includes(code) || stderr !== '') throw new Error(`compiling ahead: exit ${code}\n${stderr}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values, positionals } = parseArgs({
    options: { program: { type: 'string', default: join(root, 'dist/cli') } },
    allowPositionals: true,
  });
  for (const node of positionals) await compileAhead(values.program, node);
}
