import { parseInstant } from '../model/instant.ts';
import type { Verdict } from '../model/verdict.ts';
import { decisionWords } from './decision.ts';
import { plainAll } from './escape.ts';
import type { RenderOptions } from './index.ts';
import { jsonDocument } from './json.ts';
import { byPolicy } from './sorted.ts';
import { factText, type TestCase, testSuites, type TestSuite } from './testCases.ts';

/**
 * CTRF (https://ctrf.io): a test for each decision and each rule. It knows no errors, so what is unknown or pending has
 * failed; `rawStatus` tells them apart. There are no durations in a verdict, so every one is 0.
 */
export function ctrf(verdicts: readonly Verdict[], _options: RenderOptions): string {
  const plainVerdicts = byPolicy(verdicts).map(plainAll);
  const tests = plainVerdicts
    .flatMap((verdict) => testSuites(verdict))
    .flatMap((suite) => suite.cases.map((test) => testObject(test, suite)));
  const count = (status: string): number => tests.filter((test) => test.status === status).length;
  const times = plainVerdicts.map(({ evaluatedAt }) => parseInstant(evaluatedAt) ?? 0);
  const [first] = plainVerdicts;
  return jsonDocument({
    reportFormat: 'CTRF',
    specVersion: '1.0.0',
    generatedBy: 'soakgate',
    results: {
      tool: { name: 'soakgate', version: first?.tool.version ?? '' },
      summary: {
        tests: tests.length,
        passed: count('passed'),
        failed: count('failed'),
        skipped: count('skipped'),
        pending: 0,
        other: 0,
        start: Math.min(...times),
        stop: Math.max(...times),
      },
      tests,
      ...(first === undefined || plainVerdicts.length > 1 ? {} : { environment: environmentOf(first) }),
      extra: { verdicts: plainVerdicts.map(boundOf) },
    },
  });
}

function testObject(test: TestCase, { verdict, gate }: TestSuite) {
  const { name, status, word, type, message, facts, at } = test;
  const green = status === 'passed' || status === 'skipped';
  return {
    name: gate === undefined ? name : `${gate.id} ${name}`,
    status: green ? status : 'failed',
    duration: 0,
    suite: [verdict.policy.name, ...(gate === undefined ? [] : [gate.id])],
    message,
    ...(green ? {} : { trace: factText(facts) }),
    rawStatus: word,
    filePath: at.path,
    ...(at.line === undefined ? {} : { line: at.line }),
    extra: { code: type },
  };
}

function environmentOf({ subject }: Verdict): object {
  const { commit, branch, environment, repository } = subject;
  return {
    ...(commit === undefined ? {} : { commit }),
    ...(branch === undefined ? {} : { branchName: branch }),
    ...(environment === undefined ? {} : { testEnvironment: environment }),
    ...(repository === undefined ? {} : { repositoryName: repository }),
  };
}

function boundOf(verdict: Verdict): object {
  const { policy, evaluatedAt, validUntil } = verdict;
  const decision = decisionWords(verdict);
  return { policy: policy.name, decision, policyDigest: policy.digest, evaluatedAt, validUntil };
}
