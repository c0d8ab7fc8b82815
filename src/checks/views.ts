import { compileLogic } from '../logic/compile.ts';
import type { Json } from '../model/json.ts';
import type { LogTable } from '../model/log.ts';
import type { LogSpec } from '../model/policy.ts';
import type { Reading } from '../model/reading.ts';

/** Whether a row fulfils a predicate; unknown if one of the cells it needs is absent or ill-typed. */
export type RowTest = (table: LogTable, row: number) => boolean | 'unknown';

/** The test of a named view; without a name every row is in view. */
export function viewOf(spec: LogSpec, view: string | undefined): RowTest {
  const logic = view === undefined ? undefined : spec.views[view];
  return view === undefined ? () => true : logic === undefined ? () => 'unknown' : rowTest(logic);
}

/**
 * Compiles a predicate over the cells of a row. Rows of one pattern hold the same cells, so each pattern is judged
 * once for each table.
 */
export function rowTest(logic: Json): RowTest {
  const result = compileLogic(logic, { mode: 'policy' });
  if (!result.ok) return () => 'unknown';
  const { compiled } = result;
  let judgedTable: LogTable | undefined;
  let answers: (boolean | 'unknown' | undefined)[] = [];
  return (table, row) => {
    if (table !== judgedTable) {
      judgedTable = table;
      answers = [];
    }
    const pattern = table.pattern(row);
    const known = answers[pattern];
    if (known !== undefined) return known;
    const cells = table.patterns[pattern]?.cells ?? {};
    const answer = compiled.test({ read: (column) => readCell(cells, column) });
    const outcome = answer.known ? answer.value : 'unknown';
    answers[pattern] = outcome;
    return outcome;
  };
}

/** The cell of a row in a column, as a predicate over rows reads it. */
export function readCell(cells: { readonly [column: string]: Json }, column: string): Reading {
  const cell = Object.hasOwn(cells, column) ? cells[column] : undefined;
  return cell === undefined
    ? { known: false, code: 'evidence.null', path: column, message: `the row has no \`${column}\`` }
    : { known: true, value: cell };
}
