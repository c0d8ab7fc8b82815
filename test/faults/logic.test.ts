import { describe, expect, test } from 'vitest';
import { operatorNames } from '../../src/logic/operators.ts';
import { finder, logicFaults } from './logic-plant.ts';

const faults = logicFaults();

describe('semantics section 13: planted faults in the logic', () => {
  test('there is one for each operator, each boundary and each empty case', () => {
    const names = faults.map((fault) => fault.name);
    expect(names.filter((name) => name.startsWith('operator-')).length).toBeGreaterThanOrEqual(
      operatorNames.length,
    );
    expect(names.filter((name) => name.includes('boundary-')).length).toBeGreaterThanOrEqual(22);
    expect(names.filter((name) => name.startsWith('empty-')).length).toBeGreaterThanOrEqual(17);
  });

  test('the sources without a fault hold', async () =>
    expect(await finder(undefined, 20_000)).toBeUndefined());

  test.each(faults)('$name is found', async (fault) => expect(await finder(fault)).toBeDefined());
});
