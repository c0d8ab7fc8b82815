import { type Instant, parseInstant } from '../../model/instant.ts';
import type { Detail } from '../../model/verdict.ts';
import { shortNumber } from '../values.ts';
import { clockTime, glue } from '../when.ts';
import { type Content, el, type Markup } from './element.ts';
import { field, type Plot, type Point } from './plot.ts';

/** What a chart shows beside its samples. */
export interface ChartFacts {
  id: string;
  /** What is drawn, and in words what can be seen. */
  title: string;
  summary: string;
  /** On which side of the bound a sample is bad. */
  bad: 'above' | 'below' | undefined;
  /** Steps of the road within the time that is shown. */
  steps: readonly { number: number; at: Instant }[];
  zone: string;
}

/** A line of samples against its bound. INVARIANT: no text of evidence but the title and the summary stands in it. */
export function chartMarkup(plot: Plot, { bound }: Detail, facts: ChartFacts): Markup {
  const { id, title, summary } = facts;
  const [titleId, summaryId] = [`${id}-t`, `${id}-d`];
  const { width, height } = field;
  return el(
    'svg',
    {
      class: 'chart',
      viewBox: `0 0 ${width} ${height}`,
      role: 'img',
      'aria-labelledby': `${titleId} ${summaryId}`,
    },
    el('title', { id: titleId }, title),
    el('desc', { id: summaryId }, summary),
    bound === undefined ? undefined : badSide(plot, bound, facts.bad),
    axes(plot, facts.zone),
    facts.steps.map(({ number, at }) => stepLine(plot, number, at)),
    bound === undefined ? undefined : boundLine(plot, bound),
    plot.runs.map((run) => runLine(plot, run)),
    lastPoint(plot),
  );
}

const right = field.width - field.right;
const foot = field.height - field.bottom;

/** Only where a sample went there: else it would alarm without a reason. */
function badSide(plot: Plot, bound: number, bad: ChartFacts['bad']): Content {
  const reached = plot.points.some(({ value }) => (bad === 'above' ? value > bound : value < bound));
  if (bad === undefined || !reached) return undefined;
  const y = plot.y(bound);
  const [from, to] = bad === 'above' ? [field.top - 6, y] : [y, foot];
  return el('rect', {
    class: 'beyond',
    x: field.left,
    y: from,
    width: right - field.left,
    height: Math.max(0, to - from),
  });
}

function axes(plot: Plot, zone: string): Content {
  const [first, last] = [plot.points[0], plot.points.at(-1)];
  const long = (last?.at ?? 0) - (first?.at ?? 0) > 36 * 3_600_000;
  const label = (point: Point | undefined) => (point === undefined ? '' : axisTime(point.at, zone, long));
  return [
    el('line', { class: 'axis', x1: field.left, x2: right, y1: foot, y2: foot }),
    el(
      'text',
      { class: 'scale', x: field.left - 6, y: foot + 4, 'text-anchor': 'end' },
      shortNumber(plot.low),
    ),
    el(
      'text',
      { class: 'scale', x: field.left - 6, y: field.top + 4, 'text-anchor': 'end' },
      shortNumber(plot.high),
    ),
    el('text', { class: 'scale', x: field.left, y: field.height - 5 }, label(first)),
    el('text', { class: 'scale', x: right, y: field.height - 5, 'text-anchor': 'end' }, label(last)),
  ];
}

/** `Mon 02-23`, or `21:25` of a series within a day and a half. */
function axisTime(at: Instant, zone: string, long: boolean): string {
  const [weekday = '', date = '', time = ''] = clockTime(new Date(at).toISOString(), zone).split(glue);
  return long ? `${weekday} ${date.slice(5)}` : time.slice(0, 5);
}

function boundLine(plot: Plot, bound: number): Content {
  const y = plot.y(bound);
  return [
    el('line', { class: 'bound', x1: field.left, x2: right, y1: y, y2: y }),
    el('text', { class: 'bound-label', x: field.left + 4, y: y - 4 }, `bound ${shortNumber(bound)}`),
  ];
}

function stepLine(plot: Plot, number: number, at: Instant): Content {
  const x = plot.x(at);
  return [
    el('line', { class: 'change', x1: x, x2: x, y1: field.top - 4, y2: foot }),
    el('circle', { class: 'change-mark', cx: x, cy: field.top - 9, r: 7 }),
    el('text', { class: 'change-label', x, y: field.top - 5.5, 'text-anchor': 'middle' }, String(number)),
  ];
}

function runLine(plot: Plot, run: readonly Point[]): Markup {
  const [first] = run;
  if (run.length === 1 && first !== undefined)
    return el('circle', { class: 'sample', cx: plot.x(first.at), cy: plot.y(first.value), r: 1.6 });
  const path = run.map(({ at, value }, index) => `${index === 0 ? 'M' : 'L'}${plot.x(at)} ${plot.y(value)}`);
  return el('path', { class: 'samples', d: path.join('') });
}

function lastPoint(plot: Plot): Content {
  const last = plot.points.at(-1);
  if (last === undefined) return undefined;
  const [x, y] = [plot.x(last.at), plot.y(last.value)];
  return [
    el('circle', { class: 'last', cx: x, cy: y, r: 3 }),
    el('text', { class: 'last-label', x: x + 6, y: y + 4 }, shortNumber(last.value)),
  ];
}

/** Samples in words, for those who do not see the line and those who want to quote it. */
export function seriesWords({ points, runs }: Plot, { bound }: Detail): string {
  const values = points.map(({ value }) => value);
  const gaps = runs.length - 1;
  return [
    `min ${shortNumber(Math.min(...values))}`,
    `max ${shortNumber(Math.max(...values))}`,
    `last ${shortNumber(values.at(-1) ?? 0)}`,
    bound === undefined ? 'no bound' : `bound ${shortNumber(bound)}`,
    ...(gaps > 0 ? [`${gaps} ${gaps === 1 ? 'gap' : 'gaps'}`] : []),
  ].join(', ');
}

/** Steps of the road that were taken within the time that is shown. */
export function stepsWithin({ points }: Plot, road: readonly { enteredAt?: string }[]): ChartFacts['steps'] {
  const [from, to] = [points[0]?.at ?? 0, points.at(-1)?.at ?? 0];
  return road.flatMap(({ enteredAt }, index) => {
    const at = enteredAt === undefined ? undefined : parseInstant(enteredAt);
    return at !== undefined && at >= from && at <= to ? [{ number: index + 1, at }] : [];
  });
}
