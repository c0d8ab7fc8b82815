import type { Check } from './policy.ts';

/** A check that combines no others. */
export type PlainCheck = Exclude<Check, { kind: 'all' | 'any' | 'not' }>;

/** The checks that a check consists of once `all`, `any` and `not` are taken apart, in the order of the policy. */
export function plainChecks(check: Check): readonly PlainCheck[] {
  switch (check.kind) {
    case 'all':
    case 'any':
      return check.checks.flatMap(plainChecks);
    case 'not':
      return plainChecks(check.check);
    case 'expect':
    case 'assert':
    case 'passes':
    case 'streak':
    case 'soak':
    case 'quiet':
    case 'metric':
    case 'document':
      return [check];
  }
}
