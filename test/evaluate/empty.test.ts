import { describe, expect, test } from 'vitest';
import { loadPolicy } from '../../src/analyze/load.ts';
import type { Content, Evidence } from '../../src/model/evidence.ts';
import { day, hour } from '../../src/model/instant.ts';
import type { Policy } from '../../src/model/policy.ts';
import { logOf } from '../support/log.ts';
import { policyText } from '../support/policies.ts';
import { judge, now, observed } from '../support/policy.ts';

/** R6: empty is never success, neither in a policy nor in its evidence. */

const evidence = `evidence:
  flags: { env: { variables: { MODE: { oneOf: [one, two] } } } }
  job: { command: { run: [job], timeout: 1m, results: { junit: r.xml } } }
  results: { junit: { path: r.xml } }
  limit: { file: { path: a.json, format: json, pointer: /a, type: number } }
  name: { file: { path: b.json, format: json, pointer: /b } }
  note: { document: { path: note.md } }
  rows:
    log:
      path: docs/rows.md
      table: Rows
      time: { column: Time, zone: UTC }
      columns: { Checks: { enum: [pass, fail] } }
      views: { strict: { in: [{ var: Checks }, [pass, fail]] } }
  beats:
    log: { path: docs/beats.md, table: Beats, time: { column: Time, zone: UTC }, columns: { Note: string } }
`;

function load(body: string): ReturnType<typeof loadPolicy> {
  return loadPolicy(policyText('empty', body), {
    path: 'p.yaml',
    digest: () => `sha256:${'0'.repeat(64)}`,
    inputs: {},
  });
}

function policyWith(body: string): Policy {
  const loaded = load(body);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return loaded.value.policy;
}

describe('a policy that asks for nothing', () => {
  const refused: Readonly<Record<string, string>> = {
    'has no gate': evidence,
    'has an empty gate': `${evidence}preflight: []\n`,
    'is only a gate without rules': 'preflight: []\n',
    'expects nothing': `${evidence}preflight:\n  - { id: r, title: R, expect: {} }\n`,
    'has an empty all': `${evidence}preflight:\n  - { id: r, title: R, all: [] }\n`,
    'has an empty any': `${evidence}preflight:\n  - { id: r, title: R, any: [] }\n`,
    'asserts what is always true': `${evidence}preflight:\n  - { id: r, title: R, assert: { '==': [1, 1] } }\n`,
    'asserts nothing': `${evidence}preflight:\n  - { id: r, title: R, assert: {} }\n`,
    'asserts true': `${evidence}preflight:\n  - { id: r, title: R, assert: true }\n`,
    'asks a document for nothing': `${evidence}preflight:\n  - { id: r, title: R, document: { of: note } }\n`,
    'has a streak of nothing': `${evidence}preflight:\n  - { id: r, title: R, streak: { of: rows, per: day, atLeast: 0 } }\n`,
    'has a soak of no time': `${evidence}preflight:\n  - { id: r, title: R, quiet: { of: rows, within: 0h, heartbeat: beats, maxGap: 1h } }\n`,
    'has a list of one of none': `${evidence}preflight:\n  - { id: r, title: R, expect: { name: { oneOf: [] } } }\n`,
    'looks for empty text': `${evidence}preflight:\n  - { id: r, title: R, expect: { name: { contains: '' } } }\n`,
    'has only warnings': `${evidence}preflight:\n  - { id: r, title: R, severity: warning, expect: { flags.MODE: set } }\n`,
  };
  test.each(Object.entries(refused))('%s: it is refused, or holds', (_, body) => {
    const loaded = load(body);
    if (!loaded.ok) {
      expect(loaded.problems.length).toBeGreaterThan(0);
      return;
    }
    for (const gates of [undefined, ['preflight'], ['exit'], ['all']]) {
      expect(judge(loaded.value.policy, full, gates ? { gates } : {}).decision).toBe('hold');
    }
  });

  test('an empty text is no policy', () => {
    for (const text of ['', '\n', '---\n', '{}', 'null']) {
      expect(
        loadPolicy(text, { path: 'p.yaml', digest: () => 'x', inputs: {} }).ok,
        JSON.stringify(text),
      ).toBe(false);
    }
  });

  test('gates that were asked for and are not declared hold', () => {
    const policy = policyWith(
      `${evidence}preflight:\n  - { id: r, title: R, expect: { flags.MODE: one } }\n`,
    );
    expect(judge(policy, full).decision).toBe('go');
    expect(judge(policy, full, { gates: ['exit'] }).decision).toBe('hold');
    expect(judge(policy, full, { gates: ['monitors', 'next'] }).decision).toBe('hold');
  });

  test('a gate of which no rule applies holds', () => {
    const policy = policyWith(
      `${evidence}preflight:\n  - { id: r, title: R, when: { '==': [{ var: flags.MODE }, two] }, expect: { flags.MODE: set } }\n`,
    );
    const verdict = judge(policy, full);
    expect(verdict.gates[0]?.rules[0]?.outcome).toBe('not-applicable');
    expect(verdict.decision).toBe('hold');
  });
});

const tests = (passed: number, skipped = 0) =>
  ({
    format: 'junit',
    path: 'r.xml',
    total: passed + skipped,
    passed,
    failed: 0,
    skipped,
    failures: [],
  }) as const;
const command = (passed: number, skipped = 0): Content => ({
  ...{ type: 'command', argv: ['job'], exitCode: 0, seconds: 1, stdout: '', stderr: '' },
  tests: tests(passed, skipped),
});
const rows = [0, 1, 2, 3].map((ago) => ({ time: now - ago * day, cells: { Checks: 'pass' } }));
const fullContent = {
  flags: { type: 'variables', variables: { MODE: { state: 'value', value: 'one' } } },
  job: command(3),
  results: { type: 'tests', tests: tests(3) },
  limit: { type: 'value', value: 3 },
  name: { type: 'value', value: 'x' },
  note: {
    ...{ type: 'document', path: 'note.md', fields: { By: { text: 'Ada', line: 1 } } },
    ...{ sections: { Loop: { text: 'daily', line: 2 } }, tasks: { open: [], done: [3] } },
  },
  rows: logOf(rows),
  beats: logOf(rows.map(({ time }) => ({ time, cells: { Note: 'x' } }))),
} satisfies Record<string, Content>;
const kindOf = {
  flags: 'env',
  job: 'command',
  results: 'junit',
  note: 'document',
  rows: 'log',
  beats: 'log',
} as const;
const full = itemsOf(fullContent);

function itemsOf(contents: Readonly<Record<string, Content>>): readonly Evidence[] {
  return Object.entries(contents).map(([id, content]) =>
    observed(id, content, { kind: kindOf[id as keyof typeof kindOf] ?? 'file', collectedAt: now - hour }),
  );
}

describe('evidence that holds nothing', () => {
  const cases: readonly (readonly [string, string, Readonly<Record<string, Content>>, string])[] = [
    [
      'a log without rows: streak',
      'streak: { of: rows, per: day, atLeast: 1 }',
      { rows: logOf([]) },
      'unknown',
    ],
    [
      'a log without rows: records',
      'streak: { of: rows, per: record, atLeast: 1, maxGap: 1d }',
      { rows: logOf([]) },
      'unknown',
    ],
    [
      'a heartbeat without rows',
      'quiet: { of: rows, within: 2d, heartbeat: beats, maxGap: 1d, incident: { "==": [{ var: Checks }, fail] } }',
      { beats: logOf([]) },
      'unknown',
    ],
    [
      'no incident and no heartbeat',
      'quiet: { of: rows, within: 2d, heartbeat: beats, maxGap: 1d, incident: { "==": [{ var: Checks }, fail] } }',
      { rows: logOf([]), beats: logOf([]) },
      'unknown',
    ],
    [
      'all of no rows',
      'assert: { all: [{ var: rows }, { "==": [{ var: Checks }, pass] }] }',
      { rows: logOf([]) },
      'unknown',
    ],
    [
      'none of no rows',
      'assert: { none: [{ var: rows }, { "==": [{ var: Checks }, fail] }] }',
      { rows: logOf([]) },
      'unknown',
    ],
    [
      'fewer than five of no rows',
      'assert: { "<": [{ var: rows.count }, 5] }',
      { rows: logOf([]) },
      'unknown',
    ],
    ['at most five of no rows', 'expect: { rows.count: { atMost: 5 } }', { rows: logOf([]) }, 'unknown'],
    ['the newest of no rows', 'expect: { rows.last.Checks: pass }', { rows: logOf([]) }, 'unknown'],
    ['a command that tested nothing', 'passes: job', { job: command(0) }, 'unknown'],
    ['a command that skipped everything', 'passes: job', { job: command(0, 9) }, 'unknown'],
    ['results without tests', 'passes: results', { results: { type: 'tests', tests: tests(0) } }, 'unknown'],
    [
      'results of skipped tests',
      'passes: results',
      { results: { type: 'tests', tests: tests(0, 9) } },
      'unknown',
    ],
    ['an empty value: set', 'expect: { name: set }', { name: { type: 'value', value: '' } }, 'unknown'],
    [
      'a blank value: not',
      'expect: { name: { not: { equals: y } } }',
      { name: { type: 'value', value: ' ' } },
      'unknown',
    ],
    [
      'an empty value: !=',
      'assert: { "!=": [{ var: name }, y] }',
      { name: { type: 'value', value: '' } },
      'unknown',
    ],
    ['an empty output', 'expect: { job.stdout: { not: { contains: error } } }', {}, 'unknown'],
    [
      'an empty section',
      'document: { of: note, sections: [Loop] }',
      { note: { ...fullContent.note, sections: { Loop: { text: ' ', line: 2 } } } },
      'fail',
    ],
    [
      'no section',
      'document: { of: note, sections: [Loop] }',
      { note: { ...fullContent.note, sections: {} } },
      'fail',
    ],
    [
      'no field',
      'document: { of: note, fields: [By] }',
      { note: { ...fullContent.note, fields: {} } },
      'fail',
    ],
    [
      'no task',
      'document: { of: note, tasks: done }',
      { note: { ...fullContent.note, tasks: { open: [], done: [] } } },
      'fail',
    ],
  ];
  test.each(cases)('%s', (_, check, emptied, outcome) => {
    const policy = policyWith(`${evidence}preflight:\n  - { id: r, title: R, ${check} }\n`);
    if (Object.keys(emptied).length > 0) {
      expect(judge(policy, full).gates[0]?.rules[0], 'with evidence').toMatchObject({ outcome: 'pass' });
    }
    const verdict = judge(policy, itemsOf({ ...fullContent, ...emptied }));
    expect(verdict.gates[0]?.rules[0]).toMatchObject({ outcome });
    expect(verdict.decision).not.toBe('go');
  });
});
