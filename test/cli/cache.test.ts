import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { modePolicy } from '../support/policies.ts';
import { type Ended, makeFolder, soakgate } from '../support/program.ts';

/** The built program with a home of its own. */
describe.skipIf(process.platform === 'win32')('what is kept between runs', () => {
  let folder: ReturnType<typeof makeFolder>;
  let kept: string;
  beforeEach(() => {
    folder = makeFolder({ 'tree/policy.yaml': modePolicy, 'home/.keep': '' });
    kept = join(folder.path, 'home/.cache/soakgate');
    chmodSync(join(folder.path, 'home'), 0o700);
  });
  afterEach(() => folder.remove());

  const run = (words: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> =>
    soakgate(words, {
      cwd: join(folder.path, 'tree'),
      env: {
        MODE: 'enforced',
        HOME: join(folder.path, 'home'),
        XDG_CACHE_HOME: '',
        // Under a flag the engine refuses what the build compiled ahead, so that these runs keep their own.
        NODE_OPTIONS: '--stack-trace-limit=11',
        ...env,
      },
    });
  const checkWith = (...words: string[]) => run(['check', 'policy.yaml', ...words]);
  const entries = (begin: string): readonly string[] =>
    existsSync(kept) ? readdirSync(kept).filter((name) => name.startsWith(begin)) : [];
  const entry = (begin = 'policy-') => join(kept, entries(begin)[0] ?? 'none');
  /** Makes the kept policy demand something else, in both its halves: who reads it then is found out. */
  const forge = () => {
    const text = readFileSync(entry(), 'latin1');
    writeFileSync(entry(), text.replaceAll('"value":"enforced"', '"value":"shadow"'), 'latin1');
  };
  const timeless = ({ code, stdout, stderr }: Ended) => ({
    code,
    stderr,
    // An instant on a whole minute is shorter, so where the line breaks depends on the clock.
    text: stdout.replace(/judged[^]*?(?=\n +policy)/, '').replace(/\d{4}-.*/g, ''),
  });

  it('the second run takes the policy from the first, and says the same', async () => {
    const first = await checkWith();
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(entries('policy-')).toHaveLength(1);
    expect(entries('code-')).toHaveLength(3);
    expect(timeless(await checkWith())).toEqual(timeless(first));
    forge();
    expect(await checkWith()).toMatchObject({ code: 1 });
  });

  it.each([
    ['check', ['check']],
    ['status', ['status', '--format', 'env']],
    ['collect', ['collect']],
    ['explain', ['explain', 'mode-enforced']],
  ])('`%s` keeps it as well', async (_, words) => {
    expect(
      (await run(words.includes('explain') ? [...words, 'policy.yaml'] : [...words, 'policy.yaml'])).code,
    ).toBe(0);
    expect(entries('policy-')).toHaveLength(1);
  });

  it('an edited policy is read anew, and takes the place of the old one', async () => {
    await checkWith();
    writeFileSync(
      join(folder.path, 'tree/policy.yaml'),
      modePolicy.replace('MODE: enforced', 'MODE: shadow'),
    );
    expect(await checkWith()).toMatchObject({ code: 1 });
    expect(entries('policy-')).toHaveLength(1);
    writeFileSync(join(folder.path, 'tree/policy.yaml'), modePolicy.replace('preflight', 'preflihgt'));
    expect(await checkWith()).toMatchObject({ code: 2 });
  });

  it.each([
    ['--no-cache', ['--no-cache'], {}],
    ['CI', [], { CI: 'true' }],
    ['CI, whatever its value', [], { CI: '0' }],
  ])('with %s nothing kept is read', async (_, words, env) => {
    await checkWith();
    forge();
    expect(await run(['check', 'policy.yaml', ...words], env)).toMatchObject({ code: 0 });
  });

  it.each([
    ['--no-cache', ['--no-cache'], {}],
    ['CI', [], { CI: 'true' }],
    ['no home', [], { HOME: '' }],
    ['a home that is not there', [], { HOME: '/dev/null/none' }],
    ['a home that is a file', [], { HOME: '/etc/hostname' }],
  ])('with %s nothing is written, and all works', async (_, words, env) => {
    expect(await run(['check', 'policy.yaml', ...words], env)).toMatchObject({ code: 0, stderr: '' });
    expect(existsSync(kept)).toBe(false);
  });

  const damage: readonly (readonly [string, (path: string) => void])[] = [
    ['is cut off', (path) => truncateSync(path, 900)],
    ['is empty', (path) => writeFileSync(path, '')],
    [
      'was edited',
      (path) => writeFileSync(path, readFileSync(path, 'latin1').replace('enforced', 'shadow!!'), 'latin1'),
    ],
    ['is something else', (path) => writeFileSync(path, '{}{}')],
  ];
  it.each(damage)('an entry that %s is not read, and is written again', async (_, change) => {
    await checkWith();
    const files = ['policy-', 'code-'].map((begin) => entry(begin));
    const before = files.map((file) => readFileSync(file).length);
    for (const file of files) change(file);
    expect(await checkWith()).toMatchObject({ code: 0, stderr: '' });
    const after = files.map((file) => readFileSync(file).length);
    expect(after[0]).toBe(before[0]);
    // What the engine compiled differs a little from run to run.
    expect(after[1]).toBeGreaterThan(100_000);
  });

  it('a folder that others may write to is neither read nor written', async () => {
    await checkWith();
    forge();
    const old = readFileSync(entry());
    chmodSync(kept, 0o777);
    expect(await checkWith()).toMatchObject({ code: 0, stderr: '' });
    expect(readFileSync(entry())).toEqual(old);
  });

  it('a link in place of the folder is not followed', async () => {
    await checkWith();
    rmSync(kept, { recursive: true });
    mkdirSync(join(folder.path, 'other'), { mode: 0o700 });
    symlinkSync(join(folder.path, 'other'), kept);
    expect(await checkWith()).toMatchObject({ code: 0, stderr: '' });
    expect(readdirSync(join(folder.path, 'other'))).toEqual([]);
  });

  it('a policy that cannot be read leaves nothing behind', async () => {
    writeFileSync(join(folder.path, 'tree/policy.yaml'), 'kind: [');
    expect(await checkWith()).toMatchObject({ code: 2 });
    expect(entries('')).toEqual([]);
  });
});
