import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fits, installPackage, newWorkspace, playPage, readDoc, readPage, withOutputs } from './page.ts';

const docs = resolve(import.meta.dirname, '../../docs');

/** Every page with a `console` block is played. */
const pages = readdirSync(docs, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.md') && readDoc(join('docs', path)).includes('\n```console'))
  .sort();

let installed = '';
beforeAll(() => {
  installed = mkdtempSync(join(tmpdir(), 'docs-package-'));
  installPackage(installed);
});
afterAll(() => rmSync(installed, { recursive: true, force: true }));

describe('what the docs show is what comes out', () => {
  test('there are pages', () => expect(pages.length).toBeGreaterThan(0));

  test.each(pages)('%s', (path) => {
    const text = readDoc(join('docs', path));
    const folder = newWorkspace(text, installed);
    try {
      const played = playPage(text, folder);
      // Only by hand: a page that changed is read before it is committed.
      if (process.env.UPDATE_DOCS && !process.env.CI) {
        writeFileSync(join(docs, path), withOutputs(text, played));
        return;
      }
      for (const { step, actual } of played) {
        if (!fits(step.output, actual))
          expect(actual.join('\n'), `line ${step.line}: ${step.command}`).toBe(step.output.join('\n'));
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

test('lines that are left out may be any', () => {
  expect(fits(['a', '…', 'c'], ['a', 'b', 'b', 'c'])).toBe(true);
  expect(fits(['a', '…'], ['a'])).toBe(true);
  expect(fits(['a', '…', 'c'], ['a', 'b'])).toBe(false);
  expect(fits([], ['a'])).toBe(false);
  expect(fits(['a'], [])).toBe(false);
  expect(fits(['on commit 0123456'], ['on commit abcdef0'])).toBe(true);
  expect(fits(['commit 0123456, pass'], ['commit abcdef0, fail'])).toBe(false);
});

test('a block may be typed on several days, and a command may go on', () => {
  const page = ['```console 2026-02-28T09:40:00Z until 2026-03-01', '$ a \\', '    b', 'out', '$ c', '```'];
  expect(readPage(page.join('\n'))).toEqual([
    {
      kind: 'console',
      times: ['2026-02-28 09:40:00', '2026-03-01 09:40:00'],
      steps: [
        { line: 3, command: 'a \\\n    b', output: ['out'] },
        { line: 5, command: 'c', output: [] },
      ],
    },
  ]);
  expect(() => readPage('```console tomorrow\n```')).toThrow('`tomorrow` names no time');
  expect(() => readPage('```console 2026-02-28T09:40:00Z until 2026-02-27\n```')).toThrow('names no time');
});
