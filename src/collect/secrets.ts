import type { Policy } from '../model/policy.ts';
import { parseDotenv } from '../parse/dotenv.ts';
import { decodeText } from '../files/text.ts';
import type { Workspace } from '../files/workspace.ts';
import { isHidden } from './variable.ts';
import type { EnvFile } from './variables.ts';

/** Names whose values are hidden even where no policy speaks of them. */
const secretName =
  /SECRET|TOKEN|PASSWORD|PASSWD|PASSPHRASE|PRIVATE|CREDENTIAL|API_?KEY|ACCESS_?KEY|_KEY$|_DSN$|_PAT$/i;

/** Values of the variables whose names say that they are secrets: all that is known before a policy is read. */
export function namedSecrets(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  return Object.entries(env).flatMap(([name, value]) =>
    value?.trim() && secretName.test(name) ? [value] : [],
  );
}

/**
 * Every value that must not be seen in anything that is kept, sorted: those of declared variables whose value is not
 * shown, and of any other variable whose name says that it is a secret. `dotenv` files of the policy are looked at,
 * whether or not a rule asks for them.
 */
export function gatherSecrets({
  policy,
  env,
  envFiles,
  workspace,
}: {
  policy: Policy;
  env: Readonly<Record<string, string | undefined>>;
  envFiles: readonly EnvFile[];
  workspace: Workspace;
}): readonly string[] {
  const secrets = new Set<string>();
  const hiddenNames = new Set<string>();
  // A switch named SECRETS_MODE is no secret where the policy says that its value is shown.
  const shownNames = new Set<string>();
  const add = (name: string, value: string | undefined, hidden: boolean) => {
    const named = secretName.test(name) && !shownNames.has(name);
    if (value !== undefined && value.trim() !== '' && (hidden || named)) secrets.add(value);
  };
  const specs = Object.values(policy.evidence).filter(
    (spec) => spec.kind === 'env' || spec.kind === 'dotenv',
  );
  for (const { variables } of specs) {
    for (const [name, one] of Object.entries(variables)) if (!isHidden(one)) shownNames.add(name);
  }
  for (const spec of specs) {
    const hidden = Object.entries(spec.variables).flatMap(([name, one]) => (isHidden(one) ? [name] : []));
    if (spec.kind === 'env') for (const name of hidden) hiddenNames.add(name);
    else
      for (const [name, value] of readDotenv(workspace, spec.path)) add(name, value, hidden.includes(name));
  }
  for (const name of serverVariables(policy)) if (!shownNames.has(name)) hiddenNames.add(name);
  for (const [name, value] of Object.entries(env)) add(name, value, hiddenNames.has(name));
  for (const { file } of envFiles) {
    for (const [name, { value }] of file.variables) add(name, value, hiddenNames.has(name));
  }
  return [...secrets].sort();
}

const proxies = ['HTTP_PROXY', 'HTTPS_PROXY', 'http_proxy', 'https_proxy'];

/** Variables that say where and how servers are asked; the URLs among them may hold credentials that do not belong there. */
function serverVariables({ evidence }: Policy): readonly string[] {
  return Object.values(evidence).flatMap((spec) => {
    const server = 'server' in spec ? spec.server : undefined;
    if (!server) return [];
    const { url, token, basic, headers } = server;
    return [
      ...proxies,
      ...(url.is === 'variable' ? [url.name] : []),
      ...(token === undefined ? [] : [token]),
      ...(basic ? [basic.password] : []),
      ...Object.values(headers),
    ];
  });
}

function readDotenv(workspace: Workspace, path: string): readonly (readonly [string, string])[] {
  const file = workspace.read(path);
  const text = file.ok ? decodeText(file.bytes) : undefined;
  if (text === undefined) return [];
  return [...parseDotenv(text).variables].map(([name, { value }]) => [name, value] as const);
}
