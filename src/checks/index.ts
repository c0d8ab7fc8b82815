import type { Check, CheckKind } from '../model/policy.ts';
import { assert } from './assert.ts';
import { composites } from './composite.ts';
import type { CheckContext, CheckMember, Judgement } from './context.ts';
import { document } from './document.ts';
import { expect } from './expect.ts';
import { metric } from './metric.ts';
import { passes } from './passes.ts';
import { quiet } from './quiet.ts';
import { soak } from './soak.ts';
import { streak } from './streak.ts';

/** Every kind of check. The compiler finds a missing member. */
const checks: { [K in CheckKind]: CheckMember<K> } = {
  ...composites({ judge: judgeCheck, words: wordsOf }),
  assert,
  document,
  expect,
  metric,
  passes,
  quiet,
  soak,
  streak,
};

/** Judges a check of any kind at the instant of the context. */
export function judgeCheck(check: Check, context: CheckContext): Judgement {
  const { unreadable } = context.timeline;
  if (unreadable && asksForPhases(check, context)) {
    const { code, message } = unreadable;
    return { outcome: 'unknown', code, message, cites: [{ evidence: 'transitions' }] };
  }
  return memberOf(check).judge(check, context);
}

/** INVARIANT: a transition log that nobody can read may hold a rollback, so nothing is said of phases without it. */
function asksForPhases(check: Check, { monitored }: CheckContext): boolean {
  switch (check.kind) {
    case 'soak':
      return true;
    case 'streak':
      return check.phase !== undefined;
    case 'document':
      return check.date !== undefined;
    case 'metric':
      return monitored !== undefined;
    case 'expect':
    case 'assert':
    case 'passes':
    case 'quiet':
    case 'all':
    case 'any':
    case 'not':
      return false;
  }
}

/** A check in one sentence. */
export function wordsOf(check: Check): string {
  return memberOf(check).words(check);
}

/** INVARIANT: the member has the kind of the check, so that its narrower parameter type holds. */
function memberOf(check: Check): CheckMember<CheckKind> {
  return checks[check.kind] as unknown as CheckMember<CheckKind>;
}
