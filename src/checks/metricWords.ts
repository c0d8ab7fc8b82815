import { formatDuration, formatInstant } from '../model/instant.ts';
import type { MetricBound, MetricCheck } from '../model/policy.ts';
import type { Seen } from './metricWindow.ts';

/** The demand of a metric check in one sentence. */
export function metricWords(check: MetricCheck): string {
  const { of, stat, within, bound, failureLimit = 0, consecutiveSuccessLimit } = check;
  const span = formatDuration(within);
  const limit = boundWords(bound.is, bound.value);
  if (stat !== 'each') return `the ${stat} of \`${of}\` over ${span} is ${limit}`;
  const but = failureLimit === 0 ? '' : ` but ${failureLimit}`;
  const newest =
    consecutiveSuccessLimit === undefined
      ? ''
      : `, and so are the newest ${consecutiveSuccessLimit} in a row`;
  return `every sample of \`${of}\` over ${span}${but} is ${limit}${newest}`;
}

function boundWords(is: MetricCheck['bound']['is'], bound: MetricBound): string {
  const words = is === 'atMost' ? 'at most' : 'at least';
  if (typeof bound === 'number') return `${words} ${bound}`;
  const before = `that of the ${formatDuration(bound.baseline)} before`;
  return `${words} ${bound.times} times ${before}, the bound never being below ${bound.floor}`;
}

/** A number as messages show it: six digits are enough to compare by eye. */
export function numberWords(value: number): string {
  return String(Number(value.toPrecision(6)));
}

/** Whether a value keeps the bound. */
export function keeps({ bound: { is } }: MetricCheck, bound: number, value: number): boolean {
  return is === 'atMost' ? value <= bound : value >= bound;
}

/** The sample that is farthest on the wrong side, for messages. */
export function worstWords({ bound: { is } }: MetricCheck, { samples }: Seen): string {
  const measured = samples.flatMap(({ time, value }) => (value === undefined ? [] : [{ time, value }]));
  const [first, ...rest] = measured;
  if (!first) return '';
  const worst = rest.reduce(
    (a, b) => ((is === 'atMost' ? b.value > a.value : b.value < a.value) ? b : a),
    first,
  );
  return `; the worst, ${numberWords(worst.value)}, is of ${formatInstant(worst.time)}`;
}
