import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RE2JS } from 're2js';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { bundledPackages, licencesFile } from '../../scripts/licences.mjs';

const readJson = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
const manifest = readJson('package.json');
const lock = readJson('package-lock.json') as {
  packages: Record<
    string,
    { hasInstallScript?: boolean; optional?: boolean; resolved?: string; link?: boolean }
  >;
};

describe('package.json', () => {
  it('brings no other package along', () => {
    expect(manifest['dependencies']).toEqual({});
    for (const field of ['peerDependencies', 'optionalDependencies', 'bundledDependencies']) {
      expect(manifest[field]).toBeUndefined();
    }
  });

  it('pins every package exactly', () => {
    const loose = Object.entries(manifest['devDependencies'] as Record<string, string>).filter(
      ([, version]) => !/^\d+\.\d+\.\d+$/.test(version),
    );
    expect(loose).toEqual([]);
  });

  it('has no script that npm runs by itself', () => {
    const names = Object.keys(manifest['scripts'] as object);
    expect(names.filter((name) => /^(pre|post|prepare|install)/.test(name))).toEqual([]);
  });

  it('has every hardening script of the example at the root too', () => {
    const names = (path: string) =>
      Object.keys(readJson(path)['scripts'] ?? {}).filter((name) => name.startsWith('hardening:'));
    expect(names('package.json')).toEqual(
      expect.arrayContaining(names('examples/production-hardening/package.json')),
    );
  });

  it('locks packages without install scripts and without saying where they were fetched', () => {
    const entries = Object.entries(lock.packages);
    // Optional ones are for other platforms or never built: .npmrc has ignore-scripts.
    expect(entries.filter(([, p]) => p.hasInstallScript === true && p.optional !== true)).toEqual([]);
    expect(entries.filter(([, p]) => p.link !== true && /:\/\//.test(p.resolved ?? ''))).toEqual([]);
  });
});

describe('docs/dependencies.md', () => {
  const page = readFileSync('docs/dependencies.md', 'utf8');

  it('names every package that is installed for building and testing', () => {
    const names = Object.keys(manifest['devDependencies'] as object).filter(
      (name) => !name.startsWith('@types/'),
    );
    expect(names.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });

  it('lists as bundled what the sources import, and nothing else', () => {
    const imports = readdirSync('src', { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.startsWith('generated'))
      .flatMap((file) => ts.preProcessFile(readFileSync(join('src', file), 'utf8')).importedFiles)
      .map(({ fileName }) => fileName);
    // Names without a package are types alone (`mdast` is `@types/mdast`).
    const used = new Set(imports.filter((name) => existsSync(join('node_modules', name, 'package.json'))));
    const bundled = /## Bundled\n([\s\S]*?)\n## /.exec(page)?.[1] ?? '';
    const listed = [...bundled.matchAll(/^\| (`.*?`) \|/gm)].flatMap((row) =>
      [...(row[1] ?? '').matchAll(/`([^`]+)`/g)].map((name) => name[1]),
    );
    expect([...used].filter((name) => !name.startsWith('.')).sort()).toEqual(listed.sort());
  });
});

describe('licences of what is bundled', () => {
  const withPackage = (fields: object, work: (moduleId: string) => void) => {
    const dir = mkdtempSync(join(tmpdir(), 'soakgate-licence-'));
    const folder = join(dir, 'node_modules/thing/lib');
    try {
      mkdirSync(folder, { recursive: true });
      writeFileSync(
        join(folder, '../package.json'),
        JSON.stringify({ name: 'thing', version: '1.2.3', ...fields }),
      );
      writeFileSync(join(folder, '../LICENSE.md'), 'Do as you like.\n');
      // As in many packages: a package.json inside that only says how modules are meant.
      writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
      work(join(folder, 'index.js'));
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  };

  it('are passed on with their text', () => {
    withPackage({ license: 'MIT' }, (id) => {
      const text = licencesFile(bundledPackages([id, join(process.cwd(), 'src/index.ts')]));
      expect(text).toContain('thing 1.2.3 (MIT)');
      expect(text).toContain('Do as you like.');
    });
  });

  it.each([['GPL-3.0-only'], ['(MIT OR GPL-2.0)'], [undefined]])('stop the build if one is %s', (license) => {
    withPackage({ license }, (id) => expect(() => bundledPackages([id])).toThrow(/thing@1\.2\.3/));
  });
});

describe('patterns in the schemas', () => {
  const folder = 'schemas';
  const patterns = (value: unknown): string[] => {
    if (value === null || typeof value !== 'object') return [];
    const own = 'pattern' in value && typeof value.pattern === 'string' ? [value.pattern] : [];
    const names = 'patternProperties' in value ? Object.keys(value.patternProperties as object) : [];
    return [...own, ...names, ...Object.values(value).flatMap(patterns)];
  };
  const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.schema.json')) : [];
  const all = [...new Set(files.flatMap((file) => patterns(readJson(join(folder, file)))))];

  // Validators run patterns on the native engine, which backtracks: each must be of the linear kind and quick on text
  // that almost fits.
  it.each(all.map((pattern) => [pattern]))('%s stays quick on hostile text', (pattern) => {
    expect(() => RE2JS.compile(pattern)).not.toThrow();
    const native = new RegExp(pattern, 'u');
    const letters = [...new Set(['a', '0', ' ', ...pattern.replace(/[\^$()[\]*+?|\\]/g, '')])];
    const units = [...letters, ...letters.flatMap((one) => letters.map((two) => one + two))];
    const started = performance.now();
    for (const unit of units) native.test(`${unit.repeat(10_000)}\u0000`);
    expect(performance.now() - started).toBeLessThan(3_000);
  });

  it('are found at all', () => {
    expect(files.length === 0 || all.length > 0).toBe(true);
  });
});
