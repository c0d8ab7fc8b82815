import { storedVerdictPath } from '../files/storedVerdict.ts';
import { formatInstant } from '../model/instant.ts';
import { ok, type Problem, problems, type Result } from '../model/problem.ts';
import type { TransitionReport } from '../model/transition.ts';
import { guarded } from '../record/exclusive.ts';
import { addTransition, keepBeside } from '../record/transition.ts';
import { editFlags, guardFlags, type PreparedFlags, prepareFlags } from './flags.ts';
import {
  cellsOf,
  filesToCommit,
  type Ground,
  type JudgedStep,
  readCourse,
  type TransitionAnswer,
} from './transition.ts';

/** A step that is go, and all that is kept of it. */
export interface GrantedStep extends JudgedStep {
  stored: { path: string; digest: string; text: string };
  base: Omit<TransitionReport, 'how' | 'flags'>;
  /** What the flags are before anything is set. */
  flags: 'in-force' | 'to-be-set';
}

/**
 * Keeps a step by the holder of the log's lock: the flags are written beside their file, the verdict beside the log,
 * then the row, and last the flags are put in place. INVARIANT: flags never run ahead of the log. A crash leaves nothing
 * but files that nobody reads, or the row without the flags, which `status` tells and the same command finishes.
 */
export async function keepStep(ground: Ground, full: string, step: GrantedStep): Promise<TransitionAnswer> {
  const prepared = beginFlags(ground);
  if (!prepared.ok) return lost(prepared.problems);
  const flags = prepared.value;
  const row = step.turn.unfinished ? ok(rowThere(step)) : await keepRow(ground, full, step);
  if (!row.ok) {
    flags?.discard();
    return lost(row.problems.map((one) => withStep(one, step)));
  }
  const set = putFlags(flags);
  if (!set.ok) return lost(set.problems.map((one) => withRow(one, row.value)));
  return { how: 'told', report: reportOf(ground, step, { row: row.value, flags }) };
}

function beginFlags({ flags, request }: Ground): Result<PreparedFlags | undefined> {
  if (!flags) return ok(undefined);
  const { shown } = flags;
  if (!request.dryRun) return guardFlags(shown, () => prepareFlags(flags));
  const edited = guardFlags(shown, () => editFlags(flags));
  if (!edited.ok) return edited;
  const nothing = () => undefined;
  return ok({ shown, changed: edited.value.changed, commit: nothing, discard: nothing });
}

function lost(list: readonly Problem[]): TransitionAnswer {
  return { how: 'lost', problems: list };
}

type KeptRow = Pick<TransitionReport, 'row' | 'stored' | 'torn'>;

function rowThere({ turn }: GrantedStep): KeptRow {
  const { unfinished } = turn;
  if (!unfinished) return {};
  const { path, line, verdict: digest } = unfinished;
  return { row: { path, line }, stored: { path: storedVerdictPath(path, digest), digest } };
}

/** The verdict first: a row never names one that is not there. */
async function keepRow(ground: Ground, full: string, step: GrantedStep): Promise<Result<KeptRow>> {
  const { file, request, loaded } = ground;
  const { stored, turn, at } = step;
  const { from, to } = turn;
  const kind = to === 'done' ? 'done' : 'advance';
  const cells = cellsOf(ground, { kind, from, to, at, verdict: stored.digest, reason: request.reason });
  return guarded(file.path, async () => {
    if (!request.dryRun) {
      const beside = { path: stored.path, log: file.path, text: stored.text };
      const kept = keepBeside(loaded.root, beside);
      if (!kept.ok) return kept;
    }
    const added = await addTransition(full, file, { at, cells, dryRun: request.dryRun });
    if (!added.ok) return added;
    const counted = request.dryRun ? ok(undefined) : await refuseDeafRow(ground, to);
    if (!counted.ok) return counted;
    const { path, line, plan } = added.value;
    return ok({
      row: { path, line, text: plan.row },
      stored: { path: stored.path, digest: stored.digest },
      ...(plan.torn ? { torn: plan.torn } : {}),
    });
  });
}

/** The log is read once more as everybody will read it: a row that does not count has kept nothing. */
async function refuseDeafRow(ground: Ground, to: string): Promise<Result<void>> {
  const course = await readCourse(ground);
  if (!course.ok) return course;
  if (course.value.timeline.current === to) return ok(undefined);
  const finding = course.value.findings.at(-1);
  return problems({
    code: 'transition/not-counted',
    message: `the row was written to \`${ground.file.path}\` and does not count${finding ? `: ${finding.code}` : ''}`,
    hint: '`soakgate status` says what is wrong with the log; mend that and try again',
  });
}

function putFlags(flags: PreparedFlags | undefined): Result<undefined> {
  if (!flags) return ok(undefined);
  return guardFlags(flags.shown, () => {
    flags.commit();
    return ok(undefined);
  });
}

/** Evidence that took twenty minutes is not thrown away unseen. */
function withStep(problem: Problem, { turn, verdict }: GrantedStep): Problem {
  const step = `the step from \`${turn.from}\` to \`${turn.to}\` was go at ${verdict.evaluatedAt}, and is not recorded`;
  return { ...problem, message: `${step}: ${problem.message}` };
}

function withRow(problem: Problem, { row }: KeptRow): Problem {
  return {
    ...problem,
    message: `the step is recorded at ${row?.path ?? ''}:${row?.line ?? 0}, and its flags are NOT set: ${problem.message}`,
    hint: 'run the same command again to finish it; until then the old flags stay in force',
  };
}

function reportOf(
  ground: Ground,
  { base, turn, flags: before, at }: GrantedStep,
  { row, flags }: { row: KeptRow; flags: PreparedFlags | undefined },
): TransitionReport {
  const { dryRun } = ground.request;
  const own = [row.row?.path, row.stored?.path].filter((path) => path !== undefined);
  return {
    ...base,
    ...row,
    at: formatInstant(at),
    how: turn.unfinished ? 'finished' : 'recorded',
    flags: flags ? { how: 'set', file: flags.shown, changed: flags.changed } : { how: before },
    commit: dryRun ? [] : filesToCommit(ground, own, flags?.shown),
  };
}
