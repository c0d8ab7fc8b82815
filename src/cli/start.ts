import { treeWorkspace } from '../files/tree.ts';
import { plain } from '../report/escape.ts';

/** What `soakgate` alone says: what to do next from here. */
export function startText(folder: string): string {
  const policies = policiesIn(folder);
  const steps = policies.length > 0 ? withPolicies(policies) : withoutPolicies;
  const lines = steps.map(([command, text]) => `  ${command.padEnd(34)}${text}`);
  const head =
    policies.length > 0 ? `Here ${count(policies.length)}: ${policies.join(', ')}` : 'No policy here yet.';
  return `soakgate: a policy-as-code gate for production rollouts\n\n${head}\n\nNext:\n${lines.join('\n')}\n`;
}

type Step = readonly [command: string, text: string];

function withPolicies(policies: readonly string[]): readonly Step[] {
  const one = policies.length === 1 ? '' : ` ${policies[0] ?? ''}`;
  return [
    [`soakgate lint${one}`, 'find mistakes in the policy'],
    [`soakgate check${one}`, 'judge it with what can be read now'],
    [`soakgate check --run${one}`, 'and run its commands'],
    ['soakgate help', 'all commands'],
  ];
}

const withoutPolicies: readonly Step[] = [
  ['mkdir policies', 'a policy is a file policies/NAME.yaml'],
  ['soakgate schema policy', 'what can stand in it'],
  ['soakgate lint policies/NAME.yaml', 'find mistakes in it'],
  ['soakgate check', 'judge it'],
  ['soakgate help', 'all commands'],
];

function policiesIn(folder: string): readonly string[] {
  const listed = treeWorkspace(folder).list('policies');
  if (!listed.ok) return [];
  const names = listed.files.filter((name) => /\.ya?ml$/.test(name) && !/\.test\.ya?ml$/.test(name));
  return names.map((name) => `policies/${plain(name)}`);
}

function count(policies: number): string {
  return policies === 1 ? 'is one policy' : `are ${policies} policies`;
}
