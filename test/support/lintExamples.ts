import { lintPolicy, type Linted } from '../../src/analyze/lint/index.ts';
import { loadPolicy } from '../../src/analyze/load.ts';
import { loadWaivers } from '../../src/analyze/waivers.ts';
import type { Problem } from '../../src/model/problem.ts';

const head = `apiVersion: soakgate/v1
kind: Policy
metadata: { name: example, title: Example, version: '1.0.0', owner: platform }
`;
const flags = '  flags: { env: { variables: { MODE: { oneOf: [shadow, enforced] } } } }\n';
const repo = '  repo: { git: {} }\n';
const preflight = `preflight:
  - id: mode-set
    title: The mode is set
    expect: { flags.MODE: set }
`;
const transitions = "transitions: { path: 'docs/transitions-{yyyy}.md' }\n";

const has = (text: string, key: string) => new RegExp(`^${key}:`, 'm').test(text);

/** A whole policy from the parts that an example shows. */
export function wholePolicy(parts: string): string {
  const gates = ['preflight', 'monitors', 'exit'].some((key) => has(parts, key));
  const entries = parts.includes('entry:') || parts.includes('monitors:');
  const rules = gates || entries ? parts : `${parts}${preflight}`;
  const read = `evidence:\n${rules.includes('flags.') ? flags : ''}${rules.includes('repo.') ? repo : ''}`;
  return `${head}${has(parts, 'evidence') ? '' : read}${rules}${has(parts, 'phases') ? transitions : ''}`;
}

export const exampleNow = Date.parse('2026-02-24T09:00:00Z');

/** What lints say of parts of a policy, or of a waiver beside a small policy. */
export function lintExample(parts: string): readonly Linted[] {
  const waiver = /^kind: Waiver$/m.test(parts);
  return lintText(waiver ? wholePolicy('') : wholePolicy(parts), waiver ? [parts] : []);
}

export function lintText(text: string, waiverTexts: readonly string[] = []): readonly Linted[] {
  const loaded = loadPolicy(text, { path: 'policies/p.yaml', digest: () => 'sha256:0' });
  if (!loaded.ok) throw new Error(`the policy must load: ${told(loaded.problems)}\n${text}`);
  const files = waiverTexts.map((waiver, index) => ({
    path: `policies/waivers/${index}.yaml`,
    text: waiver,
  }));
  const waivers = loadWaivers(files, loaded.value.policy);
  if (waivers.problems.length > 0) throw new Error(`the waivers must load: ${told(waivers.problems)}`);
  return lintPolicy({
    ...loaded.value,
    waivers: waivers.waivers,
    waiverSources: waivers.sources,
    now: exampleNow,
  });
}

function told(problems: readonly Problem[]): string {
  return problems.map(({ code, message, at }) => `${at?.line}:${at?.column} ${code}: ${message}`).join('; ');
}
