import type { Observed } from '../model/evidence.ts';
import { compareOutcomes, type CheckOutcome } from '../model/outcome.ts';
import type { ReasonCode } from '../model/reasons.ts';
import type { Citation } from '../model/verdict.ts';

/** The least that two judgements have in common. */
export interface Part {
  outcome: CheckOutcome;
  code: ReasonCode;
  message: string;
  cites: readonly Citation[];
}

/** The first of the worst parts. There is always one: empty lists are refused when the policy loads. */
export function worstOf<P extends Part>(parts: readonly P[]): P {
  return parts.reduce((worst, part) => (compareOutcomes(part.outcome, worst.outcome) < 0 ? part : worst));
}

/** The first of the best parts. */
export function bestOf<P extends Part>(parts: readonly P[]): P {
  return parts.reduce((best, part) => (compareOutcomes(part.outcome, best.outcome) > 0 ? part : best));
}

/** Observed evidence as a whole, or a place in it. Its digest is made when it is asked for. */
export function citeWhole(item: Observed, place: Pick<Citation, 'path'> = {}): Citation {
  return {
    evidence: item.id,
    ...item.source,
    get digest() {
      return item.digest;
    },
    ...place,
  };
}

/** All citations of some parts, each once, in the order of first mention. */
export function citesOf(parts: readonly { cites: readonly Citation[] }[]): readonly Citation[] {
  const seen = new Map<string, Citation>();
  for (const part of parts) {
    for (const cite of part.cites) {
      const key = JSON.stringify([cite.evidence, cite.path, cite.line, cite.command, cite.query]);
      if (!seen.has(key)) seen.set(key, cite);
    }
  }
  return [...seen.values()].slice(0, 20);
}
