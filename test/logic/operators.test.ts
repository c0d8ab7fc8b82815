import { describe, expect, test } from 'vitest';
import { operatorNames, operators, refusedOperators } from '../../src/logic/operators.ts';

describe('the table of operators', () => {
  test('is that of semantics section 1 and the documented domain operators', () => {
    const standard =
      'var missing missing_some if ?: and or ! !! == != === !== < <= > >= in + - * / % min max cat substr merge map filter reduce all some none';
    expect([...operatorNames].sort()).toEqual([...standard.split(' '), 'count'].sort());
    expect(operatorNames.filter((name) => operators[name].origin === 'domain')).toEqual(['count']);
    expect(Object.keys(refusedOperators)).toEqual(['log', 'method']);
  });

  test.each(operatorNames)(
    '%s is described in plain sentences and takes a sensible number of operands',
    (name) => {
      const {
        does,
        unknownWhen,
        arity,
      }: { does: string; unknownWhen: string; arity: { min: number; max: number; policy?: number } } =
        operators[name];
      for (const text of [does, unknownWhen]) expect(text).toMatch(/^[^A-Z].{2,}[^.]$/);
      expect(arity.min).toBeLessThanOrEqual(arity.max);
      expect(arity.policy ?? arity.max).toBeGreaterThanOrEqual(arity.min);
    },
  );
});
