// Brings a clone into the state the other scripts need: packages installed, program built. Does nothing if both are.
import { join } from 'node:path';
import { install } from './install.mjs';
import { root, run } from './run.mjs';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`soakgate needs Node.js 20.19 or newer, this is ${process.versions.node}\n`);
  process.exit(2);
}

const installCode = await install();
if (installCode !== 0) process.exit(installCode);

// A fresh process, because packages that were just installed are needed from here on.
const { code } = await run(process.execPath, [join(root, 'scripts/build.mjs'), '--if-stale'], {
  stdio: ['ignore', 2, 2],
});
process.exitCode = code;
