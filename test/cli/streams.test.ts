import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { modePolicy, policyText } from '../support/policies.ts';
import { makeFolder, shell, soakgate } from '../support/program.ts';

/** Thousands of rules, so that the report is larger than any pipe. */
function largePolicy(rules: number): string {
  const title = `The mode is enforced, ${'and that is said at length, '.repeat(30)}`;
  const rule = (n: number): string =>
    `  - { id: rule-${n}, title: '${title}', expect: { flags.MODE: enforced } }\n`;
  return policyText(
    'large',
    `evidence: { flags: { env: { variables: { MODE: { oneOf: [shadow, enforced] } } } } }
preflight:
${Array.from({ length: rules }, (_, n) => rule(n)).join('')}`,
  );
}

/** R5 and R40: 0 stands for a report that was wholly written. */
describe('what is written', () => {
  let folder: ReturnType<typeof makeFolder>;
  const env = { MODE: 'enforced' };
  beforeAll(() => {
    // A policy holds 64 kB at most, so many policies make the report large.
    const large = Object.fromEntries(
      Array.from({ length: 60 }, (_, n) => [
        `large/p${n}.yaml`,
        largePolicy(60).replace('name: large', `name: large-${n}`),
      ]),
    );
    folder = makeFolder({ 'mode.yaml': modePolicy, ...large });
  });
  afterAll(() => folder.remove());
  const here = (line: string) => shell(line, { cwd: folder.path, env });
  const timeless = (name: string): unknown =>
    JSON.parse(readFileSync(join(folder.path, name), 'utf8'), (key, value: unknown) =>
      /^(evaluatedAt|validUntil|collectedAt)$/.test(key) ? '' : value,
    );
  const sizeOf = (name: string): number => readFileSync(join(folder.path, name)).length;

  it('a slow reader gets every byte of a large report', async () => {
    const { code, stderr } = await here(
      `set -o pipefail; $SOAKGATE check large/*.yaml --format json --output whole.json && ` +
        `$SOAKGATE check large/*.yaml --format json | { sleep 0.3; cat; } > piped.json`,
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(sizeOf('whole.json')).toBeGreaterThan(5_000_000);
    expect(timeless('piped.json')).toEqual(timeless('whole.json'));
    expect(timeless('piped.json')).toHaveLength(60);
  });

  it('a pipe that does not block (EAGAIN) gets every byte too', async () => {
    // While the first program holds its standard output open, libuv keeps the shared pipe from blocking.
    const holder = `node -e 'process.stdout.write("{"); setTimeout(() => {}, 3000)'`;
    const { code } = await here(
      `set -o pipefail; { ${holder} & sleep 0.5; $SOAKGATE check large/p1?.yaml --format json; echo $? > code; } | { sleep 1; cat; } > shared.json`,
    );
    expect({ code, said: readFileSync(join(folder.path, 'code'), 'utf8') }).toEqual({ code: 0, said: '0\n' });
    expect(readFileSync(join(folder.path, 'shared.json'), 'utf8').slice(0, 2)).toBe('{[');
    expect(
      (JSON.parse(readFileSync(join(folder.path, 'shared.json'), 'utf8').slice(1)) as unknown[]).length,
    ).toBe(10);
  });

  it('a reader that leaves ends it quietly with 4', async () => {
    const { stdout, stderr } = await here(
      '$SOAKGATE check large/p1?.yaml --format json | head -c 3; echo ":${PIPESTATUS[0]}"',
    );
    expect({ stdout, stderr }).toEqual({ stdout: '[\n :4\n', stderr: '' });
  });

  it('a reader that was never there ends it quietly with 4', async () => {
    const { stdout, stderr } = await here('{ sleep 0.3; $SOAKGATE check mode.yaml; echo "$?" >&2; } | true');
    expect({ stdout, stderr }).toEqual({ stdout: '', stderr: '4\n' });
  });

  it.each([
    ['standard output', '$SOAKGATE check mode.yaml > /dev/full'],
    ['standard output, large', '$SOAKGATE check large/p1?.yaml --format json > /dev/full'],
    ['an output file', '$SOAKGATE check mode.yaml --format json --output /dev/full'],
    ['help', '$SOAKGATE --help > /dev/full'],
    ['the help of a command', '$SOAKGATE check --help > /dev/full'],
    ['the version', '$SOAKGATE --version > /dev/full'],
    ['problems', '$SOAKGATE check --nope --format json > /dev/full'],
    ['a schema', '$SOAKGATE schema policy > /dev/full'],
    ['collected evidence', '$SOAKGATE collect mode.yaml > /dev/full'],
  ])('a full disk under %s is 4, said in one line', async (_what, line) => {
    const { code, stderr } = await here(line);
    expect(code).toBe(4);
    expect(stderr).toMatch(/^soakgate: cannot write [^\n]*\(ENOSPC\)[^\n]*\n$/);
  });

  it('a full standard error changes no answer', async () => {
    expect((await here('$SOAKGATE check no.yaml 2> /dev/full')).code).toBe(2);
    expect((await here('$SOAKGATE check no.yaml 2>&-')).code).toBe(2);
  });

  it('nothing stands on standard output if a file could not be written', async () => {
    const { code, stdout } = await here(
      '$SOAKGATE check mode.yaml --format pretty --format json --output /dev/full',
    );
    expect({ code, stdout }).toEqual({ code: 4, stdout: '' });
  });

  it('writes several formats at once, each whole', async () => {
    const { code, stdout } = await here(
      '$SOAKGATE check mode.yaml --format pretty --format json --output v.json --format pretty --output v.txt',
    );
    expect(code).toBe(0);
    expect(JSON.parse(readFileSync(join(folder.path, 'v.json'), 'utf8'))).toMatchObject({ decision: 'go' });
    expect(readFileSync(join(folder.path, 'v.txt'), 'utf8')).toMatch(/exit code 0\n$/);
    expect(stdout).toMatch(/exit code 0\n$/);
  });

  it('puts problems in the place of an older result, so that none is left standing', async () => {
    writeFileSync(join(folder.path, 'old.json'), '{"decision":"go"}');
    expect((await here('$SOAKGATE check no.yaml --format json --output old.json')).code).toBe(2);
    const left = JSON.parse(readFileSync(join(folder.path, 'old.json'), 'utf8')) as Record<string, unknown>;
    expect(left).toMatchObject({ kind: 'Problems' });
    expect(left).not.toHaveProperty('decision');
  });

  it('leaves no temporary file, and writes through links', async () => {
    writeFileSync(join(folder.path, 'target.json'), 'old');
    symlinkSync('target.json', join(folder.path, 'link.json'));
    expect((await here('$SOAKGATE check mode.yaml --format json --output link.json')).code).toBe(0);
    expect(JSON.parse(readFileSync(join(folder.path, 'target.json'), 'utf8'))).toMatchObject({
      decision: 'go',
    });
    expect(readdirSync(folder.path).filter((name) => name.includes('.tmp'))).toEqual([]);
  });

  it('fills a process substitution and never replaces a device', async () => {
    const { code, stdout } = await here(
      '$SOAKGATE check mode.yaml --format json --output >(cat); sleep 0.2; test -c /dev/null',
    );
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ decision: 'go' });
    expect(
      (await here('$SOAKGATE check mode.yaml --format json --output /dev/null && test -c /dev/null')).code,
    ).toBe(0);
    expect(existsSync('/dev/null')).toBe(true);
  });

  it('draws no colour into pipes and files, whatever the terminal', async () => {
    const { stdout } = await soakgate(['check', 'mode.yaml'], {
      cwd: folder.path,
      env: { ...env, TERM: 'xterm-256color' },
    });
    expect(stdout).not.toContain('\u001b');
  });

  it('draws colour on a terminal, but not with NO_COLOR or --no-color', async () => {
    const terminal = (words: string, more = '') =>
      here(`${more} script -qec "$SOAKGATE check mode.yaml ${words}" /dev/null </dev/null`);
    expect((await terminal('', 'TERM=xterm')).stdout).toContain('\u001b[1;32mGO');
    expect((await terminal('--no-color', 'TERM=xterm')).stdout).not.toContain('\u001b');
    expect((await terminal('', 'TERM=xterm NO_COLOR=1')).stdout).not.toContain('\u001b');
  });

  it('draws ASCII for a terminal that says it has nothing else', async () => {
    const { stdout } = await soakgate(['check', 'mode.yaml'], {
      cwd: folder.path,
      env: { ...env, LC_ALL: 'C' },
    });
    expect(stdout).toContain('+ pass ');
    expect(stdout).toMatch(/^[\x20-\x7e\n]*$/);
  });
});
