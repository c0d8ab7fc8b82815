import type { CheckContext, PhaseTimeline } from '../checks/context.ts';
import type { Finding } from '../model/evidence.ts';
import { type Duration, formatDuration, formatInstant, type Instant, second } from '../model/instant.ts';
import type { Phase } from '../model/policy.ts';
import { builtIn } from './drift.ts';
import { judgedBuiltIn, type JudgedRule } from './rule.ts';

/** From this share of a deadline on it is told. */
const near = 0.8;

interface Deadline {
  phase: Phase;
  span: Duration;
  since: Instant;
  end: Instant;
}

function phaseWithDeadline({ phases, current }: PhaseTimeline): Phase | undefined {
  return phases.find(({ id, deadline }) => id === current && deadline !== undefined);
}

function deadlineOf(timeline: PhaseTimeline): Deadline | undefined {
  const phase = phaseWithDeadline(timeline);
  const { since } = timeline;
  const span = phase?.deadline;
  return !phase || since === undefined || span === undefined
    ? undefined
    : { phase, span, since, end: since + span };
}

/** The built-in rule `phase-deadline`, where the phase in force has one: afterwards everything holds. */
export function deadlineRules({ timeline, now }: CheckContext): readonly JudgedRule[] {
  const phase = phaseWithDeadline(timeline);
  if (!phase) return [];
  const rule = builtIn('phase-deadline', 'The phase in force is within its deadline', [phase]);
  const deadline = deadlineOf(timeline);
  if (!deadline) {
    const message = `when \`${phase.id}\` began is not known, and so neither is its deadline`;
    return [judgedBuiltIn(rule, { outcome: 'unknown', code: 'phase.deadline-unknown', message, cites: [] })];
  }
  const { span, since, end } = deadline;
  const said = {
    observed: Math.max(0, now - since) / second,
    required: span / second,
    unit: 'seconds',
    cites: [],
  };
  const facts = `\`${phase.id}\` is in force since ${formatInstant(since)}, its deadline of ${formatDuration(span)}`;
  if (now < end) {
    const message = `${facts} ends at ${formatInstant(end)}`;
    const kept = judgedBuiltIn(rule, { ...said, outcome: 'pass', code: 'phase.deadline-kept', message });
    return [{ ...kept, validUntil: end }];
  }
  const message = `${facts} ended at ${formatInstant(end)}`;
  return [judgedBuiltIn(rule, { ...said, outcome: 'unknown', code: 'phase.deadline-passed', message })];
}

/** A deadline that comes near is told before it stops anything. */
export function nearFinding({ timeline, now }: CheckContext): readonly Finding[] {
  const deadline = deadlineOf(timeline);
  if (!deadline) return [];
  const { phase, span, since, end } = deadline;
  if (now >= end || now < since + span * near) return [];
  const message = `the deadline of \`${phase.id}\` ends at ${formatInstant(end)}; everything holds from then on`;
  return [{ code: 'phase.deadline-near', message, evidence: 'transitions' }];
}
