import { describe, expect, test } from 'vitest';
import { allCodes, explainCode } from '../../src/model/codes.ts';
import { reasons } from '../../src/model/reasons.ts';

describe('codes', () => {
  test('each can be explained, in plain sentences', () => {
    const silent = allCodes.filter((code) => {
      const told = explainCode(code);
      const texts = told === undefined ? [''] : [told.meaning, told.givenBy, told.todo];
      return texts.some((text) => !/^\S.{2,}[^.]$/.test(text));
    });
    expect(silent).toEqual([]);
    expect(allCodes.length).toBeGreaterThan(200);
  });

  test('none can be taken for the id of a rule but `not-applicable`, which no rule may have', () => {
    const idOfRule = /^[a-z][a-z0-9_-]*$/;
    expect(allCodes.filter((code) => idOfRule.test(code))).toEqual(['not-applicable']);
  });

  test('reason codes hold a dot, problem codes a slash, and no code stands in both lists', () => {
    expect(allCodes.filter((code) => code.includes('/') && code in reasons)).toEqual([]);
    expect(new Set(allCodes).size).toBe(allCodes.length);
  });

  test.each(['streak.stael', 'constructor', '__proto__', '', 'policy/'])('`%s` is none', (code) => {
    expect(explainCode(code)).toBeUndefined();
  });
});
