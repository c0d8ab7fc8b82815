import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { memoryWorkspace } from '../../src/files/memory.ts';
import { isDated, listSeries, seriesMatcher } from '../../src/files/series.ts';
import { treeWorkspace } from '../../src/files/tree.ts';

describe('seriesMatcher', () => {
  const cases: readonly [string, string, string | undefined][] = [
    ['log-{yyyy}-{MM}.md', 'log-2026-02.md', '2026-02'],
    ['log-{yyyy}-{MM}.md', 'log-2026-00.md', undefined],
    ['log-{yyyy}-{MM}.md', 'log-2026-13.md', undefined],
    ['log-{yyyy}-{MM}.md', 'log-2026-2.md', undefined],
    ['log-{yyyy}-{MM}.md', 'xlog-2026-02.md', undefined],
    ['log-{yyyy}-{MM}.md', 'log-2026-02xmd', undefined],
    ['log-{yyyy}-{MM}.md', 'log-2026-02-2.md', undefined],
    ['log-{yyyy}-{MM}-{dd}.md', 'log-2026-02-29.md', undefined],
    ['log-{yyyy}-{MM}-{dd}.md', 'log-2024-02-29.md', '2024-02-29'],
    ['{yyyy}/log-{yyyy}-{MM}.md', '2026/log-2026-02.md', '2026-02'],
    ['{yyyy}/log-{yyyy}-{MM}.md', '2025/log-2026-02.md', undefined],
    ['a+b (c).md', 'a+b (c).md', ''],
    ['a.md', 'aXmd', undefined],
  ];
  it.each(cases)('%s holds %s as %s', (pattern, path, date) =>
    expect(seriesMatcher(pattern)(path)?.date).toBe(date),
  );

  it('takes numbered files where asked', () => {
    const matches = seriesMatcher('r-{yyyy}-{MM}-{dd}.md', true);
    expect(matches('r-2026-02-24-2.md')).toEqual({ date: '2026-02-24', number: 2 });
    expect(matches('r-2026-02-24.md')).toEqual({ date: '2026-02-24', number: 1 });
    for (const path of [
      'r-2026-02-24-1.md',
      'r-2026-02-24-0.md',
      'r-2026-02-24-02.md',
      'r-2026-02-24-x.md',
    ]) {
      expect(matches(path)).toBeUndefined();
    }
  });

  it('knows dated patterns', () => {
    expect([isDated('a-{yyyy}.md'), isDated('a-{year}.md'), isDated('a.md')]).toEqual([true, false, false]);
  });
});

describe('listSeries', () => {
  const workspace = memoryWorkspace({
    'logs/2025/log-2025-12.md': '',
    'logs/2026/log-2026-01.md': '',
    'logs/2026/log-2025-01.md': '',
    'logs/2026/other.md': '',
    'logs/log-2026-03.md': '',
    'day-2026-02-24.md': '',
    'day-2026-02-24-10.md': '',
    'day-2026-02-24-2.md': '',
    'day-2026-02-23.md': '',
  });
  const paths = (pattern: string, numbered = false) => {
    const found = listSeries(workspace, pattern, numbered);
    return found.ok ? found.files.map(({ path }) => path) : found.code;
  };

  it('walks dated folders and sorts by date', () => {
    expect(paths('logs/{yyyy}/log-{yyyy}-{MM}.md')).toEqual([
      'logs/2025/log-2025-12.md',
      'logs/2026/log-2026-01.md',
    ]);
  });
  it('sorts numbered files by number', () => {
    expect(paths('day-{yyyy}-{MM}-{dd}.md', true)).toEqual([
      'day-2026-02-23.md',
      'day-2026-02-24.md',
      'day-2026-02-24-2.md',
      'day-2026-02-24-10.md',
    ]);
  });
  it('takes a plain path as it is', () => expect(paths('anything.md')).toEqual(['anything.md']));
  it('misses what is not there', () => {
    expect(paths('none-{yyyy}.md')).toBe('file.missing');
    expect(paths('no/folder-{yyyy}.md')).toBe('file.missing');
  });
  it('does not leave the root', () => expect(paths('../log-{yyyy}.md')).toBe('file.outside-root'));
  it('fails as a whole if a folder cannot be read', () => {
    const list = (folder: string) =>
      folder === 'logs/2025'
        ? ({ ok: false, code: 'file.unreadable', message: '`logs/2025` cannot be read' } as const)
        : workspace.list(folder);
    const found = listSeries({ ...workspace, list }, 'logs/{yyyy}/log-{yyyy}-{MM}.md');
    expect(found).toMatchObject({ ok: false, code: 'file.unreadable' });
  });
});

describe('a name of the series behind which no file can be read', () => {
  const inRoot = (make: (root: string) => void, pattern: string) => {
    const root = mkdtempSync(join(tmpdir(), 'soakgate-series-'));
    try {
      make(root);
      const found = listSeries(treeWorkspace(root), pattern);
      return found.ok ? found.files.map(({ path }) => path) : found.code;
    } finally {
      rmSync(root, { recursive: true });
    }
  };
  const folder = (root: string) => mkdirSync(join(root, 'log-2026.md'));
  const dangling = (root: string) => symlinkSync('nowhere', join(root, 'log-2026.md'));
  const link = (root: string) => {
    writeFileSync(join(root, 'other'), 'x');
    symlinkSync('other', join(root, 'log-2026.md'));
  };
  it.each([
    ['a folder', folder, 'log-{yyyy}.md', 'file.not-regular'],
    ['a link that leads nowhere', dangling, 'log-{yyyy}.md', 'file.unreadable'],
    ['a folder, without a date', folder, 'log-2026.md', 'file.not-regular'],
    ['a link that leads nowhere, without a date', dangling, 'log-2026.md', 'file.unreadable'],
    ['a link to a file', link, 'log-{yyyy}.md', ['log-2026.md']],
    ['nothing at all', () => undefined, 'log-{yyyy}.md', 'file.missing'],
  ])('%s', (_, make, pattern, expected) => {
    expect(inRoot(make, pattern)).toEqual(expected);
  });
});
