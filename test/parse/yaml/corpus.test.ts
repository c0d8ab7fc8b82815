import { CORE_SCHEMA, load as jsYaml } from 'js-yaml';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadPolicy } from '../../../src/analyze/load.ts';
import { loadWaivers } from '../../../src/analyze/waivers.ts';
import { loadYaml } from '../../../src/parse/yaml/load.ts';
import { basePolicy } from '../../analyze/base.ts';
import { hostile, makeCorpus } from './corpus.ts';

const options = { path: 'p.yaml', digest: () => 'sha256:0' };
const corpus = makeCorpus(2_500, [basePolicy.slice(0, 1_500)], 20260224);
const results = corpus.map((text) => ({ text, result: loadYaml(text, 'p.yaml') }));

/**
 * Whether two values are the same JSON. js-yaml keeps white space at the end of some folded texts that `>-` strips
 * (YAML 1.2, section 8.1.1.2), so ends of texts are not compared where a folded text stands.
 */
function same(a: unknown, b: unknown, text: string): boolean {
  const trim = (_: string, value: unknown) =>
    text.includes('>') && typeof value === 'string' ? value.trimEnd() : value;
  return JSON.stringify(a, trim) === JSON.stringify(b, trim);
}

/** js-yaml refuses plain texts with a line that begins with `:` and no white space after it, which YAML 1.2 allows. */
const refusedByJsYamlAlone = /\n *:[^ \n]/;

describe('R32: the strict loader over a corpus', () => {
  test('what it accepts js-yaml reads as the same value, and enough of both kinds is met', () => {
    let accepted = 0;
    const differences: string[] = [];
    for (const { text, result } of results) {
      if (!result.ok) continue;
      accepted += 1;
      let other: unknown;
      try {
        other = jsYaml(text, { schema: CORE_SCHEMA });
      } catch {
        other = 'refused';
      }
      if (other === 'refused' && refusedByJsYamlAlone.test(text)) continue;
      if (!same(result.value.value, other, text)) differences.push(text);
    }
    expect(differences).toEqual([]);
    expect(accepted).toBeGreaterThan(corpus.length / 10);
    expect(corpus.length - accepted).toBeGreaterThan(corpus.length / 4);
  });

  test('every refusal has a code, a place in the file and an excerpt', () => {
    const codes = new Map<string, number>();
    for (const { text, result } of results) {
      if (result.ok) continue;
      expect(result.problems.length).toBeGreaterThan(0);
      for (const { code, at } of result.problems) {
        codes.set(code, (codes.get(code) ?? 0) + 1);
        expect(code).toMatch(/^yaml\/[a-z-]+$/);
        expect(at?.line).toBeGreaterThan(0);
        expect(at?.column).toBeGreaterThan(0);
        expect(at?.line).toBeLessThanOrEqual(text.split('\n').length);
      }
    }
    // INVARIANT of the corpus: each kind of refusal is met often enough to mean something.
    for (const code of [
      'syntax',
      'anchor',
      'alias',
      'tag',
      'directive',
      'number',
      'not-text',
      'explicit-key',
      'key',
      'forbidden-key',
      'duplicate-key',
      'second-document',
    ]) {
      expect(codes.get(`yaml/${code}`) ?? 0, code).toBeGreaterThanOrEqual(5);
    }
  });
});

describe('hostile texts near the cap', () => {
  test.each(Object.entries(hostile))('%s: bounded time, no throw', (_, text) => {
    expect(text.length).toBeLessThanOrEqual(65_536);
    const start = performance.now();
    loadYaml(text, 'p.yaml');
    // Generous, for slow machines: the same shapes took the bare parser minutes, or grew with the square.
    expect(performance.now() - start).toBeLessThan(4_000);
  });
});

describe('no text makes the loaders throw or change anything global (R36)', () => {
  const snapshot = () =>
    [
      Object.prototype,
      Array.prototype,
      Function.prototype,
      String.prototype,
      Number.prototype,
      globalThis,
    ].map((object) => Reflect.ownKeys(object).map(String).sort());

  test('policies and waivers of any text', () => {
    const before = snapshot();
    const pollution = ['__proto__', 'constructor', 'prototype'].map((key) =>
      basePolicy.replace('        TRACE:', `        ${key}: { polluted: true }\n        TRACE:`),
    );
    const loaded = loadPolicy(basePolicy, options);
    if (!loaded.ok) throw new Error('the base policy must load');
    for (const text of [...pollution, ...corpus.slice(0, 400)]) {
      loadPolicy(text, options);
      loadWaivers([{ path: 'w.yaml', text }], loaded.value.policy);
    }
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(loadPolicy(text, options).ok).toBe(false);
      }),
      { numRuns: 500 },
    );
    expect(snapshot()).toEqual(before);
    expect(({} as Record<string, unknown>)['polluted']).toBe(undefined);
  });
});
