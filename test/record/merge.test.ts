import { execFileSync } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appendRow } from '../../src/record/append.ts';
import { readWhole } from '../../src/record/readWhole.ts';
import { smoke } from '../support/smokeLog.ts';
import { instant, makeLog, requestFor } from './world.ts';

// Two branches that each add rows, merged by git itself with the attributes that the example ships.
const path = 'docs/audits/smoke.md';
const hour = 3_600_000;
let log: ReturnType<typeof makeLog>;

function git(...words: readonly string[]): string {
  const settings = ['-c', 'user.name=A', '-c', 'user.email=a@example.com', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', [...settings, '-C', log.root, ...words], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

async function record(hours: number, details: string): Promise<void> {
  const at = instant + hours * hour;
  const { cells } = requestFor(log.root, { at });
  const result = await appendRow(requestFor(log.root, { at, path, cells: { ...cells, Details: details } }));
  expect(result.ok).toBe(true);
  git('add', '--all');
  git('commit', '--quiet', '--message', details);
}

const text = () => execFileSync('cat', [join(log.root, path)], { encoding: 'utf8' });

async function reading() {
  const read = await readWhole(path, text(), smoke);
  if (read.status === 'absent') throw new Error(read.message);
  const { table } = read;
  const rows = Array.from({ length: table.rows }, (_, row) => row);
  return {
    details: rows.map((row) => table.patterns[table.pattern(row)]?.cells['Details']),
    flaws: rows.flatMap((row) => table.flaw(row) ?? []),
    findings: read.findings.map(({ code }) => code),
  };
}

/** Branch `other` adds some rows, `main` others; then they are merged. */
async function mergeBoth(other: () => Promise<void>, main: () => Promise<void>): Promise<void> {
  git('checkout', '--quiet', '-b', 'other');
  await other();
  git('checkout', '--quiet', 'main');
  await main();
  git('merge', '--quiet', '--no-edit', 'other');
}

beforeEach(() => {
  log = makeLog();
  git('init', '--quiet', '--initial-branch=main');
  copyFileSync('examples/production-hardening/.gitattributes', join(log.root, '.gitattributes'));
  git('add', '--all');
  git('commit', '--quiet', '--message', 'Begin');
});
afterEach(() => log.remove());

describe('union merges of logs', () => {
  it('rows that both branches added are all read, each once', async () => {
    await record(0, 'base');
    await mergeBoth(
      async () => {
        await record(1, 'other one');
        await record(3, 'other two');
      },
      () => record(2, 'main'),
    );
    expect(await reading()).toEqual({
      details: ['base', 'main', 'other one', 'other two'],
      flaws: [],
      findings: [],
    });
    expect(text().match(/^Last Updated: .*$/gm)).toEqual([
      'Last Updated: 2026-02-24T11:00:00Z  ',
      'Last Updated: 2026-02-24T12:00:00Z  ',
    ]);
  });

  it('the next record makes one line of the doubled `Last Updated`', async () => {
    await record(0, 'base');
    await mergeBoth(
      () => record(1, 'other'),
      () => record(2, 'main'),
    );
    await record(3, 'next');
    expect(text().match(/^Last Updated: .*$/gm)).toEqual(['Last Updated: 2026-02-24T12:00:00Z  ']);
    expect((await reading()).details).toEqual(['base', 'main', 'other', 'next']);
  });

  it('a file that both branches made becomes one, with one table', async () => {
    await mergeBoth(
      () => record(1, 'other'),
      () => record(2, 'main'),
    );
    expect(await reading()).toEqual({ details: ['main', 'other'], flaws: [], findings: [] });
    expect(text().match(/^# /gm)).toHaveLength(1);
    expect(text().match(/^\| ---/gm)).toHaveLength(1);
  });

  it('the same row on both sides stays one', async () => {
    await record(0, 'base');
    await mergeBoth(
      () => record(1, 'same'),
      () => record(1, 'same'),
    );
    expect((await reading()).details).toEqual(['base', 'same']);
  });

  it('without the attribute the merge stops, and what it leaves is no row', async () => {
    git('rm', '--quiet', '.gitattributes');
    await record(0, 'base');
    await expect(
      mergeBoth(
        () => record(1, 'other'),
        () => record(2, 'main'),
      ),
    ).rejects.toThrow();
    const { flaws, findings } = await reading();
    expect(new Set(flaws)).toEqual(new Set(['log.conflict-marker']));
    expect(findings).toContain('log.conflict-marker');
  });
});
