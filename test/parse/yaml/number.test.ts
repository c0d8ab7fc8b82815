import { load as jsYaml, CORE_SCHEMA } from 'js-yaml';
import { expect, test } from 'vitest';
import { loadYaml } from '../../../src/parse/yaml/load.ts';
import { looksNumeric, plainNumber } from '../../../src/parse/yaml/number.ts';

// R33: no short commit name that looks like a number is read as one unless everybody reads the same. All 16^7 names of
// seven hexadecimal digits that look numeric are digits alone, or digits with one `e` inside.

test('each of the 6 * 10^6 short commit names with an exponent is seen and is no number', () => {
  let wrong = 0;
  for (let at = 1; at < 6; at += 1) {
    for (let n = 0; n < 1_000_000; n += 1) {
      const digits = String(n).padStart(6, '0');
      const name = `${digits.slice(0, at)}e${digits.slice(at)}`;
      if (!looksNumeric(name) || plainNumber(name) !== undefined) wrong += 1;
    }
  }
  expect(wrong).toBe(0);
});

test('of short commit names of digits alone, those with a leading zero are no numbers', () => {
  let wrong = 0;
  for (let n = 0; n < 10_000_000; n += 7) {
    const name = String(n).padStart(7, '0');
    const expected = name.startsWith('0') ? undefined : n;
    if (!looksNumeric(name) || plainNumber(name) !== expected) wrong += 1;
  }
  expect(wrong).toBe(0);
});

test('other short commit names do not look numeric', () => {
  for (const name of [
    'a123456',
    '123456a',
    '12a4567',
    'e123456',
    '123456e',
    '1e2e345',
    'deadbee',
    '0b1010f',
  ]) {
    expect(looksNumeric(name)).toBe(false);
  }
});

test('what the loader takes for a number is the number that js-yaml reads, over short scalars of odd characters', () => {
  const alphabet = ['0', '1', '9', '.', '-', '+', 'e', 'E', 'x', 'o', 'b', '_', 'f', ':'];
  let numbers = 0;
  let scalars: string[] = [''];
  for (let length = 1; length <= 4; length += 1) {
    scalars = scalars.flatMap((text) => alphabet.map((character) => text + character));
    for (const scalar of scalars) {
      const value = plainNumber(scalar);
      if (value === undefined) continue;
      numbers += 1;
      expect(looksNumeric(scalar), scalar).toBe(true);
      expect(value, scalar).toBe(Number(jsYaml(scalar, { schema: CORE_SCHEMA })) + 0);
    }
  }
  expect(numbers).toBeGreaterThan(100);
});

test('no scalar that js-yaml or JSON reads as a number is passed on as a text', () => {
  const scalars = [
    '1',
    '01',
    '0x1f',
    '0o17',
    '1e3',
    '.5',
    '5.',
    '-.5',
    '+1',
    '1_0',
    '.inf',
    '-.INF',
    '.nan',
    '0b11',
    '1.e5',
  ];
  for (const scalar of scalars) {
    const result = loadYaml(`a: ${scalar}`, 'p.yaml');
    const value = result.ok ? (result.value.value as { a: unknown }).a : 'refused';
    expect(value === 'refused' || typeof value === 'number', scalar).toBe(true);
  }
});
