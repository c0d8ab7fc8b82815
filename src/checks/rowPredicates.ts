import type { PredicateReport } from '../model/explanation.ts';
import type { Json } from '../model/json.ts';
import type { LogTable } from '../model/log.ts';
import type { LogRef } from '../model/policy.ts';
import type { Citation } from '../model/verdict.ts';
import type { CheckContext, CheckOf } from './context.ts';
import { tracePredicates } from './tracePredicates.ts';
import { readCell } from './views.ts';

type OverRows = CheckOf<'streak'> | CheckOf<'soak'> | CheckOf<'quiet'>;

/** What a check asks of the rows of one log. */
interface Asked {
  of: LogRef;
  logics: readonly (readonly [name: string, logic: Json | undefined])[];
}

function askedBy(check: OverRows): readonly Asked[] {
  const { of } = check;
  switch (check.kind) {
    case 'streak':
      return [
        {
          of,
          logics: [
            ['where', check.where],
            ['good', check.good],
          ],
        },
      ];
    case 'soak':
      return [
        {
          of,
          logics: [
            ['where', check.where],
            ['breach', check.breach],
          ],
        },
      ];
    case 'quiet':
      return [
        { of, logics: [['incident', check.incident]] },
        { of: check.heartbeat, logics: [] },
      ];
  }
}

/** The predicates of the rows that a check cites, with the cells that they saw. */
export function rowPredicates(
  check: OverRows,
  context: CheckContext,
  cites: readonly Citation[],
): readonly PredicateReport[] {
  return askedBy(check).flatMap(({ of, logics }) => {
    const log = context.log(of.log);
    const spec = context.policy.evidence[of.log];
    if (!log || spec?.kind !== 'log') return [];
    const view = of.view === undefined ? undefined : spec.views[of.view];
    const asked = [['view', view] as const, ...logics];
    const { table } = log.content;
    return rowsOf(table, of.log, cites).flatMap(({ row, cite }) => {
      const cells = table.patterns[table.pattern(row)]?.cells ?? {};
      const scope = { read: (column: string) => readCell(cells, column) };
      return asked
        .flatMap(([name, logic]) => (logic === undefined ? [] : tracePredicates(name, logic, scope)))
        .map((predicate) => ({ ...predicate, row: cite }));
    });
  });
}

/** Row numbers of the cited lines, in the order of the citations. */
function rowsOf(
  table: LogTable,
  evidence: string,
  cites: readonly Citation[],
): readonly { row: number; cite: Citation }[] {
  const wanted = new Map<string, Citation>();
  for (const cite of cites) {
    if (cite.evidence === evidence && cite.line !== undefined) wanted.set(`${cite.path}:${cite.line}`, cite);
  }
  const found = new Map<string, number>();
  for (let row = 0; row < table.rows && found.size < wanted.size; row += 1) {
    const { path, line } = table.at(row);
    const place = `${path}:${line}`;
    if (wanted.has(place)) found.set(place, row);
  }
  return [...wanted].flatMap(([place, cite]) => {
    const row = found.get(place);
    return row === undefined ? [] : [{ row, cite }];
  });
}
