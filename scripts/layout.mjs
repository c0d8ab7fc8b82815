// Holds our own policies, and the whole policies and waivers that the docs show, to the form that `soakgate fmt` gives them.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { root, run } from './run.mjs';

const shown = /^```yaml[^\n]*\n(.*?)^```$/gms;
const whole = /^kind: (?:Policy|Waiver)$/m;

/** Writes every example of a page to a file named after the page and the line it begins in. */
function writeExamples(page, folder) {
  const text = readFileSync(join(root, page), 'utf8');
  return [...text.matchAll(shown)].flatMap(({ 1: example, index }) => {
    if (!whole.test(example)) return [];
    const file = `${page}.${text.slice(0, index).split('\n').length + 1}.yaml`;
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), example);
    return [file];
  });
}

const fmt = (files, cwd) =>
  run(process.execPath, [join(root, 'bin/soakgate.cjs'), 'fmt', '--check', ...files], { cwd });

const folder = mkdtempSync(join(tmpdir(), 'soakgate-layout-'));
try {
  const docs = readdirSync(join(root, 'docs'), { recursive: true }).filter((path) => path.endsWith('.md'));
  const pages = ['README.md', ...docs.sort().map((path) => `docs/${path.replaceAll('\\', '/')}`)];
  const examples = pages.flatMap((page) => writeExamples(page, folder));
  // A page whose fences this file does not understand must not look like one without examples.
  if (examples.length === 0) throw new Error('the docs show no policy');
  const codes = [(await fmt([], root)).code, (await fmt(examples, folder)).code];
  process.exitCode = Math.max(...codes);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
