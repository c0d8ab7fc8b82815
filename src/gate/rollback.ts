import { ceilSecond } from '../model/instant.ts';
import { ok, type Problem, problems, type Result } from '../model/problem.ts';
import type { TransitionReport } from '../model/transition.ts';
import { alone, looking } from '../record/exclusive.ts';
import { sweepBeside } from '../record/sweep.ts';
import { addTransition, lockRequest } from '../record/transition.ts';
import { guardFlags, prepareFlags } from './flags.ts';
import {
  baseReport,
  cellsOf,
  filesToCommit,
  type Ground,
  prepare,
  readCourse,
  timeOfRow,
  type TransitionAnswer,
  type TransitionRequest,
} from './transition.ts';
import { phaseOf, unknownPhase, wayBack } from './turn.ts';

export type RollbackRequest = TransitionRequest & { reason: string };

/**
 * Goes back to an earlier phase. Nothing is judged: the flags are set first, then the row is kept, and if it cannot be the
 * answer says so loudly (semantics section 4).
 */
export async function rollback(request: RollbackRequest): Promise<TransitionAnswer> {
  const prepared = await prepare(request);
  if (!prepared.ok) return { how: 'refused', problems: prepared.problems };
  const ground = prepared.value;
  const { policy } = ground.loaded;
  if (!phaseOf(policy, request.to)) {
    const ids = (policy.phases ?? []).map(({ id }) => id);
    return { how: 'refused', problems: [unknownPhase(request.to, ids)] };
  }
  const course = await readCourse(ground);
  if (!course.ok) return { how: 'refused', problems: course.problems };
  // A log that nobody can read stops no rollback: the flags are set, and its row is what is missed then.
  if (!course.value.unreadable) {
    const way = wayBack(policy, course.value, request.to);
    if (!way.ok) return { how: 'refused', problems: way.problems };
  }
  const locked = lockRequest(ground.file);
  if (request.dryRun) return answerOf(await looking(locked, (full) => goBack(ground, full, undefined)));
  let flags: Flags | undefined;
  const answer = await alone(locked, (full) => {
    if (ground.flags) sweepBeside(ground.flags.file);
    const set = setFlags(ground);
    flags = set.ok ? set.value : 'not-set';
    return set.ok ? goBack(ground, full, set.value) : Promise.resolve(set);
  });
  if (answer.ok) return { how: 'told', report: answer.value };
  // Nobody may write the log now, perhaps for long: the flags do not wait for that.
  const set = flags === undefined ? setFlags(ground) : ok(flags);
  return lost(ground, [...answer.problems, ...(set.ok ? [] : set.problems)], set.ok ? set.value : 'not-set');
}

type Flags = Extract<TransitionReport['flags'], { how: 'set' }> | 'by-hand' | 'not-set';

function answerOf(answer: Result<TransitionReport>): TransitionAnswer {
  return answer.ok ? { how: 'told', report: answer.value } : { how: 'refused', problems: answer.problems };
}

function setFlags({ flags }: Ground): Result<Flags> {
  if (!flags) return ok('by-hand');
  return guardFlags(flags.shown, () => {
    const prepared = prepareFlags(flags);
    if (!prepared.ok) return prepared;
    const { commit, shown, changed } = prepared.value;
    commit();
    return ok({ how: 'set', file: shown, changed });
  });
}

/** Keeps the row; under the lock the log is read again, and nothing else is asked. */
async function goBack(
  ground: Ground,
  full: string,
  flags: Flags | undefined,
): Promise<Result<TransitionReport>> {
  const { request, loaded, file } = ground;
  const course = await readCourse(ground);
  if (!course.ok) return course;
  const { unreadable } = course.value;
  if (unreadable)
    return problems({
      code: 'transition/unreadable-log',
      message: `${unreadable.message} (${unreadable.code})`,
      hint: 'mend the transition log, and run the same command again',
    });
  const way = wayBack(loaded.policy, course.value, request.to);
  if (!way.ok) return way;
  const at = timeOfRow(course.value, ceilSecond(request.clock()));
  const facts = { kind: 'rollback', ...way.value, at, reason: request.reason } as const;
  const { dryRun } = request;
  const added = await addTransition(full, file, { at, cells: cellsOf(ground, facts), dryRun });
  if (!added.ok) return added;
  const { path, line, plan } = added.value;
  const set = typeof flags === 'object' ? flags : plannedFlags(ground);
  return ok({
    ...baseReport(ground, facts),
    how: 'recorded',
    row: { path, line, text: plan.row },
    flags: set,
    ...(plan.torn ? { torn: plan.torn } : {}),
    commit: dryRun ? [] : filesToCommit(ground, [path], set.how === 'set' ? set.file : undefined),
  });
}

function plannedFlags({ flags }: Ground): TransitionReport['flags'] {
  return flags ? { how: 'set', file: flags.shown, changed: [...flags.values.keys()] } : { how: 'to-be-set' };
}

/** Loud, since somebody has to act: flags and log no longer say the same. */
function lost({ request, flags }: Ground, found: readonly Problem[], set: Flags): TransitionAnswer {
  const said =
    set === 'not-set'
      ? `THE ROLLBACK TO \`${request.to}\` FAILED: its flags are not set in \`${flags?.shown ?? ''}\`, and nothing is recorded`
      : set === 'by-hand'
        ? `THE ROLLBACK TO \`${request.to}\` IS NOT RECORDED`
        : `THE FLAGS OF \`${request.to}\` ARE SET in \`${set.file}\`, BUT THE ROLLBACK IS NOT RECORDED`;
  const todo =
    set === 'by-hand' ? 'set the flags now; then run the same command again' : 'run the same command again';
  return {
    how: 'lost',
    problems: [{ code: 'transition/rollback-lost', message: said, hint: todo }, ...found],
  };
}
