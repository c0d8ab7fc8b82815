import { expect, test } from 'vitest';
import { logicWords } from '../../src/logic/words.ts';
import type { Json } from '../../src/model/json.ts';

const cases: readonly (readonly [Json, string])[] = [
  [{ '==': [{ var: 'Checks' }, 'pass'] }, 'Checks is "pass"'],
  [{ var: ['flags.AUTH_MODE'] }, 'flags.AUTH_MODE'],
  [{ and: [{ '!!': [{ var: 'Cause' }] }, { '!!': { var: 'By' } }] }, 'Cause is there and By is there'],
  [{ or: [{ and: [{ var: 'a' }, { var: 'b' }] }, { '<': [1, { var: 'c' }, 3] }] }, 'a and b or 1 < c < 3'],
  [{ and: [{ or: [{ var: 'a' }, { var: 'b' }] }, { '!': [{ var: 'c' }] }] }, '(a or b) and not c'],
  [{ in: [{ var: 'Checks' }, ['pass', 'fail']] }, 'Checks in ["pass", "fail"]'],
  [{ '<': [{ count: [{ var: 'smoke' }] }, 5] }, 'count(smoke) < 5'],
  [{ '*': [{ '+': [1, 2] }, 3] }, '(1 + 2) * 3'],
  [true, 'true'],
  [{}, '{}'],
];

for (const [rule, words] of cases) {
  test(words, () => {
    expect(logicWords(rule)).toBe(words);
  });
}
