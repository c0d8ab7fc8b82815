import fc from 'fast-check';
import type { Judgement } from '../../src/checks/context.ts';
import { quiet } from '../../src/checks/quiet.ts';
import { soak } from '../../src/checks/soak.ts';
import { streak } from '../../src/checks/streak.ts';
import {
  bucketIn,
  crossesChange,
  type Fact,
  type History,
  hour,
  inForce,
  type QuietHistory,
  quietHistory,
  type SoakHistory,
  sceneOf,
  soakHistory,
  type StreakHistory,
  type Step,
  startIn,
  streakHistory,
} from './histories.ts';
import { naiveQuiet, naiveSoak, naiveStreak, type Told } from './naive.ts';
import type { Shares } from './shares.ts';
import { contextOf } from './time.ts';

/** What the properties need to know of one kind of check over time. */
export interface Kind<H extends History> {
  histories: fc.Arbitrary<H>;
  judge(history: H): Judgement;
  naive(history: H): Told;
  /** The history with every good observation that can help added, made between now and `until`, and judged then. */
  continued(history: H, until: number): H;
  /** The same history under a higher demand, so that fewer pass and more have an `earliest`. */
  harder(history: H): H;
  /** The history with one of its rows changed for the worse. */
  loses(history: H, nth: number, change: Loss): H;
}

const observation = (time: number, mode: Fact['mode'], note?: string): Fact => ({
  time,
  mode,
  checks: 'pass',
  trouble: 'none',
  ...(note === undefined ? {} : { note }),
});

/** Times from now in steps, with now and the end. */
function every(step: number, from: number, until: number): number[] {
  const count = Math.floor((until - from) / step) + 1;
  return [...Array.from({ length: count }, (_, index) => from + index * step), until];
}

/** As if the phase that was never entered were entered now. */
function entering(transitions: readonly Step[], phase: string | undefined, now: number): readonly Step[] {
  if (phase !== 'enforced' || transitions.some(({ to }) => to === 'enforced')) return transitions;
  return [...transitions, { time: now, kind: 'advance', from: 'shadow', to: 'enforced' }];
}

function continueWith<H extends History>(history: H, until: number, add: readonly Fact[]): H {
  const fresh = [...add].sort((a, b) => a.time - b.time);
  return { ...history, now: until, facts: [...history.facts, ...fresh] };
}

export const streaks: Kind<StreakHistory> = {
  histories: streakHistory,
  judge: (history) => streak.judge(history.check, contextOf(sceneOf(history))),
  naive: naiveStreak,
  continued(history, until) {
    const { check, now, group } = history;
    const transitions = entering(history.transitions, check.phase, now);
    const named = check.phase === 'shadow' || check.phase === 'enforced' ? check.phase : undefined;
    const times =
      check.per === 'record' ? recordTimes(history, until) : bucketTimes(check.per, { now, until, group });
    // Each is a row of its own: equal rows would count once.
    const facts = times.map((time, nth) => observation(time, named ?? inForce(transitions, time), `${nth}`));
    return { ...continueWith(history, until, facts), transitions };
  },
  harder: (history) => ({ ...history, check: { ...history.check, atLeast: history.check.atLeast + 3 } }),
  loses: loseFact,
};

function bucketTimes(
  per: 'day' | 'hour' | 'week',
  at: { now: number; until: number; group: History['group'] },
): number[] {
  const { now, until, group } = at;
  const times = [until];
  for (let bucket = bucketIn(per, group, now); ; bucket += 1) {
    const time = Math.max(now, startIn(per, group, bucket));
    if (time > until) return times;
    times.push(time);
  }
}

/** Records that could count: at once, right after whatever is there, and so many gaps after each of these. */
function recordTimes({ check, facts, now }: StreakHistory, until: number): number[] {
  const step = check.minGap ?? 5 * hour;
  const starts = [now, now + 1, ...facts.flatMap(({ time }) => [time, time + 1])];
  const chains = starts.flatMap((start) =>
    Array.from({ length: check.atLeast + 1 }, (_, index) => start + index * step),
  );
  const distinct = new Set([...chains, ...every(5 * hour, now, until)]);
  const atOnce = Array.from({ length: check.atLeast }, () => until);
  return [...distinct, ...atOnce].filter((time) => time >= now && time <= until);
}

export const soaks: Kind<SoakHistory> = {
  histories: soakHistory,
  judge: (history) => soak.judge(history.check, contextOf(sceneOf(history))),
  naive: naiveSoak,
  continued(history, until) {
    const { check, now, facts } = history;
    const ends = [now, ...facts.map(({ time }) => time)]
      .map((time) => time + 1)
      .filter((time) => time >= now && time <= until);
    const times = [
      ...every(check.maxGap / 2, now, until),
      ...ends.flatMap((time) => every(check.maxGap / 2, time, until)),
    ];
    const added = times.map((time) => observation(time, check.phase as Fact['mode']));
    return {
      ...continueWith(history, until, added),
      transitions: entering(history.transitions, check.phase, now),
    };
  },
  harder: (history) => ({ ...history, check: { ...history.check, for: history.check.for + 16 * hour } }),
  loses: loseFact,
};

export const quiets: Kind<QuietHistory> = {
  histories: quietHistory,
  judge: (history) => quiet.judge(history.check, contextOf(sceneOf(history))),
  naive: naiveQuiet,
  continued(history, until) {
    const times = every(history.check.maxGap / 2, history.now, until);
    return continueWith(
      history,
      until,
      times.map((time) => observation(time, 'shadow')),
    );
  },
  harder: (history) => ({
    ...history,
    check: { ...history.check, within: history.check.within + 24 * hour },
  }),
  loses(history, nth, change) {
    const { incidents, facts, now } = history;
    // A failed record beside a heartbeat is a heartbeat too; in the log of incidents it is an incident.
    const heartbeat = change === 'contradicted' ? 'malformed' : change;
    return nth % 2 === 0 && incidents.length > 0
      ? {
          ...history,
          incidents: lose(
            incidents.toSorted((a, b) => a.time - b.time),
            nth % incidents.length,
            change,
            now,
          ),
        }
      : { ...history, facts: lose(facts, nth % facts.length, heartbeat, now) };
  },
};

function loseFact<H extends History>(history: H, nth: number, change: Loss): H {
  const { facts, now } = history;
  return { ...history, facts: lose(facts, nth % facts.length, change, now) };
}

/** Throws where the check and the second implementation disagree. */
export function agree<H extends History>(kind: Kind<H>, history: H, shares: Shares): void {
  const judgement = kind.judge(history);
  const told = kind.naive(history);
  shares.add('all');
  shares.add(judgement.outcome);
  shares.add(judgement.code);
  if (crossesChange(history.group, oldest(history), history.now)) shares.add('across a change of clocks');
  const same =
    judgement.outcome === told.outcome &&
    (told.observed === undefined || told.observed === judgement.observed);
  if (!same) throw new Error(`judged ${JSON.stringify(judgement)}, told ${JSON.stringify(told)}`);
}

const stale = ['streak.stale', 'soak.stale', 'quiet.stale'];

/** Semantics section 7: the ideal continuation passes at `earliest` and at no instant before. */
export function earliestHolds<H extends History>(kind: Kind<H>, easy: H, shares: Shares): void {
  const history = kind.harder(easy);
  const judgement = kind.judge(history);
  const { outcome, code, earliest } = judgement;
  shares.add('judged');
  const carries = outcome === 'pending' || outcome === 'fail' || stale.includes(code);
  if (earliest === undefined) {
    // An incident without a time that nothing bounds stays until it is mended.
    if (carries && code !== 'quiet.incident') throw new Error(`no earliest: ${JSON.stringify(judgement)}`);
    return;
  }
  if (!carries) throw new Error(`an earliest too many: ${JSON.stringify(judgement)}`);
  shares.add('all');
  shares.add(outcome === 'unknown' ? 'stale' : outcome);
  if (crossesChange(history.group, oldest(history), earliest)) shares.add('across a change of clocks');
  if (crossesChange(history.group, history.now, earliest)) shares.add('with a change still to come');
  const { now } = history;
  if (earliest < now) throw new Error(`earliest lies before now: ${JSON.stringify(judgement)}`);
  const then = kind.judge(kind.continued(history, earliest));
  if (then.outcome !== 'pass')
    throw new Error(`no pass at ${earliest}: ${JSON.stringify([judgement, then])}`);
  // The instant right before, and any other: here the one half way.
  const before = [earliest - 1, Math.floor((now + earliest) / 2)];
  for (const time of new Set(before.filter((each) => each >= now && each < earliest))) {
    const sooner = kind.judge(kind.continued(history, time));
    if (sooner.outcome === 'pass')
      throw new Error(`a pass at ${time} already: ${JSON.stringify([judgement, sooner])}`);
  }
}

/** What can happen to one row of a log so that it is no longer trusted, or says less. */
export type Loss = 'malformed' | 'unreadable' | 'future' | 'far future' | 'cells gone' | 'contradicted';

export const loss: fc.Arbitrary<Loss> = fc.constantFrom(
  'malformed',
  'unreadable',
  'future',
  'far future',
  'cells gone',
  'contradicted',
);

function lose(facts: readonly Fact[], index: number, change: Loss, now: number): readonly Fact[] {
  const fact = facts[index] as Fact;
  // What is wrong already must not be mended by another fault.
  if (fact.trouble !== 'none') return facts;
  const changed = (to: Partial<Fact>) => facts.with(index, { ...fact, ...to });
  switch (change) {
    case 'malformed':
      return changed({ trouble: 'malformed' });
    case 'unreadable':
      return changed({ trouble: 'unreadable' });
    case 'future':
      return changed({ time: now + 6 * 60_000 });
    case 'far future':
      return changed({ time: now + 36 * 365 * 24 * hour });
    case 'cells gone':
      return changed({ checks: '' });
    case 'contradicted':
      return facts.toSpliced(index + 1, 0, { ...fact, checks: 'fail' });
  }
}

/**
 * Semantics section 8 and R14: a history in which one row is not trusted passes only if it passed with that row
 * trusted; for a row without a judgeable cell or with a contradiction that is so too.
 */
export function onlyHurts<H extends History>(
  kind: Kind<H>,
  { history, nth, change }: { history: H; nth: number; change: Loss },
  shares: Shares,
): void {
  // Honest order, so that a time that is no longer readable lies between its neighbours.
  const facts = history.facts.toSorted((a, b) => a.time - b.time);
  if (facts.length === 0) return;
  const before = kind.judge({ ...history, facts });
  const after = kind.judge(kind.loses({ ...history, facts }, nth, change));
  shares.add('all');
  shares.add(`from ${before.outcome}`);
  if (before.outcome === 'pass') shares.add(after.outcome === 'pass' ? 'still pass' : 'no longer pass');
  if (after.outcome === 'pass' && before.outcome !== 'pass') {
    throw new Error(`${change} made it pass: ${JSON.stringify([before, after])}`);
  }
}

/** Semantics section 3: the order of rows never matters; section 5: rows equal in every cell count once. */
export function sameInAnyOrder<H extends History>(
  kind: Kind<H>,
  { history, nth }: { history: H; nth: number },
  shares: Shares,
): void {
  const readable = history.facts.filter(({ trouble }) => trouble !== 'unreadable');
  if (readable.length === 0) return;
  const place = nth % readable.length;
  const other = [...readable.slice(place), ...readable.slice(0, place), readable[place] as Fact];
  const [first, second] = [readable, other].map((facts) => kind.judge({ ...history, facts })) as [
    Judgement,
    Judgement,
  ];
  shares.add('all');
  shares.add(first.outcome);
  const same = (['outcome', 'code', 'observed', 'earliest'] as const).every(
    (key) => first[key] === second[key],
  );
  if (!same) throw new Error(`order matters: ${JSON.stringify([first, second])}`);
}

function oldest({ facts, now }: History): number {
  return Math.min(now, ...facts.map(({ time }) => time));
}
