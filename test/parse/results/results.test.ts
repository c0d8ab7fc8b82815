import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/model/json.ts';
import { parseCtrf } from '../../../src/parse/results/ctrf.ts';
import { parseJunit } from '../../../src/parse/results/junit.ts';
import type { ResultsReading } from '../../../src/parse/results/reading.ts';
import { parseSarif } from '../../../src/parse/results/sarif.ts';

function counts(reading: ResultsReading): readonly (number | string)[] {
  if (!reading.ok) return [reading.code];
  const { total, passed, failed, skipped } = reading.results;
  return [total, passed, failed, skipped];
}

describe('parseJunit', () => {
  const cases: readonly [string, string, readonly (number | string)[]][] = [
    ['no case', '<testsuites/>', [0, 0, 0, 0]],
    ['no case in a suite', '<testsuite tests="0"/>', [0, 0, 0, 0]],
    ['passed', '<testsuite><testcase name="a"/></testsuite>', [1, 1, 0, 0]],
    ['failure', '<testsuite><testcase><failure/></testcase></testsuite>', [1, 0, 1, 0]],
    ['error', '<testsuite><testcase><error>x</error></testcase></testsuite>', [1, 0, 1, 0]],
    ['skipped', '<testsuite><testcase><skipped/></testcase></testsuite>', [1, 0, 0, 1]],
    ['the worst counts', '<testsuite><testcase><failure/><skipped/></testcase></testsuite>', [1, 0, 1, 0]],
    [
      'status alone',
      '<testsuite><testcase status="failed"/><testcase status="disabled"/><testcase result="skipped"/></testsuite>',
      [3, 0, 1, 2],
    ],
    [
      'nested suites',
      '<testsuites><testsuite><testsuite><testcase/></testsuite><testcase/></testsuite></testsuites>',
      [2, 2, 0, 0],
    ],
    [
      'declared failures that no case shows',
      '<testsuites failures="2"><testsuite><testcase/><testcase/><testcase/></testsuite></testsuites>',
      [3, 1, 2, 0],
    ],
    ['more declared failures than cases', '<testsuite errors="5"><testcase/></testsuite>', [5, 0, 5, 0]],
    ['a failure outside a case', '<testsuite failures="0"><failure/><testcase/></testsuite>', [1, 1, 0, 0]],
    [
      'a failure deeper in a case',
      '<testsuite><testcase><system-out><failure/></system-out></testcase></testsuite>',
      [1, 1, 0, 0],
    ],
    [
      'text that looks like one',
      '<testsuite><testcase><system-out><![CDATA[<failure/>]]></system-out></testcase></testsuite>',
      [1, 1, 0, 0],
    ],
    [
      'byte order mark and declaration',
      '\uFEFF<?xml version="1.0" encoding="UTF-8"?><testsuite><testcase/></testsuite>',
      [1, 1, 0, 0],
    ],
    ['attributes without cases', '<testsuite tests="4" failures="1" errors="1" skipped="1"/>', [4, 1, 2, 1]],
  ];
  it.each(cases)('%s', (_, text, expected) => expect(counts(parseJunit(text))).toEqual(expected));

  const refused: readonly [string, string][] = [
    ['empty', ''],
    ['no XML', 'all tests passed'],
    ['another root', '<suites><testcase/></suites>'],
    ['cut off', '<testsuite><testcase/>'],
    ['two roots', '<testsuite/><testsuite/>'],
    ['a document type', '<!DOCTYPE testsuite><testsuite><testcase/></testsuite>'],
    ['an entity', '<!DOCTYPE t [<!ENTITY a "b">]><testsuite><testcase name="&a;"/></testsuite>'],
    ['an unknown entity', '<testsuite><testcase name="&nbsp;"/></testsuite>'],
    ['a case in a case', '<testsuite><testcase><testcase/></testcase></testsuite>'],
    ['great depth', `${'<testsuite>'.repeat(70)}${'</testsuite>'.repeat(70)}`],
    ['a count that is none', '<testsuite failures="-1"><testcase/></testsuite>'],
    ['a control character', '<testsuite><testcase name="\u0001"/></testsuite>'],
  ];
  it.each(refused)('refuses %s', (_, text) =>
    expect(parseJunit(text)).toMatchObject({ ok: false, code: 'file.unparsable' }),
  );

  it('keeps the first failures, cut where they are endless, and quotes nothing of a broken file', () => {
    const long = 'x'.repeat(30_000);
    const text = `<testsuite>${Array.from({ length: 30 }, (_, i) => `<testcase classname="c" name="${i} ${long}"><failure/></testcase>`).join('')}</testsuite>`;
    const read = parseJunit(text);
    if (!read.ok) throw new Error('refused');
    expect(read.results.failed).toBe(30);
    expect(read.results.failures).toHaveLength(20);
    expect(read.results.failures[0]).toMatch(/^c 0 x+…$/);
    expect(Math.max(...read.results.failures.map((name) => name.length))).toBeLessThanOrEqual(20_000);
    expect(JSON.stringify(parseJunit('<testsuite name="hunter2"'))).not.toContain('hunter2');
  });

  it('counts every case once, and adding a failing one never makes it better', () => {
    const state = fc.constantFrom('', '<failure/>', '<error/>', '<skipped/>');
    const suite = fc
      .array(state)
      .map(
        (states) => `<testsuite>${states.map((one) => `<testcase>${one}</testcase>`).join('')}</testsuite>`,
      );
    fc.assert(
      fc.property(fc.array(suite), (suites) => {
        const text = `<testsuites>${suites.join('')}</testsuites>`;
        const all = (part: string) => text.split(part).length - 1;
        const failed = all('<failure/>') + all('<error/>');
        expect(counts(parseJunit(text))).toEqual([
          all('<testcase>'),
          all('<testcase></testcase>'),
          failed,
          all('<skipped/>'),
        ]);
      }),
    );
  });
});

const summary = { tests: 1, passed: 1, failed: 0, skipped: 0, pending: 0, other: 0, start: 0, stop: 5 };
const ctrf = (tests: readonly Json[], more: Json = {}): Json => ({
  reportFormat: 'CTRF',
  specVersion: '1.0.0',
  results: { tool: { name: 't' }, summary: { ...summary, ...(more as object) }, tests },
});
const one = (status: string): Json => ({ name: 'a', status, duration: 1 });

describe('parseCtrf', () => {
  const cases: readonly [string, Json, readonly (number | string)[]][] = [
    ['passed', ctrf([one('passed')]), [1, 1, 0, 0]],
    ['no test, whatever the summary says', ctrf([]), [0, 0, 0, 0]],
    ['skipped and pending', ctrf([one('skipped'), one('pending')]), [2, 0, 0, 2]],
    ['other is no pass', ctrf([one('other'), one('passed')]), [2, 1, 1, 0]],
    ['failures of the summary', ctrf([one('passed'), one('passed')], { failed: 1 }), [2, 1, 1, 0]],
    ['an unknown status', ctrf([one('ok')]), ['file.unparsable']],
    ['an unknown name', { ...(ctrf([]) as object), extras: 1 }, ['file.unparsable']],
    ['no format', { results: {} }, ['file.unparsable']],
    ['null', null, ['file.unparsable']],
  ];
  it.each(cases)('%s', (_, json, expected) => expect(counts(parseCtrf(json))).toEqual(expected));

  it('tells the commit and the end', () => {
    const json = ctrf([one('passed')]) as { results: object };
    const read = parseCtrf({
      ...json,
      results: { ...json.results, environment: { commit: 'A'.repeat(40) } },
    });
    expect(read).toMatchObject({ ok: true, commit: 'a'.repeat(40), endedAt: 5 });
  });
});

const run = (results: readonly Json[] | undefined, more: Json = {}): Json => ({
  tool: {
    driver: {
      name: 'scanner',
      rules: [{ id: 'R1', defaultConfiguration: { level: 'error' } }, { id: 'R2' }],
    },
  },
  ...(results === undefined ? {} : { results }),
  ...(more as object),
});
const sarif = (...runs: readonly Json[]): Json => ({ version: '2.1.0', runs });

describe('parseSarif', () => {
  const cases: readonly [string, Json, readonly (number | string)[]][] = [
    ['clean', sarif(run([])), [1, 1, 0, 0]],
    ['no run', sarif(), ['tests.none']],
    ['a run without results', sarif(run(undefined)), ['tests.none']],
    ['an error', sarif(run([{ level: 'error' }])), [2, 1, 1, 0]],
    ['warnings and notes', sarif(run([{ level: 'warning' }, { level: 'note' }, {}])), [1, 1, 0, 0]],
    ['the level of the rule, by id', sarif(run([{ ruleId: 'R1' }, { ruleId: 'R2' }])), [2, 1, 1, 0]],
    ['the level of the rule, by index', sarif(run([{ ruleIndex: 0 }, { ruleIndex: 1 }])), [2, 1, 1, 0]],
    ['its own level first', sarif(run([{ ruleId: 'R1', level: 'note' }])), [1, 1, 0, 0]],
    ['what is no failure', sarif(run([{ ruleId: 'R1', kind: 'pass' }])), [1, 1, 0, 0]],
    ['suppressed', sarif(run([{ level: 'error', suppressions: [{ kind: 'inSource' }] }])), [2, 1, 0, 1]],
    [
      'a suppression under review',
      sarif(run([{ level: 'error', suppressions: [{}, { status: 'underReview' }] }])),
      [2, 1, 1, 0],
    ],
    ['no suppression', sarif(run([{ level: 'error', suppressions: [] }])), [2, 1, 1, 0]],
    ['gone since the baseline', sarif(run([{ level: 'error', baselineState: 'absent' }])), [1, 1, 0, 0]],
    ['a run that failed', sarif(run([], { invocations: [{ executionSuccessful: false }] })), [1, 0, 1, 0]],
    [
      'a tool that stumbled',
      sarif(
        run([], {
          invocations: [{ executionSuccessful: true, toolExecutionNotifications: [{ level: 'error' }] }],
        }),
      ),
      [1, 0, 1, 0],
    ],
    [
      'results elsewhere',
      sarif(run([], { externalPropertyFileReferences: { results: [{}] } })),
      ['file.unparsable'],
    ],
    ['another version', { version: '2.0.0', runs: [] }, ['file.unparsable']],
    ['a wrong level', sarif(run([{ level: 'fatal' }])), ['file.unparsable']],
  ];
  it.each(cases)('%s', (_, json, expected) => expect(counts(parseSarif(json))).toEqual(expected));

  it('tells the commit only if all runs agree', () => {
    const at = (revisionId: string) => run([], { versionControlProvenance: [{ revisionId }] });
    const commit = (json: Json) => {
      const read = parseSarif(json);
      return read.ok ? read.commit : undefined;
    };
    expect(commit(sarif(at('a'.repeat(40)), at('a'.repeat(40))))).toBe('a'.repeat(40));
    expect(commit(sarif(at('a'.repeat(40)), at('b'.repeat(40))))).toBeUndefined();
    expect(commit(sarif(at('a'.repeat(40)), run([])))).toBeUndefined();
    expect(commit(sarif(at('abc')))).toBeUndefined();
  });
});
