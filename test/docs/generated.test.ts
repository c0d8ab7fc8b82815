import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
// @ts-expect-error a script without declarations: it makes the pages
import { generatedPages } from '../../scripts/docs/pages.mjs';
import { explainCode } from '../../src/model/codes.ts';
import { problemCodes } from '../../src/model/problemCodes.ts';

const pages = await (generatedPages as () => Promise<ReadonlyMap<string, string>>)();

test.each([...pages.keys()])('%s is what the sources say (npm run docs:generate)', (path) => {
  expect(existsSync(path) ? readFileSync(path, 'utf8') : 'nothing').toBe(pages.get(path));
});

/** Every text of the program that is a problem code, or becomes one by its area. */
function codesInSources(): ReadonlySet<string> {
  const found = new Set<string>();
  for (const file of readdirSync('src', { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts') || /generated|model.(?:problem|policy|transition)Codes/.test(file)) continue;
    const text = readFileSync(`src/${file}`, 'utf8');
    for (const [, code] of text.matchAll(
      /'((?:yaml|policy|waiver|usage|logic|record|transition)\/[a-z]+(?:-[a-z]+)*)'/g,
    ))
      found.add(code!);
    if (file.endsWith('logic/load.ts'))
      for (const [, code] of text.matchAll(/refuse(?:Once)?\(\s*reader,\s*[\w.]+,\s*'([a-z-]+)'/g))
        found.add(`logic/${code}`);
    if (/parse.policy.(?:translate|bounds)\.ts$/.test(file))
      for (const [, code] of text.matchAll(
        /'(empty|one-key|too-many|too-long|duplicate-item|unknown-key|missing-key|bad-name|wrong-type|bad-value)'/g,
      ))
        for (const area of ['policy', 'waiver']) found.add(`${area}/${code}`);
  }
  return found;
}

test('every problem code can be explained, and every one that can be explained is given', () => {
  const given = codesInSources();
  expect([...given].filter((code) => explainCode(code) === undefined)).toEqual([]);
  expect(Object.keys(problemCodes).filter((code) => !given.has(code))).toEqual([]);
});
