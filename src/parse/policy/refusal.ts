import { validatePolicy } from '../../generated/policy.validator.js';
import { validateWaiver } from '../../generated/waiver.validator.js';
import type { Json } from '../../model/json.ts';
import type { Problem } from '../../model/problem.ts';
import type { YamlSource } from '../yaml/load.ts';
import { translateErrors } from './translate.ts';

/** What the schema of policies objects to, as ajv finds it. */
export function policyRefusals(value: Json, source: YamlSource): readonly Problem[] {
  return validatePolicy(value) ? [] : translateErrors(validatePolicy.errors ?? [], source, 'policy');
}

/** What the schema of waivers objects to; undefined if it accepts the file. */
export function waiverRefusals(source: YamlSource): readonly Problem[] | undefined {
  return validateWaiver(source.value)
    ? undefined
    : translateErrors(validateWaiver.errors ?? [], source, 'waiver');
}
