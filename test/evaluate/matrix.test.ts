import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { loadPolicy } from '../../src/analyze/load.ts';
import { referenceLogic, referenceTruth } from '../../src/logic/reference.ts';
import type { Content, Evidence } from '../../src/model/evidence.ts';
import { hour } from '../../src/model/instant.ts';
import type { Json } from '../../src/model/json.ts';
import type { Cell } from '../../src/model/log.ts';
import type { Policy } from '../../src/model/policy.ts';
import { absent, judge, now, observed } from '../support/policy.ts';
import { logOf } from '../support/log.ts';

/** The matrix of semantics section 13 through the whole evaluator: policy text, declared types, evidence, verdict. */
const text = readFileSync('test/fixtures/broken-evidence.yaml', 'utf8');
const policy = load();

function load(): Policy {
  const loaded = loadPolicy(text, { path: 'p.yaml', digest: () => `sha256:${'0'.repeat(64)}`, inputs: {} });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return loaded.value.policy;
}

/** `undefined` stands for evidence that is not there. */
const kinds: Readonly<Record<string, unknown>> = {
  absent: undefined,
  null: null,
  '""': '',
  '[]': [],
  '{}': {},
  NaN: Number.NaN,
  '"n/a"': 'n/a',
  '"NaN"': 'NaN',
  false: false,
  'an error object': { error: 'timeout' },
};
const values = ['m', 's', 'x', 'a', 'b'];

const content = (value: unknown) => ({ type: 'value', value: value as Json }) as const;

/** Evidence by hand: one value for every path, one cell for every row; `list` is what stands in for the log itself. */
function evidenceOf(at: (id: string) => Content | undefined, rows: Content | undefined): readonly Evidence[] {
  const one = (id: string, has: Content | undefined, kind: 'file' | 'log') =>
    has ? observed(id, has, { kind, collectedAt: now }) : absent(id, 'file.missing', kind);
  return [...values.map((id) => one(id, at(id), 'file')), one('rows', rows, 'log')];
}

const logWith = (cell: unknown): Content =>
  logOf([2, 1].map((ago) => ({ time: now - ago * hour, cells: { v: cell as Cell } })));

/** Rows with the broken cell, but for `count`, which never looks into a row: there the log itself is broken. */
function broken(rule: string, value: unknown): readonly Evidence[] {
  const whole = value === undefined ? undefined : Array.isArray(value) ? logOf([]) : content(value);
  return evidenceOf(
    () => (value === undefined ? undefined : content(value)),
    rule === 'few' ? whole : logWith(value),
  );
}

function outcomesOf(evidence: readonly Evidence[]): Readonly<Record<string, string>> {
  const verdict = judge(policy, evidence);
  expect(verdict.decision).not.toBe('go');
  const rules = verdict.gates[0]?.rules ?? [];
  return Object.fromEntries(rules.map(({ id, outcome }) => [id, outcome]));
}

const rules = policy.preflight ?? [];
const cases = rules.flatMap(({ id, title, check }) =>
  Object.entries(kinds).map(([kind, value]) => ({ id, shape: title, kind, value, check })),
);

describe('the matrix of broken evidence, through the evaluator', () => {
  test('150 cases, 0 passes', () => {
    const tally: Record<string, number> = {};
    const passes = cases.filter(({ id, value }) => {
      const outcome = outcomesOf(broken(id, value))[id] ?? 'nothing';
      tally[outcome] = (tally[outcome] ?? 0) + 1;
      return outcome === 'pass';
    });
    expect(passes.map(({ shape, kind }) => `${shape} over ${kind}`)).toEqual([]);
    // Nothing here is proven false either: every one is unknown.
    expect(tally).toEqual({ unknown: 150 });
  });

  test('a log of which only the cells, or only the whole, is broken: 0 passes', () => {
    const shapes = ['all', 'none', 'some', 'few'];
    const passes = Object.entries(kinds).flatMap(([kind, value]) => {
      const whole = value === undefined ? undefined : Array.isArray(value) ? logOf([]) : content(value);
      const outcomes = outcomesOf(evidenceOf(() => undefined, whole));
      return shapes.filter((id) => outcomes[id] === 'pass').map((id) => `${id} over ${kind}`);
    });
    expect(passes).toEqual([]);
  });

  test('every shape passes over some sound evidence, so the matrix can tell', () => {
    const sound: Record<string, Json> = { m: 3, s: 'pass', x: 1, a: 2, b: 2 };
    const outcomes = outcomesOf(evidenceOf((id) => content(sound[id]), logWith(3)));
    expect(Object.entries(outcomes).filter(([, outcome]) => outcome !== 'pass')).toEqual([['falsy', 'fail']]);
    expect(outcomesOf(evidenceOf((id) => content(id === 'x' ? 0 : 1), logWith(9)))['falsy']).toBe('pass');
  });

  test('json-logic-js alone opens 84 of 150', () => {
    // As it was measured: `m > c` asks for more than 5, and only the cells of rows are broken but for `count`.
    const open = cases.filter(({ id, check, value }) => {
      if (check.kind !== 'assert') throw new Error(id);
      const at = (name: string) => (value === undefined ? {} : { [name]: value });
      const rows = id === 'few' ? at('rows') : { rows: [at('v')] };
      const data = Object.assign({}, ...values.map(at), rows);
      const logic = id === 'more' ? { '>': [{ var: 'm' }, 5] } : check.logic;
      const result = referenceLogic(logic, data);
      return result.judged && referenceTruth(result.value);
    });
    expect(open).toHaveLength(84);
  });
});
