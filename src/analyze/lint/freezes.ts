import { lastEndOf } from '../../checks/recurrence.ts';
import { freezeAt } from '../../evaluate/freeze.ts';
import { firstAtLocal } from '../../model/calendar.ts';
import { type Duration, formatDuration, formatInstant, type Instant } from '../../model/instant.ts';
import { pointTo } from '../../model/pointer.ts';
import type { FreezeWindow, Policy } from '../../model/policy.ts';
import type { Finding, Lint } from './lint.ts';

/** Two phases, the first of them with a deadline if one is given. */
export const twoPhases = (deadline: string, entry: string) => `phases:
  - { id: shadow, ${deadline}pins: { flags.MODE: shadow } }
  - id: enforced
    pins: { flags.MODE: enforced }
    entry: [${entry}]
`;
const modeSet = '{ id: mode-before, title: The mode is set, expect: { flags.MODE: set } }';
const freezing = (windows: string, deadline = '') =>
  `preflight: [{ id: mode-set, title: The mode is set, expect: { flags.MODE: set } }]\n${twoPhases(deadline, modeSet)}freeze:\n${windows}`;
const holidays = '  - { from: 2026-12-18, until: 2027-01-04, reason: Holidays }\n';
const nightly = (hours: string) =>
  `  - { from: 2026-02-02T18:00, rrule: FREQ=DAILY, for: ${hours}, reason: Nights }\n`;

export const freezeOver: Lint = {
  severity: 'note',
  summary: 'a freeze window has ended, and never comes again',
  fix: 'remove it: git keeps it',
  example: freezing('  - { from: 2025-12-18, until: 2026-01-04, reason: Holidays }\n'),
  mended: freezing(holidays),
  judge({ policy, now }) {
    return windowsOf(policy).flatMap(({ window, pointer }): readonly Finding[] => {
      const end = window.kind === 'once' ? window.until : lastEndOf(window, policy.timezone);
      if (end === undefined || end > now) return [];
      const message = `the window ended at ${formatInstant(end)}`;
      return [{ message, pointer: `${pointer}/${window.kind === 'once' ? 'until' : 'rrule'}` }];
    });
  },
};

export const freezeWithin: Lint = {
  severity: 'warning',
  summary:
    'a freeze window lies wholly within another one, so it changes nothing: one of them was meant to differ',
  fix: 'remove it, or write what it was meant to say',
  example: freezing(`${holidays}  - { from: 2026-12-24, until: 2026-12-27, reason: Christmas }\n`),
  mended: freezing(`${holidays}  - { from: 2027-04-02, until: 2027-04-06, reason: Easter }\n`),
  judge({ policy }) {
    const all = windowsOf(policy);
    return all.flatMap(({ window, pointer }, index): readonly Finding[] => {
      const around = all.find(
        (other, at) =>
          at !== index && holds(other.window, window) && (at < index || !holds(window, other.window)),
      );
      if (!around) return [];
      return [{ message: `the window lies within that of line ${around.window.at.line}`, pointer }];
    });
  },
};

/** Whether each instant of a window surely lies in another one. */
function holds(outer: FreezeWindow, inner: FreezeWindow): boolean {
  if (outer.kind === 'once')
    return inner.kind === 'once' && outer.from <= inner.from && inner.until <= outer.until;
  if (inner.kind === 'once') return false;
  return outer.first === inner.first && outer.rrule === inner.rrule && outer.for >= inner.for;
}

export const endlessFreeze: Lint = {
  severity: 'error',
  summary: 'freeze windows that come again leave no gap, so no phase can ever be left',
  fix: 'let them last less long, or end them by `UNTIL`',
  example: freezing(nightly('24h')),
  mended: freezing(nightly('14h')),
  judge({ policy, now }) {
    const { timezone } = policy;
    const begins = windowsOf(policy).flatMap(({ window }) =>
      window.kind === 'recurring' ? [firstAtLocal(timezone, window.first)] : [],
    );
    if (begins.length === 0) return [];
    const at = [now, Math.max(now, ...begins)].find((instant) => isEndless(policy, instant));
    if (at === undefined) return [];
    const message = `from ${formatInstant(at)} on the windows leave no gap`;
    return [{ message, pointer: '/freeze', atKey: true }];
  },
};

/** Whether what is still in force behind all that was looked at has no end of its own. */
function isEndless(policy: Policy, at: Instant): boolean {
  const found = freezeAt(policy, at);
  if (!found?.atLeast) return false;
  const behind = freezeAt(policy, found.end)?.window;
  return behind?.kind === 'recurring' && lastEndOf(behind, policy.timezone) === undefined;
}

export const freezeOutlastsDeadline: Lint = {
  severity: 'note',
  summary:
    'a freeze window is at least as long as the deadline of a phase: a phase that is in force when it begins cannot be left in time',
  fix: 'make the deadline longer, or see to it that no such phase is in force then',
  example: freezing(holidays, 'deadline: 7d, '),
  mended: freezing(holidays, 'deadline: 30d, '),
  judge({ policy }) {
    return windowsOf(policy).flatMap(({ window, pointer }): readonly Finding[] => {
      const length = lengthOf(window);
      const short = policy.phases?.find(({ deadline }) => deadline !== undefined && deadline <= length);
      if (short?.deadline === undefined) return [];
      const message = `the window is ${formatDuration(length)} long, and \`${short.id}\` has a deadline of ${formatDuration(short.deadline)}`;
      return [{ message, pointer }];
    });
  },
};

function lengthOf(window: FreezeWindow): Duration {
  return window.kind === 'once' ? window.until - window.from : window.for;
}

function windowsOf({ freeze = [] }: Policy): readonly { window: FreezeWindow; pointer: string }[] {
  return freeze.map((window, index) => ({ window, pointer: pointTo('/freeze', index) }));
}
