import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
// @ts-expect-error a script without declarations: the one place that says how schemas are compiled
import { createAjv } from '../../scripts/validators.mjs';
import { validateEvidence } from '../../src/generated/evidence.validator.js';
import { validatePolicy } from '../../src/generated/policy.validator.js';
import { validateVerdict } from '../../src/generated/verdict.validator.js';
import { validateWaiver } from '../../src/generated/waiver.validator.js';
import { loadYaml } from '../../src/parse/yaml/load.ts';
import { basePolicy } from '../analyze/base.ts';
import { sampleEvidence, sampleVerdict } from './samples.ts';

interface Validate {
  (value: unknown): boolean;
  errors?: readonly object[] | null;
}

const valueOf = (text: string): unknown => {
  const loaded = loadYaml(text, 'p.yaml');
  return loaded.ok ? JSON.parse(JSON.stringify(loaded.value.value)) : undefined;
};

const waiver = `apiVersion: soakgate/v1
kind: Waiver
id: audit-noise
policy: checkout
rule: audit-clean
owner: ada@example.com
approver: grace@example.com
reason: The audit counts a closed ticket
from: 2026-02-24
expires: '2026-03-10'
`;

const odd = fc.constantFrom<unknown>(
  null,
  true,
  0,
  -1,
  1.5,
  '',
  'x',
  'set',
  [],
  ['a'],
  {},
  { input: 'a' },
  'A'.repeat(5000),
);

/** The document with some of its values replaced, removed, or joined by others. */
function mutated(base: unknown): fc.Arbitrary<unknown> {
  const places: string[][] = [];
  const walk = (value: unknown, path: string[]): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, item] of Object.entries(value)) {
      places.push([...path, key]);
      walk(item, [...path, key]);
    }
  };
  walk(base, []);
  const edit = fc.record({
    place: fc.constantFrom(...places),
    how: fc.constantFrom('replace', 'remove', 'add'),
    value: odd,
    key: fc.constantFrom('unknown', 'title', 'metric', 'toString', 'Ä'),
  });
  return fc.array(edit, { minLength: 1, maxLength: 4 }).map((edits) => {
    const copy = structuredClone(base);
    for (const { place, how, value, key } of edits) {
      let holder = copy as Record<string, unknown> | undefined;
      for (const step of place.slice(0, -1)) holder = holder?.[step] as Record<string, unknown> | undefined;
      const last = place.at(-1) ?? '';
      if (typeof holder !== 'object' || holder === null) continue;
      if (how === 'remove') delete holder[last];
      else if (how === 'replace') holder[last] = value;
      else holder[Array.isArray(holder) ? String(holder.length) : key] = value;
    }
    return copy;
  });
}

/** The validators of the program are what ajv generates, made shorter: they must say the same as ajv itself. */
describe.each<readonly [string, Validate, unknown, boolean]>([
  ['policy', validatePolicy, valueOf(basePolicy), true],
  ['waiver', validateWaiver, valueOf(waiver), true],
  ['evidence', validateEvidence, sampleEvidence, false],
  ['verdict', validateVerdict, sampleVerdict, true],
])('the validator of schemas/%s.schema.json', (name, short, base, allErrors) => {
  test('answers as ajv itself, with the same errors', async () => {
    const ajv = (await createAjv({ allErrors })) as { compile(schema: object): Validate };
    const whole = ajv.compile(JSON.parse(readFileSync(`schemas/${name}.schema.json`, 'utf8')) as object);
    const told = (validate: Validate, value: unknown) => ({
      fits: validate(value),
      errors: (validate.errors ?? []).map((error) => ({ ...error, schemaPath: undefined })),
    });
    expect(told(short, base)).toEqual({ fits: true, errors: [] });
    let errors = 0;
    fc.assert(
      fc.property(mutated(base), (value) => {
        const expected = told(whole, value);
        errors += expected.errors.length;
        expect(told(short, value)).toEqual(expected);
      }),
      { numRuns: 300 },
    );
    expect(errors).toBeGreaterThan(200);
  });
});
