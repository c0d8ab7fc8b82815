// `node scripts/architecture.mjs [ROOT]`: holds the table of rooms. The cruiser's own exit code is a count (256 breaches
// would read as none) and it passes over trees it cannot read, so its JSON is asked instead.
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root, run } from './run.mjs';

const countSources = (dir) =>
  readdirSync(join(dir, 'src'), { recursive: true }).filter(
    (file) => /\.ts$/.test(file) && !/generated/.test(file),
  ).length;

/** Breaches of the table as `{ rule, from, to }`; throws if the cruiser did not see every source file. */
export async function findBreaches(dir = root) {
  const cruiser = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = [cruiser, '--no-cache', '-T', 'json', '--config', '.dependency-cruiser.mjs', 'src'];
  const { stdout, stderr } = await run(process.execPath, args, { cwd: dir, capture: true });
  if (!stdout.startsWith('{')) throw new Error(`dependency-cruiser gave no report: ${stderr}`);
  const { summary } = JSON.parse(stdout);
  const sources = countSources(dir);
  if (summary.totalCruised < sources) {
    throw new Error(
      `dependency-cruiser saw ${summary.totalCruised} modules of at least ${sources} source files`,
    );
  }
  const breaches = summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to }));
  if (summary.error > breaches.length) throw new Error('dependency-cruiser counts more errors than it lists');
  return { breaches, cruised: summary.totalCruised, sources };
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { breaches, cruised, sources } = await findBreaches(resolve(process.argv[2] ?? root));
  for (const { rule, from, to } of breaches) process.stderr.write(`${rule}: ${from} -> ${to}\n`);
  process.stderr.write(
    `architecture: ${breaches.length} breaches, ${sources} source files, ${cruised} modules seen\n`,
  );
  process.exitCode = breaches.length === 0 ? 0 : 1;
}
