import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { modePolicy } from '../support/policies.ts';
import { makeFolder, shell, soakgate } from '../support/program.ts';

describe('soakgate', () => {
  let folder: ReturnType<typeof makeFolder>;
  let empty: ReturnType<typeof makeFolder>;
  beforeAll(() => {
    folder = makeFolder({ 'policies/mode.yaml': modePolicy });
    empty = makeFolder({});
  });
  afterAll(() => {
    folder.remove();
    empty.remove();
  });

  const here = (...words: string[]) => soakgate(words, { cwd: folder.path });

  it('says so where the working directory was removed, and does not call it a fault of its own', async () => {
    const ended = await shell('mkdir gone && cd gone && rmdir ../gone && $SOAKGATE check', {
      cwd: empty.path,
    });
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain('usage/no-folder');
    expect(ended.stderr).not.toContain('internal');
  });

  describe.concurrent('refuses with exit code 2', () => {
    it.each([
      ['an unknown command', ['chekc'], 'usage/unknown-command', '`check`'],
      ['a command of Object.prototype', ['constructor'], 'usage/unknown-command', '`soakgate help`'],
      ['a command that is not built yet', ['replay'], 'usage/unknown-command', '`soakgate help`'],
      ['an option before the command', ['--run', 'check'], 'usage/no-command', '`soakgate help`'],
      ['an unknown option', ['check', '--formt', 'json'], 'usage/unknown-option', '`--format`'],
      ['an unknown format', ['check', '--format', 'jsn'], 'usage/unknown-format', '`json`'],
      ['an unknown gate', ['check', '--gate', 'prefligth'], 'usage/unknown-gate', '`preflight`'],
      [
        'one unknown gate among others',
        ['check', '--gate', 'preflight,exitt'],
        'usage/unknown-gate',
        '`exit`',
      ],
      ['an empty gate', ['check', '--gate', 'preflight,'], 'usage/unknown-gate', undefined],
      [
        'a gate of a phase without phases',
        ['check', '--gate', 'entry:canary'],
        'usage/unknown-gate',
        undefined,
      ],
      ['a time without a zone', ['check', '--at', '2026-01-01T00:00:00'], 'usage/bad-instant', undefined],
      ['a time that is no time', ['check', '--at', '2026-02-30T00:00:00Z'], 'usage/bad-instant', undefined],
      ['a time ahead', ['check', '--at', '2999-01-01T00:00:00Z'], 'usage/future-instant', undefined],
      ['an input without value', ['check', '--input', 'x'], 'usage/bad-input', undefined],
      ['an input twice', ['check', '--input', 'x=1', '--input', 'x=2'], 'usage/bad-input', undefined],
      ['a policy that is not there', ['check', 'no.yaml'], 'usage/no-such-file', undefined],
      ['a folder as policy', ['check', 'policies'], 'usage/unreadable-file', undefined],
      [
        'an evidence file that is not there',
        ['check', '--evidence', 'no.json'],
        'usage/evidence-file',
        undefined,
      ],
      ['an unknown schema', ['schema', 'polcy'], 'usage/unknown-schema', '`policy`'],
      ['no rule', ['explain'], 'usage/unknown-rule', '`soakgate explain RULE`'],
      ['an unknown rule', ['explain', 'mode-enforcd'], 'usage/unknown-rule', '`mode-enforced`'],
      ['an unknown code', ['explain', 'streak.stal'], 'usage/unknown-code', '`streak.stale`'],
      ['a rule of a policy that is not there', ['explain', 'a', 'no.yaml'], 'usage/no-such-file', undefined],
      ['no schema', ['schema'], 'usage/unknown-schema', undefined],
      ['too many arguments', ['schema', 'policy', 'waiver'], 'usage/unexpected-argument', undefined],
      ['an output in no folder', ['check', '--output', 'no/where.txt'], 'usage/no-folder', undefined],
      ['help for nothing', ['help', 'nothing'], 'usage/unknown-command', undefined],
    ])('%s', async (_what, words, code, hint) => {
      const { code: exit, stdout, stderr } = await here(...words);
      expect({ exit, stdout }).toEqual({ exit: 2, stdout: '' });
      expect(stderr).toMatch(new RegExp(`^${code}: .+`));
      if (hint !== undefined) expect(stderr).toContain(hint);
    });
  });

  it('says problems as one JSON value on standard output when asked for JSON', async () => {
    for (const words of [
      ['check', '--nope', '--format', 'json'],
      ['check', 'no.yaml', '--format=json'],
    ]) {
      const { code, stdout, stderr } = await here(...words);
      expect({ code, stderr }).toEqual({ code: 2, stderr: '' });
      expect(JSON.parse(stdout)).toMatchObject({ kind: 'Problems', problems: [{}] });
    }
  });

  it('gives path, line, column, caret and hint for a mistake in a policy, and all of them', async () => {
    const wrong = modePolicy
      .replace('timezone: UTC', 'timezonr: UTC')
      .replace('title: The mode is', 'titel: The mode is');
    const place = makeFolder({ 'policies/mode.yaml': wrong });
    try {
      const { code, stdout, stderr } = await soakgate(['check', '--root', '.'], { cwd: place.path });
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toMatch(/^policies\/mode\.yaml:4:\d+ /m);
      expect(stderr).toMatch(/^policies\/mode\.yaml:8:\d+ /m);
      expect(stderr).toMatch(/^ {2}4 \| timezonr: UTC\n +\| \^{8}$/m);
      expect(stderr).toContain('did you mean `title`?');
      expect(stderr).toContain('did you mean `timezone`?');
    } finally {
      place.remove();
    }
  });

  it('finds no policy where there is none', async () => {
    const { code, stderr } = await soakgate(['check'], { cwd: empty.path });
    expect(code).toBe(2);
    expect(stderr).toMatch(/^usage\/no-policy: /);
  });

  it.each([['--version'], ['-V']])('%s prints the version alone', async (word) => {
    expect(await here(word)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\S*\n$/),
      stderr: '',
    });
  });

  it('--help, -h and help are the same, name every command and fit 80 columns', async () => {
    const [long, short, word] = await Promise.all([here('--help'), here('-h'), here('help')]);
    expect(long).toEqual(short);
    expect(long).toEqual(word);
    expect(long.code).toBe(0);
    for (const command of ['check', 'collect', 'explain', 'lint', 'status', 'streak', 'schema'])
      expect(long.stdout).toMatch(new RegExp(`^  ${command} `, 'm'));
    expect(long.stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  it.each(['check', 'collect', 'explain', 'lint', 'status', 'streak', 'schema'])(
    '%s has help with examples',
    async (command) => {
      const [option, word] = await Promise.all([here(command, '--help'), here('help', command)]);
      expect(option).toEqual(word);
      expect(option.code).toBe(0);
      expect(option.stdout).toContain(`Usage: soakgate ${command}`);
      expect(option.stdout).toMatch(/^Examples:\n {2}soakgate /m);
      expect(option.stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
    },
  );

  it('alone shows what to do next, and is no success', async () => {
    const [some, none] = await Promise.all([here(), soakgate([], { cwd: empty.path })]);
    expect(some.code).toBe(2);
    expect(some.stdout).toContain('policies/mode.yaml');
    expect(some.stdout).toContain('soakgate check --run');
    expect(none.code).toBe(2);
    expect(none.stdout).toContain('No policy here yet');
    expect(none.stdout).toContain('soakgate schema policy');
  });
});
