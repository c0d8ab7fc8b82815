import { logicWords } from '../logic/words.ts';
import type { Json } from '../model/json.ts';
import { formatDuration } from '../model/instant.ts';
import type { LogRef, StreakCheck } from '../model/policy.ts';
import type { CheckContext, CheckMember, Judgement } from './context.ts';
import { openHistory, refuseDates } from './history.ts';
import { earliestOfBuckets, judgeBuckets } from './streakBuckets.ts';
import { earliestOfRecords, judgeRecords } from './streakRecords.ts';
import { readRows, type StreakRows } from './streakRows.ts';

const plural = { day: 'days', hour: 'hours', week: 'weeks', record: 'records' } as const;

/** `streak`: consecutive good buckets or records, newest backwards (semantics section 5). */
export const streak: CheckMember<'streak'> = {
  judge(check, context) {
    const opened = openHistory(check.of, check.where, context);
    if ('judgement' in opened) return framed(check, opened.judgement);
    const { history } = opened;
    const refused = check.per === 'hour' || check.per === 'record' ? refuseDates(history) : undefined;
    if (refused) return framed(check, refused);
    const rows = readRows(check, history, context);
    return hasBegun(check, context) ? judgeRows(check, rows, context) : notBegun(check, rows, context);
  },
  words(check) {
    const bucket =
      check.per === 'record' ? recordWords(check) : `with at least one record in ${nameOf(check.of)}`;
    const good = check.good === undefined ? '' : ` and every one fulfilling ${inline(check.good)}`;
    const where = check.where === undefined ? '' : `, counting rows with ${inline(check.where)} only`;
    const phase =
      check.phase === undefined
        ? ''
        : check.phase === 'in-force'
          ? ', with the pins of the phase in force'
          : `, with the pins of phase \`${check.phase}\``;
    const one = check.atLeast === 1;
    const buckets = one ? `1 ${check.per}` : `${check.atLeast} consecutive ${plural[check.per]}`;
    const joint = check.per === 'record' ? ',' : one ? '' : ', each';
    return `${buckets}${joint} ${bucket}${good}${phase}${where}`;
  },
};

function recordWords({ of, minGap, maxGap }: StreakCheck): string {
  const apart = minGap === undefined ? '' : `, at least ${formatDuration(minGap)} apart`;
  const gap = maxGap === undefined ? '' : `, no more than ${formatDuration(maxGap)} without one`;
  return `the newest of ${nameOf(of)}${apart}${gap}`;
}

function judgeRows(check: StreakCheck, rows: StreakRows, context: CheckContext): Judgement {
  const { per } = check;
  return per === 'record' ? judgeRecords(check, rows) : judgeBuckets({ ...check, per }, rows, context);
}

/** The phase in force has always begun; a named one when a transition entered it. */
function hasBegun({ phase }: StreakCheck, { timeline }: CheckContext): boolean {
  return phase === undefined || phase === 'in-force' || timeline.wasEntered(phase);
}

/** INVARIANT: rows never make up for a transition: while the phase was not entered, nothing counts. */
function notBegun(check: StreakCheck, rows: StreakRows, context: CheckContext): Judgement {
  const { per } = check;
  return framed(check, {
    outcome: 'pending',
    code: 'streak.not-begun',
    message: `phase \`${check.phase}\` was not entered, so no record of \`${rows.history.name}\` counts yet`,
    observed: 0,
    earliest:
      per === 'record' ? earliestOfRecords(check, rows) : earliestOfBuckets({ ...check, per }, rows, context),
    cites: [{ evidence: rows.history.id }],
    todo: `enter phase \`${check.phase}\`, then record`,
  });
}

function framed(check: StreakCheck, judgement: Judgement): Judgement {
  return { ...judgement, required: check.atLeast, unit: plural[check.per] };
}

/** A log as the policy names it, in backticks. */
export function nameOf({ log, view }: LogRef): string {
  return view === undefined ? `\`${log}\`` : `\`${log}.${view}\``;
}

/** An expression as people read it, in backticks. */
export function inline(logic: Json): string {
  return `\`${logicWords(logic)}\``;
}
