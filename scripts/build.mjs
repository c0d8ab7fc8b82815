// `npm run build`: validators, program, library, declarations, licences, into dist/. `--if-stale` builds only if the
// sources changed since. Everything is built aside and put in place at the end: a failed build leaves the old one.
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { library, program, useCases } from '../rolldown.config.mjs';
import { compileAhead } from './ahead.mjs';
import { bundledPackages, licencesFile } from './licences.mjs';
import { root, tool } from './run.mjs';
import { digestOf } from './stale.mjs';
import { buildValidators, validatorsAreStale } from './validators.mjs';

const dist = join(root, 'dist');
const stampFile = join(dist, '.stamp');
const sources = [
  'src',
  'schemas',
  'policies',
  'scripts',
  'rolldown.config.mjs',
  'tsconfig.json',
  'tsconfig.build.json',
];
const stamp = () =>
  digestOf(
    root,
    [...sources, 'package.json', 'package-lock.json'],
    (file) => !file.startsWith('src/generated/'),
  );

function entry(path) {
  if (existsSync(join(root, path))) return true;
  process.stderr.write(`${path} does not exist yet: left out\n`);
  return false;
}

async function bundle(config) {
  const { rolldown } = await import('rolldown');
  const { output, ...input } = config;
  const build = await rolldown(input);
  const result = await build.write(output);
  await build.close();
  return result.output;
}

/** Own code is never left to be found at run time: what stays outside of the bundles is Node itself. */
function refuseForeignImports(chunks) {
  const foreign = chunks
    .flatMap((chunk) =>
      [...(chunk.imports ?? []), ...(chunk.dynamicImports ?? [])].map((id) => [chunk.fileName, id]),
    )
    .filter(
      ([, id]) =>
        !id.startsWith('node:') && !chunks.some((chunk) => chunk.fileName === id.replace(/^\.\//, '')),
    );
  const odd = foreign.filter(([, id]) => !/^[a-z_]+(\/[a-z_]+)?$/.test(id));
  if (odd.length > 0)
    throw new Error(`left outside of the bundle: ${odd.map((pair) => pair.join(' -> ')).join(', ')}`);
}

const helpers = 'rolldown-runtime.cjs';

/** Makes chunks quicker to load. */
function lighten(dir, chunks) {
  const helping = readFileSync(join(dir, helpers), 'utf8');
  rmSync(join(dir, helpers));
  for (const { fileName: name, moduleIds } of chunks.filter(({ fileName }) => fileName !== helpers)) {
    const code = withHelpers(readFileSync(join(dir, name), 'utf8'), helping);
    const exporting = withPlainExports(code);
    if (exporting !== code) refuseChangingExports(moduleIds);
    if (/\\[^\0-\x7f]/.test(code))
      throw new Error(`${name}: a backslash stands before a character beyond ASCII`);
    writeFileSync(join(dir, name), asAscii(exporting));
  }
}

/**
 * What is not ASCII, as escapes: one such character makes the engine keep and read a whole chunk with two bytes for each
 * character. They stand in texts and patterns alone, where the escape means the same.
 */
function asAscii(code) {
  return code.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** The bundler's few helpers, which keep no state, where they are used: a file less to find and to open. */
function withHelpers(code, helping) {
  return code.replace(`require("./${helpers}")`, () => `(exports=>{${helping}return exports})({})`);
}

/** Exports as values: a getter for each is a function more, and what a chunk exports at its end never changes. */
function withPlainExports(code) {
  return code.replace(
    /Object\.defineProperty\(exports,"([\w$]+)",\{enumerable:!0,get:function\(\)\{return ([\w$]+)\}\}\)/g,
    'exports.$1=$2',
  );
}

/** What `withPlainExports` relies on. */
function refuseChangingExports(moduleIds) {
  for (const id of moduleIds.filter((file) => existsSync(file))) {
    const code = readFileSync(id, 'utf8');
    const named = [...code.matchAll(/^export \{([^}]*)\}(?! *from)/gm)].flatMap(
      ([, names]) => names.match(/[\w$]+/g) ?? [],
    );
    const changing = [...code.matchAll(/^(?:export )?(?:let|var) ([\w$]+)/gm)].filter(
      ([line, name]) => line.startsWith('export') || named.includes(name),
    );
    if (changing.length > 0) throw new Error(`${id}: \`${changing[0][1]}\` is exported and may change`);
  }
}

async function declarations(dir) {
  const { code, stdout } = await tool(
    'typescript/bin/tsc',
    ['-p', 'tsconfig.build.json', '--outDir', relative(root, join(dir, 'types'))],
    { capture: true },
  );
  if (code !== 0) throw new Error(`declarations:\n${stdout}`);
  const types = join(dir, 'types');
  cpSync(join(root, 'src/generated'), join(types, 'generated'), {
    recursive: true,
    filter: (path) => !path.endsWith('.js') && !path.endsWith('.stamp'),
  });
  // tsc rewrites the endings of relative imports in code, not in declarations.
  for (const file of readdirSync(types, { recursive: true }).filter((name) => name.endsWith('.d.ts'))) {
    const text = readFileSync(join(types, file), 'utf8');
    writeFileSync(join(types, file), text.replace(/(from |import\()(['"]\.[^'"]*)\.ts(['"])/g, '$1$2.js$3'));
  }
}

async function build(mark) {
  const started = Date.now();
  if (validatorsAreStale()) await buildValidators();
  const aside = join(root, `dist/.new-${process.pid}`);
  rmSync(aside, { recursive: true, force: true });
  mkdirSync(aside, { recursive: true });
  try {
    const [cli, lib] = await Promise.all([
      entry('src/cli/main.ts')
        ? bundle(program(join(root, 'src/cli/main.ts'), join(aside, 'cli'), mark))
        : [],
      entry('src/index.ts') ? bundle(library(join(root, 'src/index.ts'), aside)) : [],
      entry('src/index.ts') ? declarations(aside) : undefined,
      bundle(
        useCases(
          { record: join(root, 'src/gate/record.ts'), advance: join(root, 'src/gate/advance.ts') },
          join(aside, 'use-cases'),
        ),
      ),
    ]);
    const chunks = [...cli, ...lib].filter((part) => part.type === 'chunk');
    refuseForeignImports(chunks);
    lighten(
      join(aside, 'cli'),
      cli.filter((part) => part.type === 'chunk'),
    );
    await compileAhead(join(aside, 'cli'));
    const packages = bundledPackages(chunks.flatMap((chunk) => chunk.moduleIds));
    writeFileSync(join(aside, 'THIRD-PARTY-LICENSES'), licencesFile(packages));
    writeFileSync(
      join(aside, 'bundled.json'),
      `${JSON.stringify(
        packages.map(({ name, version, licence }) => ({ name, version, licence })),
        null,
        2,
      )}\n`,
    );
    return { aside, packages: packages.length, milliseconds: Date.now() - started };
  } catch (error) {
    rmSync(aside, { recursive: true, force: true });
    throw error;
  }
}

function putInPlace(aside, mark) {
  for (const part of [
    'cli',
    'chunks',
    'types',
    'use-cases',
    'index.js',
    'THIRD-PARTY-LICENSES',
    'bundled.json',
  ]) {
    rmSync(join(dist, part), { recursive: true, force: true });
    if (existsSync(join(aside, part))) renameSync(join(aside, part), join(dist, part));
  }
  rmSync(aside, { recursive: true, force: true });
  writeFileSync(stampFile, mark);
}

const fresh = () =>
  existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp() && !validatorsAreStale();

if (!(process.argv.includes('--if-stale') && fresh())) {
  process.stderr.write('building …\n');
  const mark = stamp();
  try {
    const { aside, packages, milliseconds } = await build(mark);
    putInPlace(aside, mark);
    process.stderr.write(
      `built dist/ in ${(milliseconds / 1000).toFixed(1)} s, ${packages} packages bundled\n`,
    );
  } catch (error) {
    process.stderr.write(`build failed: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
