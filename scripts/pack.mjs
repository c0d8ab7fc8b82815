// Packs the project as it would be published and tries the tarball in an empty folder.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { npm, root, run, tool } from './run.mjs';
import { digestOf } from './stale.mjs';

const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

async function must(what, result, wanted = 0) {
  const { code, stdout, stderr } = await result;
  if (code !== wanted) throw new Error(`${what}: exit ${code}, wanted ${wanted}\n${stdout}${stderr}`);
  return stdout;
}

/** Packs into `dir` and gives the tarball's path. */
async function pack(dir) {
  const args = ['pack', '--ignore-scripts', '--silent', '--pack-destination', dir];
  await must('npm pack', npm(args, { capture: true }));
  return join(dir, `soakgate-${version}.tgz`);
}

/** Two builds of the same sources give the same bytes, and so does packing them twice (R43). */
async function checkReproducible(dir) {
  const published = ['cli', 'chunks', 'types', 'index.js', 'THIRD-PARTY-LICENSES'].map(
    (part) => `dist/${part}`,
  );
  const before = digestOf(root, published);
  await must('second build', run(process.execPath, [join(root, 'scripts/build.mjs')], { capture: true }));
  if (digestOf(root, published) !== before) throw new Error('two builds of the same sources differ');
  const tarballs = [join(dir, 'one'), join(dir, 'two')];
  for (const folder of tarballs) {
    mkdirSync(folder);
    await pack(folder);
  }
  const [one, two] = tarballs.map((folder) => digestOf(folder, [`soakgate-${version}.tgz`]));
  if (one !== two) throw new Error('two tarballs of the same build differ');
  return join(tarballs[0], `soakgate-${version}.tgz`);
}

async function checkContents(tarball) {
  const list = (await must('tar', run('tar', ['-tzf', tarball], { capture: true }))).trim().split('\n');
  for (const file of [
    'bin/soakgate.cjs',
    'dist/cli/main.cjs',
    'dist/index.js',
    'dist/types/index.d.ts',
    'LICENSE',
    'README.md',
    'dist/THIRD-PARTY-LICENSES',
    'schemas/policy.schema.json',
    'policies/production-hardening.yaml',
  ]) {
    if (!list.includes(`package/${file}`)) throw new Error(`the tarball lacks ${file}`);
  }
  const stray = list.filter((file) => /\.(test|bench)\.|\/src\/|\/test\/|\/tools\/|\.env|\.stamp/.test(file));
  if (stray.length > 0) throw new Error(`the tarball carries ${stray.join(', ')}`);
}

const consumer = `import { evaluateLogic } from 'soakgate';
const answer = evaluateLogic({ '<': [{ var: 'rate' }, 5] }, {});
const known: boolean = answer.known;
export { known };
`;

/** Installs the tarball, alone and offline, and uses program, library, types and schemas as a stranger would. */
async function checkInstalled(tarball, dir) {
  const options = { cwd: dir, capture: true };
  writeFileSync(join(dir, 'package.json'), '{"name":"stranger","private":true,"type":"module"}');
  await must(
    'install',
    npm(['install', '--offline', '--no-audit', '--no-fund', '--silent', tarball], options),
  );
  const installed = readdirSync(join(dir, 'node_modules')).filter((name) => !name.startsWith('.'));
  if (installed.join() !== 'soakgate')
    throw new Error(`installing brings others along: ${installed.join(', ')}`);

  const program = join(dir, 'node_modules/.bin/soakgate');
  const said = await must('--version', run(program, ['--version'], options));
  if (said !== `${version}\n`) throw new Error(`--version says ${JSON.stringify(said)}`);
  await must('--help', run(program, ['--help'], options));
  await must('check without a policy', run(program, ['check'], options), 2);
  await must('an unknown command', run(program, ['chekc'], options), 2);

  const use = `import { evaluateLogic } from 'soakgate';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
const answer = evaluateLogic({ '<': [{ var: 'rate' }, 5] }, {});
if (answer.known) throw new Error('absence was known');
JSON.parse(readFileSync(createRequire(import.meta.url).resolve('soakgate/schemas/policy.schema.json'), 'utf8'));`;
  await must('library', run(process.execPath, ['--input-type=module', '-e', use], options));

  // Without the types of Node and with every declaration checked: what we publish stands on its own.
  writeFileSync(join(dir, 'use.ts'), consumer);
  const compilerOptions = { noEmit: true, strict: true, module: 'nodenext', target: 'es2023', types: [] };
  writeFileSync(join(dir, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['use.ts'] }));
  await must('types', tool('typescript/bin/tsc', ['-p', '.'], options));
}

/** The program as it is published, on a small workspace: judged, held, and told apart by exit code. */
async function checkJudges(dir) {
  const program = join(dir, 'node_modules/.bin/soakgate');
  const policy = `apiVersion: soakgate/v1
kind: Policy
metadata: { name: smoke, title: Smoke, version: '1.0.0', owner: nobody }
timezone: UTC
evidence:
  flags: { env: { variables: { MODE: { oneOf: [a, b] } } } }
preflight:
  - { id: mode, title: The mode is a, expect: { flags.MODE: a } }
`;
  writeFileSync(join(dir, 'policy.yaml'), policy);
  const check = (MODE) => {
    const { MODE: _, ...rest } = process.env;
    const env = MODE === undefined ? rest : { ...rest, MODE };
    return run(program, ['check', 'policy.yaml', '--root', '.', '--format', 'json'], {
      cwd: dir,
      capture: true,
      env,
    });
  };
  await must('go', check('a'), 0);
  await must('no-go', check('b'), 1);
  await must('hold', check(undefined), 3);
}

async function smoke(tarball) {
  const dir = mkdtempSync(join(tmpdir(), 'soakgate-stranger-'));
  try {
    await checkInstalled(tarball, dir);
    await checkJudges(dir);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

async function inFolder(work) {
  const dir = mkdtempSync(join(tmpdir(), 'soakgate-pack-'));
  try {
    await work(dir);
    return 0;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** The smoke test alone, on what dist/ holds now. Gives the exit code; throws with what went wrong. */
export const smokePackage = () => inFolder(async (dir) => smoke(await pack(dir)));

/** Everything about the package: reproducible, complete, well described, usable by a stranger. */
export const checkPackage = () =>
  inFolder(async (dir) => {
    const tarball = await checkReproducible(dir);
    await checkContents(tarball);
    await must('publint', tool('publint/src/cli.js', ['run', tarball, '--strict'], { capture: true }));
    const attw = ['--profile', 'esm-only', '--no-emoji', '--format', 'ascii', tarball];
    await must('attw', tool('@arethetypeswrong/cli/dist/index.js', attw, { capture: true }));
    await smoke(tarball);
  });
