import type { Due, StreakReport, StreakView } from '../model/streakView.ts';
import { bar } from './bar.ts';
import { calendarLines } from './calendar.ts';
import { withoutCommands } from './escape.ts';
import type { RenderOptions } from './index.ts';
import { createInk } from './ink.ts';
import { forPeople } from './localTimes.ts';
import { outcomeWord, type RulePage, untilText, whenText } from './pretty-rule.ts';
import { progress } from './values.ts';
import { clockTime, glue, relative } from './when.ts';
import { clip, columns, pad, wrap } from './wrap.ts';

/** What `soakgate streak` prints for people: each streak with its number and what it needs, and the days it saw. */
export function streakText(view: StreakView, options: RenderOptions): string {
  const ink = createInk(options);
  const width = Math.max(40, options.width) - 1;
  const told = forPeople(view, view.policy.timezone);
  const { policy, evaluatedAt } = told;
  const page: RulePage = { ink, width, verdict: { policy, evaluatedAt, evidence: [] } };
  const lines = [
    ...wrap(`${told.asked}: ${policy.title} ${policy.version}`, width).map(ink.strong),
    ...factLines(page, told),
    ...told.calendars.flatMap((calendar, index) => [
      ...groupLines(page, inGroup(told, index)),
      '',
      ...calendarLines(page, calendar),
    ]),
    ...groupLines(page, inGroup(told, undefined)),
  ];
  // INVARIANT: everything drawn was made plain above, and no line can be taken for a command of a CI runner.
  return withoutCommands(`${lines.join('\n').replaceAll(glue, ' ')}\n`);
}

const hang = 12;

function fact({ ink, width }: RulePage, label: string, text: string): readonly string[] {
  return wrap(text, width - hang).map((line, index) =>
    index === 0 ? `  ${ink.faint(pad(label, hang - 2))}${line}` : ' '.repeat(hang) + line,
  );
}

function factLines(page: RulePage, view: StreakView): readonly string[] {
  const { policy, evaluatedAt, newest, absent, findings, streaks, evidenceMode } = view;
  const zone = policy.timezone;
  const read =
    absent !== undefined
      ? `cannot be read: ${absent.message} (${absent.code})`
      : newest === undefined
        ? view.rows === 0
          ? 'has no row yet'
          : 'has no row that can be trusted'
        : `${newestText(newest.at, view)} (${newest.path}:${newest.line})`;
  const [first] = findings;
  const where =
    first?.path === undefined ? '' : `, the first ${first.path}:${first.line ?? 1} (${first.code})`;
  return [
    ...(evidenceMode === 'as-of' ? fact(page, 'as of', clockTime(evaluatedAt, zone)) : []),
    ...fact(page, absent === undefined && newest !== undefined ? 'newest' : 'log', read),
    ...(findings.length === 0
      ? []
      : fact(page, 'findings', `${findings.length}${where}; soakgate check lists them`)),
    ...(streaks.length > 0 ? [] : fact(page, 'streaks', `no rule of ${policy.path} counts a streak over it`)),
  ];
}

/** A row that names its day alone has no clock time. */
function newestText(at: string, { policy, evaluatedAt }: StreakView): string {
  return at.length === 10 ? at : `${clockTime(at, policy.timezone)}, ${relative(at, evaluatedAt)}`;
}

/** The streaks that saw the same days; parts of other rules come last. */
function inGroup({ streaks }: StreakView, calendar: number | undefined): readonly StreakReport[] {
  const all = streaks.filter((one) => one.calendar === calendar);
  return [...all.filter(({ part }) => !part), ...all.filter(({ part }) => part)];
}

/** What resets them is mostly the same, so it is said once for the group. */
function groupLines(page: RulePage, streaks: readonly StreakReport[]): readonly string[] {
  const own = streaks.filter(({ part }) => !part);
  const resets = [...new Set((own.length > 0 ? own : streaks).flatMap(({ resets: each }) => each))];
  return [...streaks.flatMap((one) => streakLines(page, one)), ...resetLines(page, resets)];
}

function resetLines({ ink, width }: RulePage, resets: readonly string[]): readonly string[] {
  if (resets.length === 0) return [];
  const lines = resets.flatMap((text) =>
    wrap(text, width - 6).map((line, index) => (index === 0 ? `    - ${line}` : `      ${line}`)),
  );
  return ['', `  ${ink.faint('what resets or delays it')}`, ...lines];
}

/** Of what time brings, the number, the days and the deadline say all; of what went wrong the reason is told. */
function streakLines(page: RulePage, streak: StreakReport): readonly string[] {
  const { outcome, message, code, earliest, part } = streak;
  const due = dueText(page, streak);
  const speaks = outcome === 'fail' || outcome === 'unknown' || outcome === 'waived';
  return [
    '',
    ...headLines(page, streak),
    ...numberLines(page, streak),
    ...(speaks && !part ? fact(page, 'why', `${message} (${code})`) : []),
    ...(due === undefined ? [] : fact(page, dueLabel(streak), due)),
    ...(earliest === undefined || part ? [] : fact(page, 'earliest', whenText(page, earliest))),
  ];
}

function headLines(
  { ink, width }: RulePage,
  { rule, title, gate, part, of }: StreakReport,
): readonly string[] {
  const where = part ? `part of ${rule} (${gate}), over ${of}` : `${title} (${gate}, over ${of})`;
  if (part) return wrap(where, width).map(ink.strong);
  if (columns(rule) + 2 + columns(where) <= width) return [`${ink.strong(rule)}  ${where}`];
  return [...wrap(rule, width).map(ink.strong), ...wrap(where, width - 2).map((line) => `  ${line}`)];
}

function numberLines(page: RulePage, streak: StreakReport): readonly string[] {
  const { ink, width } = page;
  const { outcome, observed, required, unit } = streak;
  const text = progress(observed, required, unit) ?? `${observed} of ${required}`;
  const mark = `  ${ink.symbol(outcome)} ${outcomeWord(outcome)}`;
  const cells = required <= 1 ? 0 : width >= 64 ? 20 : 10;
  const drawn = cells === 0 ? '' : `${bar(streak, cells, ink)}  `;
  return [
    `${ink.outcome(outcome, pad(mark, hang))}${drawn}${clip(text, width - hang - cells - 2, ink.ellipsis)}`,
  ];
}

function dueLabel({ per }: StreakReport): string {
  switch (per) {
    case 'day':
      return 'today';
    case 'week':
      return 'this week';
    case 'hour':
      return 'this hour';
    case 'record':
      return 'next';
  }
}

/** What is needed now, with its deadline; where the phase has not begun, what comes first. */
function dueText(page: RulePage, { per, due, code, todo }: StreakReport): string | undefined {
  if (code === 'streak.not-begun') return todo;
  if (due === undefined) return undefined;
  const before = due.before === undefined ? 'now' : `before ${untilText(page, due.before)}`;
  if (per === 'record') return recordText(page, due, before);
  switch (due.what) {
    case 'record':
      return `one ${due.adjective} record, ${before}`;
    case 'done':
      return `nothing more; the next ${due.adjective} record is due ${before}`;
    case 'lost':
      return `cannot be mended by a record; the count begins again ${due.from === undefined ? 'later' : whenText(page, due.from)}`;
  }
}

function recordText(page: RulePage, { what, adjective, from }: Due, before: string): string {
  const counts = from === undefined || what !== 'done' ? '' : `; from ${whenText(page, from)} on it counts`;
  return `one ${adjective} record, ${before}${counts}`;
}
