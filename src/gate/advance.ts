import { type Collection, collectEvidence } from '../collect/index.ts';
import { sha256 } from '../collect/digest.ts';
import { baselinesOf } from '../evaluate/baselines.ts';
import { evaluate } from '../evaluate/evaluate.ts';
import { storedVerdictPath } from '../files/storedVerdict.ts';
import { version } from '../generated/version.js';
import { ceilSecond, type Instant } from '../model/instant.ts';
import { exitCodeOf } from '../model/exit.ts';
import type { Evidence } from '../model/evidence.ts';
import { compareText, ok, type Problem, problems, type Result } from '../model/problem.ts';
import type { TransitionReport } from '../model/transition.ts';
import type { Verdict } from '../model/verdict.ts';
import { alone, looking } from '../record/exclusive.ts';
import { sweepBeside } from '../record/sweep.ts';
import { addTransition, lockRequest } from '../record/transition.ts';
import { keepStep } from './keepStep.ts';
import {
  baseReport,
  cellsOf,
  collectOptions,
  type Ground,
  type JudgedStep,
  prepare,
  readCourse,
  refuseFuture,
  timeOfRow,
  type TransitionAnswer,
  type TransitionRequest,
} from './transition.ts';
import { readsEnvironment } from './flags.ts';
import { type Course, courseOf, takenAlready, type Turn, turnOf } from './turn.ts';

export interface AdvanceRequest extends TransitionRequest {
  /** The text of a verdict as it is kept beside the log. */
  verdictText(verdict: Verdict): Promise<string>;
}

/**
 * Judges the step into a phase, or to the end of the rollout (`done`), and records it if it is go (semantics section 4):
 * commands first, then under the lock of the log everything else at one instant.
 */
export async function advance(asked: AdvanceRequest): Promise<TransitionAnswer> {
  const prepared = await prepare(withFlagFile(asked));
  if (!prepared.ok) return { how: 'refused', problems: prepared.problems };
  const ground = prepared.value;
  const before = await readCourse(ground);
  const turn = before.ok ? nextTurn(ground, before.value, ceilSecond(asked.clock())) : before;
  const refused = turn.ok ? refuseStep(ground, turn.value) : turn.problems;
  const far: Result<undefined> = refused.length > 0 ? problems(...refused) : await rehearse(ground);
  if (!far.ok) return { how: 'refused', problems: far.problems };
  const commands = await runCommands(ground);
  if (!commands.ok) return { how: 'refused', problems: commands.problems };
  const request = lockRequest(ground.file);
  const work = (full: string) => judgeAndKeep(ground, full, commands.value);
  const answer = await (ground.request.dryRun ? looking(request, work) : alone(request, work));
  return answer.ok ? answer.value : { how: 'refused', problems: answer.problems };
}

type AdvanceGround = Ground<AdvanceRequest>;

/** The file whose flags are to be set is the one that is in force: it is read as the last of the env files. */
function withFlagFile(request: AdvanceRequest): AdvanceRequest {
  const { writeEnv, envFiles } = request;
  if (writeEnv === undefined || envFiles.includes(writeEnv)) return request;
  return { ...request, envFiles: [...envFiles, writeEnv] };
}

/** Whose turn it is cannot be told while a row claims to be of the future: it does not count yet. */
function nextTurn(ground: AdvanceGround, course: Course, now: Instant): Result<Turn> {
  const late = refuseFuture(course, now);
  return late ? problems(late) : turnOf(ground.loaded.policy, course, wishOf(ground));
}

function wishOf({ request }: AdvanceGround): { to: string; finishes: boolean } {
  return { to: request.to, finishes: request.writeEnv !== undefined };
}

function refuseStep({ request, loaded, phase }: AdvanceGround, { to }: Turn): readonly Problem[] {
  const { policy } = loaded;
  const found: Problem[] = [];
  if (to === 'done' && !policy.exit)
    found.push({
      code: 'transition/no-exit',
      message: 'the policy declares no `exit`, so nothing can tell that the rollout is over',
      hint: 'declare `exit:` in it',
    });
  const { writeEnv, envFiles } = request;
  if (writeEnv !== undefined && envFiles.at(-1) !== writeEnv && phase && readsEnvironment({ policy, phase }))
    found.push({
      code: 'transition/env-file-order',
      message: `a later --env-file would win over \`${writeEnv}\`, whose flags are to be set`,
      hint: 'name the file of --write-env last',
    });
  return found;
}

/**
 * Whether a row can be added at all is known before the commands run. What writers that died have left of the flags is
 * swept first: it would make the tree another one than was committed.
 */
async function rehearse({ request, flags, file, redact }: AdvanceGround): Promise<Result<undefined>> {
  const at = ceilSecond(request.clock());
  const { to, reason } = request;
  const cells = cellsOf({ redact }, { kind: 'advance', from: 'rehearsal', to, at, reason });
  const work = async (full: string): Promise<Result<undefined>> => {
    if (flags && !request.dryRun) sweepBeside(flags.file);
    const added = await addTransition(full, file, { at, cells, dryRun: true });
    return added.ok ? ok(undefined) : added;
  };
  const locked = lockRequest(file);
  return request.dryRun ? looking(locked, work) : alone(locked, work);
}

/** Evidence that is gathered before the lock is taken: what runs, and what git says of the tree that it runs in. */
async function runCommands(ground: AdvanceGround): Promise<Result<Collection | undefined>> {
  const { request, loaded } = ground;
  if (!request.run) return ok(undefined);
  return collectEvidence(loaded.policy, { ...collectOptions(ground), run: true, only: idsThatRun(ground) });
}

function idsThatRun({ loaded: { policy } }: AdvanceGround): ReadonlySet<string> {
  const ids = Object.keys(policy.evidence);
  return new Set(ids.filter((id) => ['command', 'git'].includes(policy.evidence[id]?.kind ?? '')));
}

async function judgeAndKeep(
  ground: AdvanceGround,
  full: string,
  commands: Collection | undefined,
): Promise<Result<TransitionAnswer>> {
  const collected = await collectRest(ground, commands);
  if (!collected.ok) return collected;
  const judged = judgeStep(ground, collected.value);
  if (!judged.ok) return judged;
  const { turn, verdict, at } = judged.value;
  const kind = turn.to === 'done' ? 'done' : 'advance';
  const base = baseReport(ground, { kind, ...turn, at });
  // A file that is to get flags may hold those of a step that was cut short, and of no other.
  if (turn.unfinished && verdict.phase?.current === turn.to)
    return problems(takenAlready(ground.loaded.policy, turn.to));
  const flags = verdict.phase?.current === turn.to || kind === 'done' ? 'in-force' : 'to-be-set';
  if (exitCodeOf(verdict) !== 0) {
    const report: TransitionReport = { ...base, how: 'not-go', flags: { how: flags }, verdict };
    return ok({ how: 'told', report });
  }
  // Whoever interrupts a step before it is recorded has stopped it.
  if (ground.request.signal?.aborted === true) return ok({ how: 'refused', problems: [] });
  const text = await ground.request.verdictText(verdict);
  const digest = sha256(text);
  const stored = { path: storedVerdictPath(ground.file.path, digest), digest, text };
  return ok(await keepStep(ground, full, { ...judged.value, stored, base: { ...base, verdict }, flags }));
}

/** Everything else, as it is now; what ran before has to be about the same commit. */
async function collectRest(
  ground: AdvanceGround,
  commands: Collection | undefined,
): Promise<Result<Collection>> {
  const { policy } = ground.loaded;
  const options = collectOptions(ground);
  if (!commands) return collectEvidence(policy, options);
  const ran = idsThatRun(ground);
  const only = new Set(Object.keys(policy.evidence).filter((id) => !ran.has(id)));
  const rest = await collectEvidence(policy, { ...options, only });
  if (!rest.ok) return rest;
  if (rest.value.subject.commit !== commands.subject.commit)
    return problems({
      code: 'transition/commit-moved',
      message: 'another commit was checked out while the commands ran',
      hint: 'run it again on the commit that is meant',
    });
  const evidence: readonly Evidence[] = [
    ...commands.evidence.filter(({ id }) => ran.has(id)),
    ...rest.value.evidence,
  ].sort((a, b) => compareText(a.id, b.id));
  return ok({ ...rest.value, evidence });
}

function judgeStep(ground: AdvanceGround, collection: Collection): Result<JudgedStep> {
  const { policy, waivers } = ground.loaded;
  const { evidence, subject, collectedAt } = collection;
  const now = ceilSecond(collectedAt);
  const course = courseOf(policy, evidence);
  const turn = nextTurn(ground, course, now);
  if (!turn.ok) return turn;
  const step = { from: turn.value.from, to: turn.value.to };
  const tzdata = process.versions.tz;
  const evaluation = {
    ...{ policy, evidence, subject, waivers, now, version, step },
    ...(tzdata === undefined ? {} : { tzdata }),
  };
  const judged = evaluate(evaluation);
  if (!judged.ok) return judged;
  // What the monitors of the new phase will compare with is known now and never again.
  const baselines = baselinesOf(evaluation, step.to);
  const verdict = baselines.length === 0 ? judged.value : { ...judged.value, baselines };
  return ok({ turn: turn.value, verdict, at: timeOfRow(course, now) });
}
