import type { CheckContext } from '../checks/context.ts';
import { formatSecond } from '../model/instant.ts';
import type { Phase } from '../model/policy.ts';
import type { Differs, PhaseReport } from '../model/verdict.ts';
import type { Judged } from './judged.ts';
import { driftFrom } from './pins.ts';

/** Where the rollout stands by its flags, beside what the transition log says. */
export function phaseReport({ timeline, pins, context }: Judged): PhaseReport {
  const ids = timeline.phases.map((phase) => phase.id);
  const done = timeline.current === 'done';
  const current = done ? 'done' : (pins.phase?.id ?? 'unknown');
  const at = done ? ids.length : ids.indexOf(pins.phase?.id ?? '');
  const next = at >= 0 ? ids[at + 1] : undefined;
  const inForce = timeline.phases.find((phase) => phase.id === timeline.current) ?? timeline.phases.at(-1);
  const since = current === timeline.current ? timeline.since : undefined;
  const drift = pins.phase
    ? inForce && !done
      ? driftFrom(inForce, context)
      : []
    : namedDrift(pins.unset, inForce, context);
  const logged = done ? ids.length : ids.indexOf(timeline.current ?? '');
  return {
    current,
    ...(next === undefined ? {} : { next }),
    ...(since === undefined ? {} : { since: formatSecond(since) }),
    drift,
    ...(drift.length === 0 ? {} : { differs: drift.map((path) => differs(path, inForce, context)) }),
    road: timeline.phases.map((phase, index) => {
      const entered = timeline.wasEntered(phase.id) ? timeline.enteredAt(phase.id) : undefined;
      const by = timeline.rows.findLast((row) => row.to === phase.id && row.time === entered);
      return {
        id: phase.id,
        title: phase.title,
        state: index < logged ? 'past' : index === logged ? 'current' : 'ahead',
        ...(entered === undefined ? {} : { enteredAt: formatSecond(entered) }),
        ...(entered === undefined || !by ? {} : { by: `${by.path}:${by.line}` }),
      };
    }),
  };
}

/** A value is known only where its collector keeps it, so nothing is shown here that evidence hides. */
function differs(path: string, inForce: Phase | undefined, context: CheckContext): Differs {
  const pinned = inForce && Object.hasOwn(inForce.pins, path) ? inForce.pins[path] : undefined;
  const reading = context.read(path);
  const found = reading.known && typeof reading.value !== 'object' ? reading.value : undefined;
  return {
    path,
    ...(pinned === undefined ? {} : { pinned }),
    ...(found === undefined ? {} : { found }),
  };
}

function namedDrift(
  unset: readonly string[],
  inForce: Phase | undefined,
  context: CheckContext,
): readonly string[] {
  return unset.length > 0 || !inForce ? unset : driftFrom(inForce, context);
}
