import { expect, test } from 'vitest';
import { hideSecrets } from '../../src/gate/hide.ts';
import type { Problem } from '../../src/model/problem.ts';

test('problems lose the secrets of the environment and nothing else', () => {
  const plain: Problem = {
    code: 'a/b',
    message: 'm',
    severity: 'warning',
    at: { path: 'p', line: 1, column: 2 },
    excerpt: { text: 'x', column: 1, length: 1 },
    hint: 'h',
  };
  const env = { A_TOKEN: 'canary-7777', MODE: 'm', EMPTY_TOKEN: ' ' };
  const bad: Problem = {
    code: 'a/c',
    message: 'no `canary-7777`',
    at: { path: 'canary-7777.yaml', line: 1, column: 1 },
    excerpt: { text: 'a: canary-7777', column: 1, length: 1 },
    hint: 'canary%2D7777',
  };
  expect(hideSecrets([plain, bad, { code: 'c/d', message: 'm' }], env)).toEqual([
    plain,
    {
      code: 'a/c',
      message: 'no `[redacted]`',
      at: { path: '[redacted].yaml', line: 1, column: 1 },
      hint: '[redacted]',
    },
    { code: 'c/d', message: 'm' },
  ]);
});
