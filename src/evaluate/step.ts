import type { PinState } from './pins.ts';

/** A step of the rollout that is to be taken: out of a phase, into the next one or to the end. */
export interface Step {
  from: string;
  /** A phase id, or `done`. */
  to: string;
}

/** The gate that grants a step. */
export function gateOfStep({ to }: Step): string {
  return to === 'done' ? 'exit' : `entry:${to}`;
}

/** What decides about a step: preflight, the monitors of the phase that is left, and the gate that grants it. */
export function gatesOfStep(step: Step): readonly string[] {
  return ['preflight', 'monitors', `monitors:${step.from}`, gateOfStep(step)];
}

/** Whether the pins in force are already those of the phase to be entered. */
export function isAhead({ to }: Step, pins: PinState): boolean {
  return pins.phase?.id === to;
}
