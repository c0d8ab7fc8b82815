import type { CollectOptions } from '../collect/index.ts';
import { type Foresight, foresee } from '../collect/foresee.ts';
import type { Duration } from '../model/instant.ts';
import { nearest } from '../model/nearest.ts';
import type { LogSpec, RecordSpec } from '../model/policy.ts';
import { ok, problems, type Result } from '../model/problem.ts';
import { runIdOf } from '../record/runId.ts';
import type { GatherRequest } from './gather.ts';
import { type LoadedPolicy, loadPolicies } from './policies.ts';
import { type RecordWish, refuseWish } from './recordDoubts.ts';

/** One row to be written, as the command line or a program asks for it. */
export interface RecordRequest
  extends RecordWish,
    Pick<
      GatherRequest,
      | 'policyPaths'
      | 'cwd'
      | 'root'
      | 'envFiles'
      | 'inputs'
      | 'cache'
      | 'env'
      | 'clock'
      | 'onProgress'
      | 'signal'
    > {
  /** Writes the row whatever is known to be missing; it is never better for that. */
  anyway: boolean;
  /** How long to wait for other writers of the same log. */
  wait: Duration;
}

/** What is known of a record before anything is asked. */
export interface RecordGround {
  request: RecordRequest;
  loaded: LoadedPolicy;
  record: RecordSpec;
  log: LogSpec;
  foresight: Foresight;
  run: string | undefined;
}

/** What the policy says of the record, or why it cannot be written at all. Nothing of the record's evidence is read yet. */
export async function prepare(request: RecordRequest): Promise<Result<RecordGround>> {
  const chosen = await choosePolicy(request);
  if (!chosen.ok) return chosen;
  const loaded = chosen.value;
  const { policy } = loaded;
  const spec = policy.records[request.name] as RecordSpec;
  const log = policy.evidence[spec.log] as LogSpec;
  const refused = refuseWish(spec, request);
  if (refused.length > 0) return problems(...refused);
  const foresight = foresee(policy, request.run ? spec.checks : [], collectOptions(request, loaded));
  if (!foresight.ok) return foresight;
  const others = Object.values(policy.records).filter((one) => one.log === spec.log).length > 1;
  const id = runIdOf(request.env);
  const run = id === undefined ? undefined : others ? `${id}/${request.name}` : id;
  return ok({ request, loaded, record: spec, log, foresight: foresight.value, run });
}

/** The policy that declares the record; with several it has to be named. */
async function choosePolicy(request: RecordRequest): Promise<Result<LoadedPolicy>> {
  const loaded = await loadPolicies({ ...request, paths: request.policyPaths });
  if (!loaded.ok) return loaded;
  const { name } = request;
  const own = loaded.value.filter(({ policy }) => Object.hasOwn(policy.records, name));
  const [only] = own;
  if (only && own.length === 1) return ok(only);
  if (only)
    return problems({
      code: 'usage/one-policy',
      message: `${own.length} policies declare a record \`${name}\``,
      hint: `name one: soakgate record ${name} ${only.policy.path}`,
    });
  const names = loaded.value.flatMap(({ policy }) => Object.keys(policy.records)).sort();
  const near = nearest(name, names);
  const known =
    names.length === 0 ? 'the policy declares none under `records:`' : `records are ${names.join(', ')}`;
  return problems({
    code: 'usage/unknown-record',
    message: `there is no record \`${name}\``,
    hint: near === undefined ? known : `did you mean \`${near}\`?`,
  });
}

/** How a record looks at the world; commands run only where it says so itself. */
export function collectOptions(request: RecordRequest, { root, workspace }: LoadedPolicy): CollectOptions {
  const { cwd, env, envFiles, clock, onProgress, signal } = request;
  return {
    ...{ root, workspace, cwd, env, envFiles, clock, run: false },
    ...(onProgress ? { onProgress } : {}),
    ...(signal ? { signal } : {}),
  };
}
