import type { CheckContext } from '../checks/context.ts';
import type { JudgedLog } from '../checks/log.ts';
import type { Instant } from '../model/instant.ts';
import type { Cells } from '../model/log.ts';
import type { Check, Phase, Policy, SoakCheck } from '../model/policy.ts';
import { allRules } from './gates.ts';

/** The time of the first trusted row of a soak log that shows the pins of a phase, if there is one. */
export function firstRecordOf(phase: Phase, policy: Policy, log: CheckContext['log']): Instant | undefined {
  const times = soaksOf(policy).flatMap((soak) => {
    const found = log(soak.of.log);
    const time = found ? firstIn(found.judged, phase, soak.columns) : undefined;
    return time === undefined ? [] : [time];
  });
  return times.length === 0 ? undefined : Math.min(...times);
}

function firstIn(judged: JudgedLog, phase: Phase, columns: SoakCheck['columns']): Instant | undefined {
  const { table } = judged.content;
  const fits = table.patterns.map(({ cells }) => showsPins(cells, phase, columns));
  for (const row of judged.order) {
    if (fits[table.pattern(row)] && judged.untrusted(row) === undefined) return table.time(row);
  }
  return undefined;
}

function showsPins(cells: Cells, phase: Phase, columns: SoakCheck['columns']): boolean {
  return Object.entries(phase.pins).every(([path, pin]) => {
    const column = columns[path] ?? path.slice(path.lastIndexOf('.') + 1);
    return Object.hasOwn(cells, column) && cells[column] === pin;
  });
}

function soaksOf(policy: Policy): readonly SoakCheck[] {
  return allRules(policy).flatMap(({ rule }) => soaksIn(rule.check));
}

function soaksIn(check: Check): readonly SoakCheck[] {
  switch (check.kind) {
    case 'soak':
      return [check];
    case 'all':
    case 'any':
      return check.checks.flatMap(soaksIn);
    case 'not':
      return soaksIn(check.check);
    case 'expect':
    case 'assert':
    case 'passes':
    case 'streak':
    case 'quiet':
    case 'metric':
    case 'document':
      return [];
  }
}
