import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { describe, expect, test } from 'vitest';
import { loadPolicy } from '../../src/analyze/load.ts';
import { lookUpPath, pathsOf } from '../../src/model/paths.ts';
import { readDoc, readPage } from './page.ts';

const pages = readdirSync('docs', { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.md'))
  .map((path) => join('docs', path))
  .concat('README.md')
  .sort();

/** Pages that the guide names and that are not written yet. */
const awaited: ReadonlySet<string> = new Set();

describe.each(pages)('%s', (page) => {
  const text = readDoc(page);

  test('links to files that are there', () => {
    const links = [...text.matchAll(/\]\(([^)#:\s]+)(?:#[^)]*)?\)/g)].map(([, target]) => target!);
    const lost = links
      .map((target) => join(dirname(page), target))
      .filter((path) => !existsSync(path) && !awaited.has(path));
    expect(lost).toEqual([]);
  });

  test('links to headings that are there', () => {
    const links = [...text.matchAll(/\]\(([^)#:\s]*)#([^)]+)\)/g)];
    const lost = links.filter(([, target, anchor]) => {
      const path = target === '' ? page : join(dirname(page), target!);
      return existsSync(path) && !anchorsOf(readDoc(path)).has(anchor!);
    });
    expect(lost.map(([link]) => link)).toEqual([]);
  });

  test('has YAML that can be read, fragments included', () => {
    for (const [, block] of text.matchAll(/^```yaml.*\n([\s\S]*?)^```$/gm))
      expect(() => void parse(block!)).not.toThrow();
  });
});

/** The anchors of a page: its headings as GitHub names them, and those set by hand. */
function anchorsOf(text: string): ReadonlySet<string> {
  const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(([, title]) =>
    title!
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replace(/\s/g, '-'),
  );
  return new Set([...headings, ...[...text.matchAll(/<a id="([^"]+)">/g)].map(([, id]) => id!)]);
}

/** Each page about a check shows, from the real evaluator, every outcome that the check can have. */
const outcomes = ['pass', 'fail', 'pending', 'unknown'] as const;
const never: Readonly<Record<string, readonly string[]>> = {
  assert: ['pending'],
  document: ['pending'],
  expect: ['pending'],
  passes: ['pending'],
};
const checks = ['assert', 'composites', 'document', 'expect', 'metric', 'passes', 'quiet', 'soak', 'streak'];

describe('docs/reference/checks', () => {
  test('has a page for each kind of check', () => {
    expect(readdirSync('docs/reference/checks').sort()).toEqual(checks.map((name) => `${name}.md`));
  });

  test.each(checks)('%s shows its outcomes', (name) => {
    const blocks = readPage(readDoc(`docs/reference/checks/${name}.md`));
    const shown = blocks
      .flatMap((block) => (block.kind === 'console' ? block.steps.flatMap((step) => step.output) : []))
      .join('\n');
    const missing = outcomes.filter((outcome) => !new RegExp(`^  [✓✗…?] ${outcome}\\b`, 'm').test(shown));
    expect(missing).toEqual(never[name] ?? []);
  });
});

describe('docs/reference/paths.md', () => {
  const page = readDoc('docs/reference/paths.md');
  const file = readPage(page).find((block) => block.kind === 'file');
  const loaded = loadPolicy(file?.text ?? '', {
    path: 'p.yaml',
    digest: () => `sha256:${'0'.repeat(64)}`,
    inputs: {},
  });
  const evidence = loaded.ok ? loaded.value.policy.evidence : {};
  const rows = page.split('\n').filter((line) => line.startsWith('| ') && !/^\| (Kind|---)/.test(line));
  const told = rows.flatMap((line) =>
    [...line.split(' | ')[1]!.matchAll(/`([^`]+)`/g)].map(([, path]) => path!),
  );

  test('lists every path that its policy offers', () => {
    const offered = Object.entries(evidence).flatMap(([id, spec]) => pathsOf(spec, id));
    expect(offered.length).toBeGreaterThan(20);
    expect(offered.filter((path) => !told.includes(path))).toEqual([]);
  });

  test('lists no path that is not there', () => {
    const words = ['oneOf', 'show', 'output: json'];
    expect(told.filter((path) => !words.includes(path) && !lookUpPath(evidence, path).found)).toEqual([]);
  });
});
