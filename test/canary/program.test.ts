import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Ended, makeFolder, soakgate } from '../support/program.ts';
import { canaries, environment, leaksIn } from './secrets.ts';
import { brokenPolicies, workspace } from './workspace.ts';

// R22: the built program is driven through every failing path with secrets in everything that it reads.
let folder: ReturnType<typeof makeFolder>;

beforeAll(() => {
  folder = makeFolder(workspace);
});
afterAll(() => folder.remove());

const run = (words: readonly string[], env: Readonly<Record<string, string>> = environment): Promise<Ended> =>
  soakgate(words, { cwd: folder.path, env });

function expectClean({ stdout, stderr }: Ended): void {
  expect(leaksIn(stdout)).toEqual([]);
  expect(leaksIn(stderr)).toEqual([]);
}

const formats = ['pretty', 'json'];

describe('every format of check, and the files it writes', () => {
  test.each(formats)('%s', async (format) => {
    const ended = await run([
      'check',
      'policy.yaml',
      '--run',
      '--format',
      format,
      '--format',
      'json',
      '--output',
      'out.json',
    ]);
    expect([1, 3]).toContain(ended.code);
    expect(ended.stdout.length).toBeGreaterThan(1000);
    expectClean(ended);
    expect(leaksIn(readFileSync(join(folder.path, 'out.json'), 'utf8'))).toEqual([]);
  });

  test('the suite would see a leak', async () => {
    const { stdout } = await run(['check', 'policy.yaml', '--format', 'json'], {});
    expect(leaksIn(stdout).length).toBeGreaterThan(10);
  });
});

describe('collect', () => {
  test('and check with what it wrote', async () => {
    const ended = await run([
      'collect',
      'policy.yaml',
      '--run',
      '--output',
      'evidence.json',
      '--format',
      'json',
    ]);
    expect(ended.code).toBe(0);
    expectClean(ended);
    const text = readFileSync(join(folder.path, 'evidence.json'), 'utf8');
    expect(text).toContain('[redacted]');
    expect(leaksIn(text)).toEqual([]);
    for (const format of formats)
      expectClean(await run(['check', 'policy.yaml', '--evidence', 'evidence.json', '--format', format]));
  });

  test('evidence that somebody else put secrets into', async () => {
    const file = JSON.parse(readFileSync(join(folder.path, 'evidence.json'), 'utf8'));
    for (const item of file.evidence)
      item.source = { path: canaries.TENANT, command: [canaries.DEPLOY_TOKEN] };
    writeFileSync(join(folder.path, 'foreign.json'), JSON.stringify(file));
    writeFileSync(join(folder.path, 'cut.json'), JSON.stringify(file).slice(0, -9));
    for (const name of ['foreign.json', 'cut.json', 'value.json', 'every-form.txt']) {
      for (const format of formats)
        expectClean(await run(['check', 'policy.yaml', '--evidence', name, '--format', format]));
    }
  });
});

describe('policies with mistakes', () => {
  test.each(Object.entries(brokenPolicies))('%s', async (name, text) => {
    const file = `${name.replaceAll(' ', '-')}.yaml`;
    writeFileSync(join(folder.path, file), text);
    for (const command of ['check', 'lint', 'collect']) {
      for (const format of command === 'collect' ? ['json'] : formats) {
        const ended = await run([command, file, '--format', format]);
        expect([1, 2]).toContain(ended.code);
        expectClean(ended);
      }
    }
  });
});

describe('secrets on the command line', () => {
  const { DEPLOY_TOKEN: token } = canaries;
  test.each<[string, readonly string[]]>([
    ['an unknown option', ['check', `--${token}`]],
    ['an option without meaning', ['check', '--no-such', token]],
    ['a command', [token]],
    ['a policy', ['check', token]],
    ['a gate', ['check', 'policy.yaml', '--gate', token]],
    ['an instant', ['check', 'policy.yaml', '--at', token]],
    ['an input', ['check', 'policy.yaml', '--input', `x=${token}`]],
    ['an evidence file', ['check', 'policy.yaml', '--evidence', token]],
    ['a format', ['check', 'policy.yaml', '--format', token]],
    ['an output', ['check', 'policy.yaml', '--format', 'json', '--output', `no/${token}`]],
    ['a root', ['check', 'policy.yaml', '--root', token]],
  ])('%s', async (_, words) => {
    expectClean(await run(words));
  });
  test('an env file', async () => {
    // Node 20 itself looks for `--env-file` among all words unless `--` stands before the program.
    const words = ['check', 'policy.yaml', '--env-file', token];
    expectClean(await soakgate(words, { cwd: folder.path, env: environment }));
  });
});
