import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Problem } from '../../src/model/problem.ts';
import { problemsJson, problemsText } from '../../src/report/problems.ts';
import { problemsSarif } from '../../src/report/problemsSarif.ts';
import { hostileText } from '../support/hostile.ts';

const style = { color: false, width: 80, unicode: true };

const unknownEvidence: Problem = {
  code: 'policy/unknown-evidence',
  message: 'rule `p99` reads `latency.p99`, which nothing collects',
  at: { path: 'policies/canary.yaml', line: 14, column: 11 },
  excerpt: { text: '      of: latency.p99', column: 11, length: 11 },
  hint: 'did you mean `latency.p95`?',
};

describe('problemsText', () => {
  it('gives place, code, message, the line with a caret, and a hint', () => {
    expect(problemsText([unknownEvidence], style)).toBe(
      [
        'policies/canary.yaml:14:11 policy/unknown-evidence: rule `p99` reads `latency.p99`, which nothing collects',
        '  14 |       of: latency.p99',
        '     |           ^^^^^^^^^^^',
        '  hint: did you mean `latency.p95`?',
        '',
      ].join('\n'),
    );
  });

  it('puts the caret under the mark behind wide and hidden characters', () => {
    const excerpt = { text: '日本\u202e: x', column: 6, length: 1 };
    const lines = problemsText([{ ...unknownEvidence, excerpt }], style).split('\n');
    expect(lines[1]).toBe('  14 | 日本<U+202E>: x');
    expect(lines[2]).toBe('     |               ^');
  });

  it('cuts a long line around the mark', () => {
    const text = `${'a'.repeat(200)}MARK${'b'.repeat(200)}`;
    const lines = problemsText(
      [{ ...unknownEvidence, excerpt: { text, column: 201, length: 4 } }],
      style,
    ).split('\n');
    expect(lines[1]?.length).toBeLessThanOrEqual(80);
    expect(lines[1]?.indexOf('MARK')).toBe(lines[2]?.indexOf('^^^^'));
  });

  it('stands in the order of places, whatever order they were found in', () => {
    const other = { ...unknownEvidence, at: { path: 'policies/canary.yaml', line: 2, column: 1 } };
    const text = problemsText([unknownEvidence, other], style);
    expect(text).toBe(problemsText([other, unknownEvidence], style));
    expect(text.indexOf(':2:1')).toBeLessThan(text.indexOf(':14:11'));
  });

  it('names a warning as one', () => {
    expect(problemsText([{ code: 'lint/vacuous', message: 'm', severity: 'warning' }], style)).toBe(
      'warning lint/vacuous: m\n',
    );
  });

  it('shows nothing hostile (R38)', () => {
    fc.assert(
      fc.property(hostileText, hostileText, fc.integer({ min: 1, max: 40 }), (message, text, column) => {
        const excerpt = { text, column, length: 3 };
        const drawn = problemsText([{ ...unknownEvidence, message, excerpt, hint: text }], style);
        const bad = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/u;
        return drawn
          .split('\n')
          .every((line) => !bad.test(line) && !/^\s*::/.test(line) && !/##[a-z]*\[/i.test(line));
      }),
      { numRuns: 500 },
    );
  });
});

describe('problemsJson', () => {
  it('is one value without a decision, sorted', () => {
    const value = JSON.parse(problemsJson([unknownEvidence])) as Record<string, unknown>;
    expect(value).toEqual({ apiVersion: 'soakgate/v1', kind: 'Problems', problems: [unknownEvidence] });
    expect(value).not.toHaveProperty('decision');
  });
});

describe('problemsSarif', () => {
  it('gives every problem a location: without one GitHub refuses the whole log (GH1015)', () => {
    const text = problemsSarif(
      [unknownEvidence, { code: 'lint/odd', message: 'odd' }],
      '0.1.0',
      () => undefined,
    );
    const log = JSON.parse(text) as {
      runs: [{ results: readonly { ruleId: string; locations: unknown[] }[] }];
    };
    expect(log.runs[0].results).toMatchObject([
      {
        ruleId: 'lint/odd',
        locations: [
          { physicalLocation: { artifactLocation: { uri: 'policies' }, region: { startLine: 1 } } },
        ],
      },
      {
        ruleId: 'policy/unknown-evidence',
        locations: [{ physicalLocation: { artifactLocation: { uri: 'policies/canary.yaml' } } }],
      },
    ]);
  });
});
