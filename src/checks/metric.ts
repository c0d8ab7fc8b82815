import { formatDuration } from '../model/instant.ts';
import type { MetricBound } from '../model/policy.ts';
import type { CheckMember } from './context.ts';

/**
 * `metric`: a statistic over a window against a bound. INVARIANT: no collector of this version brings samples, so the
 * evidence is absent and the rule unknown; it is never a pass.
 */
export const metric: CheckMember<'metric'> = {
  judge(check, context) {
    const item = context.evidence(check.of);
    const required = boundWords(check.bound.is, check.bound.value);
    const cites = [{ evidence: check.of, ...item.source }];
    const absent = item.status === 'absent';
    return {
      outcome: 'unknown',
      code: absent ? item.code : 'collector.not-built',
      message: absent ? item.message : `samples of \`${check.of}\` cannot be judged by this version`,
      required,
      cites,
    };
  },
  words(check) {
    const span = formatDuration(check.within);
    return `the ${check.stat} of \`${check.of}\` over ${span} is ${boundWords(check.bound.is, check.bound.value)}`;
  },
};

function boundWords(is: 'atMost' | 'atLeast', bound: MetricBound): string {
  const words = is === 'atMost' ? 'at most' : 'at least';
  if (typeof bound === 'number') return `${words} ${bound}`;
  return `${words} ${bound.times} times that of the ${formatDuration(bound.baseline)} before, and never less than ${bound.floor}`;
}
