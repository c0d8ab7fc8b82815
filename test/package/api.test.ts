import { expect, test } from 'vitest';
import * as api from '../../src/index.ts';

/** The promise to users of the library: a name that goes away here is a breaking change. */
test('the public API is this and no more', () => {
  expect(Object.keys(api).sort()).toEqual([
    'collectEvidence',
    'evaluate',
    'evaluateLogic',
    'exitCodeOf',
    'formatMarkdownRow',
    'parsePolicy',
    'readMarkdownTables',
    'render',
  ]);
});

test('a policy that cannot be read gives every problem and throws nothing', () => {
  const parsed = api.parsePolicy('kind: Polizy\n', { path: 'p.yaml' });
  expect(parsed.ok).toBe(false);
  if (!parsed.ok) expect(parsed.problems.length).toBeGreaterThan(1);
});

test('logic over missing data is not known', () => {
  expect(api.evaluateLogic({ '<': [{ var: 'errors' }, 5] }, {})).toMatchObject({ known: false });
  expect(api.evaluateLogic({ '<': [{ var: 'errors' }, 5] }, { errors: 4 })).toEqual({
    known: true,
    value: true,
  });
});

test('a written row is read back', () => {
  const row = api.formatMarkdownRow(['a | b', '`x`', '<b>']);
  const { tables } = api.readMarkdownTables(`| 1 | 2 | 3 |\n| --- | --- | --- |\n${row}\n`);
  expect(tables[0]?.rows).toEqual([{ line: 3, cells: ['a | b', '`x`', '<b>'], detached: false }]);
});
