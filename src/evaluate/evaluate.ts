import type { CheckContext, PhaseTimeline } from '../checks/context.ts';
import { ceilSecond, type Instant } from '../model/instant.ts';
import { type Decision, decideGate, worstDecision } from '../model/outcome.ts';
import type { Phase } from '../model/policy.ts';
import { ok, type Result } from '../model/problem.ts';
import type { Verdict } from '../model/verdict.ts';
import { contextOf, type World } from './context.ts';
import { deadlineRules, nearFinding } from './deadline.ts';
import { behindFinding, builtIn, driftRule, judgeDrift } from './drift.ts';
import { firstRecordDoubt, firstRecordOf, type SoakLog, soakLogsOf } from './firstRecord.ts';
import { freezeRules } from './freeze.ts';
import { contextIn, type Gate, selectGates } from './gates.ts';
import type { Evaluation, JudgedGate } from './judged.ts';
import { type PinState, recognisePhase } from './pins.ts';
import { judgedBuiltIn, judgeRule, type JudgedRule } from './rule.ts';
import { gateOfStep, gatesOfStep, isAhead } from './step.ts';
import { readTransitions, type Transitions } from './timeline.ts';
import { writeVerdict } from './verdict.ts';
import { waiversInScope } from './waivers.ts';

/**
 * Holds evidence against a policy at one instant. Pure: no clock, no disk, no environment.
 * @returns the verdict, or a `usage/unknown-gate` problem for each gate that the policy cannot have
 */
export function evaluate(input: Evaluation): Result<Verdict> {
  const now = ceilSecond(input.now);
  const policy = input.policy;
  const { transitions, context, world } = look(input, now);
  const { timeline } = transitions;
  const phases = policy.phases ?? [];
  const pins: PinState = phases.length > 0 ? recognisePhase(phases, context) : { unset: [] };
  const { step } = input;
  const selected = step
    ? selectGates(policy, gatesOfStep(step), undefined, [])
    : selectGates(policy, input.gates, pins.phase, input.outlook);
  if (!selected.ok) return selected;

  const waivers = waiversInScope(input.waivers ?? [], policy.name, input.subject ?? {});
  const judgeGate = (gate: Gate): JudgedGate => {
    const target = step && gate.id === gateOfStep(step) && isAhead(step, pins) ? pins.phase : undefined;
    const then = target && entryContext(world, target, context).then;
    const own = contextIn(gate.id, then ?? context);
    // Looking back grants no waivers.
    const rules = gate.rules.map((rule) => judgeRule(rule, own, then ? [] : waivers));
    // A freeze of now keeps a step from being taken, and so does one in which the flags were set ahead of it.
    const ofNow = freezeRules(gate.id, context);
    const frozen = ofNow.length > 0 || !then ? ofNow : freezeRules(gate.id, then);
    return judged(gate, [...rules, ...lastPhaseRule(gate, pins, timeline), ...frozen]);
  };
  const chosen = selected.value.map(judgeGate);
  const drift = phases.length === 0 ? [] : [judgePhaseGate(world, transitions, { pins, step })];
  const findings = [...behindFinding(timeline, pins.phase), ...nearFinding(context)];
  return ok(
    writeVerdict({
      input,
      now,
      decision: decide(chosen, drift),
      gates: inOrder(chosen, drift),
      waivers,
      timeline,
      pins,
      context,
      findings: [...transitions.findings, ...findings],
    }),
  );
}

/** A world with the logs of all soaks: the first record of a phase stands in one of them. */
interface SoakedWorld extends World {
  soakLogs: readonly SoakLog[];
}

/** What the evidence says of the phases, and the view of the world that judges have at an instant. */
export function look(
  input: Evaluation,
  now: Instant,
): { transitions: Transitions; context: CheckContext; world: SoakedWorld } {
  const { policy } = input;
  const evidence = new Map(input.evidence.map((item) => [item.id, item]));
  const phases = policy.phases ?? [];
  const soakLogs = soakLogsOf(policy);
  const log: { of?: CheckContext['log'] } = {};
  const firstBegan = () => (phases[0] && log.of ? firstRecordOf(phases[0], soakLogs, log.of) : undefined);
  const view = { firstBegan, now, asOf: input.asOf ?? false };
  const transitions = readTransitions(phases, evidence.get('transitions'), view);
  const world = {
    policy,
    evidence,
    now,
    asOf: input.asOf ?? false,
    soakLogs,
    timeline: transitions.timeline,
  };
  const context = contextOf(world);
  log.of = context.log;
  return { transitions, context, world };
}

function judged(gate: Gate, rules: readonly JudgedRule[]): JudgedGate {
  return { gate, rules, decision: decideGate(rules.map((rule) => rule.report)) };
}

/**
 * The gate `phase` decides whenever a policy has phases; it can hold or stop, and is never what makes a gate go.
 */
function judgePhaseGate(
  world: SoakedWorld,
  transitions: Transitions,
  { pins, step }: { pins: PinState; step: Evaluation['step'] },
): JudgedGate {
  const context = contextOf(world);
  const judgement = judgeDrift({
    pins,
    context,
    ...(step ? { step } : {}),
    doubt: () => firstRecordDoubt(world.soakLogs, context),
    ...(transitions.unreadable ? { unreadable: transitions.unreadable } : {}),
    entryThen: (phase) => judgeEntryThen(world, phase, context),
  });
  const rule = driftRule(world.policy.phases ?? []);
  const gate: Gate = { id: 'phase', role: 'decides', rules: [rule] };
  return judged(gate, [judgedBuiltIn(rule, judgement), ...deadlineRules(context)]);
}

/** Looks back at an entry; that grants no waivers. */
function judgeEntryThen(
  world: SoakedWorld,
  phase: Phase,
  context: CheckContext,
): { decision: Decision; at: Instant } {
  const { then, at } = entryContext(world, phase, context);
  const rules = (phase.entry ?? []).map((rule) => judgeRule(rule, then, []));
  const all = [...rules, ...freezeRules(`entry:${phase.id}`, then)];
  return { decision: decideGate(all.map(({ report }) => report)), at };
}

/**
 * The world as it stood when the pins of a phase were set: its logs just before the first record that shows them (that
 * record is the first one after the switch), else now. Records of before the newest step show an earlier visit.
 */
function entryContext(
  world: SoakedWorld,
  phase: Phase,
  context: CheckContext,
): { then: CheckContext; at: Instant } {
  const first = firstRecordOf(phase, world.soakLogs, context.log, world.timeline.movedAt);
  const at = Math.min(world.now, first ?? world.now);
  return { then: contextOf({ ...world, logsAt: first === undefined ? at : at - 1 }), at };
}

/** While the last phase is not in force and entered, `exit` is at best `hold` (semantics section 4). */
function lastPhaseRule(gate: Gate, pins: PinState, timeline: PhaseTimeline): readonly JudgedRule[] {
  const last = timeline.phases.at(-1);
  if (gate.id !== 'exit' || !last) return [];
  const entered = timeline.current === last.id || timeline.current === 'done';
  if (pins.phase?.id === last.id && entered) return [];
  const message =
    pins.phase?.id === last.id
      ? `the flags are those of \`${last.id}\`, but no transition into it is recorded`
      : `the rollout stands in \`${pins.phase?.id ?? 'unknown'}\`; its last phase is \`${last.id}\``;
  const rule = builtIn('last-phase-in-force', 'The last phase is in force and was entered', timeline.phases);
  const observed = pins.phase?.id ?? 'unknown';
  const judgement = { code: 'phase.not-last', message, observed, required: last.id, cites: [] } as const;
  return [judgedBuiltIn(rule, { outcome: 'unknown', ...judgement })];
}

/** The worst of the deciding gates; none of those asked for being declared is `hold`. */
function decide(chosen: readonly JudgedGate[], drift: readonly JudgedGate[]): Decision {
  const deciding = chosen.filter(({ gate }) => gate.role === 'decides');
  if (deciding.length === 0) return worstDecision([...drift.map((gate) => gate.decision), 'hold']);
  return worstDecision([...deciding, ...drift].map((gate) => gate.decision));
}

/** Preflight, phase, monitors, entries, exit. */
function inOrder(chosen: readonly JudgedGate[], drift: readonly JudgedGate[]): readonly JudgedGate[] {
  const before = chosen.filter(({ gate }) => gate.id === 'preflight');
  return [...before, ...drift, ...chosen.filter(({ gate }) => gate.id !== 'preflight')];
}
