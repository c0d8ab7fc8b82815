import type { Phase, SoakCheck } from '../model/policy.ts';
import { cellsStand, type History } from './history.ts';
import { pinsShown } from './pins.ts';
import { rowTest } from './views.ts';

/**
 * What a row does to a soak. `aside`: it observes nothing and ends nothing. `good`: it observes. The others end the
 * run: a breach, other pins, unset pins, or a cell that decides and cannot be judged.
 */
export type SoakState = 'aside' | 'good' | 'breach' | 'other' | 'unset' | 'unclear';

export interface SoakRows {
  history: History;
  stateOf(row: number): SoakState;
  /** Whether counting a row that is not trusted would hurt. */
  hurts(row: number): boolean;
}

/** Sorts the rows of a log for the soak of one phase; rows of one pattern are judged once. */
export function readSoakRows(check: SoakCheck, history: History, phase: Phase): SoakRows {
  const { table, qualifies, judged } = history;
  const breach = check.breach === undefined ? () => false : rowTest(check.breach);
  const known: SoakState[] = [];
  const judge = (row: number): SoakState => {
    const cells = table.patterns[table.pattern(row)]?.cells ?? {};
    const pins = pinsShown(phase, check.columns, cells);
    const observes = qualifies(table, row);
    const breaks = breach(table, row);
    if (pins === 'other') return 'other';
    if (observes === true && breaks === true) return 'breach';
    if (pins === 'unset') return 'unset';
    if (observes === 'unknown' || breaks === 'unknown') return 'unclear';
    return observes ? 'good' : 'aside';
  };
  const stateOf = (row: number): SoakState => {
    const pattern = table.pattern(row);
    const state = known[pattern] ?? judge(row);
    known[pattern] = state;
    return state;
  };
  return {
    history,
    stateOf,
    hurts: (row) => {
      const code = judged.untrusted(row);
      if (code !== undefined && !cellsStand(code)) return true;
      const state = stateOf(row);
      return state !== 'aside' && state !== 'good';
    },
  };
}
