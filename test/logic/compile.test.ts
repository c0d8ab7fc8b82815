import { describe, expect, test } from 'vitest';
import { type Compiled, compileLogic, type LogicScope } from '../../src/logic/compile.ts';
import { placed, unknownValue } from '../../src/logic/value.ts';
import type { Json } from '../../src/model/json.ts';
import type { Reading } from '../../src/model/reading.ts';

function compile(rule: Json, allowEmpty = false): Compiled {
  const result = compileLogic(rule, { allowEmpty });
  if (!result.ok) throw new Error(result.problems.map((problem) => problem.message).join('; '));
  return result.compiled;
}

/** Evidence by path; a path that is not named was not observed, `gone` was observed to be absent. */
function scope(known: Record<string, Json>, gone: readonly string[] = []): LogicScope {
  return {
    read(path): Reading {
      if (Object.hasOwn(known, path))
        return { known: true, value: known[path]!, from: { evidence: path, line: 7 } };
      const reading: Reading = { known: false, code: 'evidence.stale', path, message: 'too old' };
      return gone.includes(path) ? { known: false, code: 'env.unset', path, observed: true } : reading;
    },
  };
}

const stale = { known: false, reasons: [{ code: 'evidence.stale', path: 'm', message: 'too old' }] };

describe('reading evidence', () => {
  test('a known path gives its value, an unknown one its own reason', () => {
    const rule = compile({ '<': [{ var: 'm' }, 5] });
    expect(rule.run(scope({ m: 3 }))).toEqual({ known: true, value: true });
    expect(rule.run(scope({}))).toEqual(stale);
    expect(rule.test(scope({}))).toEqual(stale);
  });

  test.each([
    ['null', null, 'evidence.null'],
    ['NaN', Number.NaN, 'logic.not-finite'],
    ['Infinity', Number.POSITIVE_INFINITY, 'logic.not-finite'],
    ['an object where a number is due', { error: 'x' }, 'logic.type'],
    ['an object that holds null', { a: { b: null } }, 'evidence.null'],
    ['a text where a number is due', 'n/a', 'logic.type'],
    ['an exponent', '1e3', 'logic.type'],
  ])('%s is unknown', (_, value, code) => {
    for (const rule of [
      { '<': [{ var: 'm' }, 5] },
      { '!': [{ '<': [{ var: 'm' }, 5] }] },
      { and: [{ '<': [{ var: 'm' }, 5] }, true] },
    ]) {
      expect(compile(rule).test(scope({ m: value }))).toMatchObject({
        known: false,
        reasons: [{ code }],
      });
    }
  });

  test('messages name types, never values', () => {
    const result = compile({ '<': [{ var: 'm' }, 5] }).test(scope({ m: 'hunter2' }));
    expect(JSON.stringify(result)).toContain('a string and a number');
    expect(JSON.stringify(result)).not.toContain('hunter2');
  });

  test('several reasons stand in the order in which they were met, each once', () => {
    const rule = compile({
      and: [{ '==': [{ var: 'b' }, 1] }, { '==': [{ var: 'a' }, 1] }, { '==': [{ var: 'b' }, 2] }],
    });
    const result = rule.test(scope({}));
    expect(result.known ? [] : result.reasons.map((reason) => reason.path)).toEqual(['b', 'a']);
  });

  test('reads are sorted and unique', () => {
    expect(compile({ or: [{ var: 'b' }, { var: 'a.x' }, { missing: ['b', 'c'] }] }).reads).toEqual([
      'a.x',
      'b',
      'c',
    ]);
  });
});

describe('missing', () => {
  const rule = compile({ '!': [{ missing: ['a', 'b'] }] });

  test.each<[string, LogicScope, boolean | 'unknown']>([
    ['all there', scope({ a: 1, b: 'x' }), true],
    ['one observed to be absent', scope({ a: 1 }, ['b']), false],
    ['one empty', scope({ a: 1, b: '' }), false],
    ['one null', scope({ a: 1, b: null }), false],
    ['one that nobody observed', scope({ a: 1 }), 'unknown'],
    ['one absent, one not observed', scope({}, ['a']), 'unknown'],
  ])('%s', (_, evidence, expected) => {
    const result = rule.test(evidence);
    expect(result.known ? result.value : 'unknown').toBe(expected);
  });

  test('missing_some with one path that nobody observed is unknown, even if enough are there', () => {
    const some = compile({ '!': [{ missing_some: [1, ['a', 'b']] }] });
    expect(some.test(scope({ a: 1 }, ['b']))).toMatchObject({ known: true, value: true });
    expect(some.test(scope({ a: 1 }))).toMatchObject({ known: false });
  });
});

describe('rows', () => {
  const row = (checks: string | undefined, extra: Record<string, Json> = {}): Json => ({
    ...(checks === undefined ? {} : { Checks: checks }),
    ...extra,
  });
  const distrust = unknownValue({ code: 'log.malformed-row', from: { evidence: 'smoke', line: 9 } });
  const judge = (rule: Json, rows: readonly Json[], allowEmpty = false) => {
    const result = compile(rule, allowEmpty).test(scope({ smoke: rows }));
    return result.known ? result.value : result.reasons[0]?.code;
  };
  const passed: Json = { '==': [{ var: 'Checks' }, 'pass'] };
  const over = (name: string): Json => ({ [name]: [{ var: 'smoke' }, passed] });
  const [all, some, none] = [over('all'), over('some'), over('none')];
  const count: Json = { '>=': [{ count: [{ filter: [{ var: 'smoke' }, passed] }] }, 1] };

  test.each<[string, Json, readonly Json[], boolean | string]>([
    ['all pass', all, [row('pass'), row('pass')], true],
    ['all: one fails', all, [row('pass'), row('fail'), distrust], false],
    ['all: one is not trusted', all, [row('pass'), distrust], 'log.malformed-row'],
    ['all: one cell is empty', all, [row('pass'), row(undefined)], 'evidence.absent'],
    ['all: another cell is null', all, [row('pass', { Details: null })], true],
    ['all: none at all', all, [], 'logic.empty'],
    ['some: beside one that is not trusted', some, [distrust, row('pass')], true],
    ['some: only one that is not trusted', some, [distrust], 'log.malformed-row'],
    ['some: none at all', some, [], 'logic.empty'],
    ['none: none at all', none, [], 'logic.empty'],
    ['none: one that is not trusted', none, [row('fail'), distrust], 'log.malformed-row'],
    ['none: one passes', none, [row('pass'), distrust], false],
    ['count', count, [row('pass'), row('fail')], true],
    ['count: a filter that keeps nothing is known', count, [row('fail')], false],
    ['count: one is not trusted', count, [row('pass'), distrust], 'log.malformed-row'],
    ['count: delivered empty', { '<': [{ count: [{ var: 'smoke' }] }, 1] }, [], 'logic.empty'],
    [
      'count: of untrusted rows alone',
      { '<': [{ count: [{ var: 'smoke' }] }, 3] },
      [distrust],
      'log.malformed-row',
    ],
    ['truth of untrusted rows alone', { '!!': [{ var: 'smoke' }] }, [distrust], 'log.malformed-row'],
    [
      'quantifier over an emptied filter',
      { none: [{ filter: [{ var: 'smoke' }, passed] }, passed] },
      [row('fail')],
      'logic.empty',
    ],
    [
      'merge keeps an untrusted row',
      { all: [{ merge: [{ var: 'smoke' }, { var: 'smoke' }] }, passed] },
      [row('pass'), distrust],
      'log.malformed-row',
    ],
    [
      'merge of empty lists is delivered empty',
      { '<': [{ count: [{ merge: [{ var: 'smoke' }] }] }, 1] },
      [],
      'logic.empty',
    ],
    [
      'in: found beside an unknown',
      { in: ['a', { map: [{ var: 'smoke' }, { var: 'Checks' }] }] },
      [row(undefined), row('a')],
      true,
    ],
    [
      'in: not found beside an unknown',
      { in: ['b', { map: [{ var: 'smoke' }, { var: 'Checks' }] }] },
      [row(undefined), row('a')],
      'evidence.absent',
    ],
  ])('%s', (_, rule, rows, expected) => expect(judge(rule, rows)).toBe(expected));

  test('allowEmpty lets quantifiers and count answer as json-logic-js does', () => {
    expect([all, some, none].map((rule) => judge(rule, [], true))).toEqual([false, false, true]);
    expect(judge({ '<': [{ count: [{ var: 'smoke' }] }, 1] }, [], true)).toBe(true);
    expect(judge(count, [], true)).toBe('logic.empty');
  });

  test('a column name with a dot is found whole before it is taken apart', () => {
    const rule: Json = { all: [{ var: 'smoke' }, { '<': [{ var: 'Resp. time' }, 5] }] };
    expect(judge(rule, [{ 'Resp. time': 3 }])).toBe(true);
    expect(judge(rule, [{ Resp: { ' time': 3 } }])).toBe(true);
    expect(judge(rule, [{ 'Resp. time': 9, Resp: { ' time': 3 } }])).toBe(false);
  });

  test('a predicate over a row is asked by bare column names', () => {
    const good = compile({
      and: [{ '==': [{ var: 'Checks' }, 'pass'] }, { '!=': [{ var: 'Timestamp (UTC)' }, ''] }],
    });
    expect(good.reads).toEqual(['Checks', 'Timestamp (UTC)']);
    expect(good.test(scope({ Checks: 'pass', 'Timestamp (UTC)': 'x' }))).toMatchObject({ value: true });
  });
});

describe('truth', () => {
  const unknown: Json = { '==': [{ var: 'gone' }, 1] };
  const known: Json = { '==': [{ var: 'm' }, 1] };
  const judge = (rule: Json) => {
    const result = compile(rule).test(scope({ m: 1 }));
    return result.known ? result.value : 'unknown';
  };

  test.each<[string, Json, boolean | 'unknown']>([
    ['or is decided by a known true', { or: [unknown, known] }, true],
    ['or is not decided by a known false', { or: [unknown, { '!': [known] }] }, 'unknown'],
    ['and is decided by a known false', { and: [unknown, { '!': [known] }] }, false],
    ['and is not decided by a known true', { and: [unknown, known] }, 'unknown'],
    ['not of a decided or', { '!': [{ or: [unknown, known] }] }, false],
    ['nested', { and: [{ or: [unknown, known] }, known] }, true],
    ['as an operand one unknown makes or unknown', { '==': [{ or: [unknown, known] }, true] }, 'unknown'],
    ['a condition that is unknown, even if the branches agree', { if: [unknown, true, true] }, 'unknown'],
    ['a condition decided by truth', { if: [{ or: [unknown, known] }, true, false] }, true],
    ['a branch that is not reached', { if: [known, true, unknown] }, true],
    ['a chain with a known false', { '<': [5, { var: 'm' }, { var: 'gone' }] }, false],
    ['a chain with an unknown', { '<': [0, { var: 'm' }, { var: 'gone' }] }, 'unknown'],
  ])('%s', (_, rule, expected) => expect(judge(rule)).toBe(expected));

  test('the value that decided is told, so that an assert can see that it is no boolean', () => {
    const decided = (rule: Json) => compile(rule).test(scope({ m: 1, s: 'x', l: [1] }));
    expect(decided({ and: [known, { var: 's' }] })).toEqual({ known: true, value: true, decided: 'x' });
    expect(decided({ or: [unknown, { var: 'm' }] })).toEqual({ known: true, value: true, decided: 1 });
    expect(decided({ or: [unknown, known] })).toEqual({ known: true, value: true, decided: true });
    expect(decided({ var: 'l' })).toEqual({ known: true, value: true, decided: [1] });
  });

  test('a result with an unknown inside is not known', () => {
    const rule = compile({ map: [{ var: 'rows' }, { var: 'a' }] });
    expect(rule.run(scope({ rows: [{ a: 1 }, { a: 2 }] }))).toEqual({ known: true, value: [1, 2] });
    expect(rule.run(scope({ rows: [{ a: 1 }, {}] }))).toMatchObject({
      known: false,
      reasons: [{ code: 'evidence.absent', path: 'a' }],
    });
  });
});

describe('trace', () => {
  test('names each leaf with what it saw and where that came from', () => {
    const rule = compile({
      and: [
        { '<': [{ '/': [{ var: 'm' }, { var: 'n' }] }, 0.5] },
        { var: 'ok' },
        { '==': [{ var: 'gone' }, 1] },
      ],
    });
    const { result, leaves } = rule.trace(scope({ m: 1, n: 4, ok: true }));
    expect(result.known).toBe(false);
    expect(leaves).toEqual([
      {
        pointer: '/and/0',
        operator: '<',
        operands: [
          { known: true, value: 0.25 },
          { known: true, value: 0.5 },
        ],
        reads: [
          { path: 'm', known: true, value: 1, from: { evidence: 'm', line: 7 } },
          { path: 'n', known: true, value: 4, from: { evidence: 'n', line: 7 } },
        ],
        result: { known: true, value: true },
      },
      {
        pointer: '/and/1',
        operator: 'var',
        operands: [],
        reads: [{ path: 'ok', known: true, value: true, from: { evidence: 'ok', line: 7 } }],
        result: { known: true, value: true },
      },
      {
        pointer: '/and/2',
        operator: '==',
        operands: [expect.objectContaining({ known: false }), { known: true, value: 1 }],
        reads: [expect.objectContaining({ path: 'gone', known: false })],
        result: expect.objectContaining({ known: false }),
      },
    ]);
  });

  test('stops where the rule stops', () => {
    const { leaves } = compile({ and: [{ '==': [{ var: 'm' }, 2] }, { '==': [{ var: 'n' }, 1] }] }).trace(
      scope({ m: 1, n: 1 }),
    );
    expect(leaves.map((leaf) => leaf.pointer)).toEqual(['/and/0']);
  });

  test('cites the row that decided, and not the thousand before it', () => {
    const rows = Array.from({ length: 1000 }, (_, i) =>
      placed({ Checks: i === 990 ? 'fail' : 'pass' }, { evidence: 'smoke', path: 'log.md', line: i + 5 }),
    );
    const { result, leaves } = compile({
      all: [{ var: 'smoke' }, { '==': [{ var: 'Checks' }, 'pass'] }],
    }).trace(scope({ smoke: rows }));
    expect(result).toMatchObject({ known: true, value: false });
    expect(leaves).toHaveLength(2);
    expect(leaves[0]).toMatchObject({
      operator: '==',
      reads: [{ path: 'Checks', value: 'fail', from: { evidence: 'smoke', path: 'log.md', line: 995 } }],
      result: { value: false },
    });
    expect(leaves[1]).toMatchObject({
      operator: 'all',
      operands: [{ known: true, size: 1000 }],
      reads: [{ path: 'smoke' }],
    });
  });

  test('is bounded over long lists in which nothing decides', () => {
    const rows = Array.from({ length: 5000 }, (_, i) => (i % 2 === 0 ? { Checks: 'pass' } : {}));
    const rule = compile({
      and: Array.from({ length: 60 }, () => ({
        all: [{ var: 'smoke' }, { '==': [{ var: 'Checks' }, 'pass'] }],
      })),
    });
    const { leaves } = rule.trace(scope({ smoke: rows }));
    expect(leaves.length).toBeLessThanOrEqual(200);
    expect(leaves.slice(0, 9).filter((leaf) => !leaf.result.known)).toHaveLength(6);
  });
});
