import type { CheckContext, Judgement } from '../checks/context.ts';
import type { JudgedLog } from '../checks/log.ts';
import { plainChecks } from '../model/checks.ts';
import type { Instant } from '../model/instant.ts';
import type { Cells } from '../model/log.ts';
import type { Phase, Policy, SoakCheck } from '../model/policy.ts';
import type { ReasonCode } from '../model/reasons.ts';
import { allRules } from './gates.ts';

/** A log that soaks read, with each way in which they map pins to its columns. */
export interface SoakLog {
  id: string;
  columns: readonly SoakCheck['columns'][];
}

/** The logs of all soaks of a policy. An evaluation lists them once and asks them for each phase. */
export function soakLogsOf(policy: Policy): readonly SoakLog[] {
  const logs = new Map<string, SoakCheck['columns'][]>();
  const checks = allRules(policy).flatMap(({ rule }) => plainChecks(rule.check));
  for (const { of, columns } of checks.filter((check) => check.kind === 'soak')) {
    const known = logs.get(of.log) ?? [];
    const isKnown = known.some((one) => JSON.stringify(one) === JSON.stringify(columns));
    logs.set(of.log, isKnown ? known : [...known, columns]);
  }
  return [...logs].map(([id, columns]) => ({ id, columns }));
}

/** The time of the first trusted row of a soak log that shows the pins of a phase, if there is one (later than `after`). */
export function firstRecordOf(
  phase: Phase,
  soakLogs: readonly SoakLog[],
  log: CheckContext['log'],
  after = Number.NEGATIVE_INFINITY,
): Instant | undefined {
  const times = soakLogs.flatMap(({ id, columns }) => {
    const found = log(id);
    if (!found) return [];
    return columns.flatMap((one) => firstIn(found.judged, { phase, columns: one, after }) ?? []);
  });
  return times.length === 0 ? undefined : Math.min(...times);
}

/**
 * Why the first record of a phase may lie where nobody can see it: a soak log that is not there, or a row of one that
 * cannot be trusted. Undefined if there is no doubt.
 */
export function firstRecordDoubt(soakLogs: readonly SoakLog[], context: CheckContext): Doubt | undefined {
  for (const { id } of soakLogs) {
    const item = context.evidence(id);
    if (item.status === 'absent')
      return { code: item.code, message: item.message, cites: [{ evidence: id }] };
    const judged = context.log(id)?.judged;
    const row = judged ? firstUntrusted(judged) : undefined;
    if (!judged || row === undefined) continue;
    const at = judged.content.table.at(row);
    const message = `the row ${at.path}:${at.line} of \`${id}\` cannot be trusted`;
    return {
      code: judged.untrusted(row) ?? 'log.time-unreadable',
      message,
      cites: [{ evidence: id, ...at }],
    };
  }
  return undefined;
}

/** A row dated ahead hides nothing of the past. */
function firstUntrusted({ order, timeless, untrusted }: JudgedLog): number | undefined {
  for (const row of order) {
    const code = untrusted(row);
    if (code !== undefined && code !== 'log.future-row') return row;
  }
  return timeless[0]?.row;
}

export interface Doubt {
  code: ReasonCode;
  message: string;
  cites: Judgement['cites'];
}

function firstIn(
  judged: JudgedLog,
  { phase, columns, after }: { phase: Phase; columns: SoakCheck['columns']; after: Instant },
): Instant | undefined {
  const { table } = judged.content;
  const fits = table.patterns.map(({ cells }) => showsPins(cells, phase, columns));
  for (const row of judged.order) {
    if (fits[table.pattern(row)] && table.time(row) > after && judged.untrusted(row) === undefined)
      return table.time(row);
  }
  return undefined;
}

function showsPins(cells: Cells, phase: Phase, columns: SoakCheck['columns']): boolean {
  return Object.entries(phase.pins).every(([path, pin]) => {
    const column = columns[path] ?? path.slice(path.lastIndexOf('.') + 1);
    return Object.hasOwn(cells, column) && cells[column] === pin;
  });
}
