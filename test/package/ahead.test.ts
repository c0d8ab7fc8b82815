import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { modePolicy } from '../support/policies.ts';

/** Says at the end what became of the compiled code that the engine was given. */
const witness = `const vm = require('node:vm');
const { Script } = vm;
const seen = [];
vm.Script = function (source, options) {
  const script = new Script(source, options);
  seen.push(options.filename + ' ' + (options.cachedData === undefined ? 'none' : script.cachedDataRejected ? 'refused' : 'taken'));
  return script;
};
process.on('exit', () => require('node:fs').writeFileSync(process.env.SEEN, seen.sort().join('\\n')));`;

const chunks = ['check.cjs', 'policy.cjs', 'yaml.cjs'];
const all = (what: string): readonly string[] => chunks.map((chunk) => `${chunk} ${what}`);

/** A copy of the program with what the engine that runs these tests has compiled of it. */
describe('code compiled ahead', () => {
  let made: string;
  let dir: string;
  const program = () => join(dir, 'bin/soakgate.cjs');
  const chunkFile = (name: string) => join(dir, 'dist/cli', name);
  const engineFolder = () => join(dir, 'dist/cli/ahead', readdirSync(join(dir, 'dist/cli/ahead'))[0] ?? '');

  beforeAll(() => {
    made = mkdtempSync(join(tmpdir(), 'soakgate-ahead-'));
    copyProgram(process.cwd(), join(made, 'whole'));
    const cli = join(made, 'whole/dist/cli');
    rmSync(join(cli, 'ahead'), { recursive: true, force: true });
    const { stderr } = compile(cli);
    expect(stderr).toBe('');
    writeFileSync(join(made, 'witness.cjs'), witness);
    writeFileSync(join(made, 'policy.yaml'), modePolicy);
  }, 60_000);
  afterAll(() => rmSync(made, { recursive: true }));

  function copyProgram(from: string, to: string): void {
    for (const part of ['bin', 'dist/cli']) cpSync(join(from, part), join(to, part), { recursive: true });
  }

  const compile = (cli: string) =>
    spawnSync(process.execPath, ['scripts/ahead.mjs', '--program', cli, process.execPath], {
      encoding: 'utf8',
    });

  /** Each trial has a copy of its own, spoilt in its own way. */
  function prepare(name: string, spoil: () => void = () => {}): void {
    dir = join(made, name);
    copyProgram(join(made, 'whole'), dir);
    spoil();
  }

  function check(env: Readonly<Record<string, string>> = {}) {
    const note = join(made, 'seen');
    const words = ['check', join(made, 'policy.yaml'), '--root', made];
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['-r', join(made, 'witness.cjs'), program(), ...words],
      {
        encoding: 'utf8',
        env: { PATH: process.env['PATH'], CI: 'true', MODE: 'enforced', SEEN: note, ...env },
      },
    );
    return { status, stdout, stderr, seen: readFileSync(note, 'utf8').split('\n') };
  }

  it('is taken by the engine that made it', () => {
    prepare('taken');
    expect(check()).toMatchObject({ status: 0, stderr: '', seen: all('taken') });
  });

  it('is the same each time, wherever it is made', () => {
    prepare('again', () => rmSync(join(dir, 'dist/cli/ahead'), { recursive: true }));
    compile(join(dir, 'dist/cli'));
    const bytes = (folder: string) => chunks.map((name) => readFileSync(join(folder, `${name}.code`)));
    const again = bytes(engineFolder());
    dir = join(made, 'whole');
    expect(again).toEqual(bytes(engineFolder()));
  });

  it('judges as code does that is compiled on the way', () => {
    prepare('beside');
    // An instant on a whole minute is shorter, so where the line breaks depends on the clock.
    const timeless = (text: string) => text.replace(/judged[^]*?(?=\n +policy)/, '').replace(/\d{4}-.*/g, '');
    const [taken, wrong] = [check(), check({ MODE: 'shadow' })];
    rmSync(join(dir, 'dist/cli/ahead'), { recursive: true });
    expect(timeless(check().stdout)).toBe(timeless(taken.stdout));
    expect(timeless(check({ MODE: 'shadow' }).stdout)).toBe(timeless(wrong.stdout));
    expect(wrong.status).toBe(1);
  });

  it.each<readonly [string, () => void]>([
    ['that is not there', () => rmSync(join(dir, 'dist/cli/ahead'), { recursive: true })],
    ['of another engine', () => renameSync(engineFolder(), join(dir, 'dist/cli/ahead/other'))],
    ['that is empty', () => each((file) => truncateSync(file, 0))],
    ['that is cut off', () => each((file) => truncateSync(file, 40_000))],
    [
      'that is a folder',
      () =>
        each((file) => {
          rmSync(file);
          mkdirSync(file);
        }),
    ],
    [
      'that names another engine',
      () => each((file) => edit(file, (text) => text.replace(/code 2 \d/, 'code 2 x'))),
    ],
    [
      'of a chunk edited since, though as long as before',
      () => {
        for (const name of chunks)
          edit(chunkFile(name), (text) => text.replace(/^(.*?)function /s, '$1function\t'));
      },
    ],
  ])('code %s is not given to the engine', (what, spoil) => {
    prepare(what.replace(/ /g, '-'), spoil);
    expect(check()).toMatchObject({ status: 0, stderr: '', seen: all('none') });
  });

  it('under other flags the engine refuses it, and compiles anew', () => {
    prepare('flags');
    const { status, stderr, seen } = check({ NODE_OPTIONS: '--stack-trace-limit=11' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(seen).toEqual([...all('none'), ...all('refused')].sort());
  });

  function each(change: (file: string) => void): void {
    for (const name of readdirSync(engineFolder())) change(join(engineFolder(), name));
  }

  function edit(file: string, change: (text: string) => string): void {
    const before = readFileSync(file, 'latin1');
    const after = change(before);
    expect(after).not.toBe(before);
    expect(after).toHaveLength(before.length);
    writeFileSync(file, after, 'latin1');
  }
});
