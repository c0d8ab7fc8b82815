// The licences of what is bundled. A licence outside the allow-list fails the build.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export const allowed = new Set([
  'MIT',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  '0BSD',
  'BlueOak-1.0.0',
]);

/** Folder of the package that a bundled module belongs to, or undefined for our own sources. */
function packageFolder(moduleId) {
  const path = moduleId.replace(/^\0+/, '').replace(/[?#].*$/, '');
  if (!path.includes('/node_modules/')) return undefined;
  for (let dir = dirname(path); dir.includes('/node_modules/'); dir = dirname(dir)) {
    const file = join(dir, 'package.json');
    if (existsSync(file) && JSON.parse(readFileSync(file, 'utf8')).name !== undefined) return dir;
  }
  throw new Error(`no package.json above ${path}`);
}

function licenceText(dir) {
  const file = readdirSync(dir)
    .sort()
    .find((name) => /^(licen[cs]e|copying)/i.test(name));
  return file === undefined ? undefined : readFileSync(join(dir, file), 'utf8').trim();
}

/** Packages behind the bundled modules, sorted by name. Throws if one has a licence that is not allowed. */
export function bundledPackages(moduleIds) {
  const folders = new Set(moduleIds.map(packageFolder).filter((dir) => dir !== undefined));
  const packages = [...folders].map((dir) => {
    const { name, version, license, author } = JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8'));
    return { name, version, licence: license, author, text: licenceText(dir) };
  });
  packages.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const refused = packages.filter((p) => !allowed.has(p.licence));
  if (refused.length > 0) {
    const list = refused.map((p) => `${p.name}@${p.version}: ${String(p.licence)}`).join('\n  ');
    throw new Error(`bundled packages with a licence outside the allow-list:\n  ${list}`);
  }
  return packages;
}

const authorName = (author) => (typeof author === 'string' ? author : author?.name) ?? 'its authors';

export function licencesFile(packages) {
  const head = 'Soakgate contains the following packages. Their licences apply to their parts.\n';
  const parts = packages.map(({ name, version, licence, author, text }) => {
    // A few packages name a licence but ship no text; then the name and the author are all there is to pass on.
    const body =
      text ?? `Published under the ${licence} licence by ${authorName(author)}; it ships no licence text.`;
    return `${'='.repeat(80)}\n${name} ${version} (${licence})\n${'='.repeat(80)}\n\n${body}\n`;
  });
  return [head, ...parts].join('\n');
}
