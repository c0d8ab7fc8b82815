import type { Finding, Subject } from '../model/evidence.ts';
import { formatInstant, formatSecond, type Instant } from '../model/instant.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Waiver } from '../model/policy.ts';
import { compareText } from '../model/problem.ts';
import type { WaiverReport } from '../model/verdict.ts';

/** Whether a waiver covers this outcome of this rule now: valid while from <= now < expires (semantics section 10). */
export function appliesTo(waiver: Waiver, rule: string, outcome: Outcome, now: Instant): boolean {
  if (waiver.rule !== rule || now < waiver.from || now >= waiver.expires) return false;
  return (waiver.outcomes as readonly string[]).includes(outcome);
}

/** The waivers of this policy and environment, by id; the rest has no say. */
export function waiversInScope(
  waivers: readonly Waiver[],
  policy: string,
  subject: Subject,
): readonly Waiver[] {
  return waivers
    .filter((waiver) => waiver.policy === policy)
    .filter((waiver) => waiver.environment === undefined || waiver.environment === subject.environment)
    .sort((a, b) => compareText(a.id, b.id));
}

export function reportWaivers(
  waivers: readonly Waiver[],
  used: ReadonlySet<string>,
  now: Instant,
): readonly WaiverReport[] {
  return waivers.map((waiver) => ({
    id: waiver.id,
    rule: waiver.rule,
    path: waiver.path,
    owner: waiver.owner,
    approver: waiver.approver,
    reason: waiver.reason,
    from: formatSecond(waiver.from),
    expires: formatSecond(waiver.expires),
    state: stateOf(waiver, used, now),
  }));
}

function stateOf(waiver: Waiver, used: ReadonlySet<string>, now: Instant): WaiverReport['state'] {
  if (now < waiver.from) return 'not-yet';
  if (now >= waiver.expires) return 'expired';
  return used.has(waiver.id) ? 'used' : 'unused';
}

/** Expired waivers are loud: each is a finding. */
export function expiredWaivers(waivers: readonly Waiver[], now: Instant): readonly Finding[] {
  return waivers
    .filter((waiver) => now >= waiver.expires)
    .map((waiver) => ({
      code: 'waiver.expired',
      message: `the waiver \`${waiver.id}\` of rule \`${waiver.rule}\` expired at ${formatInstant(waiver.expires)}`,
      evidence: 'waivers',
      path: waiver.path,
      line: waiver.at.line,
    }));
}
