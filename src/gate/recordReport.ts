import { findRepository } from '../files/repository.ts';
import { formatInstant, type Instant } from '../model/instant.ts';
import type { RecordSpec } from '../model/policy.ts';
import type { Problem } from '../model/problem.ts';
import type { RecordReport } from '../model/record.ts';
import type { Appended } from '../record/append.ts';
import { collectOptions, type RecordGround } from './recordGround.ts';
import { makeRow, type RowMaterial } from './recordRow.ts';
import { lookAtRules } from './recordRules.ts';

/** What is to be told of every record, whether a row was written or not. */
export function emptyReport({ request, loaded, run }: RecordGround, at: Instant) {
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

/** The row with its place, and where the rules over its log stand now. */
export async function reportOf(
  ground: RecordGround,
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
