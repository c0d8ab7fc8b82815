import { pointTo } from '../../model/pointer.ts';
import type { VariableSpec } from '../../model/policy.ts';
import type { Finding, Lint } from './lint.ts';

const vault = (spec: string, kind = 'env: {', end = '}') => `evidence:
  vault: { ${kind} variables: { VAULT_URL: { format: uri }, VAULT_TOKEN: ${spec} } ${end} }
preflight:
  - id: vault-set
    title: The vault is configured
    expect: { vault.VAULT_URL: set, vault.VAULT_TOKEN: set }
`;

const secretWord = /(?:^|_)(?:KEY|APIKEY|TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|PWD|CREDENTIALS?)$/i;
/** Keys that are no secrets. */
const openKey =
  /(?:^|_)(?:ANON|CACHE|FOREIGN|IDEMPOTENCY|PARTITION|PRIMARY|PUBLIC|PUBLISHABLE|ROUTING|SORT)_KEY$/i;

export const secretName: Lint = {
  severity: 'warning',
  summary:
    'a variable is named like a secret and not declared as one, so its value is not blotted out of outputs that hold it',
  fix: 'add `secret: true`, or `show: true` if it is none',
  example: vault('{}'),
  mended: vault('{ secret: true }'),
  judge({ policy }) {
    return Object.entries(policy.evidence).flatMap(([id, spec]) => {
      if (spec.kind !== 'env' && spec.kind !== 'dotenv') return [];
      return Object.entries(spec.variables).flatMap(([name, variable]): readonly Finding[] => {
        if (!secretWord.test(name) || openKey.test(name) || isDeclared(variable)) return [];
        const pointer = pointTo('/evidence', id, spec.kind, 'variables', name);
        const message = `\`${name}\` sounds like a secret and is not declared as one`;
        return [{ message, pointer, atKey: true, fix: { pointer, key: 'secret', value: 'true' } }];
      });
    });
  },
};

/** Whoever lists or shows the values, or calls them numbers, has thought about them. */
function isDeclared({ secret, show, oneOf, type }: VariableSpec): boolean {
  return secret || show || oneOf !== undefined || type !== 'string';
}

export const exampleFile: Lint = {
  severity: 'warning',
  summary:
    'variables are read from an example file, whose values are placeholders and say nothing about a deployment',
  fix: 'name the file that is deployed',
  example: vault('{ secret: true }', 'dotenv: { path: .env.example,'),
  mended: vault('{ secret: true }', 'dotenv: { path: .env.production,'),
  judge({ policy }) {
    return Object.entries(policy.evidence).flatMap(([id, spec]): readonly Finding[] => {
      if (spec.kind !== 'dotenv' || !/\.(?:example|sample|template|dist)(?:\.|$)/.test(spec.path)) return [];
      const message = `\`${spec.path}\` is an example: its values are placeholders`;
      return [{ message, pointer: pointTo('/evidence', id, 'dotenv', 'path') }];
    });
  },
};
