import { streakNames, viewStreaks } from '../evaluate/streaks.ts';
import { nearest } from '../model/nearest.ts';
import type { Policy } from '../model/policy.ts';
import { ok, type Problem, problems, type Result } from '../model/problem.ts';
import type { StreakView } from '../model/streakView.ts';
import { type GatherRequest, gather } from './gather.ts';

export interface StreakRequest extends GatherRequest {
  /** A log, a view of it, or a rule with a streak. */
  asked: string;
}

/** The streaks over a log, or of a rule; of several policies exactly one may know the name. */
export async function streak(request: StreakRequest): Promise<Result<StreakView>> {
  const { asked } = request;
  const gathered = await gather(request, (policies) => refuse(policies, asked));
  if (!gathered.ok) return gathered;
  for (const { evaluation } of gathered.value) {
    const view = viewStreaks(evaluation, asked);
    if (view !== undefined) return ok(view);
  }
  return problems(unknownLog([], asked));
}

function refuse(policies: readonly Policy[], asked: string): readonly Problem[] {
  const having = policies.filter((policy) => streakNames(policy).includes(asked));
  if (having.length === 1) return [];
  return [having.length === 0 ? unknownLog(policies, asked) : ambiguous(having, asked)];
}

function unknownLog(policies: readonly Policy[], asked: string): Problem {
  const names = [...new Set(policies.flatMap(streakNames))];
  const near = nearest(asked, names);
  const logs = names.length === 0 ? 'no policy declares a log' : `there are ${names.slice(0, 12).join(', ')}`;
  return {
    code: 'usage/unknown-log',
    message: `there is no log, view or streak rule \`${asked}\``,
    hint: near === undefined ? logs : `did you mean \`${near}\`?`,
  };
}

function ambiguous(having: readonly Policy[], asked: string): Problem {
  const paths = having.map(({ path }) => `\`${path}\``).join(', ');
  return {
    code: 'usage/ambiguous-log',
    message: `${having.length} policies have \`${asked}\`: ${paths}`,
    hint: `name the policy: soakgate streak ${asked} POLICY`,
  };
}
