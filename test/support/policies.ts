/** Small policies for tests of the built program. */

export function policyText(name: string, body: string): string {
  return `apiVersion: soakgate/v1
kind: Policy
metadata: { name: ${name}, title: The ${name} rollout, version: '1.0.0', owner: team }
timezone: UTC
${body}`;
}

/** The decision follows the variable: \`enforced\` is go, \`shadow\` is no-go, unset is hold. */
export const modePolicy = policyText(
  'mode',
  `evidence:
  flags: { env: { variables: { MODE: { oneOf: [shadow, enforced] } } } }
preflight:
  - { id: mode-enforced, title: The mode is enforced, expect: { flags.MODE: enforced } }
`,
);

/** The decision follows a file of the tree, so that looking back can be go: \`enforced\`, \`shadow\`, or no file. */
export const filePolicy = policyText(
  'file',
  `evidence:
  mode: { file: { path: mode.json, format: json, pointer: /mode, type: string, oneOf: [shadow, enforced] } }
preflight:
  - { id: mode-enforced, title: The mode is enforced, expect: { mode: enforced } }
`,
);

/** The decision follows the exit code of a command. */
export function commandPolicy(run: readonly string[], timeout = '1m'): string {
  return policyText(
    'command',
    `evidence:
  job: { command: { run: ${JSON.stringify(run)}, timeout: ${timeout} } }
preflight:
  - { id: job-green, title: The job is green, passes: job }
`,
  );
}
