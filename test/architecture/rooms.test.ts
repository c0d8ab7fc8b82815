import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Breach, findBreaches } from '../../scripts/architecture.mjs';

/** The house's table, written down a second time: the configuration is held against this one, pair by pair. */
const table: Readonly<Record<string, string>> = {
  model: '',
  parse: 'model',
  logic: 'model',
  report: 'model',
  checks: 'model logic',
  evaluate: 'model logic checks',
  analyze: 'model parse logic checks evaluate',
  attest: 'model logic evaluate',
  collect: 'model parse files',
  record: 'model parse files',
  files: 'model parse',
  gate: 'model parse logic checks evaluate analyze attest collect record files',
  cli: 'gate model report analyze attest files',
};
const rooms = Object.keys(table);
const pure = ['model', 'parse', 'logic', 'report', 'checks', 'evaluate', 'analyze'];

/** Lays out a small tree under the project's own rules and gives what the rules find in it. */
async function cruise(files: Readonly<Record<string, string>>): Promise<readonly Breach[]> {
  const dir = mkdtempSync(join(tmpdir(), 'soakgate-rooms-'));
  try {
    for (const file of ['.dependency-cruiser.mjs', 'tsconfig.json', 'package.json'])
      cpSync(file, join(dir, file));
    symlinkSync(join(process.cwd(), 'node_modules'), join(dir, 'node_modules'));
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(dir, path)), { recursive: true });
      writeFileSync(join(dir, path), text);
    }
    return (await findBreaches(dir)).breaches;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

const thing = (name: string) => `export const ${name} = 1;\n`;
const uses = (from: string) => `import { thing } from '${from}';\nexport const used = thing;\n`;

// The cruiser takes seconds, on a busy machine many.
const patience = 120_000;

describe('the table of rooms', () => {
  let found: readonly Breach[] = [];
  const has = (from: string, rule: RegExp, to?: string) =>
    found.some((b) => b.from === from && rule.test(b.rule) && (to === undefined || b.to === to));

  beforeAll(async () => {
    const files: Record<string, string> = {};
    for (const room of rooms) {
      files[`src/${room}/thing.ts`] = thing('thing');
      for (const other of rooms) {
        if (other !== room) files[`src/${room}/to-${other}.ts`] = uses(`../${other}/thing.ts`);
      }
      files[`src/${room}/disk.ts`] =
        "import { readFileSync } from 'node:fs';\nexport const used = readFileSync;\n";
      files[`src/${room}/crypto.ts`] =
        "import { createHash } from 'crypto';\nexport const used = createHash;\n";
    }
    files['src/index.ts'] = rooms.map((r) => `export { thing as ${r} } from './${r}/thing.ts';`).join('\n');
    files['src/gate/back.ts'] = "export { model } from '../index.ts';\n";
    files['src/utils/thing.ts'] = uses('../model/thing.ts');
    files['src/cli/other-engine.ts'] =
      "import jsonLogic from 'json-logic-js';\nexport const used = jsonLogic;\n";
    files['src/logic/other.ts'] = "import jsonLogic from 'json-logic-js';\nexport const used = jsonLogic;\n";
    files['src/logic/reference.ts'] =
      "import jsonLogic from 'json-logic-js';\nexport const used = jsonLogic;\n";
    files['src/parse/load.ts'] = "import { parse } from 'yaml';\nexport const used = parse;\n";
    files['src/checks/load.ts'] = "import { parse } from 'yaml';\nexport const used = parse;\n";
    files['src/parse/build-time.ts'] = "import { Ajv } from 'ajv';\nexport const used = Ajv;\n";
    files['src/parse/absent.ts'] = "import { x } from './nowhere.ts';\nexport const used = x;\n";
    files['src/gate/from-tests.ts'] = uses('../../test/thing.ts');
    files['test/thing.ts'] = thing('thing');
    files['src/gate/ring-a.ts'] = "import { b } from './ring-b.ts';\nexport const a = () => b;\n";
    files['src/gate/ring-b.ts'] = "import { a } from './ring-a.ts';\nexport const b = () => a;\n";
    files['src/gate/alone.ts'] = thing('thing');
    found = await cruise(files);
  }, patience);

  it.each(rooms)('lets %s import what the house allows and nothing else', (room) => {
    const refused = rooms.filter((other) =>
      has(`src/${room}/to-${other}.ts`, /^room-/, `src/${other}/thing.ts`),
    );
    const allowed = (table[room] ?? '').split(' ');
    expect(refused).toEqual(rooms.filter((other) => other !== room && !allowed.includes(other)));
  });

  it('lets the index re-export every room but cli and record', () => {
    const refused = rooms.filter((room) => has('src/index.ts', /^index-re-exports$/, `src/${room}/thing.ts`));
    expect(refused).toEqual(['record', 'cli']);
    expect(has('src/gate/back.ts', /^nobody-imports-index$/)).toBe(true);
  });

  it('keeps the built-ins out of the core; attest may hash', () => {
    const refusing = (file: string) =>
      rooms.filter((room) => has(`src/${room}/${file}.ts`, /^no-builtins-in-/));
    expect(refusing('disk')).toEqual(rooms.filter((room) => pure.includes(room) || room === 'attest'));
    expect(refusing('crypto')).toEqual(rooms.filter((room) => pure.includes(room)));
  });

  it('lets only src/logic/reference.ts import json-logic-js', () => {
    const rule = /^one-importer-of-json-logic-js$/;
    expect(has('src/logic/other.ts', rule)).toBe(true);
    expect(has('src/cli/other-engine.ts', rule)).toBe(true);
    expect(found.filter((b) => b.from === 'src/logic/reference.ts' && b.rule !== 'no-orphans')).toEqual([]);
  });

  it.each([
    ['a package in a room that does not own it', 'src/checks/load.ts', /^package-yaml$/],
    ['a package that is not bundled', 'src/parse/build-time.ts', /^only-bundled-packages$/],
    ['a file that is not there', 'src/parse/absent.ts', /^resolvable$/],
    ['a room nobody declared', 'src/utils/thing.ts', /^only-known-rooms$/],
    ['an import from the tests', 'src/gate/from-tests.ts', /^src-stands-alone$/],
    ['a cycle', 'src/gate/ring-a.ts', /^no-cycles$/],
    ['a file that nothing imports', 'src/gate/alone.ts', /^no-orphans$/],
  ])('finds %s', (_what, from, rule) => {
    expect(has(from, rule)).toBe(true);
  });

  it('accepts a package in its own room', () => {
    expect(found.filter((b) => b.from === 'src/parse/load.ts')).toEqual([]);
  });
});

describe('the project itself', () => {
  it(
    'breaks no rule of the table',
    async () => {
      const { breaches, cruised, sources } = await findBreaches();
      expect(breaches).toEqual([]);
      expect(cruised).toBeGreaterThanOrEqual(sources);
    },
    patience,
  );

  it(
    'throws if the cruiser saw fewer modules than there are files',
    async () => {
      const dir = mkdtempSync(join(tmpdir(), 'soakgate-rooms-'));
      afterAll(() => rmSync(dir, { recursive: true, force: true }));
      cpSync('.dependency-cruiser.mjs', join(dir, '.dependency-cruiser.mjs'));
      cpSync('tsconfig.json', join(dir, 'tsconfig.json'));
      mkdirSync(join(dir, 'src/node_modules/hidden'), { recursive: true });
      writeFileSync(join(dir, 'src/node_modules/hidden/thing.ts'), thing('thing'));
      await expect(findBreaches(dir)).rejects.toThrow(/of at least 1 source files|gave no report/);
    },
    patience,
  );
});
