import type { Outcome } from '../model/outcome.ts';
import type { Calendar, CalendarDay } from '../model/streakView.ts';
import type { RulePage } from './pretty-rule.ts';

const weekdays = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'] as const;
/** `2026-02-23` and seven days. */
const blockWidth = 10 + weekdays.length * 3;
const between = '   ';
/** Weeks under each other before a second block begins beside them. */
const mostRows = 6;

type Week = readonly CalendarDay[];

/** Weeks from Monday to Sunday, each a row; more than fit into one block stand in blocks side by side, the newest last. */
export function calendarLines(page: RulePage, { good, days }: Calendar): readonly string[] {
  const weeks = weeksOf(days);
  const room = Math.max(1, Math.floor((page.width - 2 + between.length) / (blockWidth + between.length)));
  const shown = weeks.slice(-room * mostRows);
  const count = Math.ceil(shown.length / mostRows);
  const rows = Math.ceil(shown.length / Math.max(1, count));
  const blocks = Array.from({ length: count }, (_, index) => shown.slice(index * rows, (index + 1) * rows));
  const head = `${' '.repeat(10)}${weekdays.map((name) => ` ${name}`).join('')}`;
  const last = days.at(-1)?.day;
  const lines = Array.from({ length: rows }, (_, row) =>
    blocks.flatMap((block) => (block[row] ? [weekText(page, block[row], last)] : [])).join(between),
  );
  return [
    `  ${page.ink.faint(blocks.map(() => head).join(between))}`,
    ...lines.map((line) => `  ${line.trimEnd()}`),
    ...legend(page, good),
  ];
}

function weeksOf(days: readonly CalendarDay[]): readonly Week[] {
  const count = Math.ceil(days.length / weekdays.length);
  return Array.from({ length: count }, (_, index) => days.slice(index * 7, index * 7 + 7));
}

/** The day still running is marked while nothing stands on it. */
function weekText({ ink }: RulePage, week: Week, today: string | undefined): string {
  const cells = weekdays.map((_, index) => {
    const day = week[index];
    if (day === undefined) return '   ';
    if (day.day === today && day.state === 'none') return `  ${ink.strong(ink.steps[2])}`;
    return `  ${ink.outcome(outcomeOf[day.state], markOf(ink, day.state))}`;
  });
  return `${ink.faint(week[0]?.day ?? '')}${cells.join('')}`;
}

type State = CalendarDay['state'];

const outcomeOf: Readonly<Record<State, Outcome>> = {
  pass: 'pass',
  fail: 'fail',
  'not-run': 'pending',
  untrusted: 'unknown',
  none: 'not-applicable',
};

function markOf(ink: RulePage['ink'], state: State): string {
  return state === 'none' ? ink.dot : state === 'not-run' ? '~' : ink.symbol(outcomeOf[state]);
}

/** Short enough for 40 columns in two lines. */
function legend({ ink, width }: RulePage, good: Calendar['good']): readonly string[] {
  const words: readonly (readonly [State, string])[] = [
    ['pass', good],
    ['fail', 'fail'],
    ['not-run', 'not-run'],
    ['untrusted', 'untrusted'],
    ['none', 'none'],
  ];
  const shown = good === 'recorded' ? words.filter(([state]) => state !== 'fail') : words;
  const parts = [...shown.map(([state, word]) => `${markOf(ink, state)} ${word}`), `${ink.steps[2]} today`];
  const one = parts.join('  ');
  const lines = one.length + 2 <= width ? [one] : [parts.slice(0, 3).join('  '), parts.slice(3).join('  ')];
  return lines.map((line) => `  ${ink.faint(line)}`);
}
