import type { Citation, RuleReport, Verdict } from '../model/verdict.ts';
import { bearingOf, type Entry, entriesOf, verdictBearing } from './bearing.ts';
import { decisionWords } from './decision.ts';
import { plainAll } from './escape.ts';
import type { RenderOptions } from './index.ts';
import { jsonDocument } from './json.ts';
import { entryCites, requiredText, todoOf } from './ruleFacts.ts';
import { artifactUri, type Level, sarifLog, type SarifLocation, type SarifResult } from './sarifLog.ts';
import { sha1 } from './sha1.ts';
import { byPolicy } from './sorted.ts';

/**
 * SARIF 2.1.0: a run for each policy; each rule that keeps the gate shut, or would if it were an error, as a result at
 * its line in the policy, with the evidence as related locations; what a waiver covers is suppressed. The outlook is
 * left out, since it keeps nothing shut today. A gate that is shut without an open rule is a result of its own.
 */
export function sarif(verdicts: readonly Verdict[], _options: RenderOptions): string {
  return jsonDocument(sarifLog(byPolicy(verdicts).map(plainAll).map(runOf)));
}

function runOf(verdict: Verdict) {
  const { policy, tool, subject, evidenceMode, evaluatedAt, validUntil } = verdict;
  const entries = entriesOf(verdict).filter(({ gate }) => gate.role === 'decides');
  const open = entries.flatMap(resultOf);
  const results = [...(isShutWithoutRule(verdict, entries) ? [decisionResult(verdict)] : []), ...open];
  const rules = new Map(entries.map(({ rule }) => [rule.id, rule]));
  return {
    version: tool.version,
    id: `soakgate/${segment(policy.name)}/`,
    rules: [
      decisionRule,
      ...[...rules.values()].map((rule) => ({
        id: rule.id,
        title: rule.title,
        text: [requiredText(rule), rule.rationale ?? ''].filter((text) => text !== '').join('. '),
        help: todoOf(rule) ?? rule.remediation ?? `soakgate explain ${rule.id}`,
        level: levelOf(rule.severity),
        tags: rule.controls ?? [],
      })),
    ],
    results,
    properties: {
      decision: decisionWords(verdict),
      policy: policy.name,
      policyVersion: policy.version,
      policyDigest: policy.digest,
      evidenceMode,
      evaluatedAt,
      validUntil,
      ...(subject.commit === undefined ? {} : { commit: subject.commit }),
    },
  };
}

const decisionRule = {
  id: 'soakgate/decision',
  title: 'The gate is open',
  text: 'Every gate that decides is go, of the present instant',
  help: 'See what the gates still need with `soakgate status`',
  level: 'error' as const,
  tags: [],
};

/** A name as one part of a path: a slash in it would make two. */
function segment(name: string): string {
  return name.replaceAll('/', '-');
}

function isShutWithoutRule(verdict: Verdict, entries: readonly Entry[]): boolean {
  if (verdictBearing(verdict) === 'passes') return false;
  return !entries.some((entry) => ['fails', 'unknown', 'pending'].includes(bearingOf(entry)));
}

function decisionResult(verdict: Verdict): SarifResult {
  return {
    ruleId: decisionRule.id,
    level: 'error',
    message: `${decisionWords(verdict)}: ${verdict.message}`,
    location: { uri: artifactUri(verdict.policy.path), line: 1 },
    fingerprint: sha1(JSON.stringify([verdict.policy.name, decisionRule.id])),
  };
}

/** Severity and level are the same words, as far as this version knows them. */
function levelOf(severity: RuleReport['severity']): Level {
  switch (severity) {
    case 'error':
    case 'warning':
    case 'note':
      return severity;
  }
}

function resultOf(entry: Entry): readonly SarifResult[] {
  const { rule } = entry;
  switch (bearingOf(entry)) {
    case 'passes':
    case 'not-applicable':
      return [];
    case 'waived':
      return [{ ...sharedOf(entry, levelOf(rule.severity)), ...waiverOf(entry) }];
    case 'fails':
    case 'unknown':
    case 'aside':
      return [sharedOf(entry, levelOf(rule.severity))];
    case 'pending':
      // Nothing speaks against it; time alone is lacking.
      return [sharedOf(entry, 'warning')];
  }
}

function sharedOf({ verdict, gate, rule }: Entry, level: Level): SarifResult {
  const todo = todoOf(rule);
  return {
    ruleId: rule.id,
    level,
    message: `${rule.outcome}: ${rule.message}${todo === undefined ? '' : `; to do: ${todo}`}`,
    location: { uri: artifactUri(rule.at.path), line: rule.at.line, column: rule.at.column },
    related: relatedOf(entryCites(rule)),
    // Not the line, which moves: the same rule of the same policy is the same alert.
    fingerprint: sha1(JSON.stringify([verdict.policy.name, gate.id, rule.id])),
    properties: {
      gate: gate.id,
      severity: rule.severity,
      outcome: rule.outcome,
      code: rule.code,
      ...(rule.earliest === undefined ? {} : { earliest: rule.earliest }),
    },
  };
}

const mostRelated = 20;

function relatedOf(cites: readonly Citation[]): readonly SarifLocation[] {
  return cites
    .flatMap(({ evidence, path, line }) =>
      path === undefined || path === ''
        ? []
        : [
            {
              uri: artifactUri(path),
              message: `evidence ${evidence}`,
              ...(line === undefined ? {} : { line }),
            },
          ],
    )
    .slice(0, mostRelated);
}

/** Why a result is suppressed: the waiver, its reason and who approved it. */
function waiverOf({ verdict, rule }: Entry): Pick<SarifResult, 'suppression'> {
  const report = verdict.waivers.find(({ id }) => id === rule.waiver?.id);
  const until = rule.waiver === undefined ? '' : ` ${rule.waiver.id} until ${rule.waiver.expires}`;
  const by = report === undefined ? '' : `: ${report.reason} (approved by ${report.approver})`;
  return { suppression: `waiver${until}${by}` };
}
