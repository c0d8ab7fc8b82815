import { pointTo } from '../../model/pointer.ts';
import { isZone } from '../../model/calendar.ts';
import { day } from '../../model/instant.ts';
import type { FreezeOnce, Phase, RecurringFreeze } from '../../model/policy.ts';
import { recurrenceTrouble } from '../../checks/recurrence.ts';
import { type Ground, gatesOf } from './ground.ts';
import { checkPath } from './paths.ts';
import { literalTrouble, typeOfPath } from './types.ts';

const reservedPhases: readonly string[] = ['done', 'unknown', 'in-force'];

/** Checks phases: pins, that every two differ, entries, and the log of transitions. */
export function checkPhases(ground: Ground): void {
  const { phases, transitions } = ground.policy;
  checkFreeze(ground);
  if (transitions) checkPath(ground, transitions.path, { pointer: '/transitions/path', dated: true });
  if (!phases) return;
  if (!transitions) {
    const message = 'a policy with phases names its log of transitions';
    ground.report({
      code: 'policy/missing-key',
      message,
      pointer: '/phases',
      atKey: true,
      hint: 'add `transitions: { path: … }`',
    });
  }
  phases.forEach((phase, index) => {
    const pointer = pointTo('/phases', index);
    if (reservedPhases.includes(phase.id)) {
      ground.report({
        code: 'policy/reserved-id',
        message: `the phase id \`${phase.id}\` has a meaning of its own`,
        pointer: `${pointer}/id`,
        hint: 'choose another id',
      });
    }
    checkPins(ground, phase, `${pointer}/pins`);
    checkEntry(ground, phase, { index, pointer });
    const twin = phases.slice(0, index).find((other) => !differ(other, phase));
    if (twin) {
      const message = `phases \`${twin.id}\` and \`${phase.id}\` pin no flag differently`;
      ground.report({
        code: 'policy/same-pins',
        message,
        pointer: `${pointer}/pins`,
        atKey: true,
        hint: 'give one of the flags another value',
      });
    }
  });
}

/** Windows with two readable ends, the first before the second, in a policy whose phases they can freeze. */
function checkFreeze(ground: Ground): void {
  const { freeze = [], phases } = ground.policy;
  const code = 'policy/bad-value';
  if (freeze.length > 0 && !phases) {
    const message = 'there are no phases that `freeze` could keep from being entered';
    ground.report({
      code,
      message,
      pointer: '/freeze',
      atKey: true,
      hint: 'remove it, or declare `phases:`',
    });
  }
  freeze.forEach((window, index) => {
    const pointer = pointTo('/freeze', index);
    if (window.kind === 'once') checkOnce(ground, window, pointer);
    else checkRecurring(ground, window, pointer);
  });
}

function checkOnce(ground: Ground, { from, until }: FreezeOnce, pointer: string): void {
  const code = 'policy/bad-value';
  for (const [key, time] of Object.entries({ from, until })) {
    if (!Number.isNaN(time)) continue;
    const message = `\`${key}\` is neither a date nor a time with an offset`;
    const hint = 'write `2026-12-18` or `2026-12-18T18:00:00Z`';
    ground.report({ code, message, pointer: `${pointer}/${key}`, hint });
  }
  if (until <= from) {
    const message = 'the window ends before it begins';
    ground.report({ code, message, pointer: `${pointer}/until`, hint: 'correct `from` or `until`' });
  }
}

const longestRecurring = 366 * day;

/** The rule is read with its zone; a zone that nobody knows has a problem of its own. */
function checkRecurring(ground: Ground, window: RecurringFreeze, pointer: string): void {
  const code = 'policy/bad-value';
  const { timezone } = ground.policy;
  if (Number.isNaN(window.first)) {
    const message = '`from` of a window with `rrule` is neither a date nor a time without offset';
    const hint = 'write `2026-01-02` or `2026-01-02T16:00`, as the clocks of `timezone` show it';
    ground.report({ code, message, pointer: `${pointer}/from`, hint });
  } else if (window.for > longestRecurring) {
    const message = '`for` of a window with `rrule` is longer than a year';
    ground.report({ code, message, pointer: `${pointer}/for`, hint: 'write a window with `until`' });
  } else if (isZone(timezone)) {
    const trouble = recurrenceTrouble(window, timezone);
    if (!trouble) return;
    const { key = 'rrule', message, hint } = trouble;
    ground.report({ code, message, hint, pointer: `${pointer}/${key}` });
  }
}

function differ(a: Phase, b: Phase): boolean {
  return Object.entries(a.pins).some(
    ([path, value]) => Object.hasOwn(b.pins, path) && b.pins[path] !== value,
  );
}

function checkPins(ground: Ground, phase: Phase, pointer: string): void {
  for (const [path, value] of Object.entries(phase.pins)) {
    const at = pointTo(pointer, path);
    const type = typeOfPath(ground, path, { pointer: at, atKey: true });
    if (!type || type.is === 'any') continue;
    if (type.is === 'rows') {
      ground.report({
        code: 'policy/ill-typed',
        message: `\`${path}\` is a list of rows, which cannot be pinned`,
        pointer: at,
        atKey: true,
      });
    } else if (type.hidden) {
      const message = `\`${path}\` is kept as present or absent alone, so it cannot be pinned`;
      ground.report({
        code: 'policy/hidden-value',
        message,
        pointer: at,
        atKey: true,
        hint: 'declare `oneOf:` or `show: true`',
      });
    } else {
      const trouble = literalTrouble(value, type);
      if (trouble)
        ground.report({
          code: 'policy/ill-typed',
          message: `\`${path}\`: ${trouble.message}`,
          pointer: at,
          hint: trouble.hint,
        });
    }
  }
}

function checkEntry(ground: Ground, phase: Phase, at: { index: number; pointer: string }): void {
  // The first phase is never entered; what its `entry` says is a lint's concern.
  if (at.index === 0 || phase.entry?.some((rule) => rule.severity === 'error')) return;
  const message = `phase \`${phase.id}\` can be entered without any \`error\` rule`;
  const pointer = phase.entry ? `${at.pointer}/entry` : at.pointer;
  ground.report({
    code: 'policy/no-error-rule',
    message,
    pointer,
    atKey: phase.entry !== undefined,
    hint: 'add a rule of severity `error` to its `entry`',
  });
}

/** Each gate that can be judged has an `error` rule: without one it can never be go (semantics section 3). */
export function checkGates(ground: Ground): void {
  const { policy } = ground;
  const gates = gatesOf(policy);
  if (gates.length === 0) {
    ground.report({
      code: 'policy/no-rules',
      message: 'the policy has no rules',
      pointer: '',
      hint: 'add `preflight:`, `monitors:`, `phases:` or `exit:`',
    });
  }
  const proves = (rules: readonly { severity: string }[] | undefined) =>
    rules?.some((rule) => rule.severity === 'error') ?? false;
  for (const gate of gates) {
    // Entries have a check of their own; the policy's monitors and those of a phase make one gate.
    if (gate.id.startsWith('entry:') || proves(gate.rules)) continue;
    if (gate.id.startsWith('monitors:') && proves(policy.monitors)) continue;
    if (gate.id === 'monitors' && policy.phases && policy.phases.every((phase) => proves(phase.monitors)))
      continue;
    const message = `gate \`${gate.id}\` has no rule of severity \`error\`, so it can never be go`;
    ground.report({
      code: 'policy/no-error-rule',
      message,
      pointer: gate.pointer,
      atKey: true,
      hint: 'let one of its rules decide',
    });
  }
}
