import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { explainLint, type LintCode, lintCodes, lints } from '../../../src/analyze/lint/index.ts';
import { lintExample, lintText } from '../../support/lintExamples.ts';
import { basePolicy } from '../base.ts';

const codesOf = (found: ReturnType<typeof lintText>) => found.map(({ problem }) => problem.code);

describe.each(lintCodes)('%s', (code: LintCode) => {
  const lint = lints[code];

  test('fires on its example, with severity, place, excerpt and hint', () => {
    const found = lintExample(lint.example).filter(({ problem }) => problem.code === code);
    expect(found.length).toBeGreaterThan(0);
    for (const { problem } of found) {
      expect(problem.severity).toBe(lint.severity);
      expect(problem.at?.line).toBeGreaterThan(0);
      expect(problem.excerpt?.length).toBeGreaterThan(0);
      expect(problem.hint).toBeTruthy();
      expect(problem.message).not.toMatch(/^[A-Z]|\.$|undefined|\[object/);
    }
  });

  test('is silent on the mended example, which no lint finds wanting', () => {
    const left = lintExample(lint.mended).filter(({ problem }) => problem.severity !== 'note');
    expect(left.map(({ problem }) => `${problem.code} ${problem.at?.line}`)).toEqual([]);
    expect(codesOf(lintExample(lint.mended))).not.toContain(code);
  });
});

test('each can be explained by its code, and nothing else can', () => {
  for (const code of lintCodes) {
    const { meaning, todo } = explainLint(code) ?? { meaning: '', todo: '' };
    expect(meaning).toMatch(/^[a-z`].+[^.]$/s);
    expect(todo).toMatch(/^[a-z`].+[^.]$/s);
  }
  expect(explainLint('lint/nothing') ?? explainLint('constructor')).toBeUndefined();
});

test('the shipped policy has no error and no warning', () => {
  const text = readFileSync('policies/production-hardening.yaml', 'utf8');
  const found = lintText(text);
  expect(found.filter(({ problem }) => problem.severity !== 'note')).toEqual([]);
  // Two records a day apart soak a day there, because the runbook asks for one a day.
  expect(new Set(codesOf(found))).toEqual(new Set(['lint/soak-few-records']));
});

test('what is found is told in words that fit the case', async () => {
  const blocks = lintCodes.map((code) =>
    lintExample(lints[code].example)
      .filter(({ problem }) => problem.code === code)
      .map(({ problem: { severity, at, message, hint }, fix }) => {
        const mend = fix ? `\n  fix: ${fix.pointer} ${fix.key}: ${fix.value}` : '';
        return `${at?.path}:${at?.line}:${at?.column} ${severity} ${code}: ${message}\n  hint: ${hint}${mend}`;
      })
      .join('\n'),
  );
  await expect(`${blocks.join('\n')}\n`).toMatchFileSnapshot('lints.golden.txt');
});

test('the base policy of the loading tests', () => {
  expect(
    lintText(basePolicy).map(({ problem }) => `${problem.severity} ${problem.code} ${problem.at?.line}`),
  ).toMatchInlineSnapshot(`
    [
      "warning lint/unused-input 15",
      "warning lint/unused-evidence 26",
      "warning lint/command-without-max-age 36",
      "warning lint/unprotected-script 37",
      "warning lint/unused-evidence 55",
      "note lint/heartbeat-of-any-row 99",
      "note lint/soak-few-records 112",
    ]
  `);
});
