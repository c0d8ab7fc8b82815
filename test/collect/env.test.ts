import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collectEvidence } from '../../src/collect/index.ts';
import { isPlaceholderValue, placeholders } from '../../src/collect/placeholders.ts';
import { gatherSecrets } from '../../src/collect/secrets.ts';
import { readEnvFiles } from '../../src/collect/variables.ts';
import { memoryWorkspace } from '../../src/files/memory.ts';
import { fileFailure, type Workspace } from '../../src/files/workspace.ts';
import type { Evidence, Variable } from '../../src/model/evidence.ts';
import type { KindSpec, VariableSpec } from '../../src/model/policy.ts';
import { optionsOf, policyOf, spec, variable } from './policy.ts';

async function collectOne(
  variables: Readonly<Record<string, VariableSpec>>,
  { env = {}, files = {}, envFiles = [] as readonly string[], dotenv = undefined as string | undefined },
): Promise<Evidence> {
  const kind =
    dotenv === undefined
      ? { kind: 'env' as const, variables }
      : { kind: 'dotenv' as const, path: dotenv, variables };
  const collected = await collectEvidence(
    policyOf({ flags: spec(kind) }),
    optionsOf(files, { env, envFiles }),
  );
  if (!collected.ok) throw new Error(JSON.stringify(collected.problems));
  return collected.value.evidence[0] as Evidence;
}

function variablesOf(item: Evidence): Readonly<Record<string, Variable>> {
  if (item.status !== 'observed' || item.content.type !== 'variables') throw new Error(JSON.stringify(item));
  return { ...item.content.variables };
}

describe('env', () => {
  const oneOf = variable({ oneOf: ['shadow', 'enforced'] });
  const cases: readonly [string, VariableSpec, string | undefined, Variable][] = [
    ['unset', variable(), undefined, { state: 'unset', code: 'env.unset' }],
    ['empty', variable(), '', { state: 'unset', code: 'env.blank' }],
    ['blank', oneOf, ' \t', { state: 'unset', code: 'env.blank' }],
    ['one of', oneOf, 'shadow', { state: 'value', value: 'shadow' }],
    ['none of', oneOf, 'Shadow', { state: 'ill-typed', expected: 'one of `shadow`, `enforced`' }],
    [
      'none of, with a blank',
      oneOf,
      'shadow ',
      { state: 'ill-typed', expected: 'one of `shadow`, `enforced`' },
    ],
    ['shown', variable({ show: true }), 'eu', { state: 'value', value: 'eu' }],
    ['hidden', variable(), 'eu', { state: 'present', length: 'short' }],
    ['hidden, medium', variable(), 'e'.repeat(16), { state: 'present', length: 'medium' }],
    ['hidden, long', variable(), 'e'.repeat(64), { state: 'present', length: 'long' }],
    [
      'secret, though shown',
      variable({ secret: true, show: true }),
      'abc',
      { state: 'present', length: 'short' },
    ],
    [
      'secret, with one of',
      variable({ secret: true, oneOf: ['a', 'b'] }),
      'a',
      { state: 'present', length: 'short' },
    ],
    [
      'format holds',
      variable({ format: 'uri' }),
      'https://x.test/',
      { state: 'present', format: 'holds', length: 'short' },
    ],
    [
      'format broken',
      variable({ format: 'uri' }),
      'x.test',
      { state: 'present', format: 'broken', length: 'short' },
    ],
    ['number', variable({ type: 'number', show: true }), '7.5', { state: 'value', value: 7.5 }],
    [
      'no number',
      variable({ type: 'number', show: true }),
      '7.5s',
      { state: 'ill-typed', expected: 'a decimal number' },
    ],
    [
      'no number, hidden',
      variable({ type: 'number' }),
      'x',
      { state: 'ill-typed', expected: 'a decimal number' },
    ],
    ['boolean', variable({ type: 'boolean', show: true }), 'true', { state: 'value', value: true }],
    [
      'no boolean',
      variable({ type: 'boolean', show: true }),
      'yes',
      { state: 'ill-typed', expected: '`true` or `false`' },
    ],
    ['placeholder', variable(), 'changeme', { state: 'unset', code: 'env.placeholder' }],
    ['placeholder, shown', variable({ show: true }), '<token>', { state: 'unset', code: 'env.placeholder' }],
    [
      'placeholder allowed',
      variable({ show: true, placeholderAllowed: true }),
      'xxx',
      { state: 'value', value: 'xxx' },
    ],
    [
      'placeholder that is one of',
      variable({ oneOf: ['todo', 'x'] }),
      'todo',
      { state: 'value', value: 'todo' },
    ],
  ];
  it.each(cases)('%s', async (_, one, value, expected) => {
    const item = await collectOne({ NAME: one }, { env: { NAME: value } });
    expect(variablesOf(item)).toEqual({ NAME: expected });
  });

  it('never reads variables from a prototype', async () => {
    const item = await collectOne({ toString: variable(), constructor: variable() }, {});
    expect(variablesOf(item)).toEqual({
      toString: { state: 'unset', code: 'env.unset' },
      constructor: { state: 'unset', code: 'env.unset' },
    });
  });

  it('takes a value of an example file as unset', async () => {
    const files = { '.env.example': 'KEY=abc123\nOTHER=\nMODE=shadow\n', '.env.sample': 'KEY=def456\n' };
    const variables = { KEY: variable(), OTHER: variable(), MODE: oneOf };
    const codes = async (env: Record<string, string>) => {
      const found = variablesOf(await collectOne(variables, { env, files }));
      return Object.values(found).map((one) => (one.state === 'unset' ? one.code : one.state));
    };
    expect(await codes({ KEY: 'abc123', OTHER: 'x', MODE: 'shadow' })).toEqual([
      'env.placeholder',
      'present',
      'value',
    ]);
    expect(await codes({ KEY: 'def456', OTHER: 'x', MODE: 'shadow' })).toEqual([
      'env.placeholder',
      'present',
      'value',
    ]);
    expect(await codes({ KEY: 'abc1234', OTHER: 'x', MODE: 'shadow' })).toEqual([
      'present',
      'present',
      'value',
    ]);
  });

  it('holds no hidden value anywhere', async () => {
    await fc.assert(
      fc.asyncProperty(fc.stringMatching(/^[A-Za-z0-9]{12,40}$/), async (secret) => {
        const item = await collectOne(
          {
            A: variable({ secret: true }),
            B: variable(),
            C: variable({ type: 'number' }),
            D: variable({ oneOf: ['x', 'y'] }),
          },
          { env: { A: secret, B: secret, C: secret, D: secret } },
        );
        expect(JSON.stringify(item)).not.toContain(secret);
      }),
      { numRuns: 30 },
    );
  });

  it('has a digest that no secret takes part in', async () => {
    const digest = async (value: string) => {
      const item = await collectOne({ A: variable({ secret: true }) }, { env: { A: value } });
      return item.status === 'observed' && item.digest;
    };
    expect(await digest('one-secret')).toBe(await digest('two-secret'));
  });
});

describe('dotenv', () => {
  const variables = { KEY: variable({ show: true }), MODE: variable({ oneOf: ['a', 'b'] }) };

  it('reads the file with its lines, and not the environment', async () => {
    const item = await collectOne(variables, {
      dotenv: 'app/.env',
      files: { 'app/.env': '# c\nKEY=real\n' },
      env: { MODE: 'a' },
    });
    expect(variablesOf(item)).toEqual({
      KEY: { state: 'value', value: 'real', line: 2 },
      MODE: { state: 'unset', code: 'env.unset' },
    });
    expect(item.source).toEqual({ path: 'app/.env' });
  });

  it('knows the example files beside it', async () => {
    const files = {
      'app/.env': 'KEY=real\nMODE=a',
      'app/prod.env.sample': 'KEY=real',
      '.env.example': 'KEY=elsewhere',
    };
    const found = variablesOf(await collectOne(variables, { dotenv: 'app/.env', files }));
    expect(found.KEY).toEqual({ state: 'unset', code: 'env.placeholder', line: 1 });
    expect(found.MODE).toEqual({ state: 'value', value: 'a', line: 2 });
  });

  it('is absent while an example file beside it cannot be read, for a placeholder could not be told', async () => {
    const workspace = (files: Readonly<Record<string, string>>, broken: string): Workspace => {
      const inner = memoryWorkspace(files);
      return {
        ...inner,
        read: (path, cap) => (path === broken ? fileFailure('file.unreadable', path) : inner.read(path, cap)),
      };
    };
    const files = {
      '.env.example': 'KEY=copied\n',
      'deploy/.env': 'KEY=copied\n',
      'deploy/.env.sample': 'KEY=copied\n',
    };
    const collect = async (kind: KindSpec, broken: string) => {
      const options = {
        ...optionsOf(files, { env: { KEY: 'copied' } }),
        workspace: workspace(files, broken),
      };
      const collected = await collectEvidence(policyOf({ flags: spec(kind) }), options);
      if (!collected.ok) throw new Error(JSON.stringify(collected.problems));
      return collected.value.evidence[0];
    };
    const absent = { status: 'absent', code: 'file.unreadable' };
    const hidden = { kind: 'env', variables: { KEY: variable() } } as const;
    expect(await collect(hidden, '.env.example')).toMatchObject(absent);
    expect(
      await collect({ ...hidden, kind: 'dotenv', path: 'deploy/.env' }, 'deploy/.env.sample'),
    ).toMatchObject(absent);
    const listed = { kind: 'env', variables: { KEY: variable({ oneOf: ['copied'] }) } } as const;
    expect(await collect(listed, '.env.example')).toMatchObject({ status: 'observed' });
  });

  it('reads an example file only because it was named, and says so', async () => {
    const item = await collectOne(variables, {
      dotenv: '.env.example',
      files: { '.env.example': 'KEY=real\n' },
    });
    expect(variablesOf(item).KEY).toEqual({ state: 'value', value: 'real', line: 1 });
    expect(item.findings).toMatchObject([
      { code: 'dotenv.example', evidence: 'flags', path: '.env.example' },
    ]);
  });

  it('tells duplicates and broken lines', async () => {
    const item = await collectOne(variables, { dotenv: '.env', files: { '.env': 'KEY=1\nKEY=2\nbroken\n' } });
    expect(item.findings.map(({ code, line }) => [code, line])).toEqual([
      ['dotenv.duplicate', 2],
      ['dotenv.malformed-line', 3],
    ]);
  });

  it.each([
    ['missing', {}, 'file.missing'],
    ['not UTF-8', { '.env': '\ud800' }, 'file.unparsable'],
  ] as const)('is absent if the file is %s', async (_, files, code) => {
    const raw = Object.fromEntries(
      Object.keys(files).map((path) => [path, new Uint8Array([0x41, 0x3d, 0xff])]),
    );
    const collected = await collectEvidence(
      policyOf({ flags: spec({ kind: 'dotenv', path: '.env', variables }) }),
      optionsOf({}, { workspace: memoryWorkspace(raw) }),
    );
    expect(collected.ok && collected.value.evidence[0]).toMatchObject({ status: 'absent', code });
  });
});

describe('--env-file', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'soakgate-env-'));
    writeFileSync(join(folder, 'one.env'), 'A=file-one\nB=file-one\n');
    writeFileSync(join(folder, 'two.env'), 'B=file-two\nC=copied\nC=copied\n');
    writeFileSync(join(folder, '.env.example'), 'C=copied\n');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const shown = { A: variable({ show: true }), B: variable({ show: true }), C: variable({ show: true }) };

  it('wins over the process, a later one over an earlier', async () => {
    const envFiles = [join(folder, 'one.env'), join(folder, 'two.env')];
    const found = variablesOf(await collectOne(shown, { env: { A: 'process', B: 'process' }, envFiles }));
    expect(found).toEqual({
      A: { state: 'value', value: 'file-one' },
      B: { state: 'value', value: 'file-two' },
      C: { state: 'unset', code: 'env.placeholder' },
    });
  });

  it('tells path and line where there is one file, and what is odd in it', async () => {
    const item = await collectOne(shown, { env: { A: 'process' }, envFiles: [join(folder, 'two.env')] });
    expect(item.source).toEqual({ path: 'two.env' });
    expect(variablesOf(item)).toMatchObject({ A: { value: 'process' }, B: { value: 'file-two', line: 1 } });
    expect(item.findings).toMatchObject([{ code: 'dotenv.duplicate', path: 'two.env', line: 3 }]);
  });

  it('says when an example file was named', async () => {
    const item = await collectOne(shown, { envFiles: [join(folder, '.env.example')] });
    expect(item.findings).toMatchObject([{ code: 'dotenv.example' }]);
    expect(variablesOf(item).C).toMatchObject({ state: 'value' });
  });

  it('is a problem if it cannot be read', () => {
    expect(readEnvFiles([join(folder, 'none'), folder], { cwd: folder, root: folder })).toMatchObject({
      ok: false,
      problems: [{}, {}],
    });
  });
});

describe('placeholders', () => {
  it('each shape knows its example', () => {
    for (const { shape, example } of placeholders) expect(example).toMatch(shape);
  });

  it.each([
    'CHANGEME',
    'change-me',
    'replace_me',
    'TODO: set',
    'xxx',
    'XXXX-XXXX',
    '***',
    '...',
    '<your key>',
    '{{ KEY }}',
    '${KEY}',
    '%KEY%',
    '__KEY__',
    'your-api-key',
    'your_token_here',
    '[your key]',
    'insert your key',
    'put-the-key',
    'api-key-here',
    'https://your-project.supabase.test',
    'postgres://your_user:pw@db/x',
    ' changeme ',
  ])('%s is one', (text) => expect(isPlaceholderValue(text)).toBe(true));

  it.each([
    'change',
    'https://vault.internal/',
    'eyJhbGciOi',
    'a',
    'yours',
    'mysql',
    'addendum',
    'users-service',
    'xx',
    'set',
    'production',
    'https://example-corp.test',
    'tbdx',
    '0',
    'sk-live-here',
    'postgres://user:your-pw@db/x',
  ])('%s is none', (text) => expect(isPlaceholderValue(text)).toBe(false));
});

describe('gatherSecrets', () => {
  it('knows declared values that are not shown, and names that sound secret', () => {
    const policy = policyOf({
      flags: spec({
        kind: 'env',
        variables: { MODE: variable({ oneOf: ['a'] }), URL: variable(), SHOWN: variable({ show: true }) },
      }),
      file: spec({ kind: 'dotenv', path: '.env', variables: { HIDDEN: variable() } }),
    });
    const env = {
      MODE: 'a',
      URL: 'url-value',
      SHOWN: 'shown',
      DB_PASSWORD: 'pw',
      PATH: '/bin',
      EMPTY_TOKEN: ' ',
    };
    const workspace = memoryWorkspace({ '.env': 'HIDDEN=hidden-value\nPLAIN=plain\nAPI_KEY=key-value\n' });
    expect(gatherSecrets({ policy, env, envFiles: [], workspace })).toEqual([
      'hidden-value',
      'key-value',
      'pw',
      'url-value',
    ]);
  });
});
