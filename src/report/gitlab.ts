import type { Verdict } from '../model/verdict.ts';
import { bearingOf, byBearing, type Entry, entriesOf, verdictBearing } from './bearing.ts';
import { decisionWords } from './decision.ts';
import { plainAll } from './escape.ts';
import type { RenderOptions } from './index.ts';
import { jsonDocument } from './json.ts';
import { todoOf } from './ruleFacts.ts';
import { sha1 } from './sha1.ts';
import { byPolicy } from './sorted.ts';

/** What GitLab knows, worst last. */
type Severity = 'info' | 'minor' | 'major' | 'critical' | 'blocker';

interface Remark {
  description: string;
  check_name: string;
  /** The same remark has the same one, wherever it stands: merge requests show what is new. */
  fingerprint: string;
  severity: Severity;
  location: { path: string; lines: { begin: number } };
}

/** GitLab's code quality (https://docs.gitlab.com/ci/testing/code_quality/): what keeps a gate shut, at its rule. */
export function gitlab(verdicts: readonly Verdict[], _options: RenderOptions): string {
  return jsonDocument(byPolicy(verdicts).map(plainAll).flatMap(remarksOf));
}

function remarksOf(verdict: Verdict): readonly Remark[] {
  const rules = byBearing(entriesOf(verdict)).filter(({ gate }) => gate.role === 'decides');
  return [...decisionRemark(verdict), ...rules.flatMap(ruleRemark)];
}

function decisionRemark(verdict: Verdict): readonly Remark[] {
  if (verdictBearing(verdict) === 'passes') return [];
  const { policy, message } = verdict;
  const name = 'soakgate/decision';
  return [
    {
      description: `${decisionWords(verdict)}: ${message}`,
      check_name: name,
      fingerprint: sha1(JSON.stringify([policy.name, name])),
      severity: 'blocker',
      location: { path: policy.path, lines: { begin: 1 } },
    },
  ];
}

function ruleRemark(entry: Entry): readonly Remark[] {
  switch (bearingOf(entry)) {
    case 'fails':
    case 'unknown':
      return [remark(entry, 'critical')];
    case 'pending':
      return [remark(entry, 'major')];
    case 'aside':
      return [remark(entry, entry.rule.severity === 'note' ? 'info' : 'minor')];
    case 'waived':
      return [remark(entry, 'info')];
    case 'passes':
    case 'not-applicable':
      return [];
  }
}

function remark({ verdict, gate, rule }: Entry, severity: Severity): Remark {
  const todo = todoOf(rule);
  const by = rule.waiver === undefined ? '' : ` by ${rule.waiver.id} until ${rule.waiver.expires}`;
  return {
    description: `${rule.outcome}${by}: ${rule.message}${todo === undefined ? '' : `; to do: ${todo}`}`,
    check_name: rule.id,
    fingerprint: sha1(JSON.stringify([verdict.policy.name, gate.id, rule.id])),
    severity,
    location: { path: rule.at.path, lines: { begin: rule.at.line } },
  };
}
