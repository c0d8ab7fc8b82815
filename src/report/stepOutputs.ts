import { exitCodeOf } from '../model/exit.ts';
import { type Instant, parseInstant } from '../model/instant.ts';
import { worstDecision } from '../model/outcome.ts';
import type { Verdict } from '../model/verdict.ts';
import { decisionWords } from './decision.ts';
import { plain, plainAll } from './escape.ts';
import { byPolicy } from './sorted.ts';

/** What a step of a workflow tells those behind it. */
export interface StepOutputs {
  /**
   * `go`, `hold` or `no-go`. INVARIANT: `go` alone only where the exit code of the check is 0; of another instant it is
   * `go (as of …)`, of a verdict that is no longer valid `expired`.
   */
  decision: string;
  /** Empty where it cannot be told. */
  earliest: string;
  phase: string;
  /** The files that the result went to, one a line. */
  report: string;
}

/**
 * Of several policies: the worst decision, the latest `earliest` of those that are not `go`, each phase once. `drawnAt` is
 * the instant at which kept verdicts are drawn.
 */
export function stepOutputs(
  verdicts: readonly Verdict[],
  files: readonly string[],
  drawnAt?: Instant,
): StepOutputs {
  const sorted = byPolicy(verdicts).map(plainAll);
  const shut = sorted.filter((verdict) => exitCodeOf(verdict) !== 0);
  const times = shut.map(({ earliest }) => earliest ?? '').sort();
  const phases = sorted.flatMap(({ phase }) => phase?.current ?? []);
  return {
    decision: decisionOf(sorted, shut, drawnAt),
    earliest: times[0] === '' ? '' : (times.at(-1) ?? ''),
    phase: [...new Set(phases)].join('\n'),
    report: files.map(plain).join('\n'),
  };
}

/** The verdicts that say go, and no longer may: what is not known to be valid is not. */
export function expiredAt(verdicts: readonly Verdict[], at: Instant): readonly Verdict[] {
  return verdicts.filter((verdict) => {
    return exitCodeOf(verdict) === 0 && !((parseInstant(verdict.validUntil) ?? at) > at);
  });
}

function decisionOf(
  verdicts: readonly Verdict[],
  shut: readonly Verdict[],
  drawnAt: Instant | undefined,
): string {
  const worst = worstDecision(verdicts.map(({ decision }) => decision));
  if (worst === 'go' && drawnAt !== undefined && expiredAt(verdicts, drawnAt).length > 0) return 'expired';
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
