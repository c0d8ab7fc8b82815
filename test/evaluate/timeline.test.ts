import { describe, expect, test } from 'vitest';
import { readTransitions } from '../../src/evaluate/timeline.ts';
import type { TransitionRow } from '../../src/model/evidence.ts';
import { formatInstant, hour, minute } from '../../src/model/instant.ts';
import type { ReasonCode } from '../../src/model/reasons.ts';
import { now, observed, phaseOf } from '../support/policy.ts';

const phases = ['without', 'with', 'everywhere'].map((id) => phaseOf(id, { 'flags.MODE': id }));

/** Kind, from, to, hours ago. */
type Short = readonly [
  kind: TransitionRow['kind'],
  from: string,
  to: string,
  hoursAgo: number,
  untrusted?: ReasonCode,
];

function read(rows: readonly Short[], asOf = false) {
  const full = rows.map(([kind, from, to, hoursAgo, untrusted], index): TransitionRow => {
    const place = { path: 't.md', line: index + 5 };
    return {
      ...place,
      time: now - hoursAgo * hour,
      kind,
      from,
      to,
      decision: 'go',
      verdict: '',
      reason: '',
      ...(untrusted ? { untrusted } : {}),
    };
  });
  const content = { type: 'transitions', path: 't.md', rows: full } as const;
  const view = { firstBegan: () => undefined, now, asOf };
  const item = observed('transitions', content, { kind: 'transitions' });
  const { timeline, findings } = readTransitions(phases, item, view);
  const { current, since } = timeline;
  const begun = since === undefined ? undefined : (now - since) / hour;
  return { timeline, told: [current, begun, findings.map(({ code, line }) => `${code} ${line}`)] };
}

const toWith: Short = ['advance', 'without', 'with', 9];
const toAll: Short = ['advance', 'with', 'everywhere', 8];
const end: Short = ['done', 'everywhere', 'done', 7];

describe('a rollback row moves the phase back only', () => {
  const cases: readonly [string, readonly Short[], string, number | undefined, readonly string[]][] = [
    ['into a phase never entered', [['rollback', 'without', 'everywhere', 1]], 'without', undefined, ['5']],
    ['into the next phase', [toWith, ['rollback', 'with', 'everywhere', 1]], 'with', 9, ['6']],
    ['into the phase in force', [toWith, ['rollback', 'with', 'with', 1]], 'with', 9, ['6']],
    ['into no phase, in the first', [['rollback', 'without', 'nowhere', 1]], 'without', undefined, ['5']],
    ['into no phase, later', [toWith, ['rollback', 'with', 'nowhere', 1]], 'without', 1, ['6']],
    ['to the end', [toWith, ['rollback', 'with', 'done', 1]], 'without', 1, ['6']],
    ['into the first', [toWith, toAll, ['rollback', 'everywhere', 'without', 1]], 'without', 1, []],
    [
      'twice in a row',
      [toWith, toAll, ['rollback', 'everywhere', 'with', 2], ['rollback', 'with', 'without', 1]],
      'without',
      1,
      [],
    ],
    [
      'and forward again',
      [toWith, ['rollback', 'with', 'without', 2], ['rollback', 'without', 'with', 1]],
      'without',
      2,
      ['7'],
    ],
    ['after the end', [toWith, toAll, end, ['rollback', 'done', 'everywhere', 1]], 'everywhere', 1, []],
  ];
  test.each(cases)('%s', (_, rows, current, since, lines) => {
    expect(read(rows).told).toEqual([current, since, lines.map((line) => `phase.out-of-turn ${line}`)]);
  });

  test('one that leads nowhere still ends soaks', () => {
    const { timeline } = read([toWith, ['rollback', 'with', 'with', 1]]);
    expect(timeline.rows.map(({ kind }) => kind)).toEqual(['advance', 'rollback']);
    expect(timeline.inForceAt(now)).toBe('with');
    expect(formatInstant(timeline.movedAt as number)).toBe(formatInstant(now - 9 * hour));
  });
});

test('no advance leads from the end to the first phase', () => {
  expect(read([toWith, toAll, end, ['advance', 'done', 'without', 1]]).told).toEqual([
    'done',
    7,
    ['phase.out-of-turn 8'],
  ]);
});

describe('a row of the future', () => {
  const late = (5 * minute + 1000) / hour;
  const cases: readonly [string, readonly Short[], string, number | undefined, readonly string[]][] = [
    ['enters no phase', [['advance', 'without', 'with', -720]], 'without', undefined, ['log.future-row 5']],
    ['nor just ahead', [['advance', 'without', 'with', -late]], 'without', undefined, ['log.future-row 5']],
    [
      'ends nothing',
      [toWith, toAll, ['done', 'everywhere', 'done', -1]],
      'everywhere',
      8,
      ['log.future-row 7'],
    ],
    [
      'goes back as of now',
      [toWith, ['rollback', 'with', 'without', -1]],
      'without',
      0,
      ['log.future-row 6'],
    ],
    ['is one of now within five minutes', [['advance', 'without', 'with', -1 / 12]], 'with', -1 / 12, []],
  ];
  test.each(cases)('%s', (_, rows, current, since, findings) => {
    expect(read(rows).told).toEqual([current, since, findings]);
  });

  test('is out of view when looking back', () => {
    expect(read([toWith, ['rollback', 'with', 'without', -1]], true).told).toEqual(['with', 9, []]);
  });
});
