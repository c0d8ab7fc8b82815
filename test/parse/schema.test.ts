import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { policyShape } from '../../src/generated/policy.shape.js';
import { validatePolicy } from '../../src/generated/policy.validator.js';
import { waiverShape } from '../../src/generated/waiver.shape.js';
import { validateWaiver } from '../../src/generated/waiver.validator.js';
import type { Json } from '../../src/model/json.ts';
import { fits, type Schema, type Shape } from '../../src/parse/schema.ts';
import { loadYaml } from '../../src/parse/yaml/load.ts';

function example(path: string): Json {
  const loaded = loadYaml(readFileSync(path, 'utf8'), path);
  if (!loaded.ok) throw new Error(path);
  return loaded.value.value;
}

const words = fc.constantFrom(
  ...[
    'a',
    'smoke',
    'flags.MODE',
    '/a/b',
    '24h',
    'UTC',
    '1.0.0',
    'p95',
    'https://x',
    'MODE',
    'string',
    'npm',
    'é',
  ],
);
const anything = fc.constantFrom<Json>(
  null,
  '',
  'x'.repeat(9999),
  0,
  -1,
  1.5,
  true,
  [],
  {},
  [1, 1],
  [{}, {}],
  { input: 'a' },
);

const extraKeys = ['extra', 'toString', '__proto', 'constructor', '', 'description', 'path', 'fail'];

/** The document with one of its parts exchanged, taken out, or with a part more. */
function spoilt(document: Json, seed: number, part: Json): Json {
  const places: { holder: Record<string, Json>; key: string }[] = [];
  const copy = structuredClone(document);
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const holder = value as Record<string, Json>;
    for (const key of Object.keys(holder)) places.push({ holder, key });
    for (const inner of Object.values(holder)) walk(inner);
  };
  walk(copy);
  const place = places[seed % places.length] as (typeof places)[number];
  const way = Math.floor(seed / places.length) % 4;
  if (way === 0 && !Array.isArray(place.holder)) delete place.holder[place.key];
  else if (way === 1 && !Array.isArray(place.holder))
    place.holder[extraKeys[seed % extraKeys.length] as string] = part;
  else place.holder[place.key] = part;
  return copy;
}

const cases = 'test/cases';
const inCases = (path: string): readonly string[] =>
  readdirSync(cases)
    .map((name) => `${cases}/${name}/tree/${path}`)
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).map((name) => `${folder}/${name}`))
    .filter((name) => name.endsWith('.yaml'));

const families: readonly [string, Shape, (value: unknown) => boolean, readonly string[]][] = [
  ['policies', policyShape, validatePolicy, ['policies/production-hardening.yaml', ...inCases('policies')]],
  ['waivers', waiverShape, validateWaiver, inCases('policies/waivers')],
];

describe.each(families)('the quick look at %s', (_, shape, validate, files) => {
  it('says yes to those that are right, and never where the validator does not', () => {
    const documents = files.map(example).filter((document) => validate(document));
    for (const document of documents) expect(fits(document, shape)).toBe(true);
    const told = { yes: 0, no: 0, late: 0 };
    const spoiling = fc.array(fc.tuple(fc.nat(), fc.oneof(anything, words)), { minLength: 1, maxLength: 2 });
    fc.assert(
      fc.property(fc.constantFrom(...documents), spoiling, (document, changes) => {
        const changed = changes.reduce((before, [seed, part]) => spoilt(before, seed, part), document);
        const quick = fits(changed, shape);
        const slow = validate(changed);
        told[quick ? 'yes' : 'no']++;
        if (quick) expect(slow).toBe(true);
        // It leaves nothing but lists of objects, of which no two may be equal, to the validator.
        else if (slow) told.late++;
      }),
      { numRuns: 2000 },
    );
    expect(told.yes).toBeGreaterThan(100);
    expect(told.no).toBeGreaterThan(100);
    expect(told.late).toBeLessThan(20);
  });
});

describe('fits', () => {
  it.each<[string, Json, Schema]>([
    ['a key that only the prototype has', {}, { type: 'object', required: ['toString'] }],
    [
      'a key named as one of the prototype',
      { toString: 1 },
      { type: 'object', properties: {}, additionalProperties: false },
    ],
    ['the same twice', [1, 1], { type: 'array', uniqueItems: true }],
    ['what it would have to compare in depth', [[], {}], { type: 'array', uniqueItems: true }],
    ['a definition that is not there', 1, { $ref: '#/$defs/none' }],
    ['characters beyond the most', '😀😀', { maxLength: 1 }],
    ['fewer characters than the least', '😀', { minLength: 2 }],
    ['a number that is none', Number.NaN, { type: 'number' }],
  ])('says no to %s', (_, value, root) => {
    expect(fits(value, { root, definitions: {} })).toBe(false);
  });
});
