import { commandsBeside, explainRule, ruleIds } from '../evaluate/explain.ts';
import type { RuleExplanation } from '../model/explanation.ts';
import { nearest } from '../model/nearest.ts';
import { ok, type Problem, problems, type Result } from '../model/problem.ts';
import { collectFor, type GatherRequest, refuseInstant } from './gather.ts';
import { type LoadedPolicy, loadPolicies } from './policies.ts';

/** A rule to explain, with everything that decides what its evidence is. */
export interface ExplainRequest extends GatherRequest {
  rule: string;
}

/**
 * A rule in words with its outcome now, or at `at`. Of the policy's commands only those run that the rule needs, and
 * those only with `run`.
 */
export async function explain(request: ExplainRequest): Promise<Result<RuleExplanation>> {
  const refused = refuseInstant(request);
  if (refused) return problems(refused);
  const loaded = await loadPolicies({ ...request, paths: request.policyPaths });
  if (!loaded.ok) return loaded;
  const having = loaded.value.filter(({ policy }) => ruleIds(policy).includes(request.rule));
  const [only, ...others] = having;
  if (only === undefined) return problems(unknownRule(request.rule, loaded.value));
  if (others.length > 0) return problems(ambiguous(request.rule, having));
  const told = await explainIn(only, request);
  if (!told.ok) return told;
  return told.value === undefined ? problems(silent(request.rule)) : ok(told.value);
}

async function explainIn(
  loaded: LoadedPolicy,
  request: ExplainRequest,
): Promise<Result<RuleExplanation | undefined>> {
  const { policy } = loaded;
  const beside = commandsBeside(policy, request.rule);
  const only = new Set(Object.keys(policy.evidence).filter((id) => !beside.has(id)));
  const collected = await collectFor(loaded, request, only);
  return collected.ok ? ok(explainRule(collected.value, request.rule)) : collected;
}

function unknownRule(id: string, loaded: readonly LoadedPolicy[]): Problem {
  const near = nearest(
    id,
    loaded.flatMap(({ policy }) => ruleIds(policy)),
  );
  const [only, ...others] = loaded;
  const where = others.length === 0 && only !== undefined ? `\`${only.policy.name}\` has` : 'no policy has';
  const message = others.length === 0 ? `the policy ${where} no rule \`${id}\`` : `${where} a rule \`${id}\``;
  const hint =
    near === undefined
      ? '`soakgate check --gate all` lists the rules; codes hold a dot or a slash'
      : `did you mean \`${near}\`?`;
  return { code: 'usage/unknown-rule', message, hint };
}

function ambiguous(id: string, having: readonly LoadedPolicy[]): Problem {
  const paths = having.map(({ policy }) => `\`${policy.path}\``);
  return {
    code: 'usage/ambiguous-rule',
    message: `${having.length} policies have a rule \`${id}\`: ${paths.join(', ')}`,
    hint: `name the policy: soakgate explain ${id} POLICY`,
  };
}

/** The built-in rule about the last phase is there only while it keeps the exit from go. */
function silent(id: string): Problem {
  return {
    code: 'usage/unknown-rule',
    message: `the built-in rule \`${id}\` takes no part now`,
    hint: 'there is nothing to explain: it keeps nothing shut',
  };
}
