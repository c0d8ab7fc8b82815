import { afterEach, describe, expect, it } from 'vitest';
import { loadPolicy } from '../../src/analyze/load.ts';
import { makeRollout, type Rollout, said, stepsPolicy } from '../support/steps.ts';

let rollout: Rollout;
afterEach(() => rollout.remove());

const load = (policy: string) => {
  const loaded = loadPolicy(policy, {
    path: 'policy.yaml',
    digest: () => `sha256:${'0'.repeat(64)}`,
    inputs: {},
  });
  return loaded.ok ? [] : loaded.problems.map(({ code, message }) => `${code} ${message}`);
};

describe('freeze windows', () => {
  const frozen = (windows: string, zone = 'UTC') =>
    stepsPolicy.replace('timezone: UTC', `timezone: ${zone}`).replace('exit:', `freeze: [${windows}]\nexit:`);
  const window = (from: string, until: string) => `{ from: ${from}, until: ${until}, reason: Holidays }`;

  /** Two hours after the start of 06:00 they hold, and half an hour later no longer. */
  const endsAtHalfPastEight = async () => {
    const { gates, earliest } = await rollout.standing(2);
    const rule = gates.find(({ id }) => id === 'entry:second')?.rules.find(({ id }) => id === 'freeze');
    expect(rule).toMatchObject({
      outcome: 'pending',
      code: 'phase.frozen',
      message: 'nothing advances until 2026-02-24T08:30:00Z: Holidays',
      earliest: '2026-02-24T08:30:00Z',
    });
    expect(earliest).toBe('2026-02-24T08:30:00Z');
    expect(said(await rollout.advance('second', 2.5))).toBe('recorded');
  };

  it('let nothing advance until they end', async () => {
    rollout = makeRollout(frozen(window('2026-02-20', "'2026-02-24T08:30:00Z'")));
    rollout.smoke([0, 'off'], [2, 'off']);
    const answer = await rollout.advance('second', 2);
    expect(said(answer)).toBe('hold');
    await endsAtHalfPastEight();
  });

  it('that touch each other are one', async () => {
    const two = `${window('2026-02-24', '2026-02-25')}, ${window('2026-02-25', '2026-02-27')}`;
    rollout = makeRollout(frozen(two));
    rollout.smoke([0, 'off'], [2, 'off']);
    expect((await rollout.standing(2)).earliest).toBe('2026-02-27T00:00:00Z');
  });

  it('begin and end with days of the zone of the policy', async () => {
    // The 24th begins in New York at 05:00 UTC, before the start at 06:00; in Auckland the 25th begins at 11:00.
    rollout = makeRollout(frozen(window('2026-02-23', '2026-02-24'), 'America/New_York'));
    rollout.smoke([0, 'off'], [2, 'off']);
    expect(said(await rollout.advance('second', 2))).toBe('recorded');
    rollout.remove();
    rollout = makeRollout(frozen(window('2026-02-24', '2026-02-25'), 'Pacific/Auckland'));
    rollout.smoke([0, 'off'], [2, 'off']);
    expect((await rollout.standing(2)).earliest).toBe('2026-02-24T11:00:00Z');
  });

  it('also where the flags are set by hand within one: that was no go', async () => {
    rollout = makeRollout(frozen(window('2026-02-20', "'2026-02-24T08:30:00Z'")));
    rollout.smoke([0, 'off'], [2, 'off'], [2.2, 'half']);
    rollout.setFlag('half');
    expect(said(await rollout.advance('second', 3))).toBe('no-go');
  });

  const weekly = (from: string, rrule: string, hours: string) =>
    `{ from: ${from}, rrule: ${rrule}, for: ${hours}, reason: Holidays }`;

  it('come again by a rule, on the clocks of the zone, and are told as dated ones are', async () => {
    // The start is a Tuesday, 07:00 in Cairo.
    rollout = makeRollout(frozen(weekly('2026-02-03T09:00', 'FREQ=WEEKLY;BYDAY=TU', '90m'), 'Africa/Cairo'));
    rollout.smoke([0, 'off'], [2, 'off'], [2.4, 'off']);
    expect(said(await rollout.advance('second', 2))).toBe('hold');
    expect(said(await rollout.advance('second', 2, { dryRun: true }))).toBe('hold');
    await endsAtHalfPastEight();
  });

  it('by a rule and dated ones that touch each other are one', async () => {
    const touching = `${weekly('2026-02-24', '"FREQ=MONTHLY;BYMONTHDAY=24,25"', '24h')}, ${window('2026-02-26', '2026-02-27')}`;
    rollout = makeRollout(frozen(touching));
    rollout.smoke([0, 'off'], [2, 'off']);
    expect((await rollout.standing(2)).earliest).toBe('2026-02-27T00:00:00Z');
  });

  it.each([
    ['begins after they were set', "'2026-02-24T08:30:00Z'", "'2026-02-24T12:00:00Z'", 'hold'],
    ['was in force when they were set', '2026-02-20', "'2026-02-24T08:30:00Z'", 'no-go'],
  ])('let no step through whose flags are set already: one that %s', async (_name, from, until, decision) => {
    rollout = makeRollout(frozen(window(from, until)));
    rollout.smoke([0, 'off'], [2, 'off'], [2.1, 'half']);
    rollout.setFlag('half');
    expect(said(await rollout.advance('second', 3, { writeEnv: 'deploy.env' }))).toBe(decision);
    expect(rollout.files()).toEqual(['smoke.md']);
  });

  it('stop no rollback', async () => {
    rollout = makeRollout();
    rollout.smoke([0, 'off'], [2, 'off']);
    expect(said(await rollout.advance('second', 2, { writeEnv: 'deploy.env' }))).toBe('recorded');
    const path = `${rollout.root}/policy.yaml`;
    const { writeFileSync } = await import('node:fs');
    writeFileSync(path, frozen(window('2026-02-20', '2026-03-01')));
    expect(said(await rollout.rollback('first', 3, { writeEnv: 'deploy.env' }))).toBe('recorded');
  });

  it.each([
    ['the ends of one are the wrong way round', window('2026-02-25', '2026-02-24'), 'ends before it begins'],
    ['an end is no time', window('2026-02-30', '2026-03-24'), '`from` is neither a date nor a time'],
    ['a time has no offset', window("'2026-02-24T10:00:00'", '2026-03-24'), '`from` is neither'],
    ['there is no end', '{ from: 2026-02-20, reason: Holidays }', 'when the window ends is not said'],
    [
      'one that comes again has no length',
      '{ from: 2026-02-20, rrule: FREQ=WEEKLY, reason: Holidays }',
      'a window with `rrule` needs `for`',
    ],
    [
      'one has two ends',
      '{ from: 2026-02-20, until: 2026-02-21, rrule: FREQ=WEEKLY, for: 24h, reason: Holidays }',
      '`until` belongs to a window without `rrule`',
    ],
    [
      'a dated one has a length',
      '{ from: 2026-02-20, until: 2026-02-21, for: 24h, reason: Holidays }',
      '`for` belongs to a window with `rrule`',
    ],
    [
      'one that comes again begins at a time with an offset',
      weekly("'2026-02-24T10:00:00Z'", 'FREQ=WEEKLY', '24h'),
      'is neither a date nor a time without offset',
    ],
    ['its rule is none', weekly('2026-02-24', 'FREQ=HOURLY', '24h'), '`FREQ=HOURLY` cannot be'],
    ['it lasts for years', weekly('2026-02-24', 'FREQ=WEEKLY', '367d'), 'longer than a year'],
  ])('are refused if %s', (_name, windows, words) => {
    rollout = makeRollout();
    expect(load(frozen(windows)).join('\n')).toContain(words);
    expect(load(frozen(window('2026-02-24', '2026-02-25')))).toEqual([]);
    expect(load(frozen(weekly('2026-02-24', 'FREQ=WEEKLY', '366d')))).toEqual([]);
  });
});

describe('the deadline of a phase', () => {
  const dated = stepsPolicy.replace(
    "{ id: first, pins: { flags.MODE: 'off' } }",
    "{ id: first, deadline: 5h, pins: { flags.MODE: 'off' } }",
  );
  const phaseGate = async (hours: number) => {
    const { gates, findings, validUntil } = await rollout.standing(hours);
    const gate = gates.find(({ id }) => id === 'phase');
    const rule = gate?.rules.find(({ id }) => id === 'phase-deadline');
    return {
      decision: gate?.decision,
      code: rule?.code,
      near: findings.map(({ code }) => code).filter((code) => code.startsWith('phase.')),
      validUntil,
    };
  };

  it('is told from four fifths on, and holds everything when it has passed', async () => {
    rollout = makeRollout(dated);
    rollout.smoke([0, 'off'], [2, 'off'], [4, 'off']);
    expect(await phaseGate(3.9)).toMatchObject({ decision: 'go', code: 'phase.deadline-kept', near: [] });
    expect(await phaseGate(4)).toMatchObject({
      decision: 'go',
      near: ['phase.deadline-near'],
      validUntil: '2026-02-24T11:00:00Z',
    });
    expect(await phaseGate(5)).toMatchObject({ decision: 'hold', code: 'phase.deadline-passed', near: [] });
    expect(said(await rollout.advance('second', 5))).toBe('hold');
    expect(said(await rollout.advance('second', 4.9))).toBe('recorded');
    // Another phase has its own.
    expect((await phaseGate(9)).code).toBeUndefined();
  });

  it('begins anew with a rollback, and is unknown while the phase has not begun', async () => {
    rollout = makeRollout(dated);
    expect(await phaseGate(0)).toMatchObject({ decision: 'hold', code: 'phase.deadline-unknown' });
    rollout.smoke([0, 'off'], [2, 'off']);
    expect(said(await rollout.advance('second', 2, { writeEnv: 'deploy.env' }))).toBe('recorded');
    expect(said(await rollout.rollback('first', 9, { writeEnv: 'deploy.env' }))).toBe('recorded');
    expect((await phaseGate(13.5)).code).toBe('phase.deadline-kept');
    expect((await phaseGate(14)).code).toBe('phase.deadline-passed');
  });
});
