import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { keepFailure, type ResultsReading, unparsable } from './reading.ts';

/** What a `testcase` ended as; a case that says several things ended as the worst of them. */
type CaseState = 'passed' | 'skipped' | 'failed';

interface Suite {
  /** Cases in this suite and those inside it. */
  cases: number;
  declared: { tests: number; failed: number; skipped: number };
}

interface Tally {
  passed: number;
  failed: number;
  skipped: number;
  failures: string[];
  /** Greatest number of failures that an enclosing element declares. */
  declaredFailures: number;
  root: string | undefined;
}

const deepest = 64;
const longest = 1024 * 1024;

/**
 * Reads a JUnit XML report of any dialect. The cases count; a suite without cases counts by its attributes. Where the
 * attributes declare failures and no case shows one, the declared ones count: a report can only be worse than its cases.
 * Document types are refused, so there are no entities but the five of XML.
 */
export function parseJunit(text: string): ResultsReading {
  const tally: Tally = {
    passed: 0,
    failed: 0,
    skipped: 0,
    failures: [],
    declaredFailures: 0,
    root: undefined,
  };
  let wrong: string | undefined;
  const parser = new SaxesParser({ xmlns: false, position: true });
  const refuse = (message: string) => {
    wrong ??= message;
  };
  // The parser's own words may quote the file, so only the place is kept.
  parser.on('error', () => refuse(`the XML is broken at line ${parser.line}`));
  parser.on('doctype', () => refuse('a document type declaration is not accepted'));
  listen(parser, tally, refuse);
  for (let at = 0; at < text.length && wrong === undefined; at += longest)
    parser.write(text.slice(at, at + longest));
  if (wrong === undefined) parser.close();
  if (wrong !== undefined) return unparsable(wrong);
  const { passed, failed, skipped, failures, declaredFailures } = tally;
  const bad = failed === 0 ? declaredFailures : failed;
  const good = failed === 0 ? Math.max(0, passed - declaredFailures) : passed;
  return {
    ok: true,
    results: { format: 'junit', total: good + bad + skipped, passed: good, failed: bad, skipped, failures },
  };
}

function listen(parser: SaxesParser, tally: Tally, refuse: (message: string) => void): void {
  const open: string[] = [];
  const suites: Suite[] = [];
  let current: { state: CaseState; name: string } | undefined;
  parser.on('opentag', (tag) => {
    const name = tag.name;
    if (open.length === 0) tally.root = name;
    if (open.length === 0 && name !== 'testsuites' && name !== 'testsuite')
      refuse(`the root element is not \`testsuites\``);
    open.push(name);
    if (open.length > deepest) refuse(`elements stand more than ${deepest} levels deep`);
    if (name === 'testsuites' || name === 'testsuite') {
      const declared = declaredCounts(tag, refuse);
      tally.declaredFailures = Math.max(tally.declaredFailures, declared.failed);
      if (name === 'testsuite') suites.push({ cases: 0, declared });
    } else if (name === 'testcase') {
      if (current) refuse('a test case stands in another');
      current = { state: stateOf(tag), name: caseName(tag) };
    } else if (current && open.at(-2) === 'testcase') current.state = worse(current.state, name);
  });
  parser.on('closetag', (tag) => {
    open.pop();
    if (tag.name === 'testcase' && current) {
      tally[current.state]++;
      if (current.state === 'failed') keepFailure(tally.failures, current.name);
      const suite = suites.at(-1);
      if (suite) suite.cases++;
      current = undefined;
    } else if (tag.name === 'testsuite') closeSuite(suites, tally);
  });
}

/** A suite that lists no case counts by its attributes. */
function closeSuite(suites: Suite[], tally: Tally): void {
  const suite = suites.pop();
  if (!suite) return;
  const { tests, failed, skipped } = suite.declared;
  if (suite.cases === 0 && tests > 0) {
    tally.failed += failed;
    tally.skipped += skipped;
    tally.passed += Math.max(0, tests - failed - skipped);
    suite.cases = tests;
  }
  const parent = suites.at(-1);
  if (parent) parent.cases += suite.cases;
}

function attribute(tag: SaxesTagPlain, name: string): string {
  const value: unknown = Object.hasOwn(tag.attributes, name) ? tag.attributes[name] : undefined;
  return typeof value === 'string' ? value : '';
}

function declaredCounts(tag: SaxesTagPlain, refuse: (message: string) => void): Suite['declared'] {
  const count = (name: string) => {
    const text = attribute(tag, name).trim();
    if (text !== '' && !/^\d{1,9}$/.test(text)) refuse(`\`${name}\` of a suite is no count`);
    return Number(text === '' ? 0 : text);
  };
  return {
    tests: count('tests'),
    failed: count('failures') + count('errors'),
    skipped: count('skipped') + count('disabled'),
  };
}

/** Some writers say the end of a case in an attribute alone. */
function stateOf(tag: SaxesTagPlain): CaseState {
  const status = (attribute(tag, 'status') || attribute(tag, 'result')).toLowerCase();
  if (/^(?:fail|failed|failure|error|errored)$/.test(status)) return 'failed';
  return /^(?:skipped|disabled|ignored|notrun|not-run|suppressed|pending)$/.test(status)
    ? 'skipped'
    : 'passed';
}

function worse(state: CaseState, element: string): CaseState {
  if (element === 'failure' || element === 'error') return 'failed';
  return element === 'skipped' && state === 'passed' ? 'skipped' : state;
}

function caseName(tag: SaxesTagPlain): string {
  return [attribute(tag, 'classname'), attribute(tag, 'name')].filter((part) => part !== '').join(' ');
}
