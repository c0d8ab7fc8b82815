import { validateVerdict } from '../generated/verdict.validator.js';
import type { Verdict } from '../model/verdict.ts';
import { parseJson } from './json.ts';
import { misfit } from './misfit.ts';

const version = 'soakgate/v1';

/**
 * Reads a file of one verdict, or of an array of them, as `--format json` writes it. Fields that this version does not
 * know are let through (semantics section 11); another version of the format is refused, since nobody knows what its
 * fields mean.
 */
export function parseVerdicts(text: string): { value: readonly Verdict[] } | { message: string } {
  const json = parseJson(text);
  if (!json.ok) return { message: `line ${json.line}: ${json.message}` };
  const list: readonly unknown[] = Array.isArray(json.value) ? json.value : [json.value];
  if (list.length === 0) return { message: 'it holds no verdict' };
  const message = list.map(objectionTo).find((objection) => objection !== undefined);
  return message === undefined ? { value: list as readonly Verdict[] } : { message };
}

function objectionTo(value: unknown): string | undefined {
  const { apiVersion, kind } = (value ?? {}) as { apiVersion?: unknown; kind?: unknown };
  if (kind !== 'Verdict') return 'it is no verdict';
  if (typeof apiVersion === 'string' && /^soakgate\/v\d{1,9}$/.test(apiVersion) && apiVersion !== version)
    return `it is written in the format \`${apiVersion}\`, this version reads \`${version}\``;
  return validateVerdict(value) ? undefined : misfit(validateVerdict.errors ?? []);
}
