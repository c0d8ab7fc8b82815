import { evaluate } from '../../src/evaluate/evaluate.ts';
import type { Evaluation } from '../../src/evaluate/judged.ts';
import type { Content, Evidence, EvidenceKind, Variable } from '../../src/model/evidence.ts';
import { type Instant, parseInstant } from '../../src/model/instant.ts';
import type { Check, EvidenceSpec, KindSpec, Phase, Policy, Rule } from '../../src/model/policy.ts';
import type { ReasonCode } from '../../src/model/reasons.ts';
import type { Verdict } from '../../src/model/verdict.ts';

const at = { path: 'policies/test.yaml', line: 1, column: 1 };

/** The instant at which the evaluator's tests judge, unless they say otherwise. */
export const now = parseInstant('2026-02-24T09:00:00Z') as Instant;

/** The verdict at `now`; throws where the gates asked for are refused. */
export function judge(
  policy: Policy,
  evidence: readonly Evidence[],
  more: Partial<Evaluation> = {},
): Verdict {
  const result = evaluate({ policy, evidence, now, version: '0.0.0', ...more });
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.value;
}

/** A policy with nothing in it but what is given. */
export function policyOf(parts: Partial<Policy> = {}): Policy {
  return {
    path: 'policies/test.yaml',
    digest: `sha256:${'0'.repeat(64)}`,
    name: 'test',
    title: 'Test',
    version: '1.0.0',
    owner: 'tests',
    appliesTo: [],
    timezone: 'UTC',
    inputs: [],
    evidence: {},
    records: {},
    reports: {},
    ...parts,
  };
}

export function ruleOf(id: string, check: Check, parts: Partial<Rule> = {}): Rule {
  return { id, title: `Rule ${id}`, severity: 'error', at, check, allowEmpty: false, controls: [], ...parts };
}

export function phaseOf(id: string, pins: Phase['pins'], parts: Partial<Phase> = {}): Phase {
  return { id, title: `Phase ${id}`, at, pins, ...parts };
}

export function specOf(spec: KindSpec, parts: Partial<EvidenceSpec> = {}): EvidenceSpec {
  return { at, ...spec, ...parts } as EvidenceSpec;
}

export function variableSpec(oneOf?: readonly string[]) {
  const base = { type: 'string', secret: false, show: true, placeholderAllowed: false } as const;
  return oneOf ? { ...base, oneOf } : base;
}

export function observed(
  id: string,
  content: Content,
  parts: { kind?: EvidenceKind; collectedAt?: Instant } = {},
): Evidence {
  return {
    id,
    kind: parts.kind ?? 'file',
    status: 'observed',
    origin: 'live',
    collectedAt: parts.collectedAt ?? 0,
    source: { path: `${id}.txt` },
    findings: [],
    content,
    digest: `sha256:${'1'.repeat(64)}`,
  };
}

export function absent(id: string, code: ReasonCode = 'file.missing', kind: EvidenceKind = 'file'): Evidence {
  const base = { id, kind, collectedAt: 0, source: {}, findings: [] };
  return { ...base, status: 'absent', code, message: `\`${id}\` is absent` };
}

/** `env` evidence; an undefined value is an unset variable. */
export function variables(
  id: string,
  values: Readonly<Record<string, string | undefined>>,
  collectedAt: Instant = 0,
): Evidence {
  const entries = Object.entries(values).map(([name, value]): [string, Variable] => [
    name,
    value === undefined ? { state: 'unset', code: 'env.unset' } : { state: 'value', value },
  ]);
  const content = { type: 'variables', variables: Object.fromEntries(entries) } as const;
  return observed(id, content, { kind: 'env', collectedAt });
}

export function commandRun(id: string, exitCode: number, parts: { collectedAt?: Instant } = {}): Evidence {
  const content = {
    type: 'command',
    argv: ['run', id],
    exitCode,
    seconds: 1,
    stdout: '',
    stderr: '',
  } as const;
  return observed(id, content, { kind: 'command', ...parts });
}
