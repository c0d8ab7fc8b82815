// Runs the tests of some folders and writes what ran as JUnit XML, so that the gate can see that it was not nothing.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const [name, ...folders] = process.argv.slice(2);
const files = folders.flatMap((folder) =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.test.js'))
    .map((file) => join(folder, file)),
);
mkdirSync('reports', { recursive: true });
const reporters = ['junit', `reports/${name}.xml`, 'dot', 'stdout'];
const options = reporters.map((value, index) =>
  index % 2 === 0 ? `--test-reporter=${value}` : `--test-reporter-destination=${value}`,
);
const run = spawnSync(process.execPath, ['--test', ...options, ...files], { stdio: 'inherit' });
process.exitCode = run.status ?? 1;
