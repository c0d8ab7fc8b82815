import { day, type Duration, formatInstant } from '../../model/instant.ts';
import type { Check, Waiver } from '../../model/policy.ts';
import type { Facts, Finding, Lint } from './lint.ts';
import { placedRules } from './rules.ts';

const waiver = (times: string, rule = 'mode-set', outcomes = '') => `apiVersion: soakgate/v1
kind: Waiver
id: mode-later
policy: example
rule: ${rule}
${outcomes}owner: ada@example.com
approver: grace@example.com
reason: The mode is set by hand until ticket 4711 is done
${times}
`;
const current = 'from: 2026-02-20\nexpires: 2026-03-20';

/**
 * How long before its end a waiver is told of: the last fifth of its life, so that a short one is not told of from its
 * first day on, and a fortnight at most, which is enough to renew it with care.
 */
function noticeOf({ from, expires }: Waiver): Duration {
  return Math.min((expires - from) / 5, 14 * day);
}

export const waiverExpired: Lint = {
  severity: 'warning',
  summary: 'a waiver has expired and still lies there as if it covered something',
  fix: 'remove the file: git keeps it; a new exception needs a new approval',
  example: waiver('from: 2026-02-01\nexpires: 2026-02-20'),
  mended: waiver(current),
  judge: (facts) =>
    told(facts, ({ expires }) =>
      expires <= facts.now
        ? { message: `the waiver expired at ${formatInstant(expires)}`, pointer: '/expires' }
        : undefined,
    ),
};

export const waiverExpiring: Lint = {
  severity: 'warning',
  summary:
    'a waiver is in the last fifth of its life (the last 14 days at most); once it has ended its rule counts again',
  fix: 'see to it that the rule passes by then, or have the waiver renewed',
  example: waiver('from: 2026-02-01\nexpires: 2026-02-27'),
  mended: waiver(current),
  judge: (facts) =>
    told(facts, (one) => {
      const { expires, rule } = one;
      if (expires <= facts.now || expires - facts.now > noticeOf(one)) return undefined;
      const message = `the waiver ends at ${formatInstant(expires)}, and \`${rule}\` counts again`;
      return { message, pointer: '/expires' };
    }),
};

export const waiverIdle: Lint = {
  severity: 'warning',
  summary:
    'a waiver can never take effect: its rule decides nothing, or can never have an outcome that it covers',
  fix: 'remove it, or name the rule and outcomes that are meant',
  example: waiver(current, 'mode-set', 'outcomes: [pending]\n'),
  mended: waiver(current, 'mode-set', 'outcomes: [fail, unknown]\n'),
  judge: (facts) => {
    const rules = placedRules(facts.policy);
    const [first] = facts.policy.phases ?? [];
    return told(facts, ({ rule: id, outcomes }) => {
      const placed = rules.find(({ rule }) => rule.id === id);
      if (!placed) return undefined;
      const { severity, check } = placed.rule;
      if (severity !== 'error')
        return {
          message: `\`${id}\` is a ${severity} and decides nothing, so there is nothing to waive`,
          pointer: '/rule',
        };
      if (placed.gate === `entry:${first?.id ?? ''}`)
        return {
          message: `\`${id}\` stands in the entry of the first phase, which is never judged`,
          pointer: '/rule',
        };
      if (outcomes.some((outcome) => outcome !== 'pending' || canBePending(check))) return undefined;
      return {
        message: `\`${id}\` is never pending, and the waiver covers nothing else`,
        pointer: '/outcomes',
      };
    });
  },
};

function told({ waivers }: Facts, tell: (one: Waiver) => Finding | undefined): readonly Finding[] {
  return waivers.flatMap((one) => {
    const finding = tell(one);
    return finding ? [{ ...finding, waiver: one.id }] : [];
  });
}

/** Whether time alone may bring a check to pass. */
function canBePending(check: Check): boolean {
  switch (check.kind) {
    case 'streak':
    case 'soak':
    case 'quiet':
    case 'metric':
      return true;
    case 'all':
    case 'any':
      return check.checks.some(canBePending);
    case 'not':
    case 'expect':
    case 'assert':
    case 'passes':
    case 'document':
      return false;
  }
}
