import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileLogic } from '../../src/logic/compile.ts';
import { evaluateLogic } from '../../src/logic/evaluate.ts';
import type { Json } from '../../src/model/json.ts';
import { scopeOver } from './oracle.ts';
import { newTally, prototypeReads, randomData, randomRule, ruleFault, snapshot } from './randomRules.ts';

describe('R34, R36: random JSON as a rule', () => {
  test('never throws, gives a coded answer and leaves every prototype alone and unread', () => {
    const before = snapshot();
    const tally = newTally();
    fc.assert(
      fc.property(randomRule, randomData, (rule, data) => {
        expect(ruleFault(rule, data, tally)).toBeUndefined();
      }),
      { numRuns: 6_000, seed: 36 },
    );
    expect(snapshot()).toBe(before);
    expect(tally.refused).toBeGreaterThan(600);
    expect(tally.refused).toBeLessThan(5_900);
    expect(tally.known).toBeGreaterThan(100);
  });

  test('a read of a prototype is seen', () => {
    const careless = (data: unknown) => (data as { polluted?: unknown }).polluted;
    expect(prototypeReads(() => careless({ a: 1 }))).toBe(1);
    expect(prototypeReads(() => careless({ polluted: 1 }))).toBe(0);
    expect(prototypeReads(() => ({ a: 1 })['__proto__' as 'a'])).toBe(1);
  });

  test('values that are no rule at all', () => {
    for (const value of [undefined, Symbol('x'), () => 1, 10n, new Map(), Number.NaN]) {
      expect(evaluateLogic(value as Json, {})).toMatchObject({
        known: false,
        reasons: [{ code: 'logic.refused' }],
      });
    }
  });
});

describe('own properties only', () => {
  const forbidden = [
    '__proto__',
    'constructor',
    'prototype',
    'a.__proto__',
    'a.constructor.name',
    'toString',
    'a.hasOwnProperty',
    'xs.length',
    'xs.map',
    's.length',
    's.0',
    'n.toFixed',
    '__proto__.polluted',
  ];

  test.each(forbidden)('%s is unknown, also with a default', (name) => {
    const object: unknown = JSON.parse(
      '{"a": {"constructor": {"name": 1}}, "xs": [1], "s": "text", "n": 1, "__proto__": {"polluted": 1}, "prototype": 1, "constructor": 1}',
    );
    expect(evaluateLogic({ var: name }, object)).toMatchObject({
      known: false,
      reasons: [{ code: 'logic.path' }],
    });
    expect(evaluateLogic({ var: [name, 1] }, object)).toMatchObject({ known: false });
    expect(evaluateLogic({ missing: [name] }, object)).toMatchObject({ known: false });
  });

  test.each<[string, object]>([
    ['Object.prototype', Object.prototype],
    ['Array.prototype', Array.prototype],
  ])('a polluted %s opens nothing, neither for data nor in a policy', (_, prototype) => {
    const rules = ['all', 'some', 'none'].map(
      (name): Json => ({
        [name]: [{ var: 'rows' }, { '==': [{ var: 'polluted' }, 'pass'] }],
      }),
    );
    const scope = scopeOver({ rows: [{ a: 1 }, [1]] });
    const answers: { known: boolean }[] = [];
    Object.defineProperty(prototype, 'polluted', { value: 'pass', enumerable: true, configurable: true });
    try {
      answers.push(evaluateLogic({ var: 'polluted' }, {}), evaluateLogic({ var: 'polluted' }, []));
      for (const polluted of rules) {
        answers.push(evaluateLogic(polluted, { rows: [{ a: 1 }, [1]] }));
        const compiled = compileLogic(polluted);
        if (compiled.ok) answers.push(compiled.compiled.test(scope));
      }
    } finally {
      Reflect.deleteProperty(prototype, 'polluted');
    }
    expect(answers.map(({ known }) => known)).toEqual(Array.from({ length: 8 }, () => false));
  });

  test('an inherited property is no data', () => {
    const heir: unknown = Object.create({ secret: 'x' });
    expect(evaluateLogic({ var: 'secret' }, heir)).toMatchObject({
      known: false,
      reasons: [{ code: 'logic.path' }],
    });
  });
});

describe('data that fights back', () => {
  const thrower = {
    get x(): number {
      throw new Error('secret');
    },
  };
  const proxy = new Proxy(
    {},
    {
      get: () => {
        throw new Error('secret');
      },
      ownKeys: () => {
        throw new Error('secret');
      },
    },
  );

  test.each<[string, unknown]>([
    ['a getter', thrower],
    ['a proxy', proxy],
  ])('%s that throws is unknown', (_, hostile) => {
    const answer = evaluateLogic({ '!!': [{ var: '' }] }, hostile);
    expect(answer).toMatchObject({ known: false, reasons: [{ code: 'logic.not-json' }] });
    expect(JSON.stringify(answer)).not.toContain('secret');
  });

  test('a rule that throws is unknown as well', () => {
    expect(evaluateLogic(proxy as Json, {})).toMatchObject({ known: false });
  });
});

describe('bounds', () => {
  const codes = (answer: ReturnType<typeof evaluateLogic>) =>
    answer.known ? [] : answer.reasons.map(({ code }) => code);
  const numbers = (n: number) => Array.from({ length: n }, (_, i) => i);

  test('lists in lists in lists', () => {
    const inner: Json = { all: [{ var: '' }, { '>=': [{ var: '' }, 0] }] };
    const rows = numbers(300);
    const cube = rows.map(() => rows.map(() => rows));
    const rule = { all: [{ var: 'cube' }, { all: [{ var: '' }, inner] }] };
    expect(codes(evaluateLogic(rule, { cube }))).toEqual(['logic.budget']);
    expect(evaluateLogic(rule, { cube: cube.slice(0, 10) })).toEqual({ known: true, value: true });
  });

  test('a text that doubles', () => {
    const twice: Json = { cat: [{ var: 'accumulator' }, { var: 'accumulator' }] };
    expect(codes(evaluateLogic({ reduce: [{ var: 'xs' }, twice, 'x'] }, { xs: numbers(60) }))).toEqual([
      'logic.budget',
    ]);
  });

  test('a list that doubles', () => {
    const twice: Json = { merge: [{ var: 'accumulator' }, { var: 'accumulator' }] };
    expect(codes(evaluateLogic({ reduce: [{ var: 'xs' }, twice, [1]] }, { xs: numbers(60) }))).toEqual([
      'logic.budget',
    ]);
  });

  test('data that holds itself, and data that is too deep', () => {
    const loop: Record<string, unknown> = { a: 1 };
    loop['self'] = loop;
    expect(codes(evaluateLogic({ var: '' }, loop))).toEqual(['logic.budget']);
    expect(evaluateLogic({ var: 'self.self.a' }, loop)).toEqual({ known: true, value: 1 });
    const deep = numbers(100).reduce<unknown>((inner) => ({ inner }), 1);
    expect(codes(evaluateLogic({ '!!': [{ var: '' }] }, deep))).toEqual(['logic.budget']);
  });

  test('a million rows that are not known give eight reasons', () => {
    const answer = evaluateLogic(
      { all: [{ var: 'rows' }, { var: 'x' }] },
      { rows: Array.from({ length: 100_000 }, (_, i) => ({ i })) },
    );
    expect(codes(answer)).toEqual(['evidence.absent']);
    const many: Json = { and: numbers(20).map((i): Json => ({ var: `x${i}` })) };
    expect(codes(evaluateLogic(many, {}))).toHaveLength(8);
  });
});
