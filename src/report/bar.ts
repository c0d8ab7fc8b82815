import type { Outcome } from '../model/outcome.ts';
import type { Ink } from './ink.ts';

export interface Progress {
  outcome: Outcome;
  observed: number;
  required: number;
}

/** `████░░░░`. INVARIANT: only what passed is drawn full, and only what was not observed at all is drawn empty. */
export function bar({ outcome, observed, required }: Progress, cells: number, ink: Ink): string {
  const [full, empty] = ink.bar;
  const part = Math.min(cells - 1, Math.max(1, Math.floor((observed / required) * cells)));
  const filled = outcome === 'pass' ? cells : observed <= 0 ? 0 : part;
  return ink.outcome(outcome, full.repeat(filled)) + ink.faint(empty.repeat(cells - filled));
}
