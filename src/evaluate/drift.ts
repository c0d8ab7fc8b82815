import type { CheckContext, Judgement, PhaseTimeline } from '../checks/context.ts';
import type { Finding } from '../model/evidence.ts';
import { formatInstant, type Instant } from '../model/instant.ts';
import type { Decision } from '../model/outcome.ts';
import type { Phase, Rule } from '../model/policy.ts';
import type { ReasonCode } from '../model/reasons.ts';
import type { Doubt } from './firstRecord.ts';
import type { PinState } from './pins.ts';
import { isAhead, type Step } from './step.ts';

export interface DriftInput {
  pins: PinState;
  context: CheckContext;
  /** The step that is to be taken: then the pins have to be those of one of its phases. */
  step?: Step;
  unreadable?: { code: ReasonCode; message: string };
  /** Judges the entry of a phase as of the first record that shows its pins, else now. */
  entryThen(phase: Phase): { decision: Decision; at: Instant };
  /** Why that first record may be hidden: then no entry is proven to have been go. */
  doubt(): Doubt | undefined;
}

/** The built-in rule `phase-drift`: the pins in force are those of a phase that was entered (semantics section 4). */
export function judgeDrift(input: DriftInput): Judgement {
  const { pins, context, unreadable } = input;
  const cites = Object.keys(context.timeline.phases[0]?.pins ?? {}).flatMap((path) => {
    const reading = context.read(path);
    return reading.from ? [reading.from] : [];
  });
  if (unreadable) return { outcome: 'unknown', code: unreadable.code, message: unreadable.message, cites };
  if (!pins.phase) {
    const said = pins.unset.map((path) => {
      const reading = context.read(path);
      return reading.known ? `\`${path}\`` : (reading.message ?? `\`${path}\` is unknown`);
    });
    const message =
      pins.unset.length > 0
        ? `no phase can be told: ${said.join('; ')}`
        : 'the pins in force are those of no phase';
    return { outcome: 'unknown', code: 'phase.unknown', message, cites };
  }
  if (input.step && pins.phase.id !== input.step.from && !isAhead(input.step, pins))
    return judgeBeside(pins.phase, input.step, cites);
  const ahead = passedOver(context.timeline, pins.phase);
  if (ahead.length === 0) {
    const message = `the pins in force are those of \`${pins.phase.id}\``;
    return { outcome: 'pass', code: 'phase.in-step', message, observed: pins.phase.id, cites };
  }
  return judgePassedOver(input, pins.phase, ahead, cites);
}

/** A step begins with the pins of the phase that is left, or with those of the one that is entered (semantics section 4). */
function judgeBeside(named: Phase, { from, to }: Step, cites: Judgement['cites']): Judgement {
  const either = to === 'done' ? `\`${from}\`` : `\`${from}\` or \`${to}\``;
  const message = `the pins in force are those of \`${named.id}\`; this step needs those of ${either}`;
  const todo = `set the pins of \`${from}\``;
  return {
    ...{ outcome: 'fail', code: 'phase.drift', message, todo, observed: named.id, required: from, cites },
  };
}

/** The phases after the one in force by the log, up to the one that the pins name. */
function passedOver(timeline: PhaseTimeline, named: Phase): readonly Phase[] {
  const ids = timeline.phases.map((phase) => phase.id);
  const current = timeline.current === 'done' ? ids.length - 1 : ids.indexOf(timeline.current ?? '');
  return timeline.phases.slice(current + 1, ids.indexOf(named.id) + 1);
}

function judgePassedOver(
  input: DriftInput,
  named: Phase,
  ahead: readonly Phase[],
  cites: Judgement['cites'],
): Judgement {
  const base = { observed: named.id, required: input.context.timeline.current ?? 'unknown', cites };
  // Whichever entry was not go: the way leads through each phase in turn, so the first one passed over comes next.
  const next = ahead[0]?.id ?? named.id;
  for (const phase of ahead) {
    const { decision, at } = input.entryThen(phase);
    if (decision !== 'go') {
      const message = `the pins name \`${named.id}\`, but the entry of \`${phase.id}\` was ${decision} at ${formatInstant(at)}`;
      const todo = `set the pins of \`${base.required}\` again, and enter \`${next}\` when its entry is go`;
      return { ...base, outcome: 'fail', code: 'phase.drift', message, todo };
    }
  }
  const doubt = input.doubt();
  if (doubt) {
    const { code, message: why, cites: seen } = doubt;
    const message = `the pins name \`${named.id}\`, which no transition records, and when they were set is not known: ${why}`;
    return { ...base, outcome: 'unknown', code, message, cites: [...cites, ...seen] };
  }
  const message = `the pins name \`${named.id}\`, which no transition records; its entry was go`;
  return { ...base, outcome: 'pass', code: 'phase.in-step', message };
}

/** Pins of an earlier phase than the log's are a finding, and never block. */
export function behindFinding(timeline: PhaseTimeline, named: Phase | undefined): readonly Finding[] {
  const ids = timeline.phases.map((phase) => phase.id);
  const current = timeline.current === 'done' ? ids.length - 1 : ids.indexOf(timeline.current ?? '');
  if (!named || ids.indexOf(named.id) >= current) return [];
  const message = `the pins in force are those of \`${named.id}\`, the transition log has \`${ids[current]}\` in force: a step was cut short, or somebody went back by hand`;
  return [{ code: 'phase.behind', message, evidence: 'transitions' }];
}

/** The built-in rule as a rule, so that it is reported as every other. Nothing waives it. */
export function driftRule(phases: readonly Phase[]): Rule {
  return builtIn('phase-drift', 'The flags in force are those of a phase that was entered', phases);
}

/** A rule that the evaluator brings itself; it stands where the policy declares its phases. */
export function builtIn(id: string, title: string, phases: readonly Phase[]): Rule {
  const at = phases[0]?.at ?? { path: '', line: 1, column: 1 };
  const check = { kind: 'expect', paths: {} } as const;
  return { id, title, severity: 'error', at, check, allowEmpty: false, controls: [] };
}
