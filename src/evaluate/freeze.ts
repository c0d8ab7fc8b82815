import type { CheckContext } from '../checks/context.ts';
import { startsBetween } from '../checks/recurrence.ts';
import { day, formatInstant, type Instant } from '../model/instant.ts';
import type { FreezeOnce, FreezeWindow, Policy, RecurringFreeze } from '../model/policy.ts';
import { builtIn } from './drift.ts';
import { judgedBuiltIn, type JudgedRule } from './rule.ts';

/**
 * The built-in rule `freeze` of each gate that lets a phase begin or the rollout end, while nothing advances. It is never
 * there as a pass: time alone proves nothing.
 */
export function freezeRules(gate: string, { policy, now }: CheckContext): readonly JudgedRule[] {
  const { phases, freeze } = policy;
  if (!phases || !freeze || !(gate === 'exit' || gate.startsWith('entry:'))) return [];
  const inForce = freezeAt(policy, now);
  if (!inForce) return [];
  const { window, end, atLeast } = inForce;
  const rule = { ...builtIn('freeze', 'No freeze is in force', phases), at: window.at };
  const message = `nothing advances until ${formatInstant(end)}${atLeast ? ' at least' : ''}: ${window.reason}`;
  return [
    judgedBuiltIn(rule, { outcome: 'pending', code: 'phase.frozen', message, earliest: end, cites: [] }),
  ];
}

interface InForce {
  window: FreezeWindow;
  /** The first instant from then on that lies in no window; `atLeast` if more lie behind it than were looked at. */
  end: Instant;
  atLeast: boolean;
}

/** Windows that touch each other are one. So many of them are looked at, and so far ahead. */
const mostWindows = 100;
const farAhead = 366 * day;

/** The freeze in force at an instant, if there is one. */
export function freezeAt(policy: Policy, at: Instant): InForce | undefined {
  const first = windowAt(policy, at);
  if (!first) return undefined;
  let next: Held | undefined = first;
  let end = at;
  for (let count = 0; next && count < mostWindows && end - at < farAhead; count++) {
    end = next.until;
    next = windowAt(policy, end);
  }
  return { window: first.window, end, atLeast: next !== undefined };
}

interface Held {
  window: FreezeWindow;
  until: Instant;
}

/** The first window of the policy that holds at an instant. */
function windowAt({ freeze = [], timezone }: Policy, at: Instant): Held | undefined {
  for (const window of freeze) {
    const until = window.kind === 'once' ? endOfOnce(window, at) : endOfRecurring(window, timezone, at);
    if (until !== undefined) return { window, until };
  }
  return undefined;
}

function endOfOnce({ from, until }: FreezeOnce, at: Instant): Instant | undefined {
  return from <= at && at < until ? until : undefined;
}

/** Of those that began, the last one ends last: each lasts as long as the others. */
function endOfRecurring(window: RecurringFreeze, zone: string, at: Instant): Instant | undefined {
  const last = startsBetween(window, zone, { from: at - window.for + 1, until: at }).at(-1);
  return last === undefined ? undefined : last + window.for;
}
