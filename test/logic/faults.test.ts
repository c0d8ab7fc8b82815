import { describe, expect, test } from 'vitest';
import { finder, logicFaults } from '../faults/logic-plant.ts';

/** A sample; `npm run test:faults` plants them all. */
const sample = [
  'boundary-depth',
  'boundary-less-numbers',
  'contrary-of-unknown-is-true',
  'empty-all',
  'empty-count-is-zero',
  'fast-type',
  'if-unknown-counts-as-false',
  'no-evidence-in-a-policy',
  'operator-in-list',
  'quantifier-forgets-unknowns',
];

describe('planted faults, a sample', () => {
  const faults = logicFaults().filter((fault) => sample.includes(fault.name));

  test('all of the sample exist', () => expect(faults.map((fault) => fault.name)).toEqual(sample));
  test.each(faults)('$name is found', async (fault) => expect(await finder(fault)).toBeDefined());
});
