import { formatDuration, formatInstant, formatSecond, type Instant } from '../model/instant.ts';
import type { SoakCheck } from '../model/policy.ts';
import type { ReasonCode } from '../model/reasons.ts';
import type { CheckContext, CheckMember, Judgement } from './context.ts';
import {
  citeRows,
  distrust,
  type History,
  nameRow,
  openHistory,
  placeOf,
  refuseDates,
  unknown,
  wholeSeconds,
} from './history.ts';
import { putOff } from './log.ts';
import { readSoakRows } from './soakRows.ts';
import { cutOf, type Ending, foldSoak, type Run, type Soaked } from './soakRun.ts';
import { inline, nameOf } from './streak.ts';

/** `soak`: time spent in a phase under observation (semantics section 6). Time nobody observed is not soaked. */
export const soak: CheckMember<'soak'> = {
  judge(check, context) {
    const opened = openHistory(check.of, check.where, context);
    const judgement =
      'judgement' in opened
        ? opened.judgement
        : (refuseDates(opened.history) ?? judgeSoak(check, opened.history, context));
    return { ...judgement, required: wholeSeconds(check.for), unit: 'seconds' };
  },
  words(check) {
    const where = check.where === undefined ? '' : ` fulfilling ${inline(check.where)}`;
    const breach = check.breach === undefined ? '' : `, none fulfilling ${inline(check.breach)}`;
    const span = `${formatDuration(check.for)} in phase \`${check.phase}\``;
    return `${span} observed by records of ${nameOf(check.of)}${where}, no more than ${formatDuration(check.maxGap)} apart${breach}`;
  },
};

function judgeSoak(check: SoakCheck, history: History, context: CheckContext): Judgement {
  const { timeline, now } = context;
  const phase = timeline.phases.find(({ id }) => id === check.phase);
  if (!phase) return notBegun(check, history, now + check.for);
  const rows = readSoakRows(check, history, phase);
  if (!timeline.wasEntered(check.phase)) {
    // As if the phase were entered now: only a row that is a little ahead could still stand in the way.
    return notBegun(check, history, again(check, foldSoak(check, rows, { time: now, kind: 'entry' }), now));
  }
  const soaked = foldSoak(check, rows, cutOf(timeline, check.phase, now));
  const spans = soaked.spans.map(({ from, to, ended }) => ({
    from: formatSecond(from),
    to: formatSecond(to),
    ...(ended ? { ended } : {}),
  }));
  return { ...decide(check, history, soaked), ...(spans.length > 0 ? { detail: { spans } } : {}) };
}

/** INVARIANT: rows never make up for a transition: while the phase was not entered, nothing is soaked. */
function notBegun({ phase }: SoakCheck, { id }: History, earliest: Instant): Judgement {
  return {
    outcome: 'pending',
    code: 'soak.not-begun',
    message: `phase \`${phase}\` was not entered, so nothing is soaked yet`,
    observed: 0,
    earliest,
    cites: [{ evidence: id }],
    todo: `enter phase \`${phase}\`, then record`,
  };
}

function decide(check: SoakCheck, history: History, soaked: Soaked): Judgement {
  const { ending, spoilt, run, cut } = soaked;
  const since = (time: Instant | undefined) => time ?? Number.NEGATIVE_INFINITY;
  const ended =
    ending && ending.time >= since(soaked.seen) ? endedBy(check, history, { ...soaked, ending }) : undefined;
  if (ended?.outcome === 'fail') return ended;
  if (spoilt && spoilt.time >= since(soaked.observed)) return distrusted(history, spoilt.row);
  if (ended) return ended;
  const newest = soaked.observed ?? cut?.time;
  if (newest === undefined) {
    return unknown('log.empty', `\`${history.name}\` has no record`, [{ evidence: history.id }]);
  }
  if (history.now - newest > check.maxGap) return stale(check, history, { ...soaked, newest });
  return run && run.last - run.start >= check.for && run.newest !== undefined
    ? done(check, history, run)
    : short(check, history, soaked);
}

const breaks: Record<Ending['state'], { outcome: 'fail' | 'unknown'; code: ReasonCode; why: string }> = {
  breach: { outcome: 'fail', code: 'soak.breach', why: 'is a breach' },
  other: { outcome: 'fail', code: 'soak.unpinned', why: 'shows other pins than phase' },
  unset: { outcome: 'unknown', code: 'soak.unpinned', why: 'lacks pins of phase' },
  unclear: {
    outcome: 'unknown',
    code: 'soak.unclear',
    why: 'has a cell that decides and is empty or ill-typed, in phase',
  },
};

function endedBy(check: SoakCheck, history: History, soaked: Soaked & { ending: Ending }): Judgement {
  const { row, state } = soaked.ending;
  const { outcome, code, why } = breaks[state];
  const phase = state === 'breach' ? '' : ` \`${check.phase}\``;
  return {
    outcome,
    code,
    message: `the newest row ${why}${phase}: ${nameRow(history, row)}`,
    observed: 0,
    ...(outcome === 'fail' ? { earliest: again(check, soaked, history.now) } : {}),
    cites: citeRows(history, row),
    todo:
      state === 'breach'
        ? `mend the cause; ${formatDuration(check.for)} of soak begin again with the next ${history.adjective} record`
        : `set the pins of phase \`${check.phase}\` and record again`,
  };
}

function distrusted(history: History, row: number): Judgement {
  const message = `the row ${placeOf(history, row)} may have ended the soak and is not trusted (${distrust(history, row)})`;
  return {
    ...unknown('soak.untrusted', message, citeRows(history, row)),
    observed: 0,
    todo: `mend the row ${placeOf(history, row)}`,
  };
}

function stale(check: SoakCheck, history: History, soaked: Soaked & { newest: Instant }): Judgement {
  const row = soaked.run?.newest;
  const where =
    row === undefined ? `the transition at ${formatInstant(soaked.newest)}` : nameRow(history, row);
  const message = `nothing was observed for more than ${formatDuration(check.maxGap)}, since ${where}`;
  return {
    ...unknown(
      'soak.stale',
      message,
      row === undefined ? [{ evidence: history.id }] : citeRows(history, row),
    ),
    observed: 0,
    earliest: again(check, soaked, history.now),
    todo: `write a ${history.adjective} record now; ${formatDuration(check.for)} of soak begin again`,
  };
}

function done(check: SoakCheck, history: History, run: Run): Judgement {
  return {
    outcome: 'pass',
    code: 'soak.done',
    message: `phase \`${check.phase}\` was observed from ${formatInstant(run.start)} to ${formatInstant(run.last)}`,
    observed: wholeSeconds(run.last - run.start),
    cites: citeRows(history, run.first, run.newest),
    validUntil: run.last + check.maxGap,
  };
}

/** Time alone does not extend a soak, so the message says which record does. */
function short(check: SoakCheck, history: History, soaked: Soaked): Judgement {
  const { run, ending, cut } = soaked;
  const { now } = history;
  const earliest = run
    ? lasted(check, soaked, Math.max(now, run.start + check.for))
    : again(check, soaked, now);
  const observed = run ? run.last - run.start : 0;
  const at = earliest === history.now ? 'now' : `at or after ${formatInstant(earliest)}`;
  const since = run ? `since ${formatInstant(run.start)}` : 'since the rollback';
  const restart = ending ? `; it began again after ${placeOf(history, ending.row)}` : '';
  const seen =
    run?.newest === undefined && cut ? 'nothing observed yet' : `${spell(observed)} observed ${since}`;
  return {
    outcome: 'pending',
    code: 'soak.short',
    message: `${seen}, ${formatDuration(check.for)} required${restart}; one ${history.adjective} record ${at} completes it`,
    observed: wholeSeconds(observed),
    earliest,
    cites:
      run?.newest === undefined
        ? [{ evidence: history.id }]
        : citeRows(history, ending?.row, run.first, run.newest),
    todo: `record at least every ${formatDuration(check.maxGap)}, and one ${history.adjective} record ${at}`,
  };
}

/** When a new run can have lasted long enough: it begins now, or right after what ended the last. */
function again(check: SoakCheck, soaked: Soaked, now: Instant): Instant {
  return lasted(check, soaked, Math.max(now, soaked.blocked + 1) + check.for);
}

/** When a run is long enough, or the one that begins after it, if a row without a time reaches into it by then. */
function lasted(check: SoakCheck, { timeless }: Soaked, end: Instant): Instant {
  return putOff(end, timeless, (to) => to + 1 + check.for);
}

/** A duration for people, to the minute: `20 h 05 min`. */
function spell(duration: number): string {
  const minutes = Math.floor(duration / 60_000);
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}
