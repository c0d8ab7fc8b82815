import type { Verdict } from '../model/verdict.ts';
import { decisionWords } from './decision.ts';
import { plainAll } from './escape.ts';
import type { RenderOptions } from './index.ts';
import { byPolicy } from './sorted.ts';
import { factText, type TestCase, testSuites, type TestStatus, type TestSuite } from './testCases.ts';

/**
 * JUnit XML in the shape that both the schema of Ant and that of Jenkins accept. A suite for the decision and one for
 * each gate; what is pending or unknown is an error; what a waiver covers, does not apply or does not decide is skipped
 * and says why. There are no durations in a verdict, so every time is 0.
 */
export function junit(verdicts: readonly Verdict[], options: RenderOptions): string {
  const suites = byPolicy(verdicts).map(plainAll).flatMap(testSuites);
  const texts = suites.map((suite, id) => suiteText(suite, id, options));
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${texts.join('')}</testsuites>\n`;
}

function suiteText(suite: TestSuite, id: number, options: RenderOptions): string {
  const { verdict, name, cases } = suite;
  const count = (status: TestStatus): string => String(cases.filter((one) => one.status === status).length);
  const head = attributes([
    ['name', name],
    ['package', verdict.policy.name],
    ['id', String(id)],
    // The schema knows no zone; instants of a verdict are in UTC.
    ['timestamp', verdict.evaluatedAt.replace(/Z$/, '')],
    ['hostname', 'localhost'],
    ['tests', String(cases.length)],
    ['failures', count('failed')],
    ['errors', count('error')],
    ['skipped', count('skipped')],
    ['time', '0'],
  ]);
  const properties = propertiesOf(suite).map((pair) => {
    return `      <property ${attributes([
      ['name', pair[0]],
      ['value', pair[1]],
    ])}/>\n`;
  });
  const tests = cases.map((one) => caseText(one, suite, options));
  return [
    `  <testsuite ${head}>\n    <properties>\n${properties.join('')}    </properties>\n`,
    ...tests,
    '    <system-out></system-out>\n    <system-err></system-err>\n  </testsuite>\n',
  ].join('');
}

/** What a verdict is bound to stands once, with its decision; a gate says its own. */
function propertiesOf({ verdict, gate }: TestSuite): readonly (readonly [string, string])[] {
  const { policy, subject, evaluatedAt, validUntil, phase, evidence } = verdict;
  if (gate !== undefined)
    return [
      ['gate', gate.id],
      ['role', gate.role],
      ['gate-decision', gate.decision],
      ['decision', decisionWords(verdict)],
    ];
  const all: readonly (readonly [string, string | undefined])[] = [
    ['decision', decisionWords(verdict)],
    ['earliest', verdict.earliest],
    ['evaluated-at', evaluatedAt],
    ['valid-until', validUntil],
    ['policy-version', policy.version],
    ['policy-digest', policy.digest],
    ['phase', phase?.current],
    ['commit', subject.commit],
    ['branch', subject.branch],
    ['environment', subject.environment],
    ...evidence.map(({ id, digest }) => [`evidence-digest ${id}`, digest] as const),
  ];
  return all.filter((pair): pair is readonly [string, string] => pair[1] !== undefined);
}

function caseText(test: TestCase, { verdict, gate }: TestSuite, { junitFile }: RenderOptions): string {
  const { name, status, type, message, facts, at } = test;
  const classname = gate === undefined ? verdict.policy.name : `${verdict.policy.name}.${gate.id}`;
  // Neither schema knows it, though some services ask for it.
  const file: readonly (readonly [string, string])[] = junitFile === true ? [['file', at.path]] : [];
  const head = `    <testcase ${attributes([['name', name], ['classname', classname], ['time', '0'], ...file])}`;
  const body = escaped(factText(facts));
  switch (status) {
    case 'passed':
      return `${head}/>\n`;
    case 'failed':
    case 'error': {
      const element = status === 'failed' ? 'failure' : 'error';
      return `${head}><${element} ${attributes([
        ['type', type],
        ['message', message],
      ])}>${body}</${element}></testcase>\n`;
    }
    case 'skipped':
      return `${head}><skipped ${attributes([['message', message]])}>${body}</skipped></testcase>\n`;
  }
}

function attributes(pairs: readonly (readonly [name: string, value: string])[]): string {
  return pairs.map(([name, value]) => `${name}="${escaped(value)}"`).join(' ');
}

/** Safe as text and between double quotes; what XML cannot hold at all was made plain before. */
function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
