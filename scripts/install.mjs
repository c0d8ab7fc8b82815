// Installs what a lockfile says, if it is not installed yet.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { npm, root } from './run.mjs';

/** True if every package of the lockfile is installed in the locked version (packages of other platforms aside). */
function installed(folder) {
  const readJson = (path) => JSON.parse(readFileSync(join(folder, path), 'utf8'));
  const hidden = 'node_modules/.package-lock.json';
  if (!existsSync(join(folder, hidden))) return false;
  const there = readJson(hidden).packages;
  const wanted = Object.entries(readJson('package-lock.json').packages);
  return wanted.every(([path, entry]) => {
    if (!path.startsWith('node_modules/')) return true;
    if (entry.link) return existsSync(join(folder, path));
    if (there[path] === undefined) return entry.optional === true || entry.devOptional === true;
    return there[path].version === entry.version;
  });
}

/** Brings `node_modules` of a folder of the clone to its lockfile. Gives the exit code of npm. */
export async function install(path = '.') {
  const folder = join(root, path);
  if (installed(folder)) return 0;
  const where = path === '.' ? '' : ` in ${path}`;
  process.stderr.write(`installing packages${where} (npm ci) …\n`);
  const words = ['ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const { code } = await npm(words, { cwd: folder, stdio: ['ignore', 2, 2] });
  return code;
}
