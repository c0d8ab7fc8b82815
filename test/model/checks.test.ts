import { expect, it } from 'vitest';
import { plainChecks } from '../../src/model/checks.ts';
import type { Check } from '../../src/model/policy.ts';

const passes = (of: string): Check => ({ kind: 'passes', of });

it.each<[string, Check, readonly string[]]>([
  ['a plain check is its own only part', passes('a'), ['a']],
  ['all', { kind: 'all', checks: [passes('a'), passes('b')] }, ['a', 'b']],
  ['any', { kind: 'any', checks: [passes('b'), passes('a')] }, ['b', 'a']],
  ['not', { kind: 'not', check: passes('a') }, ['a']],
  [
    'one within another',
    {
      kind: 'all',
      checks: [{ kind: 'not', check: { kind: 'any', checks: [passes('a'), passes('b')] } }, passes('a')],
    },
    ['a', 'b', 'a'],
  ],
])('%s', (_, check, parts) => {
  expect(plainChecks(check).map((part) => (part.kind === 'passes' ? part.of : part.kind))).toEqual(parts);
});
