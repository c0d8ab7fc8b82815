import type { CollectOptions } from '../../src/collect/index.ts';
import type { EvidenceSpec, KindSpec, LogSpec, Policy, VariableSpec } from '../../src/model/policy.ts';
import { memoryWorkspace } from '../../src/files/memory.ts';

const at = { path: 'policies/p.yaml', line: 1, column: 1 };

/** An evidence specification with what every one has. */
export function spec(kind: KindSpec, more: Partial<EvidenceSpec> = {}): EvidenceSpec {
  return { at, ...more, ...kind } as EvidenceSpec;
}

export function variable(more: Partial<VariableSpec> = {}): VariableSpec {
  return { type: 'string', secret: false, show: false, placeholderAllowed: false, ...more };
}

export function logSpec(path: string, more: Partial<LogSpec> = {}): EvidenceSpec {
  return spec({
    kind: 'log',
    path,
    table: 'Entries',
    time: { column: 'Timestamp (UTC)', zone: 'UTC', kind: 'instant' },
    columns: { Checks: { type: 'string', oneOf: ['pass', 'fail', 'not-run'] } },
    views: { passed: { '==': [{ var: 'Checks' }, 'pass'] } },
    order: 'oldest-first',
    dated: 'optional',
    tolerance: 0,
    ...more,
  });
}

export function policyOf(
  evidence: Readonly<Record<string, EvidenceSpec>>,
  more: Partial<Policy> = {},
): Policy {
  return {
    path: 'policies/p.yaml',
    digest: `sha256:${'1'.repeat(64)}`,
    name: 'p',
    title: 'P',
    version: '1.0.0',
    owner: 'o',
    appliesTo: [],
    timezone: 'UTC',
    inputs: [],
    evidence,
    records: {},
    reports: {},
    ...more,
  };
}

export const noon = Date.UTC(2026, 1, 24, 12);

export function optionsOf(
  files: Readonly<Record<string, string>>,
  more: Partial<CollectOptions> = {},
): CollectOptions {
  return {
    workspace: memoryWorkspace(files),
    root: '/nowhere',
    cwd: '/nowhere',
    env: {},
    run: false,
    clock: () => noon,
    ...more,
  };
}
