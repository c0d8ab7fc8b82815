import type { Json } from '../../src/model/json.ts';
import { type OperatorName, operatorNames } from '../../src/logic/operators.ts';
import { findDifference, type LogicUnderTest, show } from './oracle.ts';
import { Dice, makePair, type Pair, smaller } from './pairs.ts';

/** What a run of the differential test saw. Shares are of all pairs unless they say otherwise. */
export interface Tally {
  pairs: number;
  known: number;
  knownTrue: number;
  knownFalse: number;
  typed: number;
  operators: Record<OperatorName, number>;
  depths: number[];
}

export function emptyTally(): Tally {
  const operators = Object.fromEntries(operatorNames.map((name) => [name, 0])) as Record<
    OperatorName,
    number
  >;
  return { pairs: 0, known: 0, knownTrue: 0, knownFalse: 0, typed: 0, operators, depths: [] };
}

/** Counts a pair and gives what is wrong with the answers to it. Every sixteenth pair is looked at from all sides. */
export function examine(logic: LogicUnderTest, pair: Pair, tally: Tally): string | undefined {
  const used = new Set<string>();
  const depth = measure(pair.rule, used);
  tally.pairs += 1;
  tally.depths[depth] = (tally.depths[depth] ?? 0) + 1;
  for (const name of used) tally.operators[name as OperatorName] += 1;
  if (pair.sort === 'typed') tally.typed += 1;
  return findDifference(logic, pair, tally.pairs % 16 === 0, (answer) => {
    if (pair.sort === 'broken' || !answer.known) return;
    tally.known += 1;
    if (answer.value === true) tally.knownTrue += 1;
    if (answer.value === false) tally.knownFalse += 1;
  });
}

/** Levels of operators, and the operators used. */
function measure(rule: Json, used: Set<string>): number {
  if (typeof rule !== 'object' || rule === null) return 0;
  const deepest = Math.max(0, ...Object.values(rule).map((inner) => measure(inner, used)));
  if (Array.isArray(rule)) return deepest;
  for (const name of Object.keys(rule)) used.add(name);
  return Object.keys(rule).length === 0 ? 0 : deepest + 1;
}

export function medianDepth(tally: Tally): number {
  let seen = 0;
  return tally.depths.findIndex((count) => (seen += count ?? 0) * 2 >= tally.pairs);
}

export interface Failure {
  pair: Pair;
  difference: string;
  at: number;
}

/** Pairs from a seed until one differs; the failing rule is made as small as it goes. */
export function runPairs(
  logic: LogicUnderTest,
  seed: number,
  count: number,
  tally = emptyTally(),
): Failure | undefined {
  for (let i = 0; i < count; i++) {
    const pair = makePair(new Dice(seed * 1_000_003 + i));
    const difference = examine(logic, pair, tally);
    if (difference !== undefined) return { ...shrink(logic, pair, difference), at: i + 1 };
  }
  return undefined;
}

function shrink(logic: LogicUnderTest, pair: Pair, difference: string): { pair: Pair; difference: string } {
  for (const rule of smaller(pair.rule)) {
    const less: Pair = { ...pair, rule, sort: pair.sort === 'typed' ? 'wild' : pair.sort };
    const found = findDifference(logic, less, true);
    if (found !== undefined && !found.startsWith('refused')) return shrink(logic, less, found);
  }
  return { pair, difference };
}

export function describeFailure({ pair, difference, at }: Failure): string {
  return `pair ${at} (${pair.sort}): ${difference}\nrule ${show(pair.rule)}\ndata ${show(pair.data)}`;
}
