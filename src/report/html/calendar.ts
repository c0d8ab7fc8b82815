import { parseDate } from '../../model/instant.ts';
import type { Detail, RuleReport } from '../../model/verdict.ts';
import { observedText } from '../ruleFacts.ts';
import { type Content, el, type Markup } from './element.ts';
import { outcomeIcon } from './icon.ts';
import { heading, type HtmlPage, type Part } from './page.ts';
import { code, outcomeMark, unseen } from './words.ts';

type Day = NonNullable<Detail['days']>[number];
type State = Day['state'];

/** Each streak as the calendar of its days, with what broke it. */
export function calendarPart(page: HtmlPage): Part | undefined {
  const rules = page.verdict.gates
    .flatMap((gate) => gate.rules)
    .filter(({ detail }) => (detail?.days ?? []).length > 0);
  if (rules.length === 0) return undefined;
  const content = [
    el(
      'div',
      { class: 'calendars' },
      rules.map((rule) => calendarMarkup(page, rule)),
    ),
    legend(),
  ];
  return { name: 'days', title: 'Days of the streaks', content };
}

function calendarMarkup(page: HtmlPage, rule: RuleReport): Markup {
  const days = rule.detail?.days ?? [];
  const observed = observedText(rule);
  return el(
    'section',
    { class: 'calendar' },
    heading(page, 1, {}, outcomeMark(rule.outcome), ' ', rule.title),
    el('p', { class: 'faint' }, code(rule.id), observed === undefined ? undefined : `, ${observed}`),
    days.every(({ day }) => parseDate(day) !== undefined) ? weeksTable(rule, days) : dayList(days),
    brokenText(rule, days),
  );
}

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;

/** 1970-01-01 was a Thursday. */
function weekdayOf({ day }: Day): number {
  return ((((parseDate(day) ?? 0) + 3) % 7) + 7) % 7;
}

function weeksTable(rule: RuleReport, days: readonly Day[]): Markup {
  const [first] = days;
  const before = first === undefined ? 0 : weekdayOf(first);
  const cells: readonly (Day | undefined)[] = [...Array.from({ length: before }, () => undefined), ...days];
  const weeks = Array.from({ length: Math.ceil(cells.length / 7) }, (_, week) =>
    cells.slice(week * 7, week * 7 + 7),
  );
  return el(
    'table',
    { class: 'weeks' },
    el('caption', { class: 'unseen' }, `Days of ${rule.id}`),
    el(
      'thead',
      {},
      el(
        'tr',
        {},
        el('th', { scope: 'col' }, unseen('Week from')),
        weekdays.map((name) => el('th', { scope: 'col' }, name)),
      ),
    ),
    el(
      'tbody',
      {},
      weeks.map((week, index) => weekRow(week, weeks[index - 1])),
    ),
  );
}

type Week = readonly (Day | undefined)[];

/** A month is said where it begins. */
function weekRow(week: Week, before: Week | undefined): Markup {
  const month = monthOf(week);
  const said = before !== undefined && monthOf(before) === month;
  return el(
    'tr',
    {},
    el('th', { scope: 'row' }, said ? unseen(month) : month),
    weekdays.map((_, index) => dayCell(week[index])),
  );
}

function monthOf(week: Week): string {
  return week.findLast((day) => day !== undefined)?.day.slice(0, 7) ?? '';
}

function dayCell(day: Day | undefined): Markup {
  if (day === undefined) return el('td', { class: 'no-day' });
  return el(
    'td',
    { class: `day ${day.state}` },
    el('span', { class: 'number', 'aria-hidden': 'true' }, day.day.slice(8)),
    signOf(day.state),
    unseen(`${day.day} ${wordOf[day.state]}${day.line === undefined ? '' : `, line ${day.line}`}`),
  );
}

/** Weeks and hours have no weekday: they stand in a row. */
function dayList(days: readonly Day[]): Markup {
  return el(
    'ul',
    { class: 'buckets' },
    days.map((day) =>
      el(
        'li',
        { class: `day ${day.state}` },
        el('span', {}, day.day),
        ' ',
        signOf(day.state),
        unseen(wordOf[day.state]),
      ),
    ),
  );
}

const wordOf: Readonly<Record<State, string>> = {
  good: 'good',
  bad: 'bad',
  missing: 'no record',
  untrusted: 'untrusted',
  today: 'today, still open',
};

function signOf(state: State): Content {
  switch (state) {
    case 'good':
      return outcomeIcon('pass');
    case 'bad':
      return outcomeIcon('fail');
    case 'missing':
      return outcomeIcon('not-applicable');
    case 'untrusted':
      return outcomeIcon('unknown');
    case 'today':
      return outcomeIcon('pending');
  }
}

const states = ['good', 'bad', 'missing', 'untrusted', 'today'] as const;

function legend(): Markup {
  return el(
    'ul',
    { class: 'legend' },
    states.map((state) => el('li', { class: `day ${state}` }, signOf(state), ' ', wordOf[state])),
  );
}

const mostBroken = 6;

/** The newest days that are not good, each with the line that says so. */
function brokenText({ cites }: RuleReport, days: readonly Day[]): Content {
  const broken = days.filter(({ state }) => state !== 'good' && state !== 'today').reverse();
  if (broken.length === 0) return el('p', { class: 'faint' }, 'Nothing shown broke it.');
  const paths = [...new Set(cites.flatMap(({ path }) => path ?? []))];
  const [path] = paths.length === 1 ? paths : [];
  const placeOf = (line: number) => code(path === undefined ? `line ${line}` : `${path}:${line}`);
  return el(
    'ul',
    { class: 'broken' },
    broken
      .slice(0, mostBroken)
      .map(({ day, state, line }) =>
        el('li', {}, `${day}: ${wordOf[state]}`, line === undefined ? undefined : [', ', placeOf(line)]),
      ),
    broken.length > mostBroken ? el('li', {}, `and ${broken.length - mostBroken} more days`) : undefined,
  );
}
