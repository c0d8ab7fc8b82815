import type { Baseline } from '../model/baseline.ts';
import { isObject, type Json } from '../model/json.ts';
import { parseInstant } from '../model/instant.ts';
import { type ReasonCode, reasons } from '../model/reasons.ts';

/**
 * The baselines of a stored verdict. An entry that is not as the schema of verdicts says is left out: then the monitors
 * that need it have none. Undefined if the verdict keeps none at all.
 */
export function readBaselines(json: Json | undefined): readonly Baseline[] | undefined {
  if (!Array.isArray(json)) return undefined;
  return (json as readonly Json[]).flatMap((entry) => readBaseline(entry) ?? []);
}

function readBaseline(json: Json): Baseline | undefined {
  if (!isObject(json)) return undefined;
  const { evidence, stat, from, to, query, value, coverage, code, message } = json;
  if (typeof evidence !== 'string' || typeof stat !== 'string' || !isTime(from) || !isTime(to))
    return undefined;
  if (query !== undefined && typeof query !== 'string') return undefined;
  const span = { evidence, stat, from, to, ...(query === undefined ? {} : { query }) };
  if (typeof value === 'number' && typeof coverage === 'number') return { ...span, value, coverage };
  if (typeof code !== 'string' || typeof message !== 'string' || !Object.hasOwn(reasons, code))
    return undefined;
  return { ...span, code: code as ReasonCode, message };
}

function isTime(json: Json | undefined): json is string {
  return typeof json === 'string' && parseInstant(json) !== undefined;
}
