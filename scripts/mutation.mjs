// `npm run mutation [-- ROOM…]`: mutation testing of rooms of the core by their own tests; 20 to 90 minutes for all.
// Options of Stryker may follow: `-- logic --dryRunOnly`, `-- logic --mutate=src/logic/compare.ts`.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, tool } from './run.mjs';

const core = ['model', 'parse', 'logic', 'report', 'checks', 'evaluate', 'analyze'];
const asked = process.argv.slice(2).filter((arg) => !arg.startsWith('-'));
const options = process.argv.slice(2).filter((arg) => arg.startsWith('-'));
const rooms = asked.length > 0 ? asked : core.filter((room) => existsSync(join(root, 'test', room)));
const unknown = rooms.filter(
  (room) => !existsSync(join(root, 'src', room)) || !existsSync(join(root, 'test', room)),
);

async function mutate(room) {
  const dir = mkdtempSync(join(tmpdir(), 'soakgate-mutation-'));
  const config = {
    mutate: [`src/${room}/**/*.ts`],
    testRunner: 'vitest',
    vitest: { configFile: 'vitest.mutation.config.ts', related: false },
    plugins: ['@stryker-mutator/vitest-runner'],
    reporters: ['clear-text', 'progress', 'json'],
    jsonReporter: { fileName: `reports/mutation/${room}.json` },
    clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
    ignorePatterns: ['.demo', '.bench', 'dist', 'coverage', 'reports'],
    coverageAnalysis: 'perTest',
    concurrency: 2,
    thresholds: { high: 95, low: 90, break: 90 },
  };
  try {
    const file = join(dir, 'stryker.config.json');
    writeFileSync(file, JSON.stringify(config));
    const env = { ...process.env, SOAKGATE_MUTATION_ROOM: room };
    return (await tool('@stryker-mutator/core/bin/stryker.js', ['run', file, ...options], { env })).code;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

process.exitCode = 1;
if (unknown.length > 0) {
  process.stderr.write(`no room with tests named ${unknown.join(', ')}\n`);
  process.exitCode = 2;
} else {
  const codes = [];
  for (const room of rooms) codes.push(await mutate(room));
  process.exitCode = codes.every((code) => code === 0) ? 0 : 1;
}
