// `npm run docs:generate [-- --check]`: the pages of docs/ that are made from the sources. With --check nothing is
// written, and a page that differs is an error.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { chdir } from 'node:process';
import { loadEntry } from './entries.mjs';
import { root } from './run.mjs';

chdir(root);
const { generatedPages } = await loadEntry('scripts/docs', '', 'pages');
const pages = await generatedPages();
const read = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined);
const stale = [...pages].filter(([path, text]) => read(path) !== text);

if (process.argv.includes('--check')) {
  for (const [path] of stale)
    process.stderr.write(`${path} is not what the sources say: npm run docs:generate\n`);
  process.exitCode = stale.length === 0 ? 0 : 1;
} else {
  for (const [path, text] of stale) writeFileSync(path, text);
  process.stderr.write(`${pages.size} pages, ${stale.length} written\n`);
}
