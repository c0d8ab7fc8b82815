import { describe, expect, test } from 'vitest';
import { day, hour } from '../../src/model/instant.ts';
import type { SoakCheck } from '../../src/model/policy.ts';
import { logOf, type PlainRow } from '../support/log.ts';
import {
  absent,
  judge,
  now,
  observed,
  phaseOf,
  policyOf,
  ruleOf,
  specOf,
  variables,
  variableSpec,
} from '../support/policy.ts';

const soak: SoakCheck = {
  kind: 'soak',
  of: { log: 'smoke', view: 'strict' },
  phase: 'one',
  for: day,
  maxGap: 26 * hour,
  columns: {},
};
const policy = policyOf({
  evidence: {
    flags: specOf({ kind: 'env', variables: { MODE: variableSpec() } }),
    smoke: specOf({
      kind: 'log',
      path: 'smoke.md',
      table: 'Entries',
      time: { column: 'Time', kind: 'instant' },
      columns: { MODE: { type: 'string' }, Checks: { type: 'string' } },
      views: { strict: { '==': [{ var: 'Checks' }, 'pass'] } },
      order: 'oldest-first',
      dated: 'optional',
      tolerance: 26 * hour,
    }),
  },
  preflight: [ruleOf('set', { kind: 'expect', paths: { 'flags.MODE': { is: 'set' } } })],
  phases: [
    phaseOf('one', { 'flags.MODE': 'one' }),
    phaseOf('two', { 'flags.MODE': 'two' }, { entry: [ruleOf('soaked', soak)] }),
  ],
  transitions: { path: 'transitions.md' },
});

/** Strict records by hours before now and mode, oldest first. */
function driftOf(records: readonly (readonly [number, string])[]) {
  const rows = records.map(
    ([ago, MODE]): PlainRow => ({ time: now - ago * hour, cells: { MODE, Checks: 'pass' } }),
  );
  const evidence = [
    variables('flags', { MODE: 'two' }),
    absent('transitions', 'file.missing', 'transitions'),
    observed('smoke', logOf(rows), { kind: 'log' }),
  ];
  return judge(policy, evidence).gates.find((gate) => gate.id === 'phase')?.rules[0];
}

describe('flags two phases ahead of the transition log', () => {
  test('fail for the entry that was not go, and lead back to the first phase passed over', () => {
    const phases = [
      ...(policy.phases ?? []),
      phaseOf('three', { 'flags.MODE': 'three' }, { entry: [ruleOf('soaked', { ...soak, phase: 'two' })] }),
    ];
    const rows = [30, 6].map(
      (ago): PlainRow => ({ time: now - ago * hour, cells: { MODE: 'one', Checks: 'pass' } }),
    );
    const evidence = [
      variables('flags', { MODE: 'three' }),
      absent('transitions', 'file.missing', 'transitions'),
      observed('smoke', logOf(rows), { kind: 'log' }),
    ];
    const { gates, phase } = judge({ ...policy, phases }, evidence);
    const rule = gates.find((gate) => gate.id === 'phase')?.rules[0];
    expect(rule).toMatchObject({ outcome: 'fail', code: 'phase.drift' });
    expect(rule?.message).toContain('the entry of `three` was hold');
    expect(rule?.todo).toBe('set the pins of `one` again, and enter `two` when its entry is go');
    expect(phase?.differs).toEqual([{ path: 'flags.MODE', pinned: 'one', found: 'three' }]);
  });
});

describe('flags ahead of the transition log', () => {
  test('pass where the entry was go just before the first record that shows them', () => {
    expect(
      driftOf([
        [30, 'one'],
        [6, 'one'],
        [4, 'two'],
        [1, 'two'],
      ]),
    ).toMatchObject({ outcome: 'pass' });
  });

  test('fail where the soak was short at that record, however long it is by now', () => {
    const rule = driftOf([
      [30, 'one'],
      [20, 'two'],
      [1, 'two'],
    ]);
    expect(rule).toMatchObject({ outcome: 'fail', code: 'phase.drift' });
    expect(rule?.message).toBe(
      'the pins name `two`, but the entry of `two` was hold at 2026-02-23T13:00:00Z',
    );
  });

  test('are judged now where no record shows them yet', () => {
    expect(
      driftOf([
        [30, 'one'],
        [6, 'one'],
      ]),
    ).toMatchObject({ outcome: 'pass' });
    expect(
      driftOf([
        [10, 'one'],
        [6, 'one'],
      ]),
    ).toMatchObject({ outcome: 'fail' });
  });
});
