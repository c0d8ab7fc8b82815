import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ESLint } from 'eslint';
import ts from 'typescript';
import tseslint from 'typescript-eslint';
import { beforeAll, describe, expect, it } from 'vitest';

const coreRooms = ['model', 'parse', 'logic', 'report', 'checks', 'evaluate', 'analyze'];
const shellRooms = ['collect', 'record', 'files', 'gate', 'cli'];

/** Breaches that syntax alone shows. Each is planted alone into an otherwise clean file. */
const planted: readonly (readonly [string, string])[] = [
  ['Date.now()', 'export const t = Date.now();'],
  ['Date["now"]()', "export const t = Date['now']();"],
  ['new Date()', 'export const t = new Date();'],
  ['Date()', 'export const t = Date();'],
  ['a second name for Date', 'const D = Date; export const t = D.now();'],
  ['Date taken apart', 'const { now } = Date; export const t = now();'],
  ['local time from parts', 'export const t = new Date(2026, 1, 2);'],
  ['local hours', 'export const h = (d: Date) => d.getHours();'],
  ['Math.random()', 'export const r = Math.random();'],
  ['Math["random"]()', "export const r = Math['random']();"],
  ['performance.now()', 'export const t = performance.now();'],
  ['process.env', 'export const e = process.env;'],
  ['console.log()', "console.log('x');"],
  ['globalThis', 'export const g = globalThis;'],
  ['setTimeout', 'setTimeout(() => undefined, 1);'],
  ['fetch', "export const f = fetch('x');"],
  ['toLocaleString()', 'export const s = (n: number) => n.toLocaleString();'],
  ['toLocaleLowerCase()', "export const s = 'I'.toLocaleLowerCase();"],
  ['localeCompare()', "export const c = 'a'.localeCompare('b');"],
  ['Intl without a zone', "export const f = new Intl.DateTimeFormat('en-US', { hour: 'numeric' });"],
  ['Intl without options', "export const f = new Intl.DateTimeFormat('en-US');"],
  ['Intl without a locale', "export const f = new Intl.DateTimeFormat(undefined, { timeZone: 'UTC' });"],
  ['Intl called', "export const f = Intl.DateTimeFormat('en-US');"],
  ['another Intl', "export const f = new Intl.NumberFormat('en-US');"],
  ['a class', 'export class A {}'],
];

const clean: readonly (readonly [string, string])[] = [
  ['a date from an instant', 'export const d = (ms: number) => new Date(ms).toISOString();'],
  ['UTC parts', 'export const d = Date.UTC(2026, 1, 2);'],
  [
    'a formatter with locale and zone',
    "export const f = new Intl.DateTimeFormat('en-US', { timeZone: 'UTC' });",
  ],
  ['Math.max', 'export const m = Math.max(1, 2);'],
];

describe('the linter in the core', () => {
  let eslint: ESLint;
  beforeAll(() => {
    // The project's own configuration; only what needs a whole typed program is left out, since a planted text is none.
    eslint = new ESLint({ overrideConfig: [{ files: ['**/*.ts'], ...tseslint.configs.disableTypeChecked }] });
  });
  const lint = async (room: string, text: string) => {
    const [result] = await eslint.lintText(text, { filePath: resolve(`src/${room}/planted.ts`) });
    return (result?.messages ?? []).filter((m) => m.fatal === true || /^no-restricted-/.test(m.ruleId ?? ''));
  };

  it.each(planted)('catches %s', async (_what, text) => {
    const [first] = await lint('model', text);
    expect(first?.ruleId).toMatch(/^no-restricted-(syntax|globals)$/);
  });

  it.each(clean)('accepts %s', async (_what, text) => {
    expect(await lint('model', text)).toEqual([]);
  });

  it('guards every room of the core and leaves the shell its clock', async () => {
    for (const room of [...coreRooms, 'attest'])
      expect(await lint(room, 'export const t = Date.now();')).toHaveLength(1);
    for (const room of shellRooms) expect(await lint(room, 'export const t = Date.now();')).toEqual([]);
  });
});

describe('the compiler in the core (tsconfig.core.json)', () => {
  const config = ts.getParsedCommandLineOfConfigFile('tsconfig.core.json', undefined, {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: (diagnostic) => {
      throw new Error(ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n'));
    },
  });
  const options = config?.options ?? {};

  /** Diagnostics of one text as if it stood in src/model. */
  const compile = (text: string) => {
    const name = resolve('src/model/planted.ts');
    const host = ts.createCompilerHost(options);
    const read = host.getSourceFile.bind(host);
    host.getSourceFile = (file, target) =>
      file === name ? ts.createSourceFile(file, text, target) : read(file, target);
    const exists = host.fileExists.bind(host);
    host.fileExists = (file) => file === name || exists(file);
    const program = ts.createProgram([name], options, host);
    return program.getSemanticDiagnostics().map((d) => ts.flattenDiagnosticMessageText(d.messageText, '\n'));
  };

  it.each([
    ['process', 'export const e = process.env;', /process/],
    ['console', "console.log('x');", /console/],
    ['performance', 'export const t = performance.now();', /performance/],
    ['Buffer', "export const b = Buffer.from('x');", /Buffer/],
    ['fetch', "export const f = fetch('x');", /fetch/],
    ['document', 'export const d = document.title;', /document/],
    ['a built-in', "import { readFileSync } from 'node:fs';\nexport const r = readFileSync;", /node:fs/],
  ])('does not know %s', (_what, text, message) => {
    expect(compile(text).join('\n')).toMatch(message);
  });

  it('knows the language itself', () => {
    expect(compile('export const m: ReadonlyMap<string, number> = new Map([["a", 1]]);')).toEqual([]);
  });

  it('covers every room of the core', () => {
    const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && coreRooms.includes(file.split('/')[0] ?? ''))
      .map((file) => resolve('src', file));
    expect(config?.fileNames).toEqual(expect.arrayContaining(sources));
    expect(sources.length).toBeGreaterThan(0);
  });
});

describe('suppressions', () => {
  const folders = ['src', 'test', 'bench', 'scripts'];
  const files = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter(
        (file) => /\.(ts|mjs|cjs)$/.test(file) && !file.includes('generated') && !file.includes('fixtures'),
      )
      .map((file) => join(folder, file)),
  );
  const marker = /(?:\/\/|\/\*)\s*(?:eslint-disable|biome-ignore|@ts-(?:expect-error|ignore|nocheck))(.*)/;

  it('give their reason', () => {
    const silent = files.flatMap((file) =>
      readFileSync(file, 'utf8')
        .split('\n')
        .flatMap((line, index) => {
          const rest = marker.exec(line)?.[1];
          return rest === undefined || /(?:--|:)\s*\S.{5,}/.test(rest) ? [] : [`${file}:${index + 1}`];
        }),
    );
    expect(silent).toEqual([]);
  });
});
