import type { CommandContent, Observed, TestResults } from '../model/evidence.ts';
import type { Citation } from '../model/verdict.ts';
import { citeWhole } from './combine.ts';
import type { CheckMember, Judgement } from './context.ts';

/** `passes`: a command or test-result file succeeded. Not run, skipped, timed out or empty is never a pass. */
export const passes: CheckMember<'passes'> = {
  judge(check, context) {
    const item = context.evidence(check.of);
    if (item.status === 'absent') {
      return {
        outcome: 'unknown',
        code: item.code,
        message: item.message,
        required: 'passed',
        cites: [{ evidence: check.of, ...item.source }],
      };
    }
    const cites = [citeWhole(item)];
    switch (item.content.type) {
      case 'command':
        return judgeCommand(item.content, item);
      case 'tests':
        return judgeTests(item.content.tests, cites);
      case 'variables':
      case 'log':
      case 'document':
      case 'value':
      case 'transitions':
      case 'git':
      case 'samples':
        return {
          outcome: 'unknown',
          code: 'evidence.ill-typed',
          message: `\`${check.of}\` is neither a command nor test results`,
          cites,
        };
    }
  },
  words(check) {
    return `\`${check.of}\` passes`;
  },
};

function judgeCommand(content: CommandContent, item: Observed): Judgement {
  const cites = [citeWhole(item)];
  const required = 'exit code 0';
  const said = `\`${content.argv.join(' ')}\` ended with exit code ${content.exitCode} after ${content.seconds} s`;
  if (content.exitCode !== 0) {
    const tests = content.tests && 'total' in content.tests ? content.tests : undefined;
    const failures =
      tests && tests.failures.length > 0 ? `; failed: ${tests.failures.slice(0, 3).join(', ')}` : '';
    return {
      outcome: 'fail',
      code: 'command.failed',
      message: said + failures,
      observed: content.exitCode,
      required: 0,
      cites,
    };
  }
  if (!content.tests) {
    return { outcome: 'pass', code: 'command.passed', message: said, observed: 0, required: 0, cites };
  }
  if ('missing' in content.tests) {
    const { missing, message } = content.tests;
    return { outcome: 'unknown', code: missing, message: `${said}, but ${message}`, required, cites };
  }
  return judgeTests(content.tests, [citeWhole(item, { path: content.tests.path })]);
}

function judgeTests(tests: TestResults, cites: readonly Citation[]): Judgement {
  const executed = tests.passed + tests.failed;
  const observed = { passed: tests.passed, failed: tests.failed, skipped: tests.skipped };
  const base = { observed, required: 'at least one test executed, none failed', cites };
  if (tests.failed > 0) {
    const names = tests.failures.slice(0, 3).join(', ');
    const message = `${tests.failed} of ${executed} tests failed${names ? `: ${names}` : ''}`;
    return { ...base, outcome: 'fail', code: 'tests.failed', message };
  }
  if (tests.passed === 0 && tests.format !== 'sarif') {
    const message =
      tests.skipped > 0 ? `no test was executed, ${tests.skipped} were skipped` : 'no test was executed';
    return { ...base, outcome: 'unknown', code: 'tests.none', message };
  }
  const skipped = tests.skipped > 0 ? `, ${tests.skipped} skipped` : '';
  const message =
    tests.format === 'sarif'
      ? 'the analysis ran and found no error'
      : `${tests.passed} tests passed${skipped}`;
  return { ...base, outcome: 'pass', code: 'tests.passed', message };
}
