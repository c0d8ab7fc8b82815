import { type Collection, type CollectOptions, collectEvidence } from '../collect/index.ts';
import { type Foresight, foresee } from '../collect/foresee.ts';
import { judgeRecord } from '../evaluate/judgeRecord.ts';
import { listSeries, pathOfDay, seriesMatcher } from '../files/series.ts';
import { findRepository } from '../files/repository.ts';
import { dayOf, formatDay } from '../model/calendar.ts';
import { type Duration, formatInstant, type Instant, second } from '../model/instant.ts';
import { nearest } from '../model/nearest.ts';
import type { LogSpec, RecordSpec } from '../model/policy.ts';
import { ok, type Problem, problems, type Result } from '../model/problem.ts';
import type { RecordReport } from '../model/record.ts';
import { type Appended, appendRow, createLog } from '../record/append.ts';
import type { LogFileRequest, RowRequest } from '../record/request.ts';
import { runIdOf } from '../record/runId.ts';
import type { CheckRequest } from './check.ts';
import { type LoadedPolicy, loadPolicies } from './policies.ts';
import { findDoubts, type RecordWish, refuseWish } from './recordDoubts.ts';
import { isOfRun, type MadeRow, makeRow, type RowMaterial } from './recordRow.ts';
import { lookAtRules } from './recordRules.ts';

/** One row to be written, as the command line or a program asks for it. */
export interface RecordRequest
  extends RecordWish,
    Pick<
      CheckRequest,
      'policyPaths' | 'cwd' | 'root' | 'envFiles' | 'inputs' | 'env' | 'clock' | 'onProgress' | 'signal'
    > {
  /** Writes the row whatever is known to be missing; it is never better for that. */
  anyway: boolean;
  /** How long to wait for other writers of the same log. */
  wait: Duration;
}

/** `refused`: nothing was begun. `lost`: the checks ran, and the row could not be kept. */
export type RecordAnswer =
  | { how: 'recorded'; report: RecordReport }
  | { how: 'refused' | 'lost'; problems: readonly Problem[] };

/** What is known of a record before anything is asked. */
interface Ground {
  request: RecordRequest;
  loaded: LoadedPolicy;
  record: RecordSpec;
  log: LogSpec;
  foresight: Foresight;
  run: string | undefined;
}

/** Writes one row of a log from the policy's `records:` (semantics section 8). */
export async function record(request: RecordRequest): Promise<RecordAnswer> {
  const ground = prepare(request);
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
  ground: Ground,
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

function prepare(request: RecordRequest): Result<Ground> {
  const chosen = choosePolicy(request);
  if (!chosen.ok) return chosen;
  const loaded = chosen.value;
  const { policy } = loaded;
  const spec = policy.records[request.name] as RecordSpec;
  const log = policy.evidence[spec.log] as LogSpec;
  const refused = refuseWish(spec, request);
  if (refused.length > 0) return problems(...refused);
  const foresight = foresee(policy, request.run ? spec.checks : [], collectOptions(request, loaded));
  if (!foresight.ok) return foresight;
  const others = Object.values(policy.records).filter((one) => one.log === spec.log).length > 1;
  const id = runIdOf(request.env);
  const run = id === undefined ? undefined : others ? `${id}/${request.name}` : id;
  return ok({ request, loaded, record: spec, log, foresight: foresight.value, run });
}

/** The policy that declares the record; with several it has to be named. */
function choosePolicy(request: RecordRequest): Result<LoadedPolicy> {
  const loaded = loadPolicies({ ...request, paths: request.policyPaths });
  if (!loaded.ok) return loaded;
  const { name } = request;
  const own = loaded.value.filter(({ policy }) => Object.hasOwn(policy.records, name));
  const [only] = own;
  if (only && own.length === 1) return ok(only);
  if (only)
    return problems({
      code: 'usage/one-policy',
      message: `${own.length} policies declare a record \`${name}\``,
      hint: `name one: soakgate record ${name} ${only.policy.path}`,
    });
  const names = loaded.value.flatMap(({ policy }) => Object.keys(policy.records)).sort();
  const near = nearest(name, names);
  const known =
    names.length === 0 ? 'the policy declares none under `records:`' : `records are ${names.join(', ')}`;
  return problems({
    code: 'usage/unknown-record',
    message: `there is no record \`${name}\``,
    hint: near === undefined ? known : `did you mean \`${near}\`?`,
  });
}

function collectOptions(request: RecordRequest, { root, workspace }: LoadedPolicy): CollectOptions {
  const { cwd, env, envFiles, clock, onProgress, signal } = request;
  return {
    ...{ root, workspace, cwd, env, envFiles, clock, run: false },
    ...(onProgress ? { onProgress } : {}),
    ...(signal ? { signal } : {}),
  };
}

/** The evidence of the row: at first its flags and its log alone, later with the checks. */
function collect({ request, loaded, record: spec }: Ground, run: boolean): Promise<Result<Collection>> {
  const paths = Object.values(spec.cells).filter((cell) => !cell.startsWith('$'));
  const only = new Set([
    ...paths.map((path) => path.split('.', 1)[0] ?? ''),
    spec.log,
    ...(run ? spec.checks : []),
  ]);
  return collectEvidence(loaded.policy, { ...collectOptions(request, loaded), run, only });
}

/** The row's time is the end of the collection, in whole seconds. */
function materialOf(ground: Ground, { evidence, subject, collectedAt }: Collection): RowMaterial {
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

function fileRequest({ request, loaded, record: spec, log }: Ground, at: Instant): LogFileRequest {
  const { policy, root } = loaded;
  const path = pathOfDay(log.path, formatDay(dayOf(policy.timezone, at)));
  const date = seriesMatcher(log.path)(path)?.date ?? '';
  return {
    root,
    path,
    spec: log,
    zone: policy.timezone,
    title: `${policy.title}: ${spec.log}${date === '' ? '' : ` ${date}`}`,
    fields: [['Policy', policy.name]],
    columns: Object.keys(spec.cells),
    makeTable: request.anyway,
    at,
    wait: request.wait,
  };
}

function rowRequest(ground: Ground, { at }: RowMaterial, { cells }: MadeRow): RowRequest {
  const { loaded, record: spec, log, run } = ground;
  const file = fileRequest(ground, at);
  const summary = Object.keys(spec.cells).find((column) => spec.cells[column] === '$summary');
  const series = listSeries(loaded.workspace, log.path);
  const date = seriesMatcher(log.path)(file.path)?.date ?? '';
  const before = series.ok ? series.files.findLast((one) => one.date < date)?.path : undefined;
  return {
    ...file,
    cells,
    ...(before === undefined ? {} : { before }),
    ...(run === undefined || summary === undefined
      ? {}
      : { key: { column: summary, holds: (text: string) => isOfRun(text, run) } }),
  };
}

async function initialise(ground: Ground): Promise<RecordAnswer> {
  const { request } = ground;
  const at = Math.floor(request.clock() / second) * second;
  const file = fileRequest(ground, at);
  const made = await createLog(file, request.dryRun);
  if (!made.ok) return { how: 'refused', problems: made.problems };
  const how = made.value === 'created' ? 'made' : 'there';
  const report = { ...emptyReport(ground, at), how, path: file.path, rules: [], findings: [] } as const;
  return { how: 'recorded', report };
}

function emptyReport({ request, loaded, run }: Ground, at: Instant) {
  const { policy, root } = loaded;
  return {
    record: request.name,
    policy: { name: policy.name, path: policy.path, timezone: policy.timezone },
    dryRun: request.dryRun,
    at: formatInstant(at),
    cells: [],
    checks: [],
    doubts: [],
    versioned: findRepository(root) !== undefined,
    ...(run === undefined ? {} : { run }),
  };
}

async function reportOf(
  ground: Ground,
  material: RowMaterial,
  { appended, doubts }: { appended: Appended; doubts: readonly Problem[] },
): Promise<RecordReport> {
  const { request, loaded, record: spec } = ground;
  const outlook = await lookAtRules(loaded.policy, spec.log, collectOptions(request, loaded));
  const { how, path, line } = appended;
  const base = { ...emptyReport(ground, material.at), how, path, line, doubts, ...outlook };
  if (appended.how === 'present') return { ...base, ...resultOfPresent(spec, appended.cells) };
  const { cells, checks, result } = makeRow(material);
  return {
    ...base,
    row: appended.plan.row,
    cells: Object.entries(cells).map(([column, text]) => ({ column, text })),
    checks,
    ...(result === undefined ? {} : { result }),
    ...(appended.plan.torn ? { torn: appended.plan.torn } : {}),
  };
}

/** What the row says that an earlier call of this run has written. */
function resultOfPresent(
  { cells }: RecordSpec,
  texts: Readonly<Record<string, string>>,
): Pick<RecordReport, 'cells' | 'result'> {
  const column = Object.keys(cells).find((name) => cells[name] === '$result');
  const text = column === undefined ? undefined : texts[column];
  const result = (['pass', 'fail', 'not-run'] as const).find((word) => word === text);
  return {
    cells: Object.entries(texts).map(([name, value]) => ({ column: name, text: value })),
    ...(result === undefined ? {} : { result }),
  };
}
