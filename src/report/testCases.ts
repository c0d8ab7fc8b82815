import type { GateReport, Verdict } from '../model/verdict.ts';
import { bearingOf, type Entry, verdictBearing } from './bearing.ts';
import { decisionWords } from './decision.ts';
import { type Fact, ruleFacts } from './ruleFacts.ts';

/** A verdict as reports of tests tell it: what is neither proven nor refuted is an error, never green. */
export type TestStatus = 'passed' | 'failed' | 'error' | 'skipped';

export interface TestCase {
  name: string;
  status: TestStatus;
  /** The outcome or decision itself. */
  word: string;
  /** A reason code, or the decision. */
  type: string;
  message: string;
  facts: readonly Fact[];
  at: { path: string; line?: number };
}

export interface TestSuite {
  verdict: Verdict;
  gate?: GateReport;
  name: string;
  cases: readonly TestCase[];
}

/**
 * First a suite of one case, the decision, then one for each gate. INVARIANT: all that is not skipped passes exactly
 * where the exit code is 0; rules that are open without deciding anything are skipped, with what they say as the reason.
 */
export function testSuites(verdict: Verdict): readonly TestSuite[] {
  const { name } = verdict.policy;
  return [
    { verdict, name, cases: [decisionCase(verdict)] },
    ...verdict.gates.map((gate) => ({
      verdict,
      gate,
      name: `${name} ${gate.id}`,
      cases: gate.rules.map((rule) => ruleCase({ verdict, gate, rule })),
    })),
  ];
}

const decisionStatus = { passes: 'passed', fails: 'failed', holds: 'error' } as const;

function decisionCase(verdict: Verdict): TestCase {
  const words = decisionWords(verdict);
  return {
    name: 'decision',
    status: decisionStatus[verdictBearing(verdict)],
    word: verdict.decision,
    type: verdict.decision,
    message: `${words}: ${verdict.message}`,
    facts: [['decision', words]],
    at: { path: verdict.policy.path },
  };
}

function ruleCase(entry: Entry): TestCase {
  const { rule, gate } = entry;
  const shared = {
    name: rule.id,
    word: rule.outcome,
    type: rule.code,
    facts: ruleFacts(entry),
    at: { path: rule.at.path, line: rule.at.line },
  };
  const bearing = bearingOf(entry);
  switch (bearing) {
    case 'passes':
      return { ...shared, status: 'passed', message: rule.message };
    case 'fails':
      return { ...shared, status: 'failed', message: rule.message };
    case 'unknown':
    case 'pending':
      return { ...shared, status: 'error', message: `${bearing}: ${rule.message}` };
    case 'waived':
      return { ...shared, status: 'skipped', message: waivedText(entry) };
    case 'not-applicable':
      return { ...shared, status: 'skipped', message: `not applicable: ${rule.message}` };
    case 'aside': {
      const why = gate.role === 'outlook' ? 'outlook' : rule.severity;
      return {
        ...shared,
        status: 'skipped',
        message: `${why}, does not decide: ${rule.outcome}: ${rule.message}`,
      };
    }
  }
}

function waivedText({ rule: { waiver, message } }: Entry): string {
  if (waiver === undefined) return `waived: ${message}`;
  return `waived by ${waiver.id} until ${waiver.expires}: ${waiver.outcome}: ${message}`;
}

/** Facts as lines, for formats that keep them as one text. */
export function factText(facts: readonly Fact[]): string {
  return facts.map(([label, text]) => `${label}: ${text}`).join('\n');
}
