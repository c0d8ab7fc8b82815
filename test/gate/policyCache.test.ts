import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { evaluate } from '../../src/evaluate/evaluate.ts';
import { findCachePlace } from '../../src/files/cacheFolder.ts';
import { check } from '../../src/gate/check.ts';
import { keepPolicy, readPolicy } from '../../src/gate/freshPolicy.ts';
import { loadPolicies } from '../../src/gate/policies.ts';
import { type PolicyBytes, type PolicyCache, recallPolicy } from '../../src/gate/policyCache.ts';
import type { Policy } from '../../src/model/policy.ts';
import { jsonText } from '../../src/report/json.ts';
import { caseRequest } from '../support/caseTree.ts';
import { now, world } from '../support/gateWorld.ts';

let home: string;
let cache: PolicyCache;
const entries = (): readonly string[] => {
  try {
    return readdirSync(cache.place.folder);
  } catch {
    return [];
  }
};
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'soakgate-cache-'));
});
afterAll(() => rmSync(home, { recursive: true }));
beforeEach(() => {
  rmSync(join(home, '.cache'), { recursive: true, force: true });
  const place = findCachePlace({ HOME: home }, 'linux');
  if (!place) throw new Error('no place');
  cache = { place, build: 'this build' };
});

const sourceOf = (text: string | Uint8Array, inputs: Readonly<Record<string, string>> = {}): PolicyBytes => ({
  file: '/repository/policy.yaml',
  path: 'policy.yaml',
  bytes: Buffer.from(text),
  inputs,
});

function fresh(source: PolicyBytes): Policy {
  const read = readPolicy(source);
  if (!read.ok) throw new Error(read.problems.map(({ message }) => message).join('; '));
  return read.value.policy;
}

/** Random texts of policies: every kind of value that a policy holds, in the places where it may stand. */
const texts: fc.Arbitrary<string> = fc
  .record({
    name: fc.constantFrom('one', 'two', 'three-and-more'),
    title: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }),
    least: fc.integer({ min: -5, max: 1000 }),
    oneOf: fc.uniqueArray(fc.constantFrom('shadow', 'enforced', 'constructor', 'true', '1'), {
      minLength: 1,
    }),
    severity: fc.constantFrom('error', 'warning', 'note'),
    when: fc.boolean(),
    soak: fc.integer({ min: 1, max: 14 }),
    good: fc.constantFrom('pass', 'fail'),
    comment: fc.stringMatching(/^[a-z ]{0,20}$/),
  })
  .map(({ name, title, least, oneOf, severity, when, soak, good, comment }) => {
    const text = (value: unknown) => JSON.stringify(value);
    return `# ${comment}
apiVersion: soakgate/v1
kind: Policy
metadata: { name: ${name}, title: ${text(`t ${title.replace(/\P{L}/gu, ' ')}`)}, version: '1.0.0', owner: team }
timezone: Asia/Kolkata
inputs: { days: { type: number, default: ${soak}, minimum: 1, maximum: 14 } }
evidence:
  job: { command: { run: [make, test], timeout: 20m }, bind: commit }
  flags: { env: { variables: { MODE: { oneOf: ${text(oneOf)} }, KEY: { secret: true } } } }
  errors: { file: { path: state.json, pointer: /errors, type: number }, maxAge: 1h }
  smoke:
    log:
      path: smoke-{yyyy}-{MM}.md
      table: Entries
      time: { column: Time, zone: UTC }
      columns: { Checks: { enum: [pass, fail, not-run] }, MODE: string }
      views: { strict: { in: [{ var: Checks }, [pass, fail]] } }
preflight:
  - id: few-errors
    title: There are few errors
    severity: ${severity}
    expect: { errors: { between: [${least}, ${least + 1}] }, flags.MODE: { not: ${text(oneOf[0])} }, flags.KEY: set }
${when ? `    when: { '==': [{ var: flags.MODE }, ${text(oneOf[0])}] }\n` : ''}  - id: sums
    title: Sums are as they should be
    assert: { '<': [{ '+': [{ var: errors }, ${least}] }, 10] }
exit:
  - id: days
    title: Good days
    streak: { of: smoke.strict, per: day, good: { '==': [{ var: Checks }, ${good}] }, atLeast: { input: days } }
records: { smoke: { log: smoke, checks: [job], cells: { Time: $now, MODE: flags.MODE, Checks: $result } } }
`;
  });

describe('a policy that was kept', () => {
  it('is the same in every part, prototypes too, for random policies', () => {
    fc.assert(
      fc.property(texts, fc.option(fc.integer({ min: 1, max: 14 })), (text, days) => {
        const source = sourceOf(text, days === null ? {} : { days: String(days) });
        const policy = fresh(source);
        keepPolicy(policy, source, cache);
        expect(isDeepStrictEqual(recallPolicy(source, cache), policy)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it('is judged to the same bytes', () => {
    fc.assert(
      fc.property(world, ({ policy, evidence, waivers }) => {
        const source = sourceOf(policy.name);
        keepPolicy(policy, source, cache);
        const kept = recallPolicy(source, cache);
        if (!kept) throw new Error('it was not kept');
        const verdictOf = (judged: Policy): string =>
          jsonText(evaluate({ policy: judged, evidence, waivers, now, version: '0' }));
        expect(verdictOf(kept)).toBe(verdictOf(policy));
      }),
      { numRuns: 40 },
    );
  });

  it.each([
    'go-flags',
    'no-go-flags',
    'waived',
    'two-policies',
    'rollout-shadow',
    'rollout-drift',
    'hostile-log',
  ])('the case `%s` is the same with and without it', async (name) => {
    const request = caseRequest(name);
    const judged = async (change: { cache?: PolicyCache }): Promise<string> =>
      jsonText(
        await check({ ...request, ...change }).then(
          (all) => all.ok && all.value.map(({ verdict }) => verdict),
        ),
      );
    const without = await judged({});
    expect(await judged({ cache })).toBe(without);
    const count = entries().length;
    expect(count).toBeGreaterThan(0);
    expect(await judged({ cache })).toBe(without);
    expect(entries()).toHaveLength(count);
    expect(await recalled(request.cwd)).toBe(true);
  });

  /** Whether the policies of a tree would all come out of the cache. */
  async function recalled(cwd: string): Promise<boolean> {
    const loaded = await loadPolicies({ paths: [], cwd, root: cwd, inputs: {}, cache });
    if (!loaded.ok) return false;
    return loaded.value.every(({ policy }) => {
      const file = join(cwd, policy.path);
      const source = { file, path: policy.path, bytes: readFileSync(file), inputs: {} };
      return isDeepStrictEqual(recallPolicy(source, cache), policy);
    });
  }
});

describe('a policy is read again', () => {
  const text = fc.sample(texts, { numRuns: 1, seed: 3 })[0] as string;
  const source = sourceOf(text, { days: '3' });
  beforeEach(() => keepPolicy(fresh(source), source, cache));

  it('unless all is the same', () => expect(recallPolicy(source, cache)).toEqual(fresh(source)));

  it.each([
    ['a comment was changed', { bytes: Buffer.from(text.replace('#', '##')) }],
    ['a line end was added', { bytes: Buffer.from(`${text}\n`) }],
    ['a byte order mark was added', { bytes: Buffer.from(`\uFEFF${text}`) }],
    ['the last byte is gone', { bytes: Buffer.from(text.slice(0, -1)) }],
    ['it is empty', { bytes: Buffer.alloc(0) }],
    ['it is another file', { file: '/repository/other.yaml' }],
    ['its path in verdicts is another one', { path: 'policies/policy.yaml' }],
    ['an input has another value', { inputs: { days: '4' } }],
    ['no input is given', { inputs: {} }],
  ])('if %s', (_, change: Partial<PolicyBytes>) =>
    expect(recallPolicy({ ...source, ...change }, cache)).toBeUndefined(),
  );

  it('if it was kept by another program', () =>
    expect(recallPolicy(source, { ...cache, build: 'another build' })).toBeUndefined());

  it('if another text has taken its place', () => {
    const [entry = ''] = entries();
    const other = sourceOf(text.replace('#', '# other'), { days: '3' });
    keepPolicy(fresh(other), other, cache);
    expect(entries()).toEqual([entry]);
    expect(recallPolicy(source, cache)).toBeUndefined();
    expect(recallPolicy(other, cache)).toEqual(fresh(other));
  });

  it('the order in which inputs are given does not matter', () => {
    const two = { ...source, inputs: { b: '1', a: '2' } };
    keepPolicy(fresh(source), two, cache);
    expect(recallPolicy({ ...two, inputs: { a: '2', b: '1' } }, cache)).toBeDefined();
  });
});

describe('what is never kept', () => {
  it('a policy with a problem', async () => {
    const tree = mkdtempSync(join(home, 'tree-'));
    writeFileSync(join(tree, 'policy.yaml'), 'apiVersion: soakgate/v1\nkind: Policy\n');
    const choice = { paths: ['policy.yaml'], cwd: tree, root: tree, inputs: {}, cache };
    const [first, second] = [await loadPolicies(choice), await loadPolicies(choice)];
    expect(first.ok).toBe(false);
    expect(second).toEqual(first);
    expect(entries()).toEqual([]);
  });

  it('a policy that JSON would change', () => {
    const odd = {
      ...fresh(sourceOf(fc.sample(texts, { numRuns: 1, seed: 3 })[0] as string)),
      version: undefined,
    };
    keepPolicy(odd as unknown as Policy, sourceOf('odd'), cache);
    expect(entries()).toEqual([]);
  });
});
