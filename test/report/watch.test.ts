import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changesBetween } from '../../src/evaluate/changes.ts';
import { parseInstant } from '../../src/model/instant.ts';
import type { Round } from '../../src/model/round.ts';
import { sparkline } from '../../src/report/sparkline.ts';
import { watchLines, watchScreen } from '../../src/report/watch.ts';
import { columns } from '../../src/report/wrap.ts';
import { hostileMarkup } from '../support/hostile.ts';
import { verdictOfTexts } from '../support/hostileVerdict.ts';
import { gateReport, ruleReport, verdictWith } from '../support/verdicts.ts';

const at = parseInstant('2026-02-24T09:00:00Z') ?? Number.NaN;
const style = { color: false, unicode: true, width: 80, rows: 24 };
const series = [0.4, 0.6, 0.5, 3].map((value, i) => ({ at: `2026-02-24T08:0${i}:00Z`, value }));
const spike = ruleReport({
  ...{ id: 'auth-failure-rate', outcome: 'fail', code: 'assert.false', message: 'p95 is 3, at most 2' },
  detail: { series, bound: 2 },
});
const before = verdictWith({ phase: { current: 'shadow', drift: [], road: [] } });
const after = verdictWith({
  ...{ decision: 'no-go', message: '`auth-failure-rate` fails' },
  gates: [gateReport({ id: 'monitors', decision: 'no-go', rules: [spike] })],
  phase: { current: 'auth-enforced', drift: [], road: [], since: '2026-02-24T07:00:00Z' },
});
const round = (change: Partial<Round> = {}): Round => ({
  ...{ at, next: at + 60_000, verdicts: [after], problems: [], changes: changesBetween(before, after) },
  ...change,
});

describe('the screen of watch', () => {
  it('says the decision, what is monitored against which bound, what is open, what changed and when it looks again', () => {
    const lately = { at: '2026-02-24T09:00:00Z', changes: round().changes };
    expect(watchScreen(round(), lately, style)).toMatchInlineSnapshot(`
      "NO-GO  Hardening rollout 1.0.0
        \`auth-failure-rate\` fails
        phase  auth-enforced since Tue 2026-02-24 07:00 UTC, 2 h ago

      Monitored
        ✗ auth-failure-rate         ▂▂▂█                      now 3, bound 2

      Open
        ✗ fail     auth-failure-rate: p95 is 3, at most 2

      Changed Tue 2026-02-24 09:00 UTC
        decision: go, now no-go
        phase: shadow, now auth-enforced
        auth-failure-rate (monitors): not there, now fail
        flags-explicit (preflight): pass, now not there

      judged Tue 2026-02-24 09:00 UTC, again in 1 min or on a change; Ctrl-C ends
      "
    `);
  });

  it('draws each metric of a rule that combines several', () => {
    const part = { demand: 'd', outcome: 'pass', code: 'metric.within-bound', message: 'm' } as const;
    const joined = ruleReport({
      ...{ id: 'ws-stable', outcome: 'pass' },
      parts: [
        { ...part, cites: [{ evidence: 'ws-reconnects' }], detail: { series, bound: 60 } },
        { ...part, cites: [{ evidence: 'smoke' }] },
      ],
    });
    const gates = [gateReport({ id: 'monitors', decision: 'go', rules: [joined] })];
    const screen = watchScreen(round({ verdicts: [verdictWith({ gates })] }), undefined, style);
    expect(screen).toContain(
      '\nMonitored\n  ✓ ws-reconnects             ▁▁▁▁                      now 3, bound 60\n',
    );
    expect(screen).not.toContain('✓ smoke');
  });

  it('without Unicode and colour it says the same', () => {
    const plain = watchScreen(round(), undefined, { ...style, unicode: false });
    expect(plain).toMatch(/x auth-failure-rate {9}.* now 3, bound 2/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: nothing beyond ASCII is the point
    expect(plain).toMatch(/^[\x00-\x7f]*$/);
  });

  it('keeps within the screen, whatever stands in the verdict', () => {
    fc.assert(
      fc.property(
        fc.array(hostileMarkup, { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 40, max: 100 }),
        fc.integer({ min: 8, max: 40 }),
        (texts, width, rows) => {
          const verdict = verdictOfTexts((index) => texts[index % texts.length] ?? '');
          const changes = changesBetween(verdict, after);
          const hostile = round({ verdicts: [verdict, after], changes });
          const screen = watchScreen(
            hostile,
            { at: '2026-02-24T09:00:00Z', changes },
            { ...style, width, rows },
          );
          const lines = screen.split('\n');
          expect(lines.length).toBeLessThanOrEqual(rows);
          expect(Math.max(...lines.map(columns))).toBeLessThan(width);
          for (const text of [screen, watchLines(hostile, true)]) {
            expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
            expect(text).not.toMatch(/^\s*::|##\[/m);
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('the lines of watch', () => {
  it('say where things stand, then only what changed', () => {
    expect(watchLines(round({ changes: [] }), true)).toBe(
      '2026-02-24T09:00:00Z hardening: no-go; open: auth-failure-rate fail\n',
    );
    expect(watchLines(round({ changes: [] }), false)).toBe('');
    expect(watchLines(round(), false)).toMatchInlineSnapshot(`
      "2026-02-24T09:00:00Z hardening: decision: go, now no-go
      2026-02-24T09:00:00Z hardening: phase: shadow, now auth-enforced
      2026-02-24T09:00:00Z hardening: auth-failure-rate (monitors): not there, now fail
      2026-02-24T09:00:00Z hardening: flags-explicit (preflight): pass, now not there
      "
    `);
  });

  it('say why nothing was judged', () => {
    const problem = {
      code: 'policy/unknown-key',
      message: 'unknown key `gate`',
      at: { path: 'p.yaml', line: 3, column: 1 },
    } as const;
    expect(watchLines(round({ verdicts: undefined, problems: [problem], changes: [] }), false)).toBe(
      '2026-02-24T09:00:00Z not judged: p.yaml:3 policy/unknown-key: unknown key `gate`\n',
    );
  });
});

describe('a sparkline', () => {
  it.each([
    [[0, 1, 2, 3], { bound: 4, cells: 10 }, '▁▃▅▇'],
    [[0, 1, 2, 4], { bound: 4, cells: 10 }, '▁▃▅█'],
    [[0, 9, 0, 0, 0, 0], { bound: 4, cells: 3 }, '█▁▁'],
    [[0, 0], { cells: 3 }, '▁▁'],
    [[], { cells: 3 }, ''],
    [[-2, 0, 2], { cells: 3 }, '▁▅█'],
  ])('of %j with %j is %s', (samples, options, drawn) => {
    expect(sparkline(samples, { unicode: true, ...options })).toBe(drawn);
  });

  it('has a full bar where and only where a sample reaches the bound or the greatest', () => {
    const values = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(
        values,
        fc.double({ min: 0.001, max: 1e6, noNaN: true }),
        fc.boolean(),
        (samples, bound, unicode) => {
          const drawn = sparkline(samples, { bound, cells: 60, unicode });
          const top = Math.max(bound, ...samples);
          const full = samples.map((value) => value === top);
          expect([...drawn].map((sign) => sign === (unicode ? '█' : '#'))).toEqual(full);
        },
      ),
    );
  });
});
