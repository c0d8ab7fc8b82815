import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, resolve } from 'node:path';
import type { CommandSpec, Policy } from '../model/policy.ts';
import { ok, type Result } from '../model/problem.ts';
import { commandEnvironment } from './command/environment.ts';
import { type CollectOptions, createContext } from './index.ts';
import type { Redactor } from './redact.ts';
import { type Refusal, refuseBranch, refuseTree } from './settle.ts';
import { readEnvFiles } from './variables.ts';

/** What is known before anything runs. */
export interface Foresight {
  /** Why evidence will not count, whatever its command says. */
  refusals: readonly (Refusal & { id: string })[];
  redactor: Redactor;
}

/** Looks ahead at evidence that is to be collected with `run`: trees that are not clean, programs that are not there. */
export function foresee(policy: Policy, ids: readonly string[], options: CollectOptions): Result<Foresight> {
  const envFiles = readEnvFiles(options.envFiles ?? [], options);
  if (!envFiles.ok) return envFiles;
  const { git, redactor } = createContext(policy, options, envFiles.value);
  const refusals = ids.flatMap((id) => {
    const spec = policy.evidence[id];
    if (!spec) return [];
    const refused =
      refuseBranch(spec, git) ??
      (spec.bind === 'commit' ? refuseTree(git) : undefined) ??
      (spec.kind === 'command' ? refuseProgram(spec, options) : undefined);
    return refused ? [{ id, code: refused.code, message: redactor.text(refused.message) }] : [];
  });
  return ok({ refusals, redactor });
}

function refuseProgram(spec: CommandSpec, { root, env }: CollectOptions): Refusal | undefined {
  const [program = ''] = spec.run;
  const { PATH = '' } = commandEnvironment(env, spec.env, '');
  // As the system looks for it: a name with a slash is a path, any other is looked up.
  const folders = program.includes('/') ? [resolve(root, spec.cwd ?? '')] : PATH.split(delimiter);
  if (folders.some((folder) => folder !== '' && isProgram(resolve(folder, program)))) return undefined;
  return { code: 'command.not-started', message: `there is no program \`${program}\`` };
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
