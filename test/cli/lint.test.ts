import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeFolder, soakgate } from '../support/program.ts';

const policy = `# keep me
apiVersion: soakgate/v1
kind: Policy
metadata: { name: p, title: P, version: "1", owner: o }   # and me
evidence:
  tests:
    command: { run: [npm, test], results: { junit: unit.xml } }
    maxAge: 24h  # a day

  vault: { env: { variables: { VAULT_TOKEN: {} } } }
preflight:
  - { id: t, title: T, passes: tests }
  - { id: v, title: V, expect: { vault.VAULT_TOKEN: set } }
`;
const mended = policy
  .replace('unit.xml } }', 'unit.xml }, protects: [package.json] }')
  .replace('# a day\n', '# a day\n    bind: commit\n')
  .replace('VAULT_TOKEN: {}', 'VAULT_TOKEN: { secret: true }');

const folder = makeFolder({});
const file = join(folder.path, 'p.yaml');
const put = (text: string): void => writeFileSync(file, text);
const get = (): string => readFileSync(file, 'utf8');
const fix = (...more: readonly string[]) =>
  soakgate(['lint', '--fix', ...more, 'p.yaml'], { cwd: folder.path });

beforeAll(() => mkdirSync(join(folder.path, 'policies')));
afterAll(() => folder.remove());

describe('lint --fix', () => {
  it('adds keys and nothing else, says what, and finds nothing more to do', async () => {
    put(policy);
    const first = await fix();
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(get()).toBe(mended);
    expect(first.stdout).toBe(
      `p.yaml:6:3 mended lint/unbound-command: added \`bind: commit\`
p.yaml:7:16 mended lint/unprotected-script: added \`protects: [package.json]\`
p.yaml:10:32 mended lint/secret-name: added \`secret: true\`
3 mended; no problem found
`,
    );
    const again = await fix();
    expect(again).toMatchObject({ code: 0, stdout: 'no problem found\n' });
    expect(get()).toBe(mended);
  });

  it('keeps byte order mark, line ends and mode', async () => {
    const windows = (text: string) => `\uFEFF${text.replaceAll('\n', '\r\n')}`;
    put(windows(policy));
    chmodSync(file, 0o640);
    expect((await fix('--quiet')).code).toBe(0);
    expect(get()).toBe(windows(mended));
  });

  it('says in JSON what it added', async () => {
    put(policy);
    const { stdout } = await fix('--format', 'json');
    const { fixed, problems } = JSON.parse(stdout) as { fixed: { added: string }[]; problems: unknown[] };
    expect(fixed.map(({ added }) => added)).toEqual([
      'bind: commit',
      'protects: [package.json]',
      'secret: true',
    ]);
    expect(problems).toEqual([]);
  });

  it('leaves a policy with errors as it is', async () => {
    const wrong = policy.replace('passes: tests', 'passes: test');
    put(wrong);
    expect(await fix()).toMatchObject({ code: 1 });
    expect(get()).toBe(wrong);
  });

  it('leaves a read-only file as it is, and says so', async () => {
    put(policy);
    chmodSync(file, 0o444);
    const ended = await fix();
    chmodSync(file, 0o644);
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toContain('usage/read-only');
    expect(get()).toBe(policy);
  });
});

describe('lint', () => {
  it('exits 1 for an error of a lint, 0 for warnings and notes', async () => {
    put(policy);
    expect(await soakgate(['lint', 'p.yaml'], { cwd: folder.path })).toMatchObject({ code: 0 });
    put(
      `${policy}  - { id: w, title: W, expect: { tests.exitCode: 0 } }\n  - { id: x, title: X, expect: { tests.exitCode: 1 } }\n`,
    );
    const { code, stdout } = await soakgate(['lint', 'p.yaml'], { cwd: folder.path });
    expect(code).toBe(1);
    expect(stdout).toContain(
      'p.yaml:15:24 lint/contradiction: `x` wants `tests.exitCode` to be `1`, `w` in line 14',
    );
    expect(stdout.trimEnd().split('\n').at(-1)).toBe('1 error, 3 warnings');
  });

  it('takes inputs that have no default', async () => {
    put(
      `${policy}inputs: { code: { type: number } }\n`.replace(
        'preflight:',
        'preflight:\n  - { id: c, title: C, expect: { tests.exitCode: { input: code } } }',
      ),
    );
    const { code, stderr } = await soakgate(['lint', 'p.yaml'], { cwd: folder.path });
    expect(code).toBe(2);
    expect(stderr).toContain('usage/missing-input');
    expect(await soakgate(['lint', '--input', 'code=0', 'p.yaml'], { cwd: folder.path })).toMatchObject({
      code: 0,
    });
  });

  it('lists what it looks for', async () => {
    const { code, stdout } = await soakgate(['lint', '--list', '--format', 'json']);
    const { lints } = JSON.parse(stdout) as { lints: { code: string }[] };
    expect(code).toBe(0);
    expect(lints.length).toBeGreaterThan(29);
    expect((await soakgate(['lint', '--list'])).stdout).toContain('lint/contradiction (error)\n');
  });
});

it('lint speaks SARIF', async () => {
  put(policy);
  const ended = await soakgate(['lint', '--format', 'sarif', 'p.yaml'], { cwd: folder.path });
  expect(ended).toMatchObject({ code: 0, stderr: '' });
  const { runs } = JSON.parse(ended.stdout) as {
    runs: {
      tool: { driver: { rules: { id: string }[] } };
      results: { ruleId: string; locations: unknown[] }[];
    }[];
  };
  expect(runs[0]?.results.map(({ ruleId }) => ruleId)).toContain('lint/secret-name');
  expect(runs[0]?.tool.driver.rules.map(({ id }) => id)).toContain('lint/secret-name');
  expect(runs[0]?.results[0]?.locations).toEqual([
    {
      physicalLocation: {
        artifactLocation: { uri: 'p.yaml', uriBaseId: 'SRCROOT' },
        region: expect.objectContaining({ startLine: expect.any(Number) as number }) as object,
      },
    },
  ]);
});
