import { startOfDay } from '../model/calendar.ts';
import { day } from '../model/instant.ts';
import type { Phase, StreakCheck } from '../model/policy.ts';
import type { CheckContext } from './context.ts';
import { cellsStand, type History } from './history.ts';
import type { Timeless } from './log.ts';
import { namedPhase, type PhasesDuring, phaseInForce, pinsShown } from './pins.ts';
import { type RowTest, rowTest } from './views.ts';

/** What a row does to its bucket. `spoilt`: it cannot be trusted, and counting it would hurt. */
export type RowState = 'aside' | 'good' | 'bad' | 'spoilt';

/** The rows of a log as one streak sees them. */
export interface StreakRows {
  history: History;
  /** Of a row whose time can be read. */
  stateOf: (row: number) => RowState;
  /** Rows whose time cannot be read and which count against every bucket of their span. */
  spoilt: readonly Timeless[];
  /** Rows whose time cannot be read and which will count so once a row behind them is in view. */
  spoiltAhead: readonly Timeless[];
  /** Why a row is not good, for messages. */
  whyBad(row: number): string;
}

interface Judge {
  history: History;
  check: StreakCheck;
  good: RowTest | undefined;
  phases: PhasesDuring | undefined;
  zone: string;
  /** Judged states by phase and pattern: a million rows have few patterns. */
  known: Map<Phase | undefined, RowState[]>;
  /** The entry of `known` asked for last: neighbouring rows share their phase. */
  lastPhase: Phase | undefined;
  lastStates: RowState[] | undefined;
}

/** Sorts every row into those that do not matter, good ones, bad ones and spoilt ones (semantics sections 5 and 8). */
export function readRows(check: StreakCheck, history: History, context: CheckContext): StreakRows {
  const good = check.good === undefined ? undefined : rowTest(check.good);
  const judge: Judge = {
    history,
    check,
    good,
    phases: phasesOf(check, context),
    zone: context.policy.timezone,
    known: new Map(),
    lastPhase: undefined,
    lastStates: undefined,
  };
  const { judged } = history;
  const plain = judged.plain && !judge.phases;
  return {
    history,
    stateOf: plain ? plainStates(judge) : (row) => stateOf(judge, row),
    spoilt: judged.timeless.filter(({ row, from, to }) => hurts(judge, row, { from, to })),
    spoiltAhead: judged.timeless.filter(
      ({ row, from, ahead }) => ahead !== undefined && hurts(judge, row, { from, to: ahead.to }),
    ),
    whyBad: (row) => whyBad(judge, row),
  };
}

/** As `stateOf` where nothing but its pattern tells rows apart: asked of every row, so it takes few steps. */
function plainStates(judge: Judge): StreakRows['stateOf'] {
  const states: RowState[] = [];
  judge.known.set(undefined, states);
  const { pattern } = judge.history.table;
  return (row) => states[pattern(row)] ?? knownState(judge, row, undefined);
}

function phasesOf({ phase }: StreakCheck, { timeline }: CheckContext): PhasesDuring | undefined {
  if (phase === undefined) return undefined;
  return phase === 'in-force' ? phaseInForce(timeline) : namedPhase(timeline, phase);
}

function stateOf(judge: Judge, row: number): RowState {
  const { judged, table } = judge.history;
  if (judged.untrusted(row) !== undefined) return hurts(judge, row, spanOf(judge, row)) ? 'spoilt' : 'aside';
  // Rows equal in every cell count once; a row with a flaw stands for itself, wherever it stands.
  if (table.duplicate(row)) return 'aside';
  if (!judge.phases) return knownState(judge, row, undefined);
  return worstState(judge, row, spanOf(judge, row));
}

/** Whether counting an untrusted row would hurt: its cells are bad, or cannot be judged at all. */
function hurts(judge: Judge, row: number, span: Span): boolean {
  const code = judge.history.judged.untrusted(row);
  if (code !== undefined && !cellsStand(code)) return true;
  return worstState(judge, row, span) === 'bad';
}

/** The instants that a row may have been written at, which matters for the phase in force alone. */
interface Span {
  from: number;
  to: number;
}

function spanOf({ history, phases, zone }: Judge, row: number): Span {
  const time = history.table.time(row);
  if (!phases || history.timeKind === 'instant') return { from: time, to: time };
  return { from: startOfDay(zone, time / day), to: startOfDay(zone, time / day + 1) - 1 };
}

function worstState(judge: Judge, row: number, { from, to }: Span): RowState {
  if (!judge.phases) return knownState(judge, row, undefined);
  const phases = judge.phases(from, to);
  if (phases.length === 1) return knownState(judge, row, phases[0]);
  const states = phases.map((phase) => knownState(judge, row, phase));
  return states.includes('bad') ? 'bad' : (states[0] ?? 'bad');
}

function knownState(judge: Judge, row: number, phase: Phase | undefined): RowState {
  if (judge.lastStates === undefined || judge.lastPhase !== phase) {
    judge.lastStates = judge.known.get(phase) ?? [];
    judge.lastPhase = phase;
    judge.known.set(phase, judge.lastStates);
  }
  const states = judge.lastStates;
  const pattern = judge.history.table.pattern(row);
  const known = states[pattern];
  if (known !== undefined) return known;
  const state = judgeCells(judge, row, phase);
  states[pattern] = state;
  return state;
}

function judgeCells(
  { history, check, good, phases }: Judge,
  row: number,
  phase: Phase | undefined,
): RowState {
  const { table, qualifies } = history;
  const meant = qualifies(table, row);
  if (meant === false) return 'aside';
  // INVARIANT: what is not known to be good is bad.
  if (meant === 'unknown' || (good && good(table, row) !== true)) return 'bad';
  if (!phases) return 'good';
  const cells = table.patterns[table.pattern(row)]?.cells ?? {};
  return phase && pinsShown(phase, check.columns, cells) === 'held' ? 'good' : 'bad';
}

function whyBad({ history: { table, qualifies }, good, check }: Judge, row: number): string {
  const verdict = good ? good(table, row) : true;
  if (qualifies(table, row) === 'unknown' || verdict === 'unknown') {
    return 'a cell that decides is empty or ill-typed';
  }
  if (!verdict) return 'it is not good';
  const phase = check.phase === 'in-force' ? 'the phase in force then' : `phase \`${check.phase}\``;
  return `it does not show the pins of ${phase}`;
}
