import { readTransitions, type Transitions } from '../evaluate/timeline.ts';
import type { Step } from '../evaluate/step.ts';
import type { Evidence, TransitionRow } from '../model/evidence.ts';
import { nearest } from '../model/nearest.ts';
import type { Phase, Policy } from '../model/policy.ts';
import { ok, type Problem, problems, type Result } from '../model/problem.ts';

/** What the transition log says, with every row that it holds, trusted or not, in the order of their times. */
export interface Course extends Transitions {
  rows: readonly TransitionRow[];
}

/** Reads the transition log out of the evidence. */
export function courseOf(policy: Policy, evidence: readonly Evidence[]): Course {
  const item = evidence.find(({ id }) => id === 'transitions');
  const content = item?.status === 'observed' ? item.content : undefined;
  const rows = content?.type === 'transitions' ? [...content.rows].sort((a, b) => a.time - b.time) : [];
  // Whoever takes a step asks first whether a row is of the future.
  const view = { firstBegan: () => undefined, now: Number.POSITIVE_INFINITY, asOf: false };
  return { ...readTransitions(policy.phases ?? [], item, view), rows };
}

/** `unfinished`: the row of the step is there already, perhaps without its flags. */
export type Turn = Step & { unfinished?: TransitionRow };

/**
 * The step that `advance` may take into a phase or to the end (`done`), or why it is not the turn of that. With `finishes`
 * the step whose row stands there already may be taken up again.
 */
export function turnOf(
  policy: Policy,
  course: Course,
  { to, finishes }: { to: string; finishes: boolean },
): Result<Turn> {
  const ids = (policy.phases ?? []).map(({ id }) => id);
  const known = [...ids, 'done'];
  if (!known.includes(to)) return problems(unknownPhase(to, known));
  if (course.unreadable) return problems(unreadable(course.unreadable));
  const current = course.timeline.current ?? ids[0] ?? '';
  const at = known.indexOf(current);
  const target = known.indexOf(to);
  if (target === at + 1) return ok({ from: current, to });
  const row = course.timeline.rows.at(-1);
  if (finishes && target === at && at > 0 && to !== 'done' && row?.kind === 'advance')
    return ok({ from: known[at - 1] as string, to, unfinished: row });
  return problems(outOfTurn({ current, to, next: known[at + 1], ahead: target > at }));
}

/** What to say of a step that was taken already, flags and all. */
export function takenAlready(policy: Policy, to: string): Problem {
  const known = [...(policy.phases ?? []).map(({ id }) => id), 'done'];
  return outOfTurn({ current: to, to, next: known[known.indexOf(to) + 1], ahead: false });
}

export function unknownPhase(to: string, known: readonly string[]): Problem {
  const near = nearest(to, known);
  return {
    code: 'transition/unknown-phase',
    message: `there is no phase \`${to}\``,
    hint: near === undefined ? `phases are ${known.join(', ')}` : `did you mean \`${near}\`?`,
  };
}

function unreadable({ code, message }: NonNullable<Transitions['unreadable']>): Problem {
  return {
    code: 'transition/unreadable-log',
    message: `nobody can tell which phase is in force: ${message} (${code})`,
    hint: 'mend the transition log first; a row that cannot be read may be a rollback',
  };
}

function outOfTurn(found: {
  current: string;
  to: string;
  next: string | undefined;
  ahead: boolean;
}): Problem {
  const { current, to, next, ahead } = found;
  const code = 'transition/out-of-turn';
  if (current === 'done')
    return {
      code,
      message: to === 'done' ? 'the rollout is finished already' : 'the rollout is finished',
      hint: 'going back is `soakgate rollback PHASE --reason TEXT`',
    };
  const onward = `the next step is \`soakgate advance ${next ?? 'done'}\``;
  if (to === current) return { code, message: `the rollout stands in \`${to}\` already`, hint: onward };
  if (ahead)
    return {
      code,
      message: `the rollout stands in \`${current}\`; \`${to}\` would pass over \`${next ?? ''}\``,
      hint: onward,
    };
  return {
    code,
    message: `the rollout stands in \`${current}\`, and \`${to}\` lies before it`,
    hint: `going back is \`soakgate rollback ${to} --reason TEXT\``,
  };
}

/** Where a rollback to a phase leads from: the last phase that was recorded, whether or not its row counts. */
export function wayBack(policy: Policy, course: Course, to: string): Result<Step> {
  const ids = (policy.phases ?? []).map(({ id }) => id);
  if (!ids.includes(to)) return problems(unknownPhase(to, ids));
  const rank = (id: string | undefined) => (id === 'done' ? ids.length : ids.indexOf(id ?? ''));
  // A row that cannot be trusted may still have moved the flags.
  const recorded = Math.max(rank(course.timeline.current), rank(course.rows.at(-1)?.to), 0);
  if (ids.indexOf(to) < recorded) return ok({ from: ids[recorded] ?? 'done', to });
  const standing = ids[recorded] ?? '';
  return problems({
    code: 'transition/out-of-turn',
    message: `the last phase on record is \`${standing}\`, and \`${to}\` does not lie before it`,
    hint:
      recorded === 0
        ? 'there is nothing to go back from; flags that run ahead of the log are set back by hand'
        : `phases to go back to are ${ids.slice(0, recorded).join(', ')}`,
  });
}

/** A phase by its id. */
export function phaseOf(policy: Policy, id: string): Phase | undefined {
  return policy.phases?.find((phase) => phase.id === id);
}
