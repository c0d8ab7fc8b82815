import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { memoryWorkspace } from '../../src/files/memory.ts';
import { cleanPath } from '../../src/files/path.ts';
import { readNamedFile, treeWorkspace } from '../../src/files/tree.ts';
import type { Workspace } from '../../src/files/workspace.ts';

let base: string;
let root: string;

beforeAll(() => {
  base = mkdtempSync(join(tmpdir(), 'soakgate-files-'));
  root = join(base, 'root');
  mkdirSync(join(root, 'docs/audits'), { recursive: true });
  mkdirSync(join(base, 'root-beside'));
  writeFileSync(join(root, 'docs/a.md'), 'alpha\n');
  writeFileSync(join(root, 'docs/audits/b.md'), 'beta\n');
  writeFileSync(join(root, 'empty'), '');
  writeFileSync(join(base, 'secret'), 'outside');
  writeFileSync(join(base, 'root-beside/secret'), 'outside');
  symlinkSync('docs/a.md', join(root, 'link-inside'));
  symlinkSync('../secret', join(root, 'link-outside'));
  symlinkSync('../root-beside', join(root, 'folder-outside'));
  symlinkSync('nowhere', join(root, 'dangling'));
  symlinkSync('loop', join(root, 'loop'));
  symlinkSync(join(root, 'docs'), join(root, 'absolute-inside'));
  symlinkSync('/proc/self/environ', join(root, 'process'));
  symlinkSync('/dev/zero', join(root, 'zero'));
  execFileSync('mkfifo', [join(root, 'pipe')]);
});

afterAll(() => rmSync(base, { recursive: true, force: true }));

function textOf(workspace: Workspace, path: string, cap?: number): string {
  const file = workspace.read(path, cap);
  return file.ok ? Buffer.from(file.bytes).toString('utf8') : file.code;
}

describe('cleanPath', () => {
  const cases: readonly [string, string | undefined][] = [
    ['a', 'a'],
    ['./a//b/./c', 'a/b/c'],
    ['a/..b/c..', 'a/..b/c..'],
    ['', undefined],
    ['/a', undefined],
    ['..', undefined],
    ['a/../b', undefined],
    ['a\\..\\b', undefined],
    ['a\0b', undefined],
    ['C:/a', undefined],
  ];
  it.each(cases)('%j is %j', (path, clean) => expect(cleanPath(path)).toBe(clean));
});

describe('the working tree', () => {
  const cases: readonly [string, string][] = [
    ['docs/a.md', 'alpha\n'],
    ['./docs//audits/b.md', 'beta\n'],
    ['empty', ''],
    ['link-inside', 'alpha\n'],
    ['absolute-inside/a.md', 'alpha\n'],
    ['none', 'file.missing'],
    ['docs/a.md/none', 'file.missing'],
    ['dangling', 'file.missing'],
    ['loop', 'file.unreadable'],
    ['docs', 'file.not-regular'],
    ['pipe', 'file.not-regular'],
    ['zero', 'file.not-regular'],
    ['link-outside', 'file.outside-root'],
    ['folder-outside/secret', 'file.outside-root'],
    ['process', 'file.outside-root'],
    ['../secret', 'file.outside-root'],
    ['docs/../../secret', 'file.outside-root'],
    ['/etc/hostname', 'file.outside-root'],
    ['a'.repeat(300), 'file.missing'],
  ];
  it.each(cases)('%j reads as %j', (path, read) => expect(textOf(treeWorkspace(root), path)).toBe(read));

  it('has no files where the root does not exist', () => {
    expect(textOf(treeWorkspace(join(base, 'none')), 'a')).toBe('file.missing');
  });

  it('reads through a root that is a link', () => {
    symlinkSync('root', join(base, 'root-link'));
    expect(textOf(treeWorkspace(join(base, 'root-link')), 'docs/a.md')).toBe('alpha\n');
    expect(textOf(treeWorkspace(join(base, 'root-link')), 'link-outside')).toBe('file.outside-root');
  });

  it('refuses a file above the cap by its size, without reading it', () => {
    const path = join(root, 'sparse');
    writeFileSync(path, '');
    truncateSync(path, 10 * 1024 ** 3);
    const before = process.memoryUsage().rss;
    expect(textOf(treeWorkspace(root), 'sparse')).toBe('file.too-large');
    expect(
      treeWorkspace(root)
        .pieces('sparse', 1024 ** 3)
        .next(),
    ).toMatchObject({ done: true, value: { code: 'file.too-large' } });
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024);
  });

  it('takes exactly the cap', () => {
    expect(textOf(treeWorkspace(root), 'docs/a.md', 6)).toBe('alpha\n');
    expect(textOf(treeWorkspace(root), 'docs/a.md', 5)).toBe('file.too-large');
  });

  it('reads files that claim to be empty and are not, within the cap', () => {
    const read = readNamedFile('/proc/self/cmdline');
    expect(read.ok && read.bytes.length).toBeGreaterThan(0);
    expect(readNamedFile('/proc/self/cmdline', 3)).toMatchObject({ ok: false, code: 'file.too-large' });
  });

  it('refuses a file without permission, unless the user is root', () => {
    writeFileSync(join(root, 'closed'), 'x');
    chmodSync(join(root, 'closed'), 0);
    const expected = process.getuid?.() === 0 ? 'x' : 'file.unreadable';
    expect(textOf(treeWorkspace(root), 'closed')).toBe(expected);
  });

  it('hands out large files in pieces and in order', () => {
    const whole = Buffer.alloc(3 * 1024 * 1024 + 17, 'abcdefg');
    writeFileSync(join(root, 'large'), whole);
    const pieces: Buffer[] = [];
    for (const piece of treeWorkspace(root).pieces('large')) pieces.push(Buffer.from(piece));
    expect(pieces.length).toBeGreaterThan(2);
    expect(Buffer.concat(pieces).equals(whole)).toBe(true);
    const failed = treeWorkspace(root).pieces('link-outside').next();
    expect(failed).toMatchObject({ done: true, value: { code: 'file.outside-root' } });
  });

  it('lists files and folders in order, and nothing outside', () => {
    const workspace = treeWorkspace(root);
    expect(workspace.list('docs')).toEqual({ ok: true, files: ['a.md'], folders: ['audits'] });
    expect(workspace.list('')).toMatchObject({ ok: true });
    expect(workspace.list('folder-outside')).toMatchObject({ ok: false, code: 'file.outside-root' });
    expect(workspace.list('..')).toMatchObject({ ok: false, code: 'file.outside-root' });
    expect(workspace.list('none')).toMatchObject({ ok: false, code: 'file.missing' });
  });

  it('names no absolute path in a message', () => {
    const file = treeWorkspace(root).read('link-outside');
    expect(file.ok ? '' : file.message).toBe('`link-outside` leads out of the root');
  });

  it('reads nothing outside while links are being swapped', async () => {
    mkdirSync(join(root, 'race-a'));
    writeFileSync(join(root, 'race-a/f'), 'inside');
    symlinkSync('../root-beside', join(root, 'race-b'));
    writeFileSync(join(base, 'root-beside/f'), 'OUTSIDE');
    const swap = `
      const { renameSync } = require('node:fs');
      const { parentPort, workerData: root } = require('node:worker_threads');
      let on = true;
      parentPort.once('message', () => { on = false; });
      const turn = () => {
        for (let i = 0; i < 200; i++) {
          renameSync(root + '/race-a', root + '/race'); renameSync(root + '/race', root + '/race-a');
          renameSync(root + '/race-b', root + '/race'); renameSync(root + '/race', root + '/race-b');
        }
        if (on) setImmediate(turn); else parentPort.close();
      };
      turn();`;
    const worker = new Worker(swap, { eval: true, workerData: root });
    const workspace = treeWorkspace(root);
    const seen = new Map<string, number>();
    const end = Date.now() + 1500;
    while (Date.now() < end) {
      for (let i = 0; i < 50; i++) {
        const text = textOf(workspace, 'race/f');
        seen.set(text, (seen.get(text) ?? 0) + 1);
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
    worker.postMessage('stop');
    await new Promise((resolve) => worker.once('exit', resolve));
    expect(seen.get('OUTSIDE')).toBeUndefined();
    expect(seen.get('inside') ?? 0).toBeGreaterThan(0);
    expect(seen.get('file.outside-root') ?? 0).toBeGreaterThan(0);
  });

  it('reads a file that is replaced or grows meanwhile without failing', () => {
    const path = join(root, 'growing');
    writeFileSync(path, 'one');
    appendFileSync(path, 'two');
    renameSync(path, join(root, 'grown'));
    expect(textOf(treeWorkspace(root), 'grown')).toBe('onetwo');
  });
});

describe('memory', () => {
  const workspace = memoryWorkspace({
    'docs/a.md': 'alpha',
    'docs/sub/b.md': 'beta',
    top: new Uint8Array([1, 2]),
  });

  it('is a workspace like the tree', () => {
    expect(textOf(workspace, 'docs/a.md')).toBe('alpha');
    expect(textOf(workspace, 'docs')).toBe('file.not-regular');
    expect(textOf(workspace, '../x')).toBe('file.outside-root');
    expect(textOf(workspace, 'none')).toBe('file.missing');
    expect(textOf(workspace, 'docs/a.md', 4)).toBe('file.too-large');
    expect(workspace.list('docs')).toEqual({ ok: true, files: ['a.md'], folders: ['sub'] });
    expect(workspace.list('')).toEqual({ ok: true, files: ['top'], folders: ['docs'] });
    expect(workspace.list('none')).toMatchObject({ code: 'file.missing' });
  });

  it('gives back what was put in', () => {
    const name = fc.stringMatching(/^[a-z]{1,4}$/);
    fc.assert(
      fc.property(fc.dictionary(name, fc.string()), (files) => {
        const held = memoryWorkspace(files);
        for (const [path, text] of Object.entries(files)) {
          const file = held.read(path);
          expect(file.ok && Buffer.from(file.bytes)).toEqual(Buffer.from(text));
        }
      }),
    );
  });
});
