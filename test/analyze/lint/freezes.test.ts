import { describe, expect, it } from 'vitest';
import { phasedLog } from '../../../src/analyze/lint/examples.ts';
import { lintExample } from '../../support/lintExamples.ts';

const said = (parts: string) =>
  lintExample(parts).flatMap(({ problem }) =>
    /freeze|deadline/.test(problem.code) ? [problem.code.slice(5)] : [],
  );

describe('lints of freeze windows', () => {
  const freeze = (...windows: readonly string[]) => `phases:
  - { id: shadow, deadline: 20d, pins: { flags.MODE: shadow } }
  - id: enforced
    pins: { flags.MODE: enforced }
    entry: [{ id: mode-before, title: The mode is set, expect: { flags.MODE: set } }]
freeze:
${windows.map((window) => `  - { ${window}, reason: A test }\n`).join('')}`;
  const every = (rrule: string, hours: string, from = '2026-02-02T18:00') =>
    `from: ${from}, rrule: ${rrule}, for: ${hours}`;
  const once = (from: string, until: string) => `from: ${from}, until: ${until}`;

  // It is 2026-02-24T09:00:00Z.
  it.each([
    ['a rule whose last window has ended', [every('FREQ=WEEKLY;UNTIL=20260217', '64h')], ['freeze-over']],
    [
      'a rule with so many windows that all have ended',
      [every('FREQ=WEEKLY;COUNT=2', '64h')],
      ['freeze-over'],
    ],
    ['a rule whose last window is in force', [every('FREQ=WEEKLY;UNTIL=20260223', '64h')], []],
    ['a rule without end', [every('FREQ=WEEKLY', '64h')], []],
    ['a window that is in force', [once('2026-02-20', '2026-02-25')], []],
    ['weeks that touch each other', [every('FREQ=WEEKLY', '168h')], ['endless-freeze']],
    ['weeks an hour apart', [every('FREQ=WEEKLY', '167h')], []],
    ['days that touch each other, with an end', [every('FREQ=DAILY;UNTIL=20270301', '24h')], []],
    [
      'two that leave no gap once both have begun',
      [every('FREQ=DAILY', '12h', '2026-03-01T08:00'), every('FREQ=DAILY', '12h', '2026-04-01T20:00')],
      ['endless-freeze'],
    ],
    [
      'a week within a longer one',
      [every('FREQ=WEEKLY', '64h'), every('FREQ=WEEKLY', '60h')],
      ['freeze-within'],
    ],
    [
      'the same window twice',
      [once('2026-12-18', '2026-12-28'), once('2026-12-18', '2026-12-28')],
      ['freeze-within'],
    ],
    ['windows that overlap', [once('2026-12-18', '2026-12-28'), once('2026-12-20', '2026-12-30')], []],
    ['a window as long as a deadline', [once('2026-12-01', '2026-12-21')], ['freeze-outlasts-deadline']],
    ['a window a day shorter', [once('2026-12-01', '2026-12-20')], []],
  ])('%s', (_name, windows, codes) => {
    expect(said(freeze(...windows))).toEqual(codes);
  });
});

describe('a deadline shorter than', () => {
  const phases = (deadline: string, rule: string, more = '') => `${phasedLog}phases:
  - { id: shadow, deadline: ${deadline}, pins: { flags.MODE: shadow } }
  - id: enforced
    deadline: ${deadline}
    pins: { flags.MODE: enforced }
    entry:
      - { id: mode-before, title: The mode is set, expect: { flags.MODE: set } }
      - { id: long, title: Long enough, ${rule}${more} }
`;
  const soak = (phase: string) => `soak: { of: smoke.strict, phase: ${phase}, for: 24h, maxGap: 8h }`;
  const streak = (per: string, atLeast: number) =>
    `streak: { of: smoke.strict, phase: shadow, per: ${per}, atLeast: ${atLeast} }`;
  const short = ['deadline-too-short'];

  it.each([
    ['a soak', '24h', soak('shadow'), '', short],
    ['a soak in `all`', '24h', `all: [{ ${soak('shadow')} }, { expect: { flags.MODE: set } }]`, '', short],
    [
      'a soak, but one that may be passed over',
      '24h',
      soak('shadow'),
      ", when: { '==': [{ var: flags.MODE }, shadow] }",
      [],
    ],
    ['a soak that decides nothing', '24h', soak('shadow'), ', severity: warning', []],
    ['a soak of another phase', '24h', soak('enforced'), '', []],
    ['a streak of days', '119h', streak('day', 7), '', short],
    ['a streak of days, by little', '5d', streak('day', 7), '', []],
    ['a streak of hours', '5h', streak('hour', 7), '', short],
  ])('%s', (_name, deadline, rule, more, codes) => {
    expect(said(phases(deadline, rule, more))).toEqual(codes);
  });

  it('what the exit demands of the last phase', () => {
    const exit = `exit: [{ id: at-last, title: Long enough, ${soak('enforced')} }]\n`;
    expect(said(`${phases('24h', 'expect: { flags.MODE: set }')}${exit}`)).toEqual(short);
    expect(said(`${phases('25h', 'expect: { flags.MODE: set }')}${exit}`)).toEqual([]);
  });
});
