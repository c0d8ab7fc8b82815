import { compileLogic, type Leaf } from '../logic/compile.ts';
import { logicWords } from '../logic/words.ts';
import type { Json } from '../model/json.ts';
import type { ReasonCode } from '../model/reasons.ts';
import type { Citation } from '../model/verdict.ts';
import { citesOf } from './combine.ts';
import type { CheckMember } from './context.ts';

/** `assert`: JSON Logic over the evidence; only the boolean true passes (semantics section 1). */
export const assert: CheckMember<'assert'> = {
  judge(check, context) {
    const compiled = compileLogic(check.logic, { allowEmpty: context.allowEmpty });
    if (!compiled.ok) throw new Error(`policy loaded with bad logic: ${JSON.stringify(check.logic)}`);
    const { result, leaves } = compiled.compiled.trace({ read: context.read });
    const cites = citesOf(leaves.map((leaf) => ({ cites: citesOfLeaf(leaf) })));
    const seen = { observed: observedIn(leaves), required: true, cites };
    if (!result.known) {
      const reason = result.reasons[0];
      const message = reason?.message ?? `\`${reason?.path ?? 'the expression'}\` is unknown`;
      return { ...seen, outcome: 'unknown', code: (reason?.code ?? 'evidence.null') as ReasonCode, message };
    }
    const { decided } = result;
    if (typeof decided !== 'boolean') {
      const message = `the expression gives \`${JSON.stringify(decided)}\`, which is neither true nor false`;
      return { ...seen, outcome: 'unknown', code: 'assert.not-boolean', message };
    }
    if (decided) return { ...seen, outcome: 'pass', code: 'assert.true', message: 'the expression is true' };
    const broken = leaves.filter(
      (leaf) => leaf.result.known && !('size' in leaf.result) && !leaf.result.value,
    );
    const message =
      (broken.length > 0 ? broken : leaves).map(wordsOfLeaf).join('; ') || 'the expression is false';
    return { ...seen, outcome: 'fail', code: 'assert.false', message };
  },
  words(check) {
    return `\`${logicWords(check.logic)}\``;
  },
};

function citesOfLeaf(leaf: Leaf): readonly Citation[] {
  return leaf.reads.flatMap((read) => (read.from ? [{ ...read.from }] : []));
}

/** Every path that the expression read, with what it gave. */
function observedIn(leaves: readonly Leaf[]): Json {
  const reads = leaves.flatMap((leaf) => leaf.reads);
  return Object.fromEntries(reads.map((read) => [read.path, wordOf(read)]));
}

/** `flags.AUTH_MODE (shadow) === auth-default (enforced) is false`, in words that a person can follow. */
function wordsOfLeaf(leaf: Leaf): string {
  const reads = leaf.reads.map((read) => `\`${read.path}\` is \`${String(wordOf(read))}\``);
  return reads.length > 0
    ? `${reads.join(' and ')}, so \`${leaf.operator}\` is ${wordOf(leaf.result)}`
    : 'the expression is false';
}

function wordOf(seen: Leaf['result']): string | number | boolean {
  if (!seen.known) return '(unknown)';
  if ('size' in seen) return `${seen.size} elements`;
  return seen.value ?? 'null';
}
