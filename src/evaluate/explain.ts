import { predicatesOf } from '../checks/predicates.ts';
import { resetsOf } from '../checks/resets.ts';
import { sourcesOf } from '../checks/sources.ts';
import { logicWords } from '../logic/words.ts';
import type { PredicateReport, RuleExplanation, SourceReport } from '../model/explanation.ts';
import { ceilSecond } from '../model/instant.ts';
import type { EvidenceSpec, Named, Policy, Rule } from '../model/policy.ts';
import type { RuleReport, Verdict } from '../model/verdict.ts';
import { evaluate, look } from './evaluate.ts';
import { allRules, contextIn } from './gates.ts';
import type { Evaluation } from './judged.ts';

/** Rules that the evaluator brings to every policy with phases, and the gate of each. */
const builtIns: ReadonlyMap<string, string> = new Map([
  ['phase-drift', 'phase'],
  ['last-phase-in-force', 'exit'],
  ['phase-deadline', 'phase'],
  ['freeze', 'exit'],
]);

/** Ids of all rules that can be explained, in the order of the rollout. */
export function ruleIds(policy: Policy): readonly string[] {
  const own = allRules(policy).map(({ rule }) => rule.id);
  return policy.phases === undefined ? own : [...own, ...builtIns.keys()];
}

/** Ids of the commands that the rule does not need: what they would say changes nothing that is told of it. */
export function commandsBeside(policy: Policy, id: string): ReadonlySet<string> {
  const found = allRules(policy).find(({ rule }) => rule.id === id);
  const needed = new Set(found === undefined ? [] : sourcesOf(found.rule));
  const commands = Object.entries(policy.evidence).filter(([, spec]) => spec.kind === 'command');
  return new Set(commands.flatMap(([name]) => (needed.has(name) ? [] : [name])));
}

/**
 * A rule in words with its outcome at one instant. Pure, as `evaluate` is.
 * @returns undefined if the policy has no such rule, or a built-in one that has nothing to say now
 */
export function explainRule(input: Evaluation, id: string): RuleExplanation | undefined {
  const { policy } = input;
  const found = allRules(policy).find(({ rule }) => rule.id === id);
  const gate = found?.gate ?? builtIns.get(id);
  if (gate === undefined) return undefined;
  const judged = evaluate({ ...input, gates: gate === 'phase' ? ['preflight'] : [gate] });
  const plain = evaluate(input);
  if (!judged.ok || !plain.ok) return undefined;
  const report = judged.value.gates.find((one) => one.id === gate)?.rules.find((rule) => rule.id === id);
  if (report === undefined) return undefined;
  const predicates = found === undefined ? [] : predicatesAt(input, found, report);
  return {
    apiVersion: 'soakgate/v1',
    kind: 'Explanation',
    of: 'rule',
    policy: policyOf(judged.value),
    evaluatedAt: judged.value.evaluatedAt,
    evidenceMode: judged.value.evidenceMode,
    gate: { id: gate, means: gateMeans(gate), ...roleOf(plain.value, gate) },
    rule: report,
    ...(found?.rule.when === undefined ? {} : { when: logicWords(found.rule.when) }),
    resets: found === undefined ? [] : resetsOf(found.rule.check),
    predicates,
    sources: sourceReports(judged.value, policy, found?.rule, report),
  };
}

function policyOf({ policy }: Verdict): RuleExplanation['policy'] {
  const { name, title, version, timezone, path } = policy;
  return { name, title, version, timezone, path };
}

function predicatesAt(
  input: Evaluation,
  { gate, rule }: { gate: string; rule: Rule },
  { cites }: RuleReport,
): readonly PredicateReport[] {
  return predicatesOf(rule, contextIn(gate, look(input, ceilSecond(input.now)).context), cites);
}

/** What the gate does when nobody chooses gates: then the same rule decides, is outlook, or is not looked at. */
function roleOf({ gates }: Verdict, id: string): Pick<RuleExplanation['gate'], 'role' | 'after'> {
  const gate = gates.find((one) => one.id === id);
  if (gate === undefined) return { role: 'aside' };
  return { role: gate.role, ...(gate.after === undefined ? {} : { after: gate.after }) };
}

const wholeGates: ReadonlyMap<string, string> = new Map([
  ['preflight', 'before the rollout may start'],
  ['monitors', 'in every phase'],
  ['phase', 'always, in a policy with phases'],
]);

function gateMeans(id: string): string {
  const [kind, phase] = id.split(':', 2);
  if (kind === 'entry') return `before the rollout may enter \`${phase}\``;
  if (phase !== undefined) return `while \`${phase}\` is in force`;
  return wholeGates.get(id) ?? 'before the rollout is over';
}

/** The evidence that the rule reads, in the order of its mention; of a built-in rule what it cites. */
function sourceReports(
  verdict: Verdict,
  policy: Policy,
  rule: Rule | undefined,
  report: RuleReport,
): readonly SourceReport[] {
  const cited = report.cites.map(({ evidence }) => evidence);
  const ids = rule === undefined ? [...new Set(cited)] : sourcesOf(rule);
  return ids.flatMap((id) => {
    const item = verdict.evidence.find((one) => one.id === id);
    if (item === undefined) return [];
    const spec = Object.hasOwn(policy.evidence, id) ? policy.evidence[id] : undefined;
    const { description, at } = spec ?? {};
    return {
      ...item,
      ...(description === undefined ? {} : { description }),
      ...(at === undefined ? {} : { at }),
      looksAt: spec === undefined ? `\`${policy.transitions?.path ?? id}\`` : looksAt(spec),
      cites: report.cites.filter((cite) => cite.evidence === id),
    };
  });
}

function looksAt(spec: EvidenceSpec): string {
  switch (spec.kind) {
    case 'env':
      return `the environment: ${Object.keys(spec.variables).join(', ')}`;
    case 'dotenv':
    case 'document':
    case 'junit':
    case 'ctrf':
    case 'sarif':
      return `\`${spec.path}\``;
    case 'log':
      return `\`${spec.path}\`, table \`${spec.table}\``;
    case 'file':
      return spec.pointer === undefined
        ? `\`${spec.path}\`${spec.pattern === undefined ? '' : `, what \`${spec.pattern}\` finds`}`
        : `\`${spec.path}\` at \`${spec.pointer}\``;
    case 'command':
      return `the command \`${spec.run.join(' ')}\``;
    case 'git':
      return 'the git repository';
    case 'prometheus':
      return `\`${spec.query}\` at ${named(spec.server.url)}`;
    case 'http':
      return `${named(spec.server.url)}, the samples at \`${spec.samples}\``;
    case 'metrics-text':
      return `the metric \`${spec.name}\` of ${spec.server ? named(spec.server.url) : `\`${spec.path ?? ''}\``}`;
    case 'github-checks':
    case 'attestation':
      return `\`${spec.kind}\`, which this version cannot collect`;
  }
}

function named(value: Named): string {
  return value.is === 'variable' ? `the server in \`${value.name}\`` : `\`${value.text}\``;
}
