import type { Judgement } from '../checks/context.ts';
import { judgeCheck } from '../checks/index.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Instant } from '../model/instant.ts';
import type { Policy, RecordSpec } from '../model/policy.ts';
import type { Reading } from '../model/reading.ts';
import { contextOf } from './context.ts';
import { readTransitions } from './timeline.ts';

/** What the evidence says of a record at one instant. */
export interface JudgedRecord {
  /** The checks in their declared order, each judged as `passes` judges it. */
  checks: readonly { id: string; judgement: Judgement }[];
  /** The cells that are evidence paths, by column. */
  readings: ReadonlyMap<string, Reading>;
}

/** Judges the checks of a record and reads its cells. Pure: no clock, no disk, no environment. */
export function judgeRecord(
  policy: Policy,
  record: RecordSpec,
  { evidence, now }: { evidence: readonly Evidence[]; now: Instant },
): JudgedRecord {
  const nothing = { firstBegan: () => undefined, now, asOf: false };
  // Neither `passes` nor a cell asks for phases.
  const { timeline } = readTransitions(policy.phases ?? [], undefined, nothing);
  const items = new Map(evidence.map((item) => [item.id, item]));
  const context = contextOf({ policy, evidence: items, now, asOf: false, timeline });
  const paths = Object.entries(record.cells).filter(([, cell]) => !cell.startsWith('$'));
  return {
    checks: record.checks.map((id) => ({ id, judgement: judgeCheck({ kind: 'passes', of: id }, context) })),
    readings: new Map(paths.map(([column, path]) => [column, context.read(path)])),
  };
}
