// `npm run hardening:NAME [-- args]` at the root: the same name in the demo's workspace.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { npm, root } from './run.mjs';

const [name, ...args] = process.argv.slice(2);
const demo = join(root, '.demo');

if (!existsSync(join(demo, 'package.json'))) {
  process.stderr.write('there is no demo workspace yet; `npm start` lays it out in .demo/\n');
  process.exitCode = 2;
} else if (
  JSON.parse(readFileSync(join(demo, 'package.json'), 'utf8')).scripts[`hardening:${name}`] === undefined
) {
  process.stderr.write(`the demo has no script \`hardening:${name}\` yet\n`);
  process.exitCode = 2;
} else {
  const { code } = await npm(['run', '--silent', `hardening:${name}`, '--', ...args], { cwd: demo });
  process.exitCode = code;
}
