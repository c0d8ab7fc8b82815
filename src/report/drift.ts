import type { Differs, PhaseReport } from '../model/verdict.ts';

/** The phase that the transition log has in force; undefined once the rollout is finished. */
export function recordedPhase({ road }: PhaseReport): string | undefined {
  return road.find(({ state }) => state === 'current')?.id;
}

/** `flags.AUTH_MODE is enforced, shadow needs shadow`, flag by flag; undefined where the flags fit. */
export function driftText(phase: PhaseReport): string | undefined {
  if (phase.drift.length === 0) return undefined;
  const recorded = recordedPhase(phase) ?? 'the phase in force';
  const flags = phase.differs ?? phase.drift.map((path) => ({ path }));
  return flags.map((flag) => flagText(flag, recorded)).join('; ');
}

function flagText({ path, found, pinned }: Differs, recorded: string): string {
  const is = found === undefined ? 'is not known' : `is ${found}`;
  return pinned === undefined ? `${path} ${is}` : `${path} ${is}, ${recorded} needs ${pinned}`;
}
