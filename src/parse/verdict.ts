import { validateVerdict } from '../generated/verdict.validator.js';
import { type Decision, decideGate, worstDecision } from '../model/outcome.ts';
import type { Verdict } from '../model/verdict.ts';
import { parseJson } from './json.ts';
import { misfit } from './misfit.ts';

const version = 'soakgate/v1';

/**
 * Reads a file of one verdict, or of an array of them, as `--format json` writes it. Fields that this version does not
 * know are let through (semantics section 11); another version of the format is refused, since nobody knows what its
 * fields mean, and so is a verdict that contradicts itself: nobody knows which half of it is true.
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
  return validateVerdict(value) ? contradictionIn(value as Verdict) : misfit(validateVerdict.errors ?? []);
}

/** INVARIANT: a decision is what the rules of its gates give, as it was when it was judged. */
function contradictionIn({ gates, decision }: Verdict): string | undefined {
  const wrong = gates.find((gate) => gate.decision !== decideGate(gate.rules));
  if (wrong)
    return `the gate \`${wrong.id}\` says \`${wrong.decision}\`, and its rules give \`${decideGate(wrong.rules)}\``;
  const given = decisionOf(gates);
  return decision === given ? undefined : `it says \`${decision}\`, and its gates give \`${given}\``;
}

/** The gate `phase` can hold or stop, and is never what makes a verdict go. */
function decisionOf(gates: Verdict['gates']): Decision {
  const deciding = gates.filter(({ role }) => role === 'decides');
  const decisions = deciding.map((gate) => gate.decision);
  return worstDecision(deciding.some(({ id }) => id !== 'phase') ? decisions : [...decisions, 'hold']);
}
