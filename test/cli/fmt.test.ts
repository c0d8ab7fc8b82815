import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { makeFolder, shell, soakgate } from '../support/program.ts';

const untidy = `kind: Policy   # what
apiVersion: soakgate/v1
metadata: {name: p, title: P, version: "1", owner: o}
preflight:
- {title: T, id: t, expect: {flags.MODE: set}}
evidence:
  flags: { env: { variables: { MODE: { oneOf: [a, b] } } } }
waivers: waivers/*.yaml
`;
const tidy = `apiVersion: soakgate/v1
kind: Policy # what
metadata: { name: p, title: P, version: '1', owner: o }
evidence:
  flags: { env: { variables: { MODE: { oneOf: [a, b] } } } }
preflight:
  - { id: t, title: T, expect: { flags.MODE: set } }
waivers: waivers/*.yaml
`;
const waiver = `kind: Waiver
apiVersion: soakgate/v1
id: w
policy: p
rule: t
owner: a
approver: b
reason: r
from: 2026-02-24
expires: 2026-03-01
`;

const folder = makeFolder({});
const cwd = folder.path;
const file = join(cwd, 'policies/p.yaml');
mkdirSync(join(cwd, 'policies'));
mkdirSync(join(cwd, 'policies/waivers'));
const get = (path = file): string => readFileSync(path, 'utf8');

beforeEach(() => {
  writeFileSync(file, untidy);
  writeFileSync(join(cwd, 'policies/waivers/w.yaml'), waiver);
});
afterAll(() => folder.remove());

describe('fmt', () => {
  it('checks without writing, lays out, and is content then', async () => {
    const checked = await soakgate(['fmt', '--check'], { cwd });
    expect(checked).toMatchObject({ code: 1, stderr: '' });
    expect(checked.stdout).toContain('policies/p.yaml is not in the layout of `soakgate fmt`\n');
    expect(get()).toBe(untidy);
    chmodSync(file, 0o640);
    const first = await soakgate(['fmt'], { cwd });
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout).toContain('policies/p.yaml was laid out anew\n');
    expect(get()).toBe(tidy);
    expect(statSync(file).mode & 0o777).toBe(0o640);
    expect(await soakgate(['fmt', '--check', 'policies/p.yaml'], { cwd })).toMatchObject({
      code: 0,
      stdout: '1 file is as it should be\n',
    });
  });

  it('takes the waivers of a policy with it', async () => {
    writeFileSync(file, untidy.replace('waivers/*', 'policies/waivers/*'));
    expect((await soakgate(['fmt', '--root', '.'], { cwd })).code).toBe(0);
    expect(get(join(cwd, 'policies/waivers/w.yaml')).split('\n')[0]).toBe('apiVersion: soakgate/v1');
  });

  it('keeps line ends and drops a byte order mark', async () => {
    writeFileSync(file, `\uFEFF${untidy.replaceAll('\n', '\r\n')}`);
    expect((await soakgate(['fmt', 'policies/p.yaml'], { cwd })).code).toBe(0);
    expect(get()).toBe(tidy.replaceAll('\n', '\r\n'));
  });

  it('reads standard input and writes standard output', async () => {
    const ended = await shell('$SOAKGATE fmt - < policies/p.yaml', { cwd });
    expect(ended).toMatchObject({ code: 0, stdout: tidy, stderr: '' });
    expect(get()).toBe(untidy);
    expect((await shell('$SOAKGATE fmt --check - < policies/p.yaml', { cwd })).code).toBe(1);
  });

  it.each([
    ['no YAML', 'kind: Policy\na: [\n', 'yaml/syntax'],
    ['an empty file', '', 'yaml/empty'],
    ['another kind', 'kind: List\n', 'yaml/kind'],
    ['no UTF-8', Buffer.from([0x61, 0x3a, 0x20, 0xe9, 0x0a]), 'yaml/encoding'],
    ['a huge file', `kind: Policy\n# ${'x'.repeat(70_000)}\n`, 'usage/unreadable-file'],
  ])('refuses %s, and touches nothing, not even the good file beside it', async (_, content, code) => {
    const bad = join(cwd, 'bad.yaml');
    writeFileSync(bad, content);
    const ended = await soakgate(['fmt', 'bad.yaml', 'policies/p.yaml'], { cwd });
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toContain(code);
    expect(readFileSync(bad)).toEqual(Buffer.from(content));
    expect(get()).toBe(untidy);
  });

  it('refuses a read-only file, and `-` beside others', async () => {
    chmodSync(file, 0o444);
    const ended = await soakgate(['fmt', 'policies/p.yaml'], { cwd });
    chmodSync(file, 0o644);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain('usage/read-only');
    expect(get()).toBe(untidy);
    expect(await soakgate(['fmt', '-', 'policies/p.yaml'], { cwd })).toMatchObject({ code: 2 });
  });

  it('says in JSON which files changed', async () => {
    const { stdout } = await soakgate(['fmt', '--format', 'json', 'policies/p.yaml'], { cwd });
    expect(JSON.parse(stdout)).toMatchObject({
      kind: 'Formatted',
      files: [{ path: 'policies/p.yaml', changed: true }],
    });
  });
});
