import type { CheckContext } from '../checks/context.ts';
import type { Phase } from '../model/policy.ts';

/** Which phase the pins in force name. */
export interface PinState {
  /** Undefined if no phase fits or a pin is not known. */
  phase?: Phase;
  /** Paths of pins that are not known, or fit no phase; sorted. */
  unset: readonly string[];
}

/** Recognises the phase by its pins (semantics section 4): every pin known and equal. */
export function recognisePhase(phases: readonly Phase[], context: CheckContext): PinState {
  const paths = [...new Set(phases.flatMap((phase) => Object.keys(phase.pins)))].sort();
  const unset = paths.filter((path) => !context.read(path).known);
  if (unset.length > 0) return { unset };
  const phase = phases.find((candidate) => driftFrom(candidate, context).length === 0);
  return phase ? { phase, unset: [] } : { unset: [] };
}

/** Paths whose value is not the one that the phase pins; sorted. */
export function driftFrom(phase: Phase, context: CheckContext): readonly string[] {
  return Object.entries(phase.pins)
    .filter(([path, pin]) => {
      const reading = context.read(path);
      return !reading.known || reading.value !== pin;
    })
    .map(([path]) => path)
    .sort();
}
