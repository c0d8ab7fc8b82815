import { type Collection, collectEvidence } from '../collect/index.ts';
import { judgeRecord } from '../evaluate/judgeRecord.ts';
import { second } from '../model/instant.ts';
import type { Problem, Result } from '../model/problem.ts';
import type { RecordReport } from '../model/record.ts';
import { appendRow, createLog } from '../record/append.ts';
import { findDoubts } from './recordDoubts.ts';
import { fileRequest, rowRequest } from './recordFile.ts';
import { collectOptions, prepare, type RecordGround, type RecordRequest } from './recordGround.ts';
import { emptyReport, reportOf } from './recordReport.ts';
import { type MadeRow, makeRow, type RowMaterial } from './recordRow.ts';

/** `refused`: nothing was begun. `lost`: the checks ran, and the row could not be kept. */
export type RecordAnswer =
  | { how: 'recorded'; report: RecordReport }
  | { how: 'refused' | 'lost'; problems: readonly Problem[] };

/** Writes one row of a log from the policy's `records:` (semantics section 8). */
export async function record(request: RecordRequest): Promise<RecordAnswer> {
  const ground = await prepare(request);
  if (!ground.ok) return { how: 'refused', problems: ground.problems };
  if (request.init) return initialise(ground.value);
  const before = await collect(ground.value, false);
  if (!before.ok) return { how: 'refused', problems: before.problems };
  const first = materialOf(ground.value, before.value);
  const doubts = findDoubts(first, {
    policy: ground.value.loaded.policy,
    evidence: before.value.evidence,
    refusals: request.run ? ground.value.foresight.refusals : [],
  });
  if (doubts.length > 0 && !request.anyway) return { how: 'refused', problems: doubts.map(withWayOut) };
  // Whether a row can be added at all is known before the checks run, and so is whether this run has added its own.
  const rehearsed = await appendRow(rowRequest(ground.value, first, makeRow(first)), true);
  if (!rehearsed.ok) return { how: 'refused', problems: rehearsed.problems };
  if (rehearsed.value.how === 'present' || (request.dryRun && !request.run))
    return {
      how: 'recorded',
      report: await reportOf(ground.value, first, { appended: rehearsed.value, doubts }),
    };
  const after = request.run ? await collect(ground.value, true) : before;
  if (!after.ok) return { how: 'lost', problems: after.problems };
  return keep(ground.value, materialOf(ground.value, after.value), doubts);
}

async function keep(
  ground: RecordGround,
  material: RowMaterial,
  doubts: readonly Problem[],
): Promise<RecordAnswer> {
  const row = makeRow(material);
  const appended = await appendRow(rowRequest(ground, material, row), ground.request.dryRun);
  if (!appended.ok) return { how: 'lost', problems: appended.problems.map((one) => withRow(one, row)) };
  return { how: 'recorded', report: await reportOf(ground, material, { appended: appended.value, doubts }) };
}

function withWayOut(problem: Problem): Problem {
  return {
    ...problem,
    hint: `${problem.hint === undefined ? '' : `${problem.hint}; `}--anyway writes the row all the same`,
  };
}

/** A row that was paid for with twenty minutes of checks is not thrown away unseen. */
function withRow(problem: Problem, { cells }: MadeRow): Problem {
  return { ...problem, message: `${problem.message}; the row was: ${Object.values(cells).join(' | ')}` };
}

/** The evidence of the row: at first its flags and its log alone, later with the checks. */
function collect({ request, loaded, record: spec }: RecordGround, run: boolean): Promise<Result<Collection>> {
  const paths = Object.values(spec.cells).filter((cell) => !cell.startsWith('$'));
  const only = new Set([
    ...paths.map((path) => path.split('.', 1)[0] ?? ''),
    spec.log,
    ...(run ? spec.checks : []),
  ]);
  return collectEvidence(loaded.policy, { ...collectOptions(request, loaded), run, only });
}

/** The row's time is the end of the collection, in whole seconds. */
function materialOf(ground: RecordGround, { evidence, subject, collectedAt }: Collection): RowMaterial {
  const { request, loaded, record: spec, log, run } = ground;
  const { policy } = loaded;
  const { commit } = subject;
  return {
    record: spec,
    log,
    zone: policy.timezone,
    at: Math.floor(collectedAt / second) * second,
    judged: judgeRecord(policy, spec, { evidence, now: collectedAt }),
    strict: request.run,
    sets: request.sets,
    redact: ground.foresight.redactor.text,
    ...(commit === undefined ? {} : { commit }),
    ...(run === undefined ? {} : { run }),
    ...(request.note === undefined ? {} : { note: request.note }),
  };
}

async function initialise(ground: RecordGround): Promise<RecordAnswer> {
  const { request } = ground;
  const at = Math.floor(request.clock() / second) * second;
  const file = fileRequest(ground, at);
  const made = await createLog(file, request.dryRun);
  if (!made.ok) return { how: 'refused', problems: made.problems };
  const how = made.value === 'created' ? 'made' : 'there';
  const report = { ...emptyReport(ground, at), how, path: file.path, rules: [], findings: [] } as const;
  return { how: 'recorded', report };
}
