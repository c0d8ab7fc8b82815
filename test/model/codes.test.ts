import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
// @ts-expect-error a script without declarations: it makes the page
import { codesPage } from '../../scripts/docs/codes.mjs';
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

/** Every source file but the list itself. */
function sources(): string {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.startsWith('generated') && !file.endsWith('model/reasons.ts'),
  );
  return files.map((file) => readFileSync(`src/${file}`, 'utf8')).join('\n');
}

describe('the list of reason codes', () => {
  const areas = [...new Set(Object.keys(reasons).map((code) => code.split('.', 1)[0]))].join('|');
  const used = new Set(
    [...sources().matchAll(new RegExp(`['"\`]((?:${areas})\\.[a-z]+(?:-[a-z]+)*)['"\`]`, 'g'))].map(
      ([, code]) => code,
    ),
  );

  test('holds nothing that the program never says', () => {
    const codes = Object.keys(reasons).filter((code) => code.includes('.'));
    expect(codes.filter((code) => !used.has(code))).toEqual([]);
  });

  test('holds everything that the program says', () => {
    expect(
      [...used].filter((code) => !(String(code) in reasons) && !/\.(?:yaml|json|md)$/.test(String(code))),
    ).toEqual([]);
  });

  test('is docs/reasons.md, word for word (npm run docs:generate)', () => {
    expect(readFileSync('docs/reasons.md', 'utf8')).toBe((codesPage as () => string)());
  });
});
