import type { Verdict } from '../model/verdict.ts';
import { plainAll, visibleJson } from './escape.ts';
import type { RenderOptions } from './index.ts';
import { byPolicy } from './sorted.ts';
import { type TestCase, testSuites } from './testCases.ts';

/** TAP 14 (https://testanything.org/tap-version-14-specification.html): a test point for each decision and each rule. */
export function tap(verdicts: readonly Verdict[], _options: RenderOptions): string {
  return stream(verdicts, 14, (text) => text.replace(/[\\#]/g, '\\$&'));
}

/** TAP 13, which knows no escape: a `#` from outside, behind which a directive could stand, is shown by its number. */
export function tap13(verdicts: readonly Verdict[], _options: RenderOptions): string {
  return stream(verdicts, 13, (text) => text.replaceAll('#', '<U+0023>'));
}

function stream(verdicts: readonly Verdict[], version: 13 | 14, escape: (text: string) => string): string {
  const points = byPolicy(verdicts)
    .map(plainAll)
    .flatMap((verdict) => testSuites(verdict))
    .flatMap(({ name, cases }) => cases.map((test) => ({ test, name: escape(`${name} ${test.name}`) })));
  const lines = points.map(({ test, name }, index) => pointText(test, `${index + 1} - ${name}`, escape));
  return `TAP version ${version}\n1..${points.length}\n${lines.join('')}`;
}

/** INVARIANT: no point is marked as to do, since harnesses count such failures as passed. */
function pointText(test: TestCase, name: string, escape: (text: string) => string): string {
  switch (test.status) {
    case 'passed':
      return `ok ${name}\n`;
    case 'skipped':
      return `ok ${name} # SKIP ${escape(test.message)}\n`;
    case 'failed':
    case 'error':
      return `not ok ${name}\n${diagnostics(test)}`;
  }
}

/** A block of YAML; each value is a quoted scalar of one line. */
function diagnostics({ status, word, type, message, facts, at }: TestCase): string {
  const pairs: readonly (readonly [string, string])[] = [
    ['message', message],
    ['severity', status === 'failed' ? 'fail' : 'error'],
    ['outcome', word],
    ['code', type],
    ['file', at.path],
    ...facts.map(([label, text]) => [label.replaceAll(' ', '-'), text] as const),
  ];
  const lines = pairs.map(([name, text]) => `  ${name}: ${visibleJson(JSON.stringify(text))}\n`);
  return `  ---\n${lines.join('')}  ...\n`;
}
