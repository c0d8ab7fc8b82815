import { validatePolicy } from '../../generated/policy.validator.js';
import type { Json } from '../../model/json.ts';
import type { Policy } from '../../model/policy.ts';
import { compareProblems, type Problem } from '../../model/problem.ts';
import { loadYaml, mostProblems, type YamlSource } from '../yaml/load.ts';
import { problemIn } from '../yaml/problem.ts';
import { buildPolicy } from './build.ts';
import { replaceInputs, resolveInputs } from './inputs.ts';
import { checkShape } from './shape.ts';
import { translateErrors } from './translate.ts';

export interface PolicyOptions {
  /** Relative to the root, with `/`. */
  path: string;
  /** `sha256:` over the bytes of the file; asked for when the digest of the policy is. */
  digest: () => string;
  /** Values of `--input name=value`. */
  inputs?: Readonly<Record<string, string>>;
}

/** A policy of the right form, and the file it came from for whoever looks further. */
export interface ParsedPolicy {
  policy: Policy;
  source: YamlSource;
  /** The document with inputs replaced. */
  value: Json;
}

/**
 * Reads a policy: strict YAML, the schema, inputs. What the parts say of each other (paths, types, ids) is not looked
 * at here but by `readPolicy` of src/analyze.
 */
export function parsePolicyForm(
  text: string,
  options: PolicyOptions,
): { parsed?: ParsedPolicy; problems: readonly Problem[] } {
  const loaded = loadYaml(text, options.path);
  if (!loaded.ok) return { problems: loaded.problems };
  const source = loaded.value;
  const problems = [...schemaProblems(source.value, source)];
  const shape = checkShape(source.value).slice(0, mostProblems);
  problems.push(...shape.map((complaint) => problemIn(source, complaint)));
  if (problems.length > 0) return { problems: firstOf(problems) };
  const inputs = resolveInputs(source, options.inputs ?? {});
  const replaced = replaceInputs(source, inputs);
  problems.push(...inputs.problems, ...replaced.problems);
  // What stood as `{ input: … }` is a scalar now, and may not fit its place.
  if (problems.length === 0 && inputs.values.length > 0) {
    problems.push(...schemaProblems(replaced.value, { ...source, value: replaced.value }));
  }
  if (problems.length > 0) return { problems: firstOf(problems) };
  const policy = buildPolicy({
    source,
    value: replaced.value,
    digest: options.digest,
    inputs: inputs.values,
  });
  return { parsed: { policy, source, value: replaced.value }, problems };
}

function firstOf(problems: readonly Problem[]): readonly Problem[] {
  return [...problems].sort(compareProblems).slice(0, mostProblems);
}

function schemaProblems(value: Json, source: YamlSource): readonly Problem[] {
  if (validatePolicy(value)) return [];
  return translateErrors(validatePolicy.errors ?? [], source, 'policy');
}
