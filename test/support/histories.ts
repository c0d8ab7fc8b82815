import fc from 'fast-check';
import type { QuietCheck, SoakCheck, StreakCheck } from '../../src/model/policy.ts';
import type { PlainRow } from './log.ts';
import { isFail, isPass, type Scene } from './time.ts';
import { offsetIn, settledGroups, type ZoneGroup } from './zones.ts';

/** One row as its writer meant it, and what happened to it. Times are instants. */
export interface Fact {
  time: number;
  checks: 'pass' | 'fail' | 'not-run' | '';
  mode: 'shadow' | 'enforced' | '';
  trouble: 'none' | 'malformed' | 'unreadable';
  /** Tells rows apart that are otherwise equal. */
  note?: string;
}

export type Step = NonNullable<Scene['transitions']>[number];

/** What every random history has. Facts stand in the order of the file. */
export interface History {
  zone: string;
  group: ZoneGroup;
  now: number;
  facts: readonly Fact[];
  transitions: readonly Step[];
}

export interface StreakHistory extends History {
  check: StreakCheck;
}
export interface SoakHistory extends History {
  check: SoakCheck;
}
/** `facts` are the heartbeats. */
export interface QuietHistory extends History {
  check: QuietCheck;
  incidents: readonly Fact[];
}

export const hour = 3_600_000;
const day = 24 * hour;

/** Groups that change their clocks every year, and all others. */
const changing = settledGroups.filter(({ transitions }) => transitions.length > 20);

const weighted = <T>(...choices: readonly [number, T][]) =>
  fc.oneof(...choices.map(([weight, value]) => ({ weight, arbitrary: fc.constant(value) })));

/** A zone and an instant: four times in five close to a change of its clocks. */
const moment = fc
  .record({
    near: weighted([4, true], [1, false]),
    group: fc.nat(),
    change: fc.nat(),
    apart: fc.oneof(
      { weight: 3, arbitrary: fc.integer({ min: -18 * 3600, max: 24 * 3600 }) },
      { weight: 1, arbitrary: fc.integer({ min: -5 * 86_400, max: 5 * 86_400 }) },
    ),
    any: fc.integer({ min: 1_612_137_600, max: 2_208_988_800 }),
    edge: weighted([8, undefined], [1, 0], [1, -1]),
  })
  .map(({ near, group: index, change, apart, any, edge }) => {
    const groups = near ? changing : settledGroups;
    const group = groups[index % groups.length] as ZoneGroup;
    const inside = group.transitions.slice(3, -3);
    const base = near ? (inside[change % inside.length]?.[0] ?? any) : any;
    const seconds = (base + apart) * 1000;
    const now = edge === undefined ? seconds : startIn('day', group, bucketIn('day', group, seconds)) + edge;
    return { group, zone: group.zones[index % group.zones.length] as string, now };
  });

export type BucketPer = 'day' | 'hour' | 'week';

/** Buckets by the committed table alone. */
export function bucketIn(per: BucketPer, group: ZoneGroup, instant: number): number {
  if (per === 'hour') return Math.floor(instant / hour);
  const number = Math.floor((instant + offsetIn(group, instant)) / day);
  return per === 'day' ? number : Math.floor((number + 3) / 7);
}

/** The first instant of a bucket by bisection over the table: true because no clock of the table crosses midnight backwards. */
export function startIn(per: BucketPer, group: ZoneGroup, bucket: number): number {
  const guess = per === 'hour' ? bucket * hour : (per === 'day' ? bucket : bucket * 7 - 3) * day;
  let low = guess - 2 * day;
  let high = guess + 2 * day;
  // Clocks change at whole minutes, so a bisection in whole seconds is enough.
  while (high - low > 1000) {
    const middle = low + Math.floor((high - low) / 2000) * 1000;
    if (bucketIn(per, group, middle) < bucket) low = middle;
    else high = middle;
  }
  return high;
}

const checksOf = weighted<Fact['checks']>([186, 'pass'], [5, 'fail'], [8, 'not-run'], [1, '']);
const modeOf = weighted<'held' | 'other' | 'unset'>([196, 'held'], [3, 'other'], [1, 'unset']);
const troubleOf = weighted<Fact['trouble']>([194, 'none'], [3, 'malformed'], [3, 'unreadable']);
const plainRow = fc.record({
  checks: checksOf,
  mode: modeOf,
  trouble: troubleOf,
  part: fc.integer({ min: 0, max: 1000 }),
});

/** What stands in one bucket, or at one step: mostly one row. */
const cluster = fc.oneof(
  { weight: 86, arbitrary: fc.tuple(plainRow) },
  { weight: 11, arbitrary: fc.tuple(plainRow, plainRow) },
  { weight: 3, arbitrary: fc.constant([]) },
);

/** Rows ahead of now, a little or far: mostly none. */
const ahead = fc.oneof(
  { weight: 14, arbitrary: fc.constant([]) },
  {
    weight: 1,
    arbitrary: fc.tuple(
      fc.record({
        checks: checksOf,
        mode: modeOf,
        by: weighted([3, 4 * 60_000], [1, 300_000], [1, 300_001], [2, day]),
      }),
    ),
  },
);

/** The newest end: rows ahead, and what the newest row before now says, so that enough histories fail. */
const end = fc.record({
  ahead,
  tip: weighted<'as it is' | 'fail' | 'other'>([14, 'as it is'], [1, 'fail'], [1, 'other']),
});

type Of<A> = A extends fc.Arbitrary<infer T> ? T : never;

const stepBack = fc.option(
  fc.record({ back: fc.nat({ max: 8 }), rollback: weighted([4, false], [1, true]) }),
  { freq: 1 },
);

type Cluster = readonly Of<typeof plainRow>[];

/** The phase that the transitions have in force at a time. */
export function inForce(transitions: readonly Step[], time: number): 'shadow' | 'enforced' {
  return (transitions.findLast((step) => step.time <= time)?.to ?? 'shadow') as 'shadow' | 'enforced';
}

function modeAt(mode: 'held' | 'other' | 'unset', phase: 'shadow' | 'enforced'): Fact['mode'] {
  if (mode === 'unset') return '';
  return mode === 'held' ? phase : phase === 'shadow' ? 'enforced' : 'shadow';
}

function stepsOf(step: { back: number; rollback: boolean } | null, now: number, unit: number): Step[] {
  if (!step) return [];
  const time = now - Math.floor((step.back + 0.4) * unit);
  const entry: Step = { time, kind: 'advance', from: 'shadow', to: 'enforced' };
  if (!step.rollback) return [entry];
  return [
    { ...entry, time: time - unit },
    { time, kind: 'rollback', from: 'enforced', to: 'shadow' },
  ];
}

/** Sorted by time, as an honest writer leaves it; a pair of neighbours may be swapped where every time can be read. */
function fileOrder(facts: Fact[], swap: number): Fact[] {
  const sorted = facts.toSorted((a, b) => a.time - b.time);
  const index = swap % 20;
  if (sorted.some(({ trouble }) => trouble === 'unreadable') || index + 1 >= sorted.length) return sorted;
  return sorted.toSpliced(index, 2, sorted[index + 1] as Fact, sorted[index] as Fact);
}

export const streakHistory: fc.Arbitrary<StreakHistory> = fc
  .record({
    moment,
    per: weighted<StreakCheck['per']>([6, 'day'], [2, 'hour'], [2, 'week'], [3, 'record']),
    atLeast: fc.integer({ min: 1, max: 6 }),
    phase: weighted<string | undefined>([4, undefined], [4, 'in-force'], [2, 'shadow'], [1, 'enforced']),
    lead: weighted([14, 0], [5, 1], [1, 2]),
    clusters: fc.array(cluster, { minLength: 0, maxLength: 12, size: 'max' }),
    end,
    step: stepBack,
    minGap: weighted<number | undefined>([1, undefined], [1, 20 * hour], [1, hour]),
    swap: fc.nat(),
  })
  .map(
    ({
      moment: { group, zone, now },
      per,
      atLeast,
      phase,
      lead,
      clusters,
      end: newest,
      step,
      minGap,
      swap,
    }) => {
      const unit = per === 'hour' ? hour : per === 'week' ? 7 * day : day;
      const transitions = stepsOf(step, now, unit);
      const place = (index: number, part: number) => timeAt(per, group, { now, index: index + lead, part });
      const facts = factsOf(clusters, place, { now, transitions, end: newest });
      const check: StreakCheck = {
        kind: 'streak',
        of: { log: 'smoke', view: 'strict' },
        per,
        good: isPass,
        atLeast,
        columns: {},
        ...(phase === undefined ? {} : { phase }),
        ...(per === 'record' ? { maxGap: 30 * hour } : {}),
        ...(per === 'record' && minGap !== undefined ? { minGap } : {}),
      };
      return { zone, group, now, facts: fileOrder(facts, swap), transitions, check };
    },
  );

/** A time in the bucket so many before now's: its first instant, its last, or any between. */
function timeAt(
  per: StreakCheck['per'],
  group: ZoneGroup,
  at: { now: number; index: number; part: number },
): number {
  const { now, index, part } = at;
  if (per === 'record') return now - Math.floor((index + part / 4000) * 23 * hour);
  const bucket = bucketIn(per, group, now) - index;
  const start = startIn(per, group, bucket);
  const end = index === 0 ? now + 1 : startIn(per, group, bucket + 1);
  if (part < 60) return start;
  if (part > 940) return Math.max(start, end - 1);
  return Math.min(end - 1, start + Math.floor(((end - start) * part) / 1000));
}

function factsOf(
  clusters: readonly Cluster[],
  place: (index: number, part: number) => number,
  {
    now,
    transitions,
    end: { ahead: early, tip },
  }: { now: number; transitions: readonly Step[]; end: Of<typeof end> },
): Fact[] {
  const facts = clusters.flatMap((rows, index) =>
    rows.map(({ checks, mode, trouble, part }): Fact => {
      const time = place(index, part);
      return { time, checks, mode: modeAt(mode, inForce(transitions, time)), trouble };
    }),
  );
  const newest = facts.toSorted((a, b) => b.time - a.time)[0];
  if (newest && tip === 'fail') newest.checks = 'fail';
  if (newest && tip === 'other') newest.mode = modeAt('other', inForce(transitions, newest.time));
  const later = early.map(({ checks, mode, by }): Fact => {
    const time = now + by;
    return { time, checks, mode: modeAt(mode, inForce(transitions, time)), trouble: 'none' };
  });
  return [...facts, ...later];
}

const maxGap = 8 * hour;

/** Steps between clusters, in thousandths of `maxGap`: mostly below it, sometimes it, rarely above. */
const pace = weighted([12, 300], [16, 700], [12, 950], [4, 1000], [1, 1001], [1, 0]);

/** Times going back from now by these steps. */
function paced(now: number, steps: readonly number[], first: number) {
  const ages = steps.reduce<number[]>((all, step) => [...all, (all.at(-1) ?? 0) + step], []);
  return (index: number, part: number) =>
    now -
    Math.max(
      0,
      first + Math.floor((((ages[index - 1] ?? 0) - (part % 40)) * maxGap) / 1000) - (part > 900 ? 1 : 0),
    );
}

const beats = {
  steps: fc.array(pace, { minLength: 16, maxLength: 16 }),
  first: weighted([8, 0], [6, 2 * hour], [3, maxGap], [1, maxGap + 1], [1, 3 * maxGap]),
  clusters: fc.oneof(
    { weight: 1, arbitrary: fc.array(cluster, { maxLength: 3 }) },
    { weight: 9, arbitrary: fc.array(cluster, { minLength: 6, maxLength: 16, size: 'max' }) },
  ),
  end,
  swap: fc.nat(),
};

export const soakHistory: fc.Arbitrary<SoakHistory> = fc
  .record({
    ...beats,
    moment,
    span: fc.integer({ min: 1, max: 16 }),
    phase: weighted([8, 'auto'], [1, 'shadow'], [1, 'enforced']),
    step: stepBack,
  })
  .map(({ moment: { group, zone, now }, steps, first, clusters, end: newest, swap, span, phase, step }) => {
    const transitions = stepsOf(step, now, maxGap);
    const facts = factsOf(clusters, paced(now, steps, first), { now, transitions, end: newest });
    const check: SoakCheck = {
      kind: 'soak',
      of: { log: 'smoke', view: 'strict' },
      phase: phase === 'auto' ? inForce(transitions, now) : phase,
      for: span * hour,
      maxGap,
      breach: isFail,
      columns: {},
    };
    return { zone, group, now, facts: fileOrder(facts, swap), transitions, check };
  });

export const quietHistory: fc.Arbitrary<QuietHistory> = fc
  .record({
    ...beats,
    moment,
    within: fc.integer({ min: 1, max: 30 }),
    every: weighted([4, false], [1, true]),
    incidents: fc.array(
      fc.record({
        ago: fc.integer({ min: -60, max: 5000 }),
        checks: weighted<Fact['checks']>([2, 'fail'], [8, 'not-run'], [1, '']),
        trouble: troubleOf,
      }),
      { maxLength: 3 },
    ),
  })
  .map(
    ({
      moment: { group, zone, now },
      steps,
      first,
      clusters,
      end: newest,
      swap,
      within,
      every,
      incidents,
    }) => {
      const facts = factsOf(clusters, paced(now, steps, first), { now, transitions: [], end: newest });
      const found = incidents.map(
        ({ ago, checks, trouble }): Fact => ({ time: now - ago * 60_000, checks, mode: '', trouble }),
      );
      const check: QuietCheck = {
        kind: 'quiet',
        of: { log: 'incidents' },
        within: within * hour,
        heartbeat: { log: 'smoke', view: 'strict' },
        maxGap,
        ...(every ? {} : { incident: isFail }),
      };
      return {
        zone,
        group,
        now,
        facts: fileOrder(facts, swap),
        transitions: [],
        check,
        incidents: fileOrder(found, swap),
      };
    },
  );

export function rowOf({ time, checks, mode, trouble, note }: Fact): PlainRow {
  return {
    time: trouble === 'unreadable' ? 'no time' : time,
    cells: { Checks: checks, MODE: mode, Note: note },
    ...(trouble === 'malformed' ? { flaw: 'log.malformed-row' as const } : {}),
  };
}

export function sceneOf(history: History & { incidents?: readonly Fact[] }): Scene {
  const { now, zone, facts, transitions, incidents } = history;
  const logs = { smoke: facts.map(rowOf), ...(incidents ? { incidents: incidents.map(rowOf) } : {}) };
  return { now, zone, logs, transitions };
}

/** Whether clocks of the zone change between two instants. */
export function crossesChange({ transitions }: ZoneGroup, from: number, to: number): boolean {
  return transitions.some(([time], index) => index > 0 && time * 1000 > from && time * 1000 <= to);
}
