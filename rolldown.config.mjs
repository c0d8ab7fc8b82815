// What is bundled how. scripts/build.mjs runs it; `entries` says which source files exist yet.
import { builtinModules } from 'node:module';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const external = [/^node:/, ...builtinModules];

const base = { platform: 'node', external, logLevel: 'warn', treeshake: true };

/**
 * What few runs need though the code that uses it is synchronous, and what is used of each: large packages, and files of
 * our own that speak only where something is wrong.
 */
const seldom = {
  picomatch: { from: 'picomatch', used: ['default'] },
  re2js: { from: 're2js', used: ['RE2JS'] },
  semver: { from: 'semver', used: ['satisfies', 'valid', 'validRange'] },
  json: { from: own('src/parse/jsonStrict.ts'), used: ['readStrictly'] },
  recurrence: {
    from: own('src/checks/recurrence.ts'),
    used: ['lastEndOf', 'recurrenceTrouble', 'startsBetween'],
  },
  reasons: { from: own('src/model/reasonOf.ts'), used: ['reasonOf'] },
  redact: { from: own('src/collect/redact.ts'), used: ['createRedactor', 'redactJson'] },
  waivers: { from: own('src/analyze/waivers.ts'), used: ['loadWaivers'] },
  history: {
    from: own('src/files/history.ts'),
    used: [
      'changedBetween',
      'changedInTree',
      'commitAsOf',
      'isAncestor',
      'isOnBranch',
      'lastChange',
      'readCommit',
      'resolveCommit',
    ],
  },
};

function own(path) {
  return fileURLToPath(new URL(path, import.meta.url));
}

/** Gives such a module a chunk of its own that is required when it is first used. */
const requireLate = {
  name: 'require-late',
  resolveId(id, importer) {
    if (id.startsWith('./late-')) return { id, external: true };
    if (importer === undefined || importer.includes('node_modules')) return undefined;
    const full = id.startsWith('.') ? resolve(dirname(importer), id) : id;
    const name = Object.keys(seldom).find((known) => seldom[known].from === full);
    return name === undefined ? undefined : `\0late:${name}`;
  },
  load(id) {
    if (!id.startsWith('\0late:')) return undefined;
    const name = id.slice('\0late:'.length);
    const late = (used) =>
      used === 'default'
        ? 'export default late((all) => all.default ?? all);'
        : `export const ${used} = late((all) => all.${used});`;
    return `const late = (pick) => new Proxy(function () {}, {
  get: (_, key) => pick(require('./late-${name}.cjs'))[key],
  apply: (_, self, args) => pick(require('./late-${name}.cjs'))(...args),
});
${seldom[name].used.map(late).join('\n')}`;
  },
};

const lateEntries = Object.fromEntries(
  Object.entries(seldom).map(([name, { from }]) => [`late-${name}`, from]),
);

/** What an ordinary check loads; in one chunk, since each file costs a third of a millisecond whatever its size. */
const ordinary = [
  'src/cli/run.ts',
  'src/cli/check.ts',
  'src/collect/file.ts',
  'src/collect/log.ts',
  'src/report/pretty.ts',
].map(own);

/** What reads policies: the validator and what their parts say of each other. No run needs it for the same bytes again. */
const policyReader = [own('src/gate/freshPolicy.ts')];
/** Evidence and waivers are YAML as well. */
const yamlReader = [own('src/parse/yaml/load.ts')];

/** What `--version` and `--help` load: kept out of that chunk, so that they stay as fast as Node itself. */
const quickest = ['src/cli/main.ts', 'src/cli/help.ts'].map(own);

/** All modules that these import without delay. */
function reached(ids, getModuleInfo, seen = new Set()) {
  for (const id of ids) {
    if (seen.has(id)) continue;
    seen.add(id);
    reached(getModuleInfo(id)?.importedIds ?? [], getModuleInfo, seen);
  }
  return seen;
}

/** Names the chunk of a module, if it is not left to rolldown. */
function chunkNamer() {
  let chunks;
  return (id, context) => {
    const getModuleInfo = (of) => context.getModuleInfo(of);
    if (chunks === undefined) {
      const known = reached(quickest, getModuleInfo);
      chunks = {};
      for (const [name, ids] of Object.entries({ check: ordinary, yaml: yamlReader, policy: policyReader })) {
        chunks[name] = new Set([...reached(ids, getModuleInfo)].filter((id) => !known.has(id)));
        for (const id of chunks[name]) known.add(id);
      }
    }
    return Object.keys(chunks).find((name) => chunks[name].has(id)) ?? null;
  };
}

/** The program: a small CommonJS entry and one chunk for each thing that is imported lazily (CJS starts faster). */
export const program = (input, dir, build) => ({
  ...base,
  // The same sources as ES modules: what is not used of them is left out, and the rest loads in half the time.
  resolve: { alias: { yaml: own('node_modules/yaml/browser/dist/index.js') } },
  transform: { define: { SOAKGATE_BUILD: JSON.stringify(build) } },
  preserveEntrySignatures: 'allow-extension',
  plugins: [requireLate],
  input: { main: input, ...lateEntries },
  output: {
    dir,
    format: 'cjs',
    entryFileNames: '[name].cjs',
    chunkFileNames: '[name].cjs',
    exports: 'named',
    codeSplitting: {
      includeDependenciesRecursively: false,
      groups: [{ name: chunkNamer(), debugName: 'chunks' }],
    },
    minify: { compress: true, mangle: true, codegen: { removeWhitespace: true } },
    comments: false,
  },
});

/** The library: ESM, one entry. */
export const library = (input, dir) => ({
  ...base,
  input: { index: input },
  output: {
    dir,
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name].js',
    comments: false,
  },
});

/** Use cases for our own scripts, which give them a clock: the program has no such switch. Not published. */
export const useCases = (input, dir) => ({
  ...base,
  input,
  output: {
    dir,
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: '[name]-[hash].js',
    comments: false,
  },
});

/** A benchmark or figures entry: the sources under test inside, packages outside. */
export const measured = (input, dir, name) => ({
  ...base,
  external: [...external, /^[^./]/],
  input: { [name]: input },
  output: { dir, format: 'esm', entryFileNames: '[name].mjs', chunkFileNames: `${name}-[name].mjs` },
});
