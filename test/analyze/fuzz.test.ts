import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadPolicy } from '../../src/analyze/load.ts';
import type { Json } from '../../src/model/json.ts';
import { pointTo } from '../../src/model/pointer.ts';
import { loadYaml } from '../../src/parse/yaml/load.ts';
import { basePolicy } from './base.ts';

const options = { path: 'p.yaml', digest: () => 'sha256:0' };
const parsed = loadYaml(basePolicy, 'p.yaml');
const base = JSON.parse(JSON.stringify(parsed.ok ? parsed.value.value : null)) as Json;

/** Every place of a document. */
function pointersOf(value: Json, pointer = ''): readonly string[] {
  if (typeof value !== 'object' || value === null) return [pointer];
  const inside = Object.entries(value).flatMap(([key, item]) => pointersOf(item, pointTo(pointer, key)));
  return [pointer, ...inside];
}

/** A copy with the value at a pointer replaced; `undefined` removes it. */
function put(value: Json, pointer: string, replacement: Json | undefined, at = ''): Json | undefined {
  if (at === pointer) return replacement;
  if (typeof value !== 'object' || value === null || !pointer.startsWith(at)) return value;
  const entries = Object.entries(value).map(([key, item]) => [
    key,
    put(item, pointer, replacement, pointTo(at, key)),
  ]);
  const kept = entries.filter(([, item]) => item !== undefined);
  return (Array.isArray(value) ? kept.map(([, item]) => item) : Object.fromEntries(kept)) as Json;
}

const pointers = pointersOf(base).slice(1);
const words = [
  'set',
  'smoke.strict',
  'flags.ENGINE',
  'in-force',
  'old-engine',
  'day',
  'record',
  '24h',
  '',
  'x'.repeat(300),
  '__proto__',
  '(a',
];
const odd: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(...words, null, true, 0, -1, 1.5, 1e15),
  fc.constantFrom<Json>(
    [],
    {},
    [[]],
    { input: 'soak' },
    { input: 'attempts' },
    { var: 'flags.ENGINE' },
    { '==': [{ var: 'Checks' }, 1] },
  ),
  fc.json({ maxDepth: 3 }).map((text) => JSON.parse(text) as Json),
);
const edits = fc.array(fc.tuple(fc.constantFrom(...pointers), fc.option(odd, { nil: undefined })), {
  minLength: 1,
  maxLength: 3,
});

test('any edit of a policy gives a policy or problems with code and place, never an exception', () => {
  let accepted = 0;
  let crossChecked = 0;
  let runs = 0;
  fc.assert(
    fc.property(edits, (list) => {
      let document: Json = base;
      for (const [pointer, replacement] of list) document = put(document, pointer, replacement) ?? null;
      const result = loadPolicy(JSON.stringify(document), options);
      runs += 1;
      if (result.ok) {
        accepted += 1;
        expect(result.value.policy.name).toBeTypeOf('string');
        return;
      }
      expect(result.problems.length).toBeGreaterThan(0);
      if (result.problems.some(({ code }) => code.startsWith('logic/') || code === 'policy/unknown-path'))
        crossChecked += 1;
      for (const problem of result.problems) {
        expect(problem.code).toMatch(/^(?:policy|yaml|logic|usage)\/[a-z-]+$/);
        expect(problem.at?.path ?? 'p.yaml').toBe('p.yaml');
        expect(problem.message).not.toMatch(/undefined|\[object|NaN/);
      }
    }),
    { numRuns: 600, seed: 36 },
  );
  // The edits reach every depth: some leave the policy whole, some fall only to the cross-checks.
  expect(accepted / runs).toBeGreaterThan(0.03);
  expect(crossChecked / runs).toBeGreaterThan(0.02);
});

test('any JSON as a rule of logic is compiled or refused with a code', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 5 }), (logic) => {
      const text = basePolicy.replace("when: { '==': [{ var: flags.TRACE }, 'on'] }", `when: ${logic}`);
      const result = loadPolicy(text, options);
      if (!result.ok)
        expect(result.problems.every(({ code, at }) => code.includes('/') && at !== undefined)).toBe(true);
    }),
    { numRuns: 300 },
  );
});
