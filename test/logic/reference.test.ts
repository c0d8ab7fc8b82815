import { describe, expect, test, vi } from 'vitest';
import type { LogicScope } from '../../src/logic/compile.ts';
import { referenceLogic, referenceOver, referenceTruth } from '../../src/logic/reference.ts';
import { unknownValue } from '../../src/logic/value.ts';
import type { Json } from '../../src/model/json.ts';

const over = (known: Record<string, Json>): LogicScope => ({
  read: (path) =>
    Object.hasOwn(known, path)
      ? { known: true, value: known[path]! }
      : { known: false, code: 'evidence.stale', path },
});

describe('json-logic-js as it is', () => {
  test('judges rules, counts, and does not print', () => {
    const print = vi.spyOn(console, 'log').mockReturnValue();
    expect(referenceLogic({ '<': [{ var: 'm' }, 5] }, {})).toEqual({ judged: true, value: true });
    expect(referenceLogic({ count: [{ var: 'l' }] }, { l: [1, 2] })).toEqual({ judged: true, value: 2 });
    expect(referenceLogic({ log: 'x' }, {})).toEqual({ judged: false });
    expect(referenceLogic({ nope: 1 }, {})).toEqual({ judged: false });
    expect(print).not.toHaveBeenCalled();
    print.mockRestore();
  });

  test.each([
    [[], false],
    [[0], true],
    ['', false],
    ['0', true],
    [0, false],
    [Number.NaN, false],
    [null, false],
    [{}, true],
  ])('truth of %j is %s', (value, truth) => {
    expect(referenceTruth(value)).toBe(truth);
  });
});

describe('a second opinion over evidence', () => {
  const rows: readonly Json[] = [{ Checks: 'pass' }, { Checks: 'fail' }];
  const rule: Json = {
    and: [
      { '==': [{ var: 'flags.MODE' }, 'x'] },
      { some: [{ var: 'smoke' }, { '==': [{ var: 'Checks' }, 'fail'] }] },
      { '==': [{ var: 'smoke.count' }, 2] },
    ],
  };
  const reads = ['smoke.count', 'flags.MODE', 'smoke'];

  test('lays paths out as nested data, and changes no evidence', () => {
    expect(referenceOver(rule, reads, over({ 'flags.MODE': 'x', smoke: rows, 'smoke.count': 2 }))).toEqual({
      judged: true,
      value: true,
    });
    expect(Object.keys(rows)).toEqual(['0', '1']);
  });

  test.each<[string, Record<string, Json>]>([
    ['a path is not known', { smoke: rows, 'smoke.count': 2 }],
    [
      'a row is not known',
      { 'flags.MODE': 'x', smoke: [unknownValue({ code: 'log.malformed-row' })], 'smoke.count': 2 },
    ],
    ['a cell is null', { 'flags.MODE': 'x', smoke: [{ Checks: null }], 'smoke.count': 2 }],
    ['a key has a dot', { 'flags.MODE': 'x', smoke: [{ 'Resp. time': 1 }], 'smoke.count': 2 }],
    ['a path hangs on a text', { 'flags.MODE': 'x', smoke: 'text', 'smoke.count': 2 }],
    ['a path hangs on an object of the evidence', { 'flags.MODE': 'x', smoke: { a: 1 }, 'smoke.count': 2 }],
  ])('does not judge if %s', (_, known) =>
    expect(referenceOver(rule, reads, over(known))).toEqual({ judged: false }),
  );
});
