import { parseInstant } from '../model/instant.ts';
import type { Verdict } from '../model/verdict.ts';
import { bearingOf, type Entry, entriesOf, verdictBearing } from './bearing.ts';
import { decisionWords } from './decision.ts';
import { plainAll } from './escape.ts';
import type { RenderOptions } from './index.ts';
import { jsonDocument } from './json.ts';
import { sha1 } from './sha1.ts';
import { byPolicy } from './sorted.ts';

type Outcome = 'pass' | 'fail' | 'warn' | 'error' | 'skip';

/**
 * A Report of openreports.io/v1alpha1 for each policy, to be applied to a cluster; several stand in a List. What is
 * unknown or pending is an error; what fails without deciding is a warning; what a waiver covers, does not apply or
 * belongs to the outlook is skipped.
 */
export function openreports(verdicts: readonly Verdict[], _options: RenderOptions): string {
  const reports = byPolicy(verdicts).map(plainAll).map(reportOf);
  return jsonDocument(reports.length === 1 ? reports[0] : { apiVersion: 'v1', kind: 'List', items: reports });
}

function reportOf(verdict: Verdict): object {
  const results = [decisionResult(verdict), ...entriesOf(verdict).map(ruleResult)];
  const count = (result: Outcome): number => results.filter((one) => one.result === result).length;
  return {
    apiVersion: 'openreports.io/v1alpha1',
    kind: 'Report',
    metadata: {
      name: objectName(verdict.policy.name),
      labels: { 'app.kubernetes.io/managed-by': 'soakgate' },
      annotations: {
        'soakgate/decision': decisionWords(verdict),
        'soakgate/policy-digest': verdict.policy.digest,
        'soakgate/evaluated-at': verdict.evaluatedAt,
        'soakgate/valid-until': verdict.validUntil,
      },
    },
    source: 'soakgate',
    summary: {
      pass: count('pass'),
      fail: count('fail'),
      warn: count('warn'),
      error: count('error'),
      skip: count('skip'),
    },
    results,
  };
}

/** A name as Kubernetes takes it (RFC 1123); a name that had to be changed says so by a part of its hash. */
function objectName(policy: string): string {
  const clean = policy
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 200)
    .replace(/^-|-$/g, '');
  if (clean !== '' && clean === policy) return `soakgate-${clean}`;
  return ['soakgate', clean, sha1(policy).slice(0, 8)].filter((part) => part !== '').join('-');
}

const decisionOutcome = { passes: 'pass', fails: 'fail', holds: 'error' } as const;

function decisionResult(verdict: Verdict) {
  return {
    ...sharedOf(verdict),
    rule: 'decision',
    category: 'decision',
    result: decisionOutcome[verdictBearing(verdict)] as Outcome,
    severity: 'high',
    scored: true,
    message: `${decisionWords(verdict)}: ${verdict.message}`,
  };
}

function ruleResult(entry: Entry) {
  const { verdict, gate, rule } = entry;
  return {
    ...sharedOf(verdict),
    rule: rule.id,
    category: gate.id,
    result: resultOf(entry),
    severity: { error: 'high', warning: 'medium', note: 'low' }[rule.severity],
    scored: gate.role === 'decides' && rule.severity === 'error',
    message: rule.message,
    properties: propertiesOf(entry),
  };
}

function resultOf(entry: Entry): Outcome {
  const bearing = bearingOf(entry);
  switch (bearing) {
    case 'passes':
      return 'pass';
    case 'fails':
      return 'fail';
    case 'unknown':
    case 'pending':
      return 'error';
    case 'waived':
    case 'not-applicable':
      return 'skip';
    case 'aside':
      return entry.gate.role === 'outlook' ? 'skip' : 'warn';
  }
}

function sharedOf({ policy, evaluatedAt }: Verdict) {
  const seconds = Math.floor((parseInstant(evaluatedAt) ?? 0) / 1000);
  return { source: 'soakgate', policy: policy.name, timestamp: { seconds, nanos: 0 } };
}

/** Texts alone, as the definition demands. */
function propertiesOf({ gate, rule }: Entry): Readonly<Record<string, string>> {
  return {
    outcome: rule.outcome,
    code: rule.code,
    role: gate.role,
    rule: `${rule.at.path}:${rule.at.line}`,
    ...(rule.earliest === undefined ? {} : { earliest: rule.earliest }),
    ...(rule.waiver === undefined ? {} : { waiver: rule.waiver.id, waiverExpires: rule.waiver.expires }),
  };
}
