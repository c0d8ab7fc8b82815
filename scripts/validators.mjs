// Compiles every schemas/NAME.schema.json ahead into src/generated (git-ignored):
//   NAME.validator.js   export const validateNAME(data): boolean, with `.errors` as in ajv; self-contained ESM
//   NAME.validator.d.ts
//   NAME.schema.d.ts    the TypeScript type of the documents the schema accepts
//   version.js          export const version, from package.json
// `node scripts/validators.mjs [--if-stale]`. Used by the build and, through scripts/ready.mjs, by the tests.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { compact } from './compact.mjs';
import { digestOf } from './stale.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const out = join(root, 'src/generated');
const suffix = '.schema.json';

const pascal = (name) => name.replace(/(^|[^a-zA-Z0-9]+)([a-zA-Z0-9])/g, (_, __, c) => c.toUpperCase());

export function schemaNames() {
  try {
    return readdirSync(join(root, 'schemas'))
      .filter((f) => f.endsWith(suffix))
      .map((f) => f.slice(0, -suffix.length))
      .sort();
  } catch {
    return [];
  }
}

const readSchema = (name) => JSON.parse(readFileSync(join(root, 'schemas', name + suffix), 'utf8'));

/** Keywords that only explain. In a map of names (`properties`) they are names like any other. */
const notes = new Set(['title', 'description', 'examples', 'default', '$comment']);
const maps = new Set(['properties', 'patternProperties', '$defs', 'dependentSchemas']);
const data = new Set(['const', 'enum', 'dependentRequired']);

/** The schema without what only explains it: validators carry parts of their schema along. */
function withoutNotes(schema) {
  if (Array.isArray(schema)) return schema.map(withoutNotes);
  if (schema === null || typeof schema !== 'object') return schema;
  const kept = Object.entries(schema).filter(([key]) => !notes.has(key));
  const inner = (key, value) => {
    if (data.has(key)) return value;
    if (!maps.has(key)) return withoutNotes(value);
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, withoutNotes(part)]));
  };
  return Object.fromEntries(kept.map(([key, value]) => [key, inner(key, value)]));
}

/** The settings every validator is compiled with; tests compile with the same ones. */
export async function createAjv(options = {}) {
  const { Ajv2020 } = await import('ajv/dist/2020.js');
  return new Ajv2020({
    strict: true,
    // `required` inside if/then and anyOf speaks of properties declared one level up; that is no mistake.
    strictRequired: false,
    allowUnionTypes: true,
    allErrors: true,
    // INVARIANT: without it `required: ["toString"]` passes on `{}`.
    ownProperties: true,
    // `format` annotates (draft 2020-12's default); formats that matter are judged by src/parse.
    validateFormats: false,
    // One function for each definition: inlining them makes the policy validator several times larger to load.
    inlineRefs: false,
    // Problems are worded by src/parse from keyword, place and params.
    messages: false,
    ...options,
  });
}

/** Documents of megabytes: a list of everything that is wrong with one could fill the memory, so the first will do. */
const large = new Set(['evidence']);

/** Puts a file in place whole or not at all: tests that are running keep reading a whole one. */
function put(file, text) {
  const path = join(out, file);
  if (existsSync(path) && readFileSync(path, 'utf8') === text) return;
  writeFileSync(`${path}.${process.pid}`, text);
  renameSync(`${path}.${process.pid}`, path);
}

function writeVersion() {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  put('version.js', `export const version = ${JSON.stringify(version)};\n`);
  put('version.d.ts', '/** The version of this package. */\nexport declare const version: string;\n');
}

/** Removes what an earlier run made for a schema that is gone. */
function sweep(names) {
  const keep = new Set(['.stamp', 'version.js', 'version.d.ts']);
  for (const name of names) {
    for (const end of ['validator.js', 'validator.d.ts', 'schema.d.ts']) keep.add(`${name}.${end}`);
  }
  for (const file of readdirSync(out)) if (!keep.has(file)) rmSync(join(out, file), { recursive: true });
}

/** The module under the name we give it, importing what ajv requires: what requires is wrapped in a function and parsed twice. */
function asModule(code, name) {
  const text = code
    .replace(/^export default .+;\n/m, '')
    .replace(/^export const validate = /m, `export const ${name} = `)
    .replace(
      /^const (\w+) = require\((".+?")\)(.*);$/gm,
      (_, what, from, part) => `import ${what}From from ${from};\nconst ${what} = ${what}From${part};`,
    );
  if (/\brequire\(/.test(text) || !text.includes(`export const ${name} = `))
    throw new Error(`the validator behind ${name} has a shape that is not known`);
  return text;
}

async function bundle(code) {
  const { rolldown } = await import('rolldown');
  const dir = mkdtempSync(join(root, 'node_modules/.validators-'));
  try {
    const entry = join(dir, 'entry.mjs');
    writeFileSync(entry, code);
    const build = await rolldown({ input: entry, platform: 'node', logLevel: 'silent' });
    const { output } = await build.generate({ format: 'esm' });
    await build.close();
    return output[0].code;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

const declaration = (
  name,
) => `/** One thing the schema objects to, as ajv reports it, but for the place in the schema. */
export interface SchemaError {
  readonly keyword: string;
  readonly instancePath: string;
  readonly propertyName?: string;
  readonly params: Readonly<Record<string, unknown>>;
}
/** Says whether \`data\` fits schemas/${name}${suffix}; after a \`false\`, \`errors\` lists everything that does not. */
export declare const validate${pascal(name)}: {
  (data: unknown): boolean;
  errors?: readonly SchemaError[] | null;
};
`;

async function writeValidator(ajv, standalone, name) {
  const validate = ajv.getSchema(readSchema(name).$id ?? name);
  const code = asModule(compact(standalone(ajv, validate)), `validate${pascal(name)}`);
  put(`${name}.validator.js`, await bundle(code));
  put(`${name}.validator.d.ts`, declaration(name));
}

async function writeType(name) {
  const { compile } = await import('json-schema-to-typescript');
  const text = await compile(readSchema(name), pascal(name), {
    bannerComment: `/* Made from schemas/${name}${suffix} by scripts/validators.mjs. */`,
    cwd: join(root, 'schemas/'),
    format: false,
    unknownAny: true,
    declareExternallyReferenced: true,
    $refOptions: { resolve: { http: false } },
  });
  put(`${name}.schema.d.ts`, text);
}

export async function buildValidators() {
  const names = schemaNames();
  const { default: standaloneModule } = await import('ajv/dist/standalone/index.js');
  const standalone = standaloneModule.default ?? standaloneModule;
  mkdirSync(out, { recursive: true });
  writeVersion();
  for (const name of names) {
    const allErrors = !large.has(name);
    const ajv = await createAjv({ allErrors, code: { source: true, esm: true, lines: true, optimize: 1 } });
    // No schema of ours refers dynamically or asks what was not evaluated: nothing has to be noted for that.
    Object.assign(ajv.opts, { dynamicRef: false, unevaluated: false });
    ajv.addSchema(withoutNotes(readSchema(name)), readSchema(name).$id ?? name);
    await writeValidator(ajv, standalone, name);
    await writeType(name);
  }
  sweep(names);
  put('.stamp', stamp());
  return names;
}

const stamp = () =>
  digestOf(
    root,
    ['schemas', 'scripts/validators.mjs', 'scripts/compact.mjs', 'package.json', 'package-lock.json'],
    (f) => !f.endsWith('.md'),
  );

export function validatorsAreStale() {
  try {
    return readFileSync(join(out, '.stamp'), 'utf8') !== stamp();
  } catch {
    return true;
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  if (process.argv.includes('--if-stale') && !validatorsAreStale()) process.exit(0);
  const names = await buildValidators();
  process.stderr.write(`validators: ${names.length === 0 ? 'no schema yet' : names.join(', ')}\n`);
}
