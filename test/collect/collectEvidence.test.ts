import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type CollectOptions, collectEvidence } from '../../src/collect/index.ts';
import { treeWorkspace } from '../../src/files/tree.ts';
import type { Evidence } from '../../src/model/evidence.ts';
import type { Policy } from '../../src/model/policy.ts';
import { logSpec, noon, optionsOf, policyOf, spec, variable } from './policy.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

async function collect(policy: Policy, options: CollectOptions): Promise<readonly Evidence[]> {
  const collected = await collectEvidence(policy, options);
  if (!collected.ok) throw new Error(JSON.stringify(collected.problems));
  return collected.value.evidence;
}

const flags = spec({ kind: 'env', variables: { MODE: variable({ oneOf: ['shadow', 'enforced'] }) } });
const log = (rows: readonly string[]) =>
  ['# Log', '', '## Entries', '', '| Timestamp (UTC) | Checks |', '| --- | --- |', ...rows, ''].join('\n');

describe('collectEvidence', () => {
  it('sorts evidence by id and tells the instant after all collection', async () => {
    let now = noon;
    const policy = policyOf({ zeta: flags, alpha: flags });
    const collected = await collectEvidence(policy, optionsOf({}, { clock: () => now++ }));
    if (!collected.ok) throw new Error('no evidence');
    expect(collected.value.evidence.map(({ id }) => id)).toEqual(['alpha', 'zeta']);
    expect(collected.value.collectedAt).toBeGreaterThan(
      Math.max(...collected.value.evidence.map((e) => e.collectedAt)),
    );
  });

  it('collects only what is asked for', async () => {
    const found = await collect(policyOf({ a: flags, b: flags }), optionsOf({}, { only: new Set(['b']) }));
    expect(found.map(({ id }) => id)).toEqual(['b']);
  });

  it('does not run commands unasked', async () => {
    const command = spec({
      kind: 'command',
      run: ['node', '--version'],
      timeout: 10_000,
      protects: [],
      output: 'text',
      env: [],
      serial: false,
    });
    const [item] = await collect(policyOf({ tests: command }), optionsOf({}));
    expect(item).toMatchObject({
      status: 'absent',
      code: 'command.not-run',
      source: { command: ['node', '--version'] },
    });
  });

  it('runs commands when asked, and reads the results they wrote', async () => {
    const root = mkdtempSync(join(tmpdir(), 'soakgate-collect-'));
    folders.push(root);
    const xml = '<testsuite><testcase name="a"/><testcase name="b"/></testsuite>';
    const script = `require('fs').writeFileSync('out.xml', ${JSON.stringify(xml)})`;
    const command = spec({
      kind: 'command',
      run: [process.execPath, '-e', script],
      timeout: 20_000,
      results: { format: 'junit', path: 'out.xml' },
      protects: [],
      output: 'text',
      env: [],
      serial: false,
    });
    const options = optionsOf(
      {},
      { root, cwd: root, run: true, workspace: treeWorkspace(root), clock: Date.now, env: process.env },
    );
    const [item] = await collect(policyOf({ tests: command }), options);
    expect(item).toMatchObject({
      status: 'observed',
      content: { exitCode: 0, tests: { total: 2, passed: 2, failed: 0 } },
    });
  });

  it.each(['github-checks', 'attestation'] as const)('%s is not built', async (kind) => {
    const [item] = await collect(policyOf({ m: spec({ kind, settings: {} }) }), optionsOf({}));
    expect(item).toMatchObject({ status: 'absent', kind, code: 'collector.not-built' });
  });

  it('has no past of what is not kept in files', async () => {
    const policy = policyOf({ flags, repo: spec({ kind: 'git' }), smoke: logSpec('smoke.md') });
    const found = await collect(policy, optionsOf({ 'smoke.md': log([]) }, { at: noon - 1000 }));
    expect(found.map((item) => (item.status === 'absent' ? item.code : item.status))).toEqual([
      'evidence.as-of',
      'evidence.as-of',
      'observed',
    ]);
  });

  it('refuses a file of the command line that cannot be read', async () => {
    const options = optionsOf({}, { envFiles: ['none.env'], evidenceFiles: ['none.json'] });
    const collected = await collectEvidence(policyOf({ flags }), options);
    expect(collected).toMatchObject({
      ok: false,
      problems: [{ code: 'usage/env-file' }, { code: 'usage/evidence-file' }],
    });
  });
});

describe('log evidence', () => {
  const policy = policyOf({ smoke: logSpec('docs/smoke-{yyyy}-{MM}.md') });

  it('is one series over all files, in the order of their dates', async () => {
    const files = {
      'docs/smoke-2026-02.md': log(['| 2026-02-01T08:00:00Z | pass |']),
      'docs/smoke-2025-12.md': log(['| 2025-12-31T08:00:00Z | fail |']),
      'docs/smoke-2026-13.md': 'no month',
      'docs/smoke-2026-02.md.bak': 'no log',
    };
    const [item] = await collect(policy, optionsOf(files));
    if (item?.status !== 'observed' || item.content.type !== 'log') throw new Error(JSON.stringify(item));
    const { table } = item.content;
    expect(Array.from({ length: table.rows }, (_, row) => table.at(row))).toEqual([
      { path: 'docs/smoke-2025-12.md', line: 7 },
      { path: 'docs/smoke-2026-02.md', line: 7 },
    ]);
    expect(item.content.files.map(({ path, rows }) => [path, rows])).toEqual([
      ['docs/smoke-2025-12.md', 1],
      ['docs/smoke-2026-02.md', 1],
    ]);
    expect(item.source.path).toBe('docs/smoke-2026-02.md');
  });

  it('has a digest that follows every byte of its files', async () => {
    const digest = async (text: string) => {
      const [item] = await collect(policy, optionsOf({ 'docs/smoke-2026-02.md': text }));
      return item?.status === 'observed' ? item.digest : 'absent';
    };
    const text = log(['| 2026-02-01T08:00:00Z | pass |']);
    expect(await digest(text)).toBe(await digest(text));
    expect(await digest(`${text}\n`)).not.toBe(await digest(text));
  });

  const absent: readonly [string, Readonly<Record<string, string>>, string][] = [
    ['no file', {}, 'file.missing'],
    ['no table', { 'docs/smoke-2026-02.md': '# Other\n' }, 'log.no-table'],
    [
      'another column',
      { 'docs/smoke-2026-02.md': log([]).replace('Checks', 'Result') },
      'log.missing-column',
    ],
    [
      'one bad file of two',
      {
        'docs/smoke-2026-01.md': 'none\n',
        'docs/smoke-2026-02.md': log(['| 2026-02-01T08:00:00Z | pass |']),
      },
      'log.no-table',
    ],
  ];
  it.each(absent)('%s is absent', async (_, files, code) => {
    const [item] = await collect(policy, optionsOf(files));
    expect(item).toMatchObject({ status: 'absent', code });
  });

  it('a folder that is named like a file of the series hides nothing: it may stand where a file did', async () => {
    const root = mkdtempSync(join(tmpdir(), 'soakgate-log-'));
    folders.push(root);
    mkdirSync(join(root, 'docs/smoke-2026-02.md'), { recursive: true });
    writeFileSync(join(root, 'docs/smoke-2026-01.md'), log(['| 2026-01-01T08:00:00Z | pass |']));
    const [item] = await collect(policy, optionsOf({}, { root, workspace: treeWorkspace(root) }));
    expect(item).toMatchObject({ status: 'absent', code: 'file.not-regular' });
  });

  it('takes secrets out of the cells', async () => {
    const secret = 'hunter2-hunter2-hunter2';
    const smoke = logSpec('smoke.md', { columns: { Checks: { type: 'string' } } });
    const vault = spec({ kind: 'env', variables: { KEY: variable({ secret: true }) } });
    const [item] = await collect(
      policyOf({ smoke, vault }),
      optionsOf(
        { 'smoke.md': log([`| 2026-02-01T08:00:00Z | leaked ${secret} |`, `| ${secret} | x |`]) },
        { env: { KEY: secret } },
      ),
    );
    if (item?.status !== 'observed' || item.content.type !== 'log') throw new Error(JSON.stringify(item));
    expect(JSON.stringify(item.content.table.patterns)).toContain('leaked');
    expect(JSON.stringify([item, item.content.table.patterns])).not.toContain(secret);
  });
});
