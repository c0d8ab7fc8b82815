// Brings a clone into the state the other scripts need: packages installed, program built. Does nothing if both are.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { npm, root, run } from './run.mjs';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`soakgate needs Node.js 20.19 or newer, this is ${process.versions.node}\n`);
  process.exit(2);
}

const readJson = (path) => JSON.parse(readFileSync(join(root, path), 'utf8'));

/** True if every package of the lockfile is installed in the locked version (packages of other platforms aside). */
function installed() {
  const hidden = 'node_modules/.package-lock.json';
  if (!existsSync(join(root, hidden))) return false;
  const there = readJson(hidden).packages;
  const wanted = Object.entries(readJson('package-lock.json').packages);
  return wanted.every(([path, entry]) => {
    if (!path.startsWith('node_modules/')) return true;
    if (entry.link) return existsSync(join(root, path));
    if (there[path] === undefined) return entry.optional === true || entry.devOptional === true;
    return there[path].version === entry.version;
  });
}

if (!installed()) {
  process.stderr.write('installing packages (npm ci) …\n');
  const { code } = await npm(['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], {
    stdio: ['ignore', 2, 2],
  });
  if (code !== 0) process.exit(code);
}

// A fresh process, because packages that were just installed are needed from here on.
const { code } = await run(process.execPath, [join(root, 'scripts/build.mjs'), '--if-stale'], {
  stdio: ['ignore', 2, 2],
});
process.exitCode = code;
