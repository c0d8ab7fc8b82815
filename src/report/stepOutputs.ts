import { exitCodeOf } from '../model/exit.ts';
import { worstDecision } from '../model/outcome.ts';
import type { Verdict } from '../model/verdict.ts';
import { decisionWords } from './decision.ts';
import { plain, plainAll } from './escape.ts';
import { byPolicy } from './sorted.ts';

/** What a step of a workflow tells those behind it. */
export interface StepOutputs {
  /** `go`, `hold` or `no-go`. INVARIANT: `go` alone only where the exit code is 0; of another instant it is `go (as of …)`. */
  decision: string;
  /** Empty where it cannot be told. */
  earliest: string;
  phase: string;
  /** The files that the result went to, one a line. */
  report: string;
}

/** Of several policies: the worst decision, the latest `earliest` of those that are not `go`, each phase once. */
export function stepOutputs(verdicts: readonly Verdict[], files: readonly string[]): StepOutputs {
  const sorted = byPolicy(verdicts).map(plainAll);
  const shut = sorted.filter((verdict) => exitCodeOf(verdict) !== 0);
  const times = shut.map(({ earliest }) => earliest ?? '').sort();
  const phases = sorted.flatMap(({ phase }) => phase?.current ?? []);
  return {
    decision: decisionOf(sorted, shut),
    earliest: times[0] === '' ? '' : (times.at(-1) ?? ''),
    phase: [...new Set(phases)].join('\n'),
    report: files.map(plain).join('\n'),
  };
}

function decisionOf(verdicts: readonly Verdict[], shut: readonly Verdict[]): string {
  const worst = worstDecision(verdicts.map(({ decision }) => decision));
  if (worst !== 'go' || shut.length === 0) return worst;
  const asOf = shut.find(({ decision }) => decision === 'go');
  return asOf === undefined ? 'hold' : decisionWords(asOf);
}

/** As lines for `GITHUB_OUTPUT`. `delimiter` must not be foreseeable: whoever knows it can set outputs of their own. */
export function stepOutputLines(outputs: StepOutputs, delimiter: string): string {
  return Object.entries(outputs)
    .map(([name, value]) => `${name}<<${delimiter}\n${String(value)}\n${delimiter}\n`)
    .join('');
}
