// `npm run check [-- --all]`: everything that is no test, fast first. Stops at the first stage that fails unless --all.
import { checkPackage } from './pack.mjs';
import { root, run, tool } from './run.mjs';

const script = (path, ...args) => run(process.execPath, [`${root}/scripts/${path}`, ...args]);
const exitCode = (result) => result.then(({ code }) => code);

const stages = [
  ['packages', () => exitCode(script('ready.mjs'))],
  ['format', () => exitCode(tool('@biomejs/biome/bin/biome', ['format', '.']))],
  ['types of the core', () => exitCode(tool('typescript/bin/tsc', ['-p', 'tsconfig.core.json']))],
  ['types', () => exitCode(tool('typescript/bin/tsc', ['-p', 'tsconfig.json']))],
  ['architecture', () => exitCode(script('architecture.mjs'))],
  ['dead code', () => exitCode(tool('knip/bin/knip.js', ['--no-progress', '--no-config-hints']))],
  ['lint', () => exitCode(tool('eslint/bin/eslint.js', ['.']))],
  ['build', () => exitCode(script('build.mjs'))],
  ['layout', () => exitCode(script('layout.mjs'))],
  ['package', () => checkPackage()],
];

const failed = [];
for (const [name, work] of stages) {
  const started = performance.now();
  const code = await work().catch((error) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  process.stderr.write(`${code === 0 ? 'ok    ' : 'FAILED'} ${name.padEnd(18)} ${seconds.padStart(6)} s\n`);
  if (code === 0) continue;
  failed.push(name);
  if (!process.argv.includes('--all')) break;
}
if (failed.length > 0) process.stderr.write(`check failed: ${failed.join(', ')}\n`);
process.exitCode = failed.length === 0 ? 0 : 1;
