import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseResults } from '../../src/collect/results.ts';
import type { Json } from '../../src/model/json.ts';
import { parseCtrf } from '../../src/parse/results/ctrf.ts';

const standards = resolve('../shared/standards');
const folder = (name: string) => join(standards, name);
const json = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as never;

interface Stats {
  errors: readonly unknown[];
  tests: number;
  tests_succ: number;
  tests_skip: number;
  tests_fail: number;
  tests_error: number;
  runs: number;
}

describe('JUnit samples', () => {
  const stats = json(join(folder('junit/samples'), 'expected-stats.json')) as Readonly<
    Record<string, Stats | null>
  >;
  // Cases of one name are told apart here; there they are runs of one test.
  const byRuns = ['mocha/latex-utensils.xml'];

  it('are all there', () => {
    const files = readdirSync(folder('junit/samples'), { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.xml'),
    );
    expect(files.sort()).toEqual(Object.keys(stats).sort());
    expect(files.length).toBeGreaterThanOrEqual(20);
  });

  it.each(Object.keys(stats))('%s', async (name) => {
    const expected = stats[name];
    const read = await parseResults(readFileSync(join(folder('junit/samples'), name)), 'junit');
    if (!expected || expected.errors.length > 0) {
      expect(read.ok).toBe(false);
      return;
    }
    if (!read.ok) throw new Error(read.message);
    const { total, passed, failed, skipped } = read.results;
    const same = byRuns.includes(name)
      ? [expected.runs, expected.runs, 0, 0]
      : [
          expected.tests,
          expected.tests_succ,
          expected.tests_fail + expected.tests_error,
          expected.tests_skip,
        ];
    expect([total, passed, failed, skipped]).toEqual(same);
  });

  it('a report that both schemas accept', async () => {
    const read = await parseResults(readFileSync(join(folder('junit'), 'valid-for-both-xsds.xml')), 'junit');
    expect(read).toMatchObject({ ok: true, results: { total: 3, passed: 1, failed: 1, skipped: 1 } });
  });
});

interface Normative {
  tests: readonly { description: string; valid: boolean; data?: Json; dataPath?: string }[];
}

describe('CTRF', () => {
  const suites = readdirSync(folder('ctrf/normative')).sort();
  const cases = suites.flatMap((suite) => {
    const { tests } = json(join(folder('ctrf/normative'), suite)) as Normative;
    return tests.map((test) => ({ suite, ...test }));
  });

  it('has 150 cases', () => expect(cases).toHaveLength(150));

  it.each(cases.map((one) => [`${one.suite}: ${one.description}`, one] as const))(
    '%s',
    (_, { valid, data, dataPath }) => {
      const value =
        dataPath === undefined
          ? data
          : json(resolve(folder('ctrf/normative'), dataPath.replace('../../', '../')));
      expect(parseCtrf(value as Json).ok).toBe(valid);
    },
  );

  it.each(readdirSync(folder('ctrf/examples')))('example %s', async (name) => {
    const bytes = readFileSync(join(folder('ctrf/examples'), name));
    const { results } = json(join(folder('ctrf/examples'), name)) as {
      results: { tests: readonly { status: string }[] };
    };
    const read = await parseResults(bytes, 'ctrf');
    if (!read.ok) throw new Error(read.message);
    const count = (...status: readonly string[]) =>
      results.tests.filter((test) => status.includes(test.status)).length;
    expect(read.results).toMatchObject({
      total: results.tests.length,
      passed: count('passed'),
      failed: count('failed', 'other'),
      skipped: count('skipped', 'pending'),
    });
  });
});

describe('SARIF samples', () => {
  /** Failed results and runs; counted by hand from the files. */
  const failed: Readonly<Record<string, number>> = {
    'Baseline.sarif': 0,
    'CodeFlows.sarif': 0,
    'DefaultRuleConfiguration.sarif': 1,
    'Notifications.sarif': 1,
    'OriginalUriBaseIds.sarif': 0,
    'RuleMetadata.sarif': 1,
    'Suppressions.sarif': 0,
    'Taxonomies.sarif': 1,
    'automation-details.sarif': 0,
    'bad-eval.sarif': 0,
    'message-with-arguments.sarif': 0,
    'simple-example.sarif': 1,
    'standard-taxonomy.sarif': 0,
  };
  const samples = folder('sarif/samples');

  it('are all there', () => expect(readdirSync(samples).sort()).toEqual(Object.keys(failed).sort()));

  it.each(Object.entries(failed))('%s has %i failed', async (name, count) => {
    const read = await parseResults(readFileSync(join(samples, name)), 'sarif');
    if (!read.ok) throw new Error(`${relative('.', name)}: ${read.message}`);
    expect(read.results.failed).toBe(count);
  });
});
