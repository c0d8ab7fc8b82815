// Brings the large validators of tools/conformance, which `npm run test:conformance` asks.
import { chmodSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { install } from './install.mjs';
import { root } from './run.mjs';

process.exitCode = await install('tools/conformance');

// What its install script would do: no package of ours runs one.
const program = join(root, 'tools/conformance/node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool');
if (existsSync(program)) chmodSync(program, 0o755);
